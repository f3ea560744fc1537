-- One row per thing that is done for a goal (prestatie), in a document.
with

prestaties as (select * from {{ ref('stg_prestaties') }} where coalesce(prestatie_code, prestatie) is not null),

documents as (select * from {{ ref('int_documents') }}),

final as (
    select
        {{ hashed(['prestaties.document_id', 'prestaties.path', 'prestaties.line', 'prestaties.prestatie_code']) }} as prestatie_id,
        case
            when coalesce(prestaties.doel_code, prestaties.doel) is null then 'onbekend'
            else {{ hashed(['prestaties.document_id', 'prestaties.doel_code', "case when prestaties.doel_code is null then prestaties.doel end"]) }}
        end as doel_id,
        prestaties.document_id,
        documents.gemeente_id,
        documents.jaar,
        prestaties.doel_code,
        prestaties.prestatie_code,
        prestaties.prestatie,
        prestaties.beleidsterrein_code,
        prestaties.beleidsterrein,
        prestaties.path,
        prestaties.line
    from prestaties
    inner join documents
        on prestaties.document_id = documents.document_id
)

select * from final
order by document_id, path, line, prestatie_id
