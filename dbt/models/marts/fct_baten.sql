-- One row per printed amount of baten that is no total of others, in canonical euros; of a table published twice, the first.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_baten'),

final as (
    {{ bedragen_van_kant('numbers') }}
)

select * from final
order by document_id, cell_id
