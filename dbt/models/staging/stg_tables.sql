-- One row per table of a document, as printed.
with

tables as (select * from {{ source('landing', 'tables') }}),

renamed as (
    select
        table_id,
        document_id,
        cast(table_no as int) as table_no,
        path,
        coalesce(caption, '') as caption,
        coalesce(section, '') as section,
        kind,
        unit,
        unit_source,
        layout,
        cast(first_line as int) as first_line,
        cast(last_line as int) as last_line,
        coalesce({{ optional_column(source('landing', 'tables'), 'lezing', 'string') }}, 'zeker') as lezing
    from tables
)

select * from renamed
