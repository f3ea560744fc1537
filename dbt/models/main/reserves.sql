-- One row per reserve, jaar and stand: what it held, what was put in and taken out, and what is left.
with

feiten as (select * from {{ ref('fct_reserves') }} where is_laatste and is_hoofdindeling),

programmas as (select * from {{ ref('dim_programma') }}),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

summed as (
    select
        feiten.gemeente_id,
        feiten.reserve_id,
        min(feiten.reserve) as reserve,
        min(coalesce(programmas.programma, 'onbekend')) as programma,
        min(programmas.programma_met_naam) as programma_met_naam,
        feiten.jaar,
        feiten.stand,
        {{ sum_amount("case when feiten.mutatie = 'begin' then feiten.bedrag_eur end") }} as begin_eur,
        {{ sum_amount("case when feiten.mutatie = 'toevoeging' then feiten.bedrag_eur end") }} as toevoeging_eur,
        {{ sum_amount("case when feiten.mutatie = 'onttrekking' then feiten.bedrag_eur end") }} as onttrekking_eur,
        {{ sum_amount("case when feiten.mutatie = 'eind' then feiten.bedrag_eur end") }} as eind_eur,
        min(feiten.document_id) as document_id
    from feiten
    inner join programmas
        on feiten.programma_id = programmas.programma_id
    group by feiten.gemeente_id, feiten.reserve_id, feiten.jaar, feiten.stand
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
        summed.programma_met_naam,
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
