-- One row per gemeente, council and name of a programma: the one number that documents of that council print with the name.
{{ config(meta={'is_cleared_away': true}) }}
with

documents as (select * from {{ ref('int_documents') }}),

programmas as (select * from {{ ref('int_programmas') }}),

rows_of_tables as (select * from {{ ref('int_rows') }}),

named as (
    select document_id, programma, lower(programma_naam) as programma_sleutel from programmas

    union

    select document_id, programma, lower(programma_naam) as programma_sleutel from rows_of_tables
),

final as (
    select
        documents.gemeente_id,
        {{ raadsperiode('documents.jaar') }} as raadsperiode,
        named.programma_sleutel,
        min(named.programma) as programma
    from named
    inner join documents
        on named.document_id = documents.document_id
    where named.programma is not null and named.programma_sleutel is not null
    group by documents.gemeente_id, {{ raadsperiode('documents.jaar') }}, named.programma_sleutel
    having count(distinct named.programma) = 1
)

select * from final
