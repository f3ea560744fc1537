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
        coalesce(lezing, 'zeker') as lezing,
        cast(lezing_marge as decimal(12, 4)) as lezing_marge,
        lezing_tweede,
        fase
    from tables
)

select * from renamed
