-- One row per number in a sum: the rule says that the sum of coefficient times printed value is zero.
{{ config(materialized='per_document') }}
with

terms as (select * from {{ ref('stg_rule_terms') }}),

final as (
    select
        rule_id,
        document_id,
        term_no,
        cell_id,
        coefficient,
        is_total
    from terms
)

select * from final
order by rule_id, term_no
