-- One row per gemeente, jaar, lasten or baten, programma, groep and post: what was budgeted beside what came of it.
with

lasten as (select * from {{ ref('fct_lasten') }} where is_laatste and is_enige_in_indeling and stand in ('begroting', 'begroting_na_wijziging', 'rekening')),

baten as (select * from {{ ref('fct_baten') }} where is_laatste and is_enige_in_indeling and stand in ('begroting', 'begroting_na_wijziging', 'rekening')),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

programmas as (select * from {{ ref('dim_programma') }}),

beleidsterreinen as (select * from {{ ref('dim_beleidsterrein') }}),

bedragen as (
    select
        'lasten' as kant, gemeente_id, jaar, stand, indeling, programma_id, beleidsterrein_code, beleidsterrein_id, taakveld_code,
        groep, post, bedrag_eur
    from lasten

    union all

    select
        'baten' as kant, gemeente_id, jaar, stand, indeling, programma_id, beleidsterrein_code, beleidsterrein_id, taakveld_code,
        groep, post, bedrag_eur
    from baten
),

-- Budget and accounts can be compared along the first cut in which both are there.
comparable as (
    select
        gemeente_id,
        jaar,
        indeling
    from bedragen
    group by gemeente_id, jaar, indeling
    having max(case when stand = 'rekening' then 1 else 0 end) = 1 and max(case when stand <> 'rekening' then 1 else 0 end) = 1
    qualify indeling = min(indeling) over (partition by gemeente_id, jaar)
),

beside as (
    select
        bedragen.gemeente_id,
        bedragen.jaar,
        bedragen.kant,
        bedragen.indeling,
        coalesce(programmas.programma, 'onbekend') as programma,
        programmas.programma_conform as programma_naam,
        programmas.programma_met_naam,
        coalesce(bedragen.beleidsterrein_code, 'onbekend') as beleidsterrein_code,
        max(beleidsterreinen.beleidsterrein_conform) as beleidsterrein,
        coalesce(bedragen.taakveld_code, 'onbekend') as taakveld_code,
        bedragen.groep,
        bedragen.post,
        {{ sum_amount("case when bedragen.stand = 'begroting' then bedragen.bedrag_eur end") }} as begroting_eur,
        {{ sum_amount("case when bedragen.stand = 'begroting_na_wijziging' then bedragen.bedrag_eur end") }} as begroting_na_wijziging_eur,
        {{ sum_amount("case when bedragen.stand = 'rekening' then bedragen.bedrag_eur end") }} as rekening_eur
    from bedragen
    inner join comparable
        on
            bedragen.gemeente_id = comparable.gemeente_id
            and bedragen.jaar = comparable.jaar
            and bedragen.indeling = comparable.indeling
    inner join programmas
        on bedragen.programma_id = programmas.programma_id
    inner join beleidsterreinen
        on bedragen.beleidsterrein_id = beleidsterreinen.beleidsterrein_id
    group by
        bedragen.gemeente_id, bedragen.jaar, bedragen.kant, bedragen.indeling, coalesce(programmas.programma, 'onbekend'),
        programmas.programma_conform, programmas.programma_met_naam,
        coalesce(bedragen.beleidsterrein_code, 'onbekend'), coalesce(bedragen.taakveld_code, 'onbekend'), bedragen.groep, bedragen.post
),

final as (
    select
        beside.gemeente_id,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        beside.jaar,
        beside.kant,
        beside.indeling,
        beside.programma,
        beside.programma_naam,
        beside.programma_met_naam,
        beside.beleidsterrein_code,
        beside.beleidsterrein,
        beside.taakveld_code,
        beside.groep,
        beside.post,
        beside.begroting_eur,
        beside.begroting_na_wijziging_eur,
        beside.rekening_eur,
        cast(beside.rekening_eur - coalesce(beside.begroting_na_wijziging_eur, beside.begroting_eur) as decimal(18, 2)) as verschil_eur,
        {{ safe_divide(
            '100 * (beside.rekening_eur - coalesce(beside.begroting_na_wijziging_eur, beside.begroting_eur))',
            'abs(coalesce(beside.begroting_na_wijziging_eur, beside.begroting_eur))', 18, 2
        ) }} as verschil_pct
    from beside
    inner join gemeenten
        on
            beside.gemeente_id = gemeenten.gemeente_id
            and beside.jaar = gemeenten.jaar
)

select * from final
