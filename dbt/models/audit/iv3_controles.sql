-- One row per check of CBS and delivery: how many gemeenten hold it, how many do not, or that it cannot be held.
{{ config(materialized='when_iv3_changed') }}
with

controles as (select * from {{ ref('iv3_controlelijst') }}),

perioden as (select * from {{ ref('iv3_controle_perioden') }}),

toetsen as (select * from {{ ref('iv3_toetsen') }}),

deliveries as (
    select
        verslagsoort,
        min(boekjaar) as boekjaar,
        min(periode) as periode,
        cast(count(distinct gemeentecode) as int) as gemeenten
    from {{ ref('int_iv3_leveringen') }}
    where not is_leeg
    group by verslagsoort
),

-- Checks of figures are held in certain years and for certain deliveries; checks of codes always.
asked as (
    select
        deliveries.verslagsoort,
        deliveries.boekjaar,
        deliveries.gemeenten,
        controles.controle,
        controles.volgorde,
        controles.omschrijving,
        controles.omschrijving_en,
        controles.nodig,
        controles.nodig_en,
        controles.controle not like 'PF%' or perioden.controle is not null as is_van_toepassing,
        controles.controle like 'PF%' and deliveries.boekjaar < eerste.jaar as is_voor_de_lijst
    from deliveries
    cross join controles
    cross join (select min(van_jaar) as jaar from perioden) as eerste
    left join perioden
        on
            controles.controle = perioden.controle
            and deliveries.periode = perioden.periode
            and deliveries.boekjaar between perioden.van_jaar and coalesce(perioden.tot_jaar, 9999)
),

counted as (
    select
        controle,
        verslagsoort,
        cast(count(*) as int) as getoetst,
        cast(count(case when uitkomst = 'klopt' then 1 end) as int) as klopt,
        cast(count(case when uitkomst = 'klopt op afronding na' then 1 end) as int) as klopt_op_afronding_na,
        cast(count(case when uitkomst = 'klopt niet' then 1 end) as int) as klopt_niet,
        max(abs(verschil_eur)) as grootste_verschil_eur
    from toetsen
    group by controle, verslagsoort
),

final as (
    select
        asked.controle,
        asked.volgorde,
        asked.verslagsoort,
        asked.boekjaar,
        asked.omschrijving,
        asked.omschrijving_en,
        case
            when asked.is_voor_de_lijst then 'niet te toetsen'
            when not asked.is_van_toepassing then 'niet van toepassing'
            when counted.controle is null then 'niet te toetsen'
            when counted.klopt_niet > 0 then 'klopt niet'
            else 'klopt'
        end as oordeel,
        case
            when asked.is_voor_de_lijst then 'voor dit jaar is niet bekend welke controles CBS hield'
            when asked.is_van_toepassing and counted.controle is null
                then 'PF099: de controle is niet uit te voeren, want ' || asked.nodig || ' zijn er niet'
            when not asked.is_van_toepassing then 'CBS houdt deze controle niet op deze levering'
        end as reden,
        case
            when asked.is_voor_de_lijst then 'which checks CBS held in this year is not known'
            when asked.is_van_toepassing and counted.controle is null
                then 'PF099: the check cannot be held, for there are no ' || asked.nodig_en
            when not asked.is_van_toepassing then 'CBS does not hold this check on this delivery'
        end as reden_en,
        asked.gemeenten,
        coalesce(counted.getoetst, 0) as getoetst,
        coalesce(counted.klopt, 0) as klopt,
        coalesce(counted.klopt_op_afronding_na, 0) as klopt_op_afronding_na,
        coalesce(counted.klopt_niet, 0) as klopt_niet,
        cast(counted.grootste_verschil_eur as decimal(18, 2)) as grootste_verschil_eur
    from asked
    left join counted
        on
            asked.controle = counted.controle
            and asked.verslagsoort = counted.verslagsoort
)

select * from final
order by volgorde, verslagsoort
