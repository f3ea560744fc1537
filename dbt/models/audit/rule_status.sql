-- One row per rule: whether the proof judged it, in which component, and if not, why.
-- depends_on: {{ ref('rules') }}
{% set document_of = {'column': 'rule_id', 'tables': ['audit.rules']} %}
{{ config(materialized='per_document', document_of=document_of) }}
with

rule_status as (select * from {{ changed(source('proof', 'rule_status'), document_of) }}),

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
