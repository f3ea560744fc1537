-- One row per number in a sum: the rule says that the sum of coefficient times printed value is zero.
{{ config(materialized='per_document') }}
with

terms as (select * from {{ changed(ref('stg_rule_terms')) }}),

-- The total is the last term with coefficient -1: a part may have it too, when it is taken off.
numbered as (
    select
        terms.*,
        max(case when coefficient = -1 then term_no end) over (partition by rule_id) as totaal_term_no
    from terms
),

final as (
    select
        rule_id,
        document_id,
        cast(term_no as int) as term_no,
        cell_id,
        coefficient,
        coalesce(term_no = totaal_term_no, false) as is_total
    from numbered
)

select * from final
order by rule_id, term_no
