-- One row per reserve or provision of a gemeente, by its printed name.
with

numbers as (select * from {{ ref('int_numbers') }} where bestemming = 'fct_reserves'),

final as (
    select
        {{ hashed(['gemeente_id', 'lower(reserve)']) }} as reserve_id,
        gemeente_id,
        min(reserve) as reserve,
        min(programma) as programma,
        min(jaar) as eerste_jaar,
        max(jaar) as laatste_jaar
    from numbers
    group by {{ hashed(['gemeente_id', 'lower(reserve)']) }}, gemeente_id
)

select * from final
order by gemeente_id, reserve, reserve_id
