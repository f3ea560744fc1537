-- One row per document.
with

documents as (select * from {{ ref('int_documents') }}),

coverage as (select * from {{ ref('int_coverage') }} where niveau = 'document'),

final as (
    select
        documents.document_id,
        documents.gemeente_id,
        documents.gemeente,
        documents.gemeentecode,
        documents.titel,
        documents.onderdeel,
        documents.soort,
        documents.jaar,
        documents.vorm,
        documents.versie,
        documents.zelfde_als,
        documents.eerste_document_id is not null as is_tweede_publicatie,
        documents.publicatievolgorde,
        documents.programma,
        documents.url,
        documents.opgehaald,
        documents.sha256,
        coalesce(coverage.cells, 0) as getallen,
        coverage.share_pct as aandeel_toetsbaar_pct
    from documents
    left join coverage
        on documents.document_id = coverage.document_id
)

select * from final
order by document_id
