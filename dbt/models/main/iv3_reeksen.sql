-- One row per gemeente, delivery, side and series: what can be compared over the years, across changes of codes.
{{ config(materialized='view') }}
with

figures as (select * from {{ ref('iv3_per_taakveld') }}),

reeksen as (select * from {{ ref('dim_iv3_reeks') }}),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }}),

-- In a group of taakvelden other things may be mixed: who delivers groups has no figure for the series then.
mixed as (
    select distinct
        periode,
        reeks_code,
        van_jaar,
        coalesce(tot_jaar, 9999) as tot_jaar
    from reeksen
    where is_gemengd
),

summed as (
    select
        figures.gemeentecode,
        figures.boekjaar,
        figures.verslagsoort,
        figures.soort,
        figures.kant,
        reeksen.periode,
        reeksen.reeks_code,
        reeksen.reeks,
        {{ sum_amount('figures.bedrag_eur') }} as bedrag_eur
    from figures
    inner join reeksen
        on
            figures.taakveld_code = reeksen.taakveld_code
            and figures.boekjaar between reeksen.van_jaar and coalesce(reeksen.tot_jaar, 9999)
    left join mixed
        on
            figures.indeling = 'taakveldgroep'
            and reeksen.periode = mixed.periode
            and reeksen.reeks_code = mixed.reeks_code
            and figures.boekjaar between mixed.van_jaar and mixed.tot_jaar
    where mixed.reeks_code is null and (figures.indeling <> 'taakveldgroep' or not reeksen.is_fijn)
    group by
        figures.gemeentecode, figures.boekjaar, figures.verslagsoort, figures.soort, figures.kant, reeksen.periode, reeksen.reeks_code,
        reeksen.reeks
),

final as (
    select
        summed.gemeentecode,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        gemeenten.inwoners,
        gemeenten.gemeentecode_nu,
        gemeenten.gemeente_nu,
        summed.boekjaar as jaar,
        summed.verslagsoort,
        summed.soort,
        summed.kant,
        summed.periode,
        summed.reeks_code,
        summed.reeks,
        summed.bedrag_eur,
        {{ safe_divide('summed.bedrag_eur', 'gemeenten.inwoners', 18, 2) }} as per_inwoner_eur
    from summed
    inner join gemeenten
        on
            summed.gemeentecode = gemeenten.gemeentecode
            and summed.boekjaar = gemeenten.jaar
)

select * from final
