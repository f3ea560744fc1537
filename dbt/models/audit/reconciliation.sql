-- One row per rule: how far its numbers are from adding up, how far rounding may take them, and the verdict, as the proof judged it.
{{ config(materialized='per_document') }}
with

rules as (select * from {{ changed(ref('rules')) }}),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

cells as (select * from {{ changed(ref('int_sum_numbers')) }}),

judged as (select * from {{ source('proof', 'rule_status') }}),

totals as (
    select
        rule_terms.rule_id,
        max(case when rule_terms.is_total then cells.cell_id end) as total_cell_id,
        coalesce(max(case when rule_terms.is_total then cells.unit end), max(cells.unit)) as unit,
        max(case when rule_terms.is_total then abs(cells.bedrag_eur) end) as total_eur
    from rule_terms
    left join cells
        on rule_terms.cell_id = cells.cell_id
    group by rule_terms.rule_id
),

final as (
    select
        rules.rule_id,
        rules.document_id,
        rules.kind,
        rules.scope,
        cast(coalesce(judged.terms, 0) as int) as terms,
        judged.residual as residual_printed,
        judged.tolerance as tolerance_printed,
        totals.unit,
        try_cast(judged.residual * cast(coalesce({{ unit_factor('totals.unit') }}, 1) as decimal(8, 0)) as decimal(24, 6)) as residual,
        try_cast(judged.tolerance * cast(coalesce({{ unit_factor('totals.unit') }}, 1) as decimal(8, 0)) as decimal(24, 6)) as tolerance,
        coalesce(judged.verdict, 'not_judged') as verdict,
        totals.total_cell_id,
        totals.total_eur
    from rules
    left join judged
        on rules.rule_id = judged.rule_id
    left join totals
        on rules.rule_id = totals.rule_id
)

select * from final
order by document_id, rule_id
