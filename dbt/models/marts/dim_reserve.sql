-- One row per reserve or provision of a gemeente, by its printed name.
with

reserves as (select * from {{ ref('fct_reserves') }}),

final as (
    select
        reserve_id,
        gemeente_id,
        min(reserve) as reserve,
        min(programma) as programma,
        min(jaar) as eerste_jaar,
        max(jaar) as laatste_jaar
    from reserves
    group by reserve_id, gemeente_id
)

select * from final
order by gemeente_id, reserve, reserve_id
