-- A row for each landed number that is in no fact or total, or in more than one. Of a number published twice the first counts.
with

numbers as (select * from {{ ref('int_cells') }} where getal is not null),

destinations as (select * from {{ ref('int_destinations') }}),

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
),

counted as (
    select
        cell_id,
        count(*) as times
    from places
    group by cell_id
),

held as (
    select
        numbers.cell_id,
        destinations.bestemming,
        case when destinations.bestemming = 'getuige' then destinations.eerste_cell_id else numbers.cell_id end as held_by,
        coalesce(own.times, 0) as own_times
    from numbers
    left join destinations
        on numbers.cell_id = destinations.cell_id
    left join counted as own
        on numbers.cell_id = own.cell_id
),

final as (
    select
        held.cell_id,
        held.bestemming,
        held.own_times
    from held
    left join destinations as first_destinations
        on held.held_by = first_destinations.cell_id
    where
        held.bestemming is null
        or held.own_times <> case when held.bestemming = 'getuige' then 0 else 1 end
        or first_destinations.cell_id is null
)

select * from final
