-- A row for each landed number that is in no fact, no total and not asked about, or in more than one of these. Of a number
-- published twice the first counts; a share or a count beside amounts is none and stands in none of these.
with

numbers as (
    select * from {{ changed(ref('int_cells')) }}
    where getal is not null and (eenheid is null or kind = 'indicatoren' or is_gevraagd or eenheid in {{ money_units() }})
),

getuigen as (select * from {{ changed(source('landing', 'getuigen')) }} where rule_id is not null),

places as (
    select cell_id from {{ ref('fct_lasten') }}
    union all
    select cell_id from {{ ref('fct_baten') }}
    union all
    select cell_id from {{ ref('fct_reserves') }}
    union all
    select cell_id from {{ ref('fct_besparingen') }}
    union all
    select cell_id from {{ ref('fct_indicatoren') }}
    union all
    select cell_id from {{ ref('fct_gepubliceerde_totalen') }}
    union all
    select cell_id from {{ ref('unplaced') }}
),

counted as (
    select
        cell_id,
        count(*) as times
    from places
    group by cell_id
),

final as (
    select
        numbers.cell_id,
        coalesce(own.times, 0) as own_times,
        coalesce(firsts.times, 0) as first_times
    from numbers
    left join getuigen
        on numbers.cell_id = getuigen.cell_id
    left join counted as own
        on numbers.cell_id = own.cell_id
    left join counted as firsts
        on getuigen.eerste_cell_id = firsts.cell_id
    where
        (getuigen.cell_id is null and coalesce(own.times, 0) <> 1)
        or (getuigen.cell_id is not null and (own.times is not null or firsts.times is null))
)

select * from final
