-- One row per gemeente, programma, year and stand: lasten and baten as the latest document that has them gives them.
{{ config(materialized='view') }}
with

lasten as (select * from {{ ref('fct_lasten') }}),

baten as (select * from {{ ref('fct_baten') }}),

documents as (select * from {{ ref('dim_document') }}),

amounts as (
    select document_id, tabelsoort, programma, programma_naam, jaar, stand, bedrag_eur as lasten_eur, null as baten_eur
    from lasten

    union all

    select document_id, tabelsoort, programma, programma_naam, jaar, stand, null as lasten_eur, bedrag_eur as baten_eur
    from baten
),

summed as (
    select
        documents.gemeente_id,
        documents.gemeente,
        documents.document_id,
        documents.publicatievolgorde,
        amounts.tabelsoort,
        amounts.programma,
        max(amounts.programma_naam) as programma_naam,
        amounts.jaar,
        amounts.stand,
        {{ sum_amount('amounts.lasten_eur') }} as lasten_eur,
        {{ sum_amount('amounts.baten_eur') }} as baten_eur
    from amounts
    inner join documents
        on amounts.document_id = documents.document_id
    group by
        documents.gemeente_id, documents.gemeente, documents.document_id, documents.publicatievolgorde,
        amounts.tabelsoort, amounts.programma, amounts.jaar, amounts.stand
),

ranked as (
    select
        summed.*,
        cast(count(*) over (partition by gemeente_id, tabelsoort, programma, jaar, stand) as int) as documenten,
        row_number() over (
            partition by gemeente_id, tabelsoort, programma, jaar, stand order by publicatievolgorde desc, document_id desc
        ) as volgnummer
    from summed
),

final as (
    select
        gemeente_id,
        gemeente,
        tabelsoort,
        programma,
        programma_naam,
        jaar,
        stand,
        lasten_eur,
        baten_eur,
        cast(baten_eur - lasten_eur as decimal(18, 2)) as saldo_eur,
        document_id,
        documenten
    from ranked
    where volgnummer = 1
)

select * from final
