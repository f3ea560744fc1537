-- One row per document and programma code that the document names outside its tables of amounts.
{{ config(materialized='per_document') }}
with

indelingen as (select * from {{ changed(ref('stg_indelingen')) }}),

final as (
    select
        document_id,
        code as programma,
        naam as programma_naam,
        domein
    from indelingen
    where soort = 'programma'
)

select * from final
order by document_id, programma
