-- One row per rule of a set of rules that cannot hold together.
with

conflicts as (select * from {{ source('proof', 'conflicts') }}),

final as (
    select
        component_id,
        conflict_no,
        rule_id,
        weight,
        sentence_nl,
        sentence_en
    from conflicts
)

select * from final
order by component_id, conflict_no, rule_id
