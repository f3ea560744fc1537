-- One row per document, and Onbekend.
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

    union all

    select
        'onbekend' as document_id,
        'onbekend' as gemeente_id,
        'Onbekend' as gemeente,
        cast(null as string) as gemeentecode,
        'Onbekend' as titel,
        cast(null as string) as onderdeel,
        cast(null as string) as soort,
        cast(null as int) as jaar,
        cast(null as string) as vorm,
        cast(null as string) as versie,
        cast(null as string) as zelfde_als,
        false as is_tweede_publicatie,
        cast(null as int) as publicatievolgorde,
        cast(null as string) as programma,
        cast(null as string) as url,
        cast(null as string) as opgehaald,
        cast(null as string) as sha256,
        0 as getallen,
        cast(null as decimal(5, 2)) as aandeel_toetsbaar_pct
)

select * from final
order by document_id
