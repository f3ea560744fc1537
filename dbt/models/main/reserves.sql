-- One row per reserve, jaar and stand: what it held, what was put in and taken out, and what is left.
with

feiten as (select * from {{ ref('fct_reserves') }} where is_laatste and is_hoofdindeling),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

summed as (
    select
        gemeente_id,
        reserve_id,
        min(reserve) as reserve,
        min(coalesce(programma, 'onbekend')) as programma,
        jaar,
        stand,
        {{ sum_amount("case when mutatie = 'begin' then bedrag_eur end") }} as begin_eur,
        {{ sum_amount("case when mutatie = 'toevoeging' then bedrag_eur end") }} as toevoeging_eur,
        {{ sum_amount("case when mutatie = 'onttrekking' then bedrag_eur end") }} as onttrekking_eur,
        {{ sum_amount("case when mutatie = 'eind' then bedrag_eur end") }} as eind_eur,
        min(document_id) as document_id
    from feiten
    group by gemeente_id, reserve_id, jaar, stand
),

final as (
    select
        summed.gemeente_id,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        summed.jaar,
        summed.stand,
        summed.reserve_id,
        summed.reserve,
        summed.programma,
        summed.begin_eur,
        summed.toevoeging_eur,
        summed.onttrekking_eur,
        cast(
            case
                when summed.toevoeging_eur is not null or summed.onttrekking_eur is not null
                    then coalesce(summed.toevoeging_eur, 0) - coalesce(summed.onttrekking_eur, 0)
            end as decimal(18, 2)
        ) as mutatie_eur,
        summed.eind_eur,
        gemeenten.inwoners,
        {{ safe_divide('summed.eind_eur', 'gemeenten.inwoners', 18, 4) }} as eind_per_inwoner_eur,
        summed.document_id
    from summed
    inner join gemeenten
        on
            summed.gemeente_id = gemeenten.gemeente_id
            and summed.jaar = gemeenten.jaar
)

select * from final
