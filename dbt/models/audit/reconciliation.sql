-- One row per rule: how far its numbers are from adding up, how far rounding may take them, and the verdict.
{{ config(materialized='per_document') }}
with

rules as (select * from {{ changed(ref('rules')) }}),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

cells as (select * from {{ changed(ref('int_cells')) }}),

summed as (
    select
        rule_terms.rule_id,
        count(*) as terms,
        count(cells.getal) as numbers,
        sum(cast(rule_terms.coefficient as decimal(13, 6)) * cells.getal) as residual_printed,
        sum(abs(cast(rule_terms.coefficient as decimal(13, 6))) * cells.halve_eenheid) as tolerance_printed,
        max(case when rule_terms.is_total then cells.cell_id end) as total_cell_id,
        coalesce(max(case when rule_terms.is_total then cells.unit end), max(cells.unit)) as unit,
        max(case when rule_terms.is_total then abs(cells.bedrag_eur) end) as total_eur
    from rule_terms
    left join cells
        on rule_terms.cell_id = cells.cell_id
    group by rule_terms.rule_id
),

judged as (
    select
        rules.rule_id,
        rules.document_id,
        rules.kind,
        rules.is_complete,
        summed.terms,
        summed.numbers,
        cast(summed.residual_printed as decimal(24, 6)) as residual_printed,
        -- Two publications of one table print the same figure, so nothing is left for rounding.
        cast(case when rules.kind = 'getuige' then 0 else summed.tolerance_printed end as decimal(24, 6)) as tolerance_printed,
        summed.unit,
        summed.total_cell_id,
        summed.total_eur
    from rules
    left join summed
        on rules.rule_id = summed.rule_id
),

final as (
    select
        rule_id,
        document_id,
        kind,
        cast(coalesce(terms, 0) as int) as terms,
        residual_printed,
        tolerance_printed,
        unit,
        try_cast(residual_printed * cast(coalesce({{ unit_factor('unit') }}, 1) as decimal(8, 0)) as decimal(24, 6)) as residual,
        try_cast(tolerance_printed * cast(coalesce({{ unit_factor('unit') }}, 1) as decimal(8, 0)) as decimal(24, 6)) as tolerance,
        case
            when not is_complete or coalesce(terms, 0) < 2 or numbers < terms or total_cell_id is null then 'not_judged'
            when residual_printed = 0 then 'exact'
            when abs(residual_printed) <= tolerance_printed then 'rounding'
            else 'break'
        end as verdict,
        total_cell_id,
        total_eur
    from judged
)

select * from final
order by document_id, rule_id
