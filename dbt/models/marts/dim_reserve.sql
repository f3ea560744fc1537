-- One row per reserve or provision of a gemeente, by its printed name, and Onbekend.
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

    union all

    select
        'onbekend' as reserve_id,
        cast(null as string) as gemeente_id,
        'Onbekend' as reserve,
        cast(null as string) as programma,
        cast(null as int) as eerste_jaar,
        cast(null as int) as laatste_jaar
)

select * from final
order by gemeente_id, reserve, reserve_id
