-- One row per document: its lasten, and the tolerances of an auditor that follow from them.
{{ config(meta={'is_cleared_away': true}) }}
with

documents as (select * from {{ ref('int_documents') }}),

-- Of the cuts that a document makes of its money one counts.
lasten as (
    select *
    from {{ ref('fct_lasten') }}
    qualify indeling = min(indeling) over (partition by document_id, programma, jaar, stand)
),

norms as (select * from {{ ref('materialiteit') }}),

lasten_by_stand as (
    select
        document_id,
        jaar,
        stand,
        {{ sum_amount('bedrag_eur') }} as lasten_eur
    from lasten
    group by document_id, jaar, stand
),

-- Of a budget what it budgets for its own year, of accounts what was spent in it; else the nearest that is there.
chosen as (
    select
        documents.document_id,
        lasten_by_stand.jaar,
        lasten_by_stand.stand,
        lasten_by_stand.lasten_eur
    from documents
    inner join lasten_by_stand
        on coalesce(documents.eerste_document_id, documents.document_id) = lasten_by_stand.document_id
    where lasten_by_stand.lasten_eur > 0
    qualify row_number() over (
        partition by documents.document_id
        order by
            abs(lasten_by_stand.jaar - documents.jaar) nulls last,
            case
                when documents.soort = 'jaarstukken' and lasten_by_stand.stand = 'rekening' then 0
                when lasten_by_stand.stand = 'begroting_na_wijziging' then 1
                when lasten_by_stand.stand = 'begroting' then 2
                when lasten_by_stand.stand = 'prognose' then 3
                else 4
            end nulls last,
            lasten_by_stand.stand
    ) = 1
),

-- The line that says most about a document holds.
norms_of_documents as (
    select
        documents.document_id,
        norms.fouten_pct,
        norms.onzekerheden_pct,
        norms.rapportering_pct,
        case when norms.document_id is not null then 'document' when norms.gemeente is not null then 'gemeente' else 'standaard' end as norm_van
    from documents
    inner join norms
        on
            coalesce(norms.document_id, documents.document_id) = documents.document_id
            and coalesce(norms.gemeente, documents.gemeente) = documents.gemeente
    qualify row_number() over (
        partition by documents.document_id
        order by case when norms.document_id is not null then 0 when norms.gemeente is not null then 1 else 2 end nulls last
    ) = 1
),

final as (
    select
        norms_of_documents.document_id,
        chosen.jaar,
        chosen.stand,
        chosen.lasten_eur,
        norms_of_documents.norm_van,
        norms_of_documents.fouten_pct,
        norms_of_documents.onzekerheden_pct,
        norms_of_documents.rapportering_pct,
        cast(chosen.lasten_eur * norms_of_documents.fouten_pct * 0.01 as decimal(18, 2)) as fouten_tolerantie_eur,
        cast(chosen.lasten_eur * norms_of_documents.onzekerheden_pct * 0.01 as decimal(18, 2)) as onzekerheden_tolerantie_eur,
        cast(chosen.lasten_eur * norms_of_documents.rapportering_pct * 0.01 as decimal(18, 2)) as rapporteringstolerantie_eur
    from norms_of_documents
    left join chosen
        on norms_of_documents.document_id = chosen.document_id
)

select * from final
