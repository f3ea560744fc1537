-- One row per coded label as printed somewhere.
with

labels as (select * from {{ source('landing', 'labels') }}),

renamed as (
    select
        document_id,
        table_id,
        trim(code) as code,
        trim(text) as label,
        soort,
        cast(line as int) as line,
        path,
        woorden
    from labels
)

select * from renamed
