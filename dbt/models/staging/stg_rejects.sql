-- One row per thing that could not be read, or must be answered by a person.
with

rejects as (
    select * from {{ source('landing', 'rejects') }}
    union all
    select * from {{ source('landing', 'further_rejects') }}
),

renamed as (
    select
        document_id,
        path,
        cast(line as int) as line,
        reason,
        coalesce(nullif(reason_en, ''), reason) as reason_en,
        text,
        coalesce(kind, 'reject') as kind,
        key,
        table_id,
        cast(row_no as int) as row_no,
        cast(column_no as int) as column_no,
        coalesce(is_whole_table, false) as is_whole_table,
        nullif(toelichting, '') as toelichting,
        nullif(toelichting_en, '') as toelichting_en,
        cast(verschil as decimal(24, 6)) as verschil,
        nullif(delen, '') as delen
    from rejects
)

select * from renamed
