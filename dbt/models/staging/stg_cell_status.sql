-- One row per number in a sum: how well the sums vouch for it.
with

cell_status as (select * from {{ source('proof', 'cell_status') }}),

renamed as (
    select
        cell_id,
        component_id,
        status,
        coalesce(is_proved, false) as is_proved,
        coalesce(is_implied, false) as is_implied,
        coalesce(is_locatable, false) as is_locatable,
        coalesce(is_detectable, false) as is_detectable,
        coalesce(is_suspect, false) as is_suspect,
        implied_low,
        implied_high,
        rules
    from cell_status
)

select * from renamed
