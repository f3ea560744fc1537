-- One row per gemeente, delivery, side and taakveld: the amount per inhabitant beside the middle of its size class and province.
{{ config(materialized='view') }}
with

figures as (select * from {{ ref('iv3_per_taakveld') }}),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }} where inwoners > 0),

taakvelden as (select * from {{ ref('dim_taakveld') }}),

medianen as (select * from {{ ref('iv3_medianen') }}),

per_taakveld as (
    select
        figures.gemeentecode,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        gemeenten.inwoners,
        figures.boekjaar as jaar,
        figures.verslagsoort,
        figures.soort,
        figures.kant,
        figures.taakveld_code,
        taakvelden.taakveld,
        figures.indeling = 'taakveldgroep' as is_groep,
        figures.bedrag_eur
    from figures
    inner join gemeenten
        on
            figures.gemeentecode = gemeenten.gemeentecode
            and figures.boekjaar = gemeenten.jaar
    inner join taakvelden
        on figures.taakveld_id = taakvelden.taakveld_id
),

per_inhabitant as (
    select
        per_taakveld.*,
        {{ safe_divide('per_taakveld.bedrag_eur', 'per_taakveld.inwoners', 18, 2) }} as per_inwoner_eur
    from per_taakveld
),

beside as (
    select
        per_inhabitant.*,
        klasse.mediaan_eur as mediaan_klasse_eur,
        klasse.mad_eur as mad_klasse_eur,
        klasse.gemeenten as gemeenten_klasse,
        provincie.mediaan_eur as mediaan_provincie_eur,
        provincie.mad_eur as mad_provincie_eur,
        provincie.gemeenten as gemeenten_provincie,
        {{ safe_divide('per_inhabitant.per_inwoner_eur - klasse.mediaan_eur', 'klasse.mad_eur', 18, 2) }} as afwijking_klasse_mad,
        {{ safe_divide('per_inhabitant.per_inwoner_eur - provincie.mediaan_eur', 'provincie.mad_eur', 18, 2) }} as afwijking_provincie_mad
    from per_inhabitant
    left join medianen as klasse
        on
            klasse.groepering = 'grootteklasse'
            and per_inhabitant.verslagsoort = klasse.verslagsoort
            and per_inhabitant.kant = klasse.kant
            and per_inhabitant.taakveld_code = klasse.taakveld_code
            and per_inhabitant.is_groep = klasse.is_groep
            and per_inhabitant.grootteklasse = klasse.groep
    left join medianen as provincie
        on
            provincie.groepering = 'provincie'
            and per_inhabitant.verslagsoort = provincie.verslagsoort
            and per_inhabitant.kant = provincie.kant
            and per_inhabitant.taakveld_code = provincie.taakveld_code
            and per_inhabitant.is_groep = provincie.is_groep
            and per_inhabitant.provincie = provincie.groep
),

-- A normal spread is 1.4826 times the median deviation; what is 3.5 of these away is an outlier (Iglewicz and Hoaglin).
final as (
    select
        beside.gemeentecode,
        beside.gemeente,
        beside.provincie,
        beside.grootteklasse,
        beside.inwoners,
        beside.jaar,
        beside.verslagsoort,
        beside.soort,
        beside.kant,
        beside.taakveld_code,
        beside.taakveld,
        beside.bedrag_eur,
        beside.per_inwoner_eur,
        beside.mediaan_klasse_eur,
        beside.mad_klasse_eur,
        beside.gemeenten_klasse,
        beside.afwijking_klasse_mad,
        beside.mediaan_provincie_eur,
        beside.mad_provincie_eur,
        beside.gemeenten_provincie,
        beside.afwijking_provincie_mad,
        coalesce(beside.gemeenten_klasse >= 8 and abs(beside.afwijking_klasse_mad) > 5.19, false) as is_uitschieter,
        case
            when beside.gemeenten_klasse < 8 then 'te weinig gemeenten om te vergelijken: ' || cast(beside.gemeenten_klasse as string)
            when beside.mad_klasse_eur = 0 then 'de helft van de gemeenten heeft hetzelfde bedrag: er is geen spreiding om tegen te houden'
            when abs(beside.afwijking_klasse_mad) > 5.19 then
                'EUR ' || {{ printed_number('beside.per_inwoner_eur') }} || ' per inwoner tegen EUR '
                || {{ printed_number('beside.mediaan_klasse_eur') }} || ' in het midden van '
                || cast(beside.gemeenten_klasse as string) || ' gemeenten (' || beside.grootteklasse || ' inwoners), '
                || {{ printed_number('abs(beside.afwijking_klasse_mad)') }} || ' maal de middelste afwijking'
        end as reden
    from beside
)

select * from final
