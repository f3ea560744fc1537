-- One row per rule: whether the proof judged it, in which component, and if not, why.
with

rule_status as (select * from {{ source('proof', 'rule_status') }}),

final as (
    select
        rule_id,
        component_id,
        is_judged,
        nullif(reason, '') as reason
    from rule_status
)

select * from final
order by rule_id
