-- One row per document: whose it is, of which document it is a second publication, and when it came out.
{{ config(tags=['voor_bewijs']) }}
with

documents as (select * from {{ ref('stg_documents') }}),

-- A document without a code is of the same gemeente as one of the same name that has a code.
codes_by_name as (
    select
        lower(gemeente) as gemeente_sleutel,
        min(gemeentecode) as gemeentecode
    from documents
    where gemeentecode is not null
    group by lower(gemeente)
),

-- Where two documents name each other, the first in order of document_id is the first witness.
second_publications as (
    select
        documents.document_id,
        firsts.document_id as eerste_document_id
    from documents
    inner join documents as firsts
        on documents.zelfde_als = firsts.document_id
    where
        documents.document_id <> firsts.document_id
        and (
            firsts.zelfde_als is null
            or firsts.zelfde_als <> documents.document_id
            or firsts.document_id < documents.document_id
        )
),

-- A publication of a publication leads to the first of all.
first_publications as (
    select
        second_publications.document_id,
        coalesce(thirds.eerste_document_id, seconds.eerste_document_id, second_publications.eerste_document_id) as eerste_document_id
    from second_publications
    left join second_publications as seconds
        on second_publications.eerste_document_id = seconds.document_id
    left join second_publications as thirds
        on seconds.eerste_document_id = thirds.document_id
),

described as (
    select
        documents.*,
        coalesce(documents.gemeentecode, codes_by_name.gemeentecode) as bekende_gemeentecode,
        first_publications.eerste_document_id,
        case documents.soort when 'begroting' then documents.jaar - 1 when 'jaarstukken' then documents.jaar + 1 else documents.jaar end
            as publicatiejaar,
        case documents.soort when 'jaarstukken' then 5 when 'tussenrapportage' then 6 else 9 end as publicatiemoment,
        nullif(regexp_extract(documents.onderdeel, '^(?:[Pp]rogramma *)?([0-9]{1,2})[.:]? +([^0-9 ].*)$', 1), '') as programma,
        nullif(regexp_extract(documents.onderdeel, '^(?:[Pp]rogramma *)?([0-9]{1,2})[.:]? +([^0-9 ].*)$', 2), '') as programma_naam
    from documents
    left join codes_by_name
        on lower(documents.gemeente) = codes_by_name.gemeente_sleutel
    left join first_publications
        on documents.document_id = first_publications.document_id
),

final as (
    select
        document_id,
        coalesce(bekende_gemeentecode, gemeente) as gemeente_id,
        gemeente,
        bekende_gemeentecode as gemeentecode,
        titel,
        onderdeel,
        soort,
        jaar,
        vorm,
        versie,
        eenheid,
        zelfde_als,
        eerste_document_id,
        url,
        opgehaald,
        sha256,
        reader_version,
        programma,
        programma_naam,
        cast(publicatiejaar * 100 + publicatiemoment as int) as publicatievolgorde
    from described
)

select * from final
order by document_id
