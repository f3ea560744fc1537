-- One row per landed number of an indicator.
{{ config(meta={'is_cleared_away': true}) }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_indicatoren'),

final as (
    select
        numbers.*,
        code as indicator_code,
        {{ hashed(['gemeente_id', 'code', 'lower(indicator)']) }} as indicator_id,
        coalesce(eenheid, rij_eenheid) as eenheid_indicator,
        case when grootheid in ('streefwaarde', 'benchmark') then grootheid else 'realisatie' end as soort
    from numbers
)

select * from final
order by document_id, cell_id
