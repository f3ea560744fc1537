-- One row per printed value of a set of sums that can hold: an unrounded value with which they all do.
with

witnesses as (select * from {{ source('proof', 'witnesses') }}),

final as (
    select
        component_id,
        cell_id,
        value
    from witnesses
)

select * from final
order by component_id, cell_id
