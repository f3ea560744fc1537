-- One row per document and beleidsterrein code that the document names outside its tables of amounts.
{{ config(materialized='per_document') }}
with

indelingen as (select * from {{ changed(ref('stg_indelingen')) }}),

final as (
    select
        document_id,
        code as beleidsterrein_code,
        naam as beleidsterrein,
        programma
    from indelingen
    where soort = 'beleidsterrein'
)

select * from final
order by document_id, beleidsterrein_code
