-- One row per figure of Iv3 as delivered, in euros.
with

figures as (select * from {{ source('landing', 'iv3') }}),

renamed as (
    select
        document_id,
        bestand,
        cast(regel as int) as regel,
        levering,
        leverdatum,
        indeling,
        soort as soort_cijfer,
        boekjaar,
        periode,
        verslagsoort,
        gemeentecode,
        code,
        kant,
        categorie as categorie_code,
        bedrag as waarde,
        {{ thousands_in_euros('bedrag') }} as bedrag_eur,
        {{ thousands_in_euros('bedrag_1e') }} as bedrag_1e_eur,
        plaatsing,
        fout
    from figures
)

select * from renamed
