-- One row per figure of Iv3 in the sums of a document.
with

iv3_cijfers as (select * from {{ source('landing', 'iv3_cijfers') }}),

renamed as (
    select
        cell_id,
        document_id,
        bron_document_id,
        bestand,
        regel,
        gemeentecode,
        verslagsoort,
        code,
        kant,
        cast(getal as decimal(24, 6)) as getal,
        cast(cijfers as int) as cijfers,
        cast(halve_eenheid as decimal(24, 6)) as halve_eenheid
    from iv3_cijfers
)

select * from renamed
