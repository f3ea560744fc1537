-- One row per beleidsterrein of a gemeente under one name.
with

documents as (select * from {{ ref('int_documents') }}),

beleidsterreinen as (select * from {{ ref('int_beleidsterreinen') }}),

rows_of_tables as (select * from {{ ref('int_rows') }}),

named as (
    select
        document_id,
        beleidsterrein_code,
        beleidsterrein,
        programma
    from beleidsterreinen

    union all

    select distinct
        document_id,
        beleidsterrein_code,
        beleidsterrein,
        programma
    from rows_of_tables
    where beleidsterrein_code is not null
),

final as (
    select
        {{ hashed(['documents.gemeente_id', 'named.beleidsterrein_code', 'lower(named.beleidsterrein)']) }} as beleidsterrein_id,
        documents.gemeente_id,
        named.beleidsterrein_code,
        min(named.beleidsterrein) as beleidsterrein,
        min(named.programma) as programma,
        min(documents.jaar) as eerste_jaar,
        max(documents.jaar) as laatste_jaar
    from named
    inner join documents
        on named.document_id = documents.document_id
    group by
        {{ hashed(['documents.gemeente_id', 'named.beleidsterrein_code', 'lower(named.beleidsterrein)']) }},
        documents.gemeente_id, named.beleidsterrein_code
)

select * from final
order by gemeente_id, beleidsterrein_code, beleidsterrein_id
