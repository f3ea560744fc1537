-- One row per delivery, side, taakveld and group of gemeenten (size class or province): the middle per inhabitant, and how far
-- from it the middle one is.
{{ config(materialized='when_iv3_changed', per=['verslagsoort']) }}
with

figures as (select * from {{ iv3_to_build(ref('iv3_per_taakveld'), ['verslagsoort']) }}),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }} where inwoners > 0),

per_taakveld as (
    select
        figures.gemeentecode,
        figures.boekjaar,
        figures.verslagsoort,
        figures.kant,
        figures.taakveld_code,
        figures.indeling = 'taakveldgroep' as is_groep,
        {{ sum_amount('figures.bedrag_eur') }} as bedrag_eur
    from figures
    group by
        figures.gemeentecode, figures.boekjaar, figures.verslagsoort, figures.kant, figures.taakveld_code, figures.indeling = 'taakveldgroep'
),

per_inhabitant as (
    select
        per_taakveld.gemeentecode,
        per_taakveld.verslagsoort,
        per_taakveld.kant,
        per_taakveld.taakveld_code,
        per_taakveld.is_groep,
        gemeenten.grootteklasse,
        gemeenten.provincie,
        {{ safe_divide('per_taakveld.bedrag_eur', 'gemeenten.inwoners', 18, 2) }} as per_inwoner_eur
    from per_taakveld
    inner join gemeenten
        on
            per_taakveld.gemeentecode = gemeenten.gemeentecode
            and per_taakveld.boekjaar = gemeenten.jaar
),

grouped as (
    select gemeentecode, verslagsoort, kant, taakveld_code, is_groep, 'grootteklasse' as groepering, grootteklasse as groep, per_inwoner_eur
    from per_inhabitant

    union all

    select gemeentecode, verslagsoort, kant, taakveld_code, is_groep, 'provincie' as groepering, provincie as groep, per_inwoner_eur
    from per_inhabitant
),

ranked as (
    select
        grouped.*,
        row_number() over (
            partition by verslagsoort, kant, taakveld_code, is_groep, groepering, groep order by per_inwoner_eur nulls last, gemeentecode
        ) as rang,
        count(*) over (partition by verslagsoort, kant, taakveld_code, is_groep, groepering, groep) as aantal
    from grouped
),

medians as (
    select
        verslagsoort,
        kant,
        taakveld_code,
        is_groep,
        groepering,
        groep,
        cast(max(aantal) as int) as gemeenten,
        {{ mediaan('per_inwoner_eur', 'rang', 'aantal') }} as mediaan_eur
    from ranked
    group by verslagsoort, kant, taakveld_code, is_groep, groepering, groep
),

deviations as (
    select
        ranked.verslagsoort,
        ranked.kant,
        ranked.taakveld_code,
        ranked.is_groep,
        ranked.groepering,
        ranked.groep,
        ranked.aantal,
        abs(ranked.per_inwoner_eur - medians.mediaan_eur) as afwijking_eur,
        row_number() over (
            partition by ranked.verslagsoort, ranked.kant, ranked.taakveld_code, ranked.is_groep, ranked.groepering, ranked.groep
            order by abs(ranked.per_inwoner_eur - medians.mediaan_eur) nulls last, ranked.gemeentecode
        ) as rang
    from ranked
    inner join medians
        on
            ranked.verslagsoort = medians.verslagsoort
            and ranked.kant = medians.kant
            and ranked.taakveld_code = medians.taakveld_code
            and ranked.is_groep = medians.is_groep
            and ranked.groepering = medians.groepering
            and ranked.groep = medians.groep
),

spreads as (
    select
        verslagsoort,
        kant,
        taakveld_code,
        is_groep,
        groepering,
        groep,
        {{ mediaan('afwijking_eur', 'rang', 'aantal') }} as mad_eur
    from deviations
    group by verslagsoort, kant, taakveld_code, is_groep, groepering, groep
),

final as (
    select
        medians.verslagsoort,
        medians.kant,
        medians.taakveld_code,
        medians.is_groep,
        medians.groepering,
        medians.groep,
        medians.gemeenten,
        medians.mediaan_eur,
        spreads.mad_eur
    from medians
    inner join spreads
        on
            medians.verslagsoort = spreads.verslagsoort
            and medians.kant = spreads.kant
            and medians.taakveld_code = spreads.taakveld_code
            and medians.is_groep = spreads.is_groep
            and medians.groepering = spreads.groepering
            and medians.groep = spreads.groep
)

select * from final
order by verslagsoort, kant, taakveld_code, groepering, groep, is_groep nulls last
