-- One row per gemeente, indeling, programma, jaar, document and stand: how the figures for a year moved from document to document.
with

lasten as (select * from {{ ref('fct_lasten') }} where is_hoofdindeling),

baten as (select * from {{ ref('fct_baten') }} where is_hoofdindeling),

documents as (select * from {{ ref('dim_document') }}),

standen as (select * from {{ ref('dim_stand') }}),

programmas as (select * from {{ ref('dim_programma') }}),

amounts as (
    select document_id, indeling, programma_id, jaar, stand, bedrag_eur as lasten_eur, null as baten_eur
    from lasten

    union all

    select document_id, indeling, programma_id, jaar, stand, null as lasten_eur, bedrag_eur as baten_eur
    from baten
),

summed as (
    select
        documents.gemeente_id,
        documents.gemeente,
        documents.document_id,
        documents.publicatievolgorde,
        amounts.indeling,
        coalesce(programmas.programma, 'onbekend') as programma,
        max(programmas.programma_conform) as programma_naam,
        max(programmas.programma_met_naam) as programma_met_naam,
        case when programmas.programma is null then programmas.programma_conform end as ongenummerde_naam,
        amounts.jaar,
        amounts.stand,
        standen.volgorde as stand_volgorde,
        {{ sum_amount('amounts.lasten_eur') }} as lasten_eur,
        {{ sum_amount('amounts.baten_eur') }} as baten_eur
    from amounts
    inner join documents
        on amounts.document_id = documents.document_id
    inner join standen
        on amounts.stand = standen.stand
    inner join programmas
        on amounts.programma_id = programmas.programma_id
    group by
        documents.gemeente_id, documents.gemeente, documents.document_id, documents.publicatievolgorde,
        amounts.indeling, coalesce(programmas.programma, 'onbekend'),
        case when programmas.programma is null then programmas.programma_conform end, amounts.jaar, amounts.stand, standen.volgorde
),

final as (
    select
        gemeente_id,
        gemeente,
        indeling,
        programma,
        programma_naam,
        programma_met_naam,
        jaar,
        cast(row_number() over herzieningen as int) as volgnummer,
        document_id,
        stand,
        lasten_eur,
        baten_eur,
        lag(document_id) over herzieningen as vorig_document_id,
        lag(stand) over herzieningen as vorige_stand,
        cast(lasten_eur - lag(lasten_eur) over herzieningen as decimal(18, 2)) as lasten_herziening_eur,
        cast(baten_eur - lag(baten_eur) over herzieningen as decimal(18, 2)) as baten_herziening_eur
    from summed
    window herzieningen as (
        partition by gemeente_id, indeling, programma, ongenummerde_naam, jaar order by publicatievolgorde, document_id, stand_volgorde, stand
    )
)

select * from final
