-- One row per gemeente, delivery, layout, side and taakveld: what the figures of Iv3 that count add up to over categories. What compares
-- gemeenten and years reads this, a twentieth of the rows.
{{ config(materialized='when_iv3_changed', per=['gemeentecode', 'verslagsoort']) }}
with

figures as (
    select * from {{ iv3_to_build(ref('fct_iv3'), ['gemeentecode', 'verslagsoort']) }}
    where is_laatste and is_hoofdindeling and indeling in ('taakveld_categorie', 'taakveld', 'taakveldgroep')
),

final as (
    select
        gemeentecode,
        boekjaar,
        verslagsoort,
        soort,
        indeling,
        kant,
        taakveld_code,
        taakveld_id,
        {{ sum_amount('bedrag_eur') }} as bedrag_eur
    from figures
    group by gemeentecode, boekjaar, verslagsoort, soort, indeling, kant, taakveld_code, taakveld_id
)

select * from final
order by verslagsoort, gemeentecode, kant, taakveld_code, indeling nulls last
