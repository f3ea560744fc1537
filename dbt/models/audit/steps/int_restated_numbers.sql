-- One row per number of accounts (rekening) that a document prints otherwise than the one before it.
{{ config(meta={'is_cleared_away': true}) }}
with

lasten as (select * from {{ ref('fct_lasten') }}),

baten as (select * from {{ ref('fct_baten') }}),

totalen as (select * from {{ ref('fct_gepubliceerde_totalen') }}),

tables as (select * from {{ ref('stg_tables') }}),

documents as (select * from {{ ref('int_documents') }}),

numbers as (
    select document_id, table_id, cell_id, gemeente_id, programma, row_path, jaar, stand, bedrag_eur, 'lasten' as grootheid, false as is_totaal
    from lasten

    union all

    select document_id, table_id, cell_id, gemeente_id, programma, row_path, jaar, stand, bedrag_eur, 'baten' as grootheid, false as is_totaal
    from baten

    union all

    select document_id, table_id, cell_id, gemeente_id, programma, row_path, jaar, stand, bedrag_eur, grootheid, true as is_totaal
    from totalen
    where tabelsoort in ('exploitatie', 'sociaal_domein') and grootheid in ('lasten', 'baten') and rol <> 'difference'
),

-- Comparable is what has the same labels in the same programma, once per document.
realised as (
    select
        numbers.document_id,
        numbers.gemeente_id,
        numbers.programma,
        coalesce(numbers.programma, '') as programma_sleutel,
        numbers.jaar,
        numbers.grootheid,
        {{ same_words('numbers.row_path') }} as rij,
        min(numbers.bedrag_eur) as bedrag_eur,
        min({{ unit_factor('tables.unit') }}) as eenheid_eur,
        min(numbers.cell_id) as cell_id,
        min(numbers.table_id) as table_id,
        max(case when numbers.is_totaal then 1 else 0 end) as is_totaal,
        documents.publicatievolgorde
    from numbers
    inner join documents
        on numbers.document_id = documents.document_id
    inner join tables
        on numbers.table_id = tables.table_id
    where
        numbers.stand = 'rekening'
        and numbers.bedrag_eur is not null
        and documents.eerste_document_id is null
    group by
        numbers.document_id, numbers.gemeente_id, numbers.programma, numbers.jaar, numbers.grootheid,
        {{ same_words('numbers.row_path') }}, documents.publicatievolgorde
    having count(*) = 1
),

compared as (
    select
        realised.*,
        lag(document_id) over (
            partition by gemeente_id, programma_sleutel, jaar, grootheid, rij order by publicatievolgorde, document_id
        ) as eerder_document_id,
        lag(bedrag_eur) over (
            partition by gemeente_id, programma_sleutel, jaar, grootheid, rij order by publicatievolgorde, document_id
        ) as eerder_bedrag_eur,
        lag(cell_id) over (
            partition by gemeente_id, programma_sleutel, jaar, grootheid, rij order by publicatievolgorde, document_id
        ) as eerder_cell_id,
        lag(eenheid_eur) over (
            partition by gemeente_id, programma_sleutel, jaar, grootheid, rij order by publicatievolgorde, document_id
        ) as eerder_eenheid_eur,
        lag(document_id, 2) over (
            partition by gemeente_id, programma_sleutel, jaar, grootheid, rij order by publicatievolgorde, document_id
        ) as daarvoor_document_id,
        lag(bedrag_eur, 2) over (
            partition by gemeente_id, programma_sleutel, jaar, grootheid, rij order by publicatievolgorde, document_id
        ) as daarvoor_bedrag_eur
    from realised
),

final as (
    select
        document_id,
        eerder_document_id,
        programma,
        programma_sleutel,
        jaar,
        grootheid,
        rij,
        is_totaal,
        table_id,
        cell_id,
        eerder_cell_id,
        bedrag_eur,
        eerder_bedrag_eur,
        bedrag_eur - eerder_bedrag_eur as verschil_eur,
        (eenheid_eur + eerder_eenheid_eur) * 0.5 as afronding_eur,
        case when bedrag_eur = daarvoor_bedrag_eur then daarvoor_document_id end as weer_als_document_id,
        {{ restatement('programma_sleutel', 'jaar', 'eerder_document_id') }} as natuurlijke_sleutel
    from compared
    -- One of the two may be printed in a coarser unit than the other.
    where
        bedrag_eur <> eerder_bedrag_eur
        and (eenheid_eur = eerder_eenheid_eur or abs(bedrag_eur - eerder_bedrag_eur) * 2 > eenheid_eur + eerder_eenheid_eur)
)

select * from final
