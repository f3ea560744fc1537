-- One row per document and reason: what was not checked, how much of it, and the euros that stand in it.
with

documents as (select * from {{ ref('int_documents') }}),

tables as (select * from {{ ref('stg_tables') }}),

numbers as (select * from {{ ref('int_unchecked_numbers') }}),

rejects as (select * from {{ ref('rejects') }}),

aansluiting as (select distinct document_id from {{ ref('iv3_aansluiting') }}),

leveringen as (select distinct gemeentecode, boekjaar from {{ ref('int_iv3_leveringen') }} where is_laatste and not is_leeg),

everything as (
    select reden, document_id, aantal, getallen, zonder_bedrag, bedrag_eur from numbers

    union all

    select
        case kind when 'reject' then 'niet_gelezen' else 'vraag' end as reden, document_id, count(*) as aantal,
        cast(null as bigint) as getallen, cast(null as bigint) as zonder_bedrag, cast(null as decimal(18, 2)) as bedrag_eur
    from rejects
    where kind in ('reject', 'question')
    group by case kind when 'reject' then 'niet_gelezen' else 'vraag' end, document_id

    union all

    select
        'alleen_tekst' as reden, documents.document_id, 1 as aantal,
        cast(null as bigint) as getallen, cast(null as bigint) as zonder_bedrag, cast(null as decimal(18, 2)) as bedrag_eur
    from documents
    left join tables
        on documents.document_id = tables.document_id
    where tables.table_id is null

    union all

    -- Their gemeente delivered Iv3 of the year, and they print nothing that can be laid beside it.
    select
        'niet_naast_iv3' as reden, documents.document_id, 1 as aantal,
        cast(null as bigint) as getallen, cast(null as bigint) as zonder_bedrag, cast(null as decimal(18, 2)) as bedrag_eur
    from documents
    inner join leveringen
        on
            documents.gemeentecode = leveringen.gemeentecode
            and documents.jaar = leveringen.boekjaar
    left join aansluiting
        on documents.document_id = aansluiting.document_id
    where aansluiting.document_id is null and documents.eerste_document_id is null
),

final as (
    select
        document_id || '|' || reden as unchecked_id,
        document_id,
        reden,
        cast(aantal as int) as aantal,
        cast(getallen as int) as getallen,
        cast(zonder_bedrag as int) as zonder_bedrag,
        cast(bedrag_eur as decimal(18, 2)) as bedrag_eur
    from everything
)

select * from final
order by document_id, unchecked_id
