-- One row per figure of Iv3 in the sums of a document: what it was added up from, and how far rounding may have moved it.
{{ config(materialized='per_document') }}
with

iv3_cijfers as (select * from {{ changed(ref('stg_iv3_cijfers')) }}),

final as (
    select
        iv3_cijfers.*,
        {{ in_euros('getal', "'EUR_1000'", '1') }} as bedrag_eur
    from iv3_cijfers
)

select * from final
order by document_id, cell_id
