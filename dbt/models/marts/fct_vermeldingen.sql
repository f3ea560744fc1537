-- One row per amount named in running text; of a document published twice, the first.
{{ config(materialized='per_document') }}
with

mentions as (select * from {{ changed(ref('stg_mentions')) }}),

mentions_of_firsts as (select * from {{ ref('stg_mentions') }}),

documents as (select * from {{ ref('int_documents') }}),

beleidsterreinen as (select * from {{ ref('int_beleidsterreinen') }}),

programmas as (select * from {{ ref('int_programmas') }}),

-- The second publication repeats a mention when it says the same under the same code.
repeated as (
    select distinct
        mentions.document_id,
        mentions.path,
        mentions.line
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    inner join mentions_of_firsts as firsts
        on
            documents.eerste_document_id = firsts.document_id
            and mentions.vermelding = firsts.vermelding
            and mentions.onderwerp = firsts.onderwerp
            and mentions.jaar is not distinct from firsts.jaar
            and mentions.bedrag is not distinct from firsts.bedrag
),

final as (
    select
        {{ hashed(['mentions.document_id', 'mentions.path', 'mentions.line']) }} as vermelding_id,
        mentions.document_id,
        documents.gemeente_id,
        documents.gemeente,
        mentions.vermelding,
        case when beleidsterreinen.programma is null then 'onbekend'
            else {{ hashed(['documents.gemeente_id', 'beleidsterreinen.programma', 'lower(programmas.programma_naam)']) }}
        end as programma_id,
        beleidsterreinen.programma,
        programmas.programma_naam,
        case when beleidsterreinen.beleidsterrein_code is null then 'onbekend'
            else {{ hashed(['documents.gemeente_id', 'beleidsterreinen.beleidsterrein_code', 'lower(beleidsterreinen.beleidsterrein)']) }}
        end as beleidsterrein_id,
        mentions.beleidsterrein_code,
        beleidsterreinen.beleidsterrein,
        mentions.onderwerp,
        mentions.aard,
        coalesce(mentions.jaar, 0) as jaar,
        {{ in_euros('mentions.bedrag', 'mentions.eenheid', '1') }} as bedrag_eur,
        mentions.bedrag as waarde,
        mentions.bedrag_text,
        mentions.eenheid,
        mentions.nauwkeurigheid,
        mentions.duur,
        mentions.besluit,
        mentions.dekking,
        mentions.path,
        mentions.line
    from mentions
    inner join documents
        on mentions.document_id = documents.document_id
    left join beleidsterreinen
        on
            mentions.document_id = beleidsterreinen.document_id
            and mentions.beleidsterrein_code = beleidsterreinen.beleidsterrein_code
    left join programmas
        on
            mentions.document_id = programmas.document_id
            and beleidsterreinen.programma = programmas.programma
    left join repeated
        on
            mentions.document_id = repeated.document_id
            and mentions.path = repeated.path
            and mentions.line = repeated.line
    where repeated.document_id is null
)

select * from final
order by document_id, path, line
