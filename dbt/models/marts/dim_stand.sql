-- One row per stand: the state in which an amount was published.
with

standen as (select * from {{ ref('standen') }}),

final as (
    select
        stand,
        stand_naam,
        omschrijving,
        cast(volgorde as int) as volgorde
    from standen
)

select * from final
order by volgorde, stand
