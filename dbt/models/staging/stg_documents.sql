-- One row per document: its description, with empty answers as null.
with

documents as (select * from {{ source('landing', 'documents') }}),

renamed as (
    select
        document_id,
        trim(gemeente) as gemeente,
        nullif(upper(trim(gemeentecode)), '') as gemeentecode,
        titel,
        nullif(trim(onderdeel), '') as onderdeel,
        soort,
        cast(jaar as int) as jaar,
        vorm,
        versie,
        eenheid,
        nullif(trim(zelfde_als), '') as zelfde_als,
        url,
        cast(opgehaald as string) as opgehaald,
        sha256,
        reader_version
    from documents
)

select * from renamed
