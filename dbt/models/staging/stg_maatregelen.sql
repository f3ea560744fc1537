-- One row per measure that a document lists.
with

maatregelen as (select * from {{ source('landing', 'maatregelen') }}),

renamed as (
    select
        document_id,
        trim(code) as code,
        try_cast(jaar as int) as jaar,
        soort,
        nullif(trim(programma), '') as programma,
        onderwerp,
        path,
        cast(line as int) as line
    from maatregelen
)

select * from renamed
