-- One row per goal (doel) of a document, and Onbekend.
with

prestaties as (select * from {{ ref('stg_prestaties') }}),

documents as (select * from {{ ref('int_documents') }}),

final as (
    select
        {{ hashed(['prestaties.document_id', 'prestaties.doel_code', "case when prestaties.doel_code is null then prestaties.doel end"]) }} as doel_id,
        prestaties.document_id,
        documents.gemeente_id,
        documents.jaar,
        prestaties.doel_code,
        min(prestaties.doel) as doel,
        min(prestaties.beleidsterrein_code) as beleidsterrein_code,
        min(prestaties.beleidsterrein) as beleidsterrein,
        min(prestaties.programma) as programma,
        cast(count(prestaties.prestatie_code) as int) as prestaties
    from prestaties
    inner join documents
        on prestaties.document_id = documents.document_id
    where coalesce(prestaties.doel_code, prestaties.doel) is not null
    group by
        {{ hashed(['prestaties.document_id', 'prestaties.doel_code', "case when prestaties.doel_code is null then prestaties.doel end"]) }},
        prestaties.document_id, documents.gemeente_id, documents.jaar, prestaties.doel_code

    union all

    select
        'onbekend' as doel_id,
        'onbekend' as document_id,
        cast(null as string) as gemeente_id,
        cast(null as int) as jaar,
        cast(null as string) as doel_code,
        'Onbekend' as doel,
        cast(null as string) as beleidsterrein_code,
        cast(null as string) as beleidsterrein,
        cast(null as string) as programma,
        0 as prestaties
)

select * from final
order by document_id, doel_code nulls last, doel_id
