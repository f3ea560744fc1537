-- One row per printed amount of a reserve or provision: put in, taken out, or the stock at the beginning or the end.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_reserves'),

final as (
    select
        {{ getal_en_waarover() }},
        reserve_id,
        reserve,
        {{ post_in_tabel() }},
        jaar,
        stand,
        grootheid as mutatie,
        bedrag_eur,
        is_laatste,
        is_hoofdindeling,
        is_placed,
        {{ waar_gedrukt() }}
    from numbers
)

select * from final
order by document_id, cell_id
