-- One row per document: whose it is, of which document it is a second publication, and when it came out.
with

documents as (select * from {{ ref('stg_documents') }}),

publicaties as (select * from {{ ref('stg_publicaties') }}),

indelingen as (select * from {{ ref('stg_indelingen') }} where is_onderdeel),

-- CBS puts the province behind names that occur twice: Bergen (L.), Bergen (NH.). Documents rarely do.
names_of_cbs as (
    select
        jaar,
        gemeentecode,
        lower(gemeente_naam) as gemeente_sleutel
    from {{ ref('gemeenten_per_jaar') }}

    union

    select
        jaar,
        gemeentecode,
        lower(trim(split_part(gemeente_naam, ' (', 1))) as gemeente_sleutel
    from {{ ref('gemeenten_per_jaar') }}
),

years_of_cbs as (
    select
        min(jaar) as eerste_jaar,
        max(jaar) as laatste_jaar
    from {{ ref('gemeenten_per_jaar') }}
),

-- The gemeenten of that name in the year of the document, or in the nearest year that the list has.
codes_by_name as (
    select
        documents.document_id,
        min(names_of_cbs.gemeentecode) as gemeentecode,
        max(names_of_cbs.gemeentecode) as andere_gemeentecode
    from documents
    cross join years_of_cbs
    inner join names_of_cbs
        on
            lower(documents.gemeente) = names_of_cbs.gemeente_sleutel
            and least(greatest(documents.jaar, years_of_cbs.eerste_jaar), years_of_cbs.laatste_jaar) = names_of_cbs.jaar
    where documents.gemeentecode is null
    group by documents.document_id
),

-- A name that CBS does not know in that year may have a code in another document.
codes_of_other_documents as (
    select
        lower(gemeente) as gemeente_sleutel,
        min(gemeentecode) as gemeentecode
    from documents
    where gemeentecode is not null
    group by lower(gemeente)
    having count(distinct gemeentecode) = 1
),

described as (
    select
        documents.*,
        case
            when documents.gemeentecode is not null then documents.gemeentecode
            when codes_by_name.gemeentecode = codes_by_name.andere_gemeentecode then codes_by_name.gemeentecode
            when codes_by_name.gemeentecode is null then codes_of_other_documents.gemeentecode
        end as bekende_gemeentecode,
        case
            when codes_by_name.gemeentecode <> codes_by_name.andere_gemeentecode
                then codes_by_name.gemeentecode || ', ' || codes_by_name.andere_gemeentecode
        end as mogelijke_gemeentecodes,
        publicaties.eerste_document_id,
        case documents.soort when 'begroting' then documents.jaar - 1 when 'jaarstukken' then documents.jaar + 1 else documents.jaar end
            as publicatiejaar,
        case documents.soort when 'jaarstukken' then 5 when 'tussenrapportage' then 6 else 9 end as publicatiemoment,
        indelingen.code as programma,
        indelingen.naam as programma_naam
    from documents
    left join codes_by_name
        on documents.document_id = codes_by_name.document_id
    left join codes_of_other_documents
        on lower(documents.gemeente) = codes_of_other_documents.gemeente_sleutel
    left join publicaties
        on documents.document_id = publicaties.document_id
    left join indelingen
        on documents.document_id = indelingen.document_id
),

final as (
    select
        document_id,
        coalesce(bekende_gemeentecode, gemeente) as gemeente_id,
        gemeente,
        bekende_gemeentecode as gemeentecode,
        mogelijke_gemeentecodes,
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
