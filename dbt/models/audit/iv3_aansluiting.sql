-- One row per sum between a document and the Iv3 of its gemeente: both amounts, the difference, and what rounding explains.
{{ config(materialized='per_document') }}
with

rules as (select * from {{ changed(ref('rules')) }} where scope = 'cross_source'),

reconciliation as (select * from {{ changed(ref('reconciliation')) }} where scope = 'cross_source'),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

iv3_cijfers as (select * from {{ changed(ref('iv3_cijfers')) }}),

cells as (select * from {{ changed(ref('int_cells')) }}),

judged as (select * from {{ source('proof', 'rule_status') }}),

terms as (
    select
        rule_terms.rule_id,
        rule_terms.is_total,
        iv3_cijfers.code,
        iv3_cijfers.verslagsoort,
        iv3_cijfers.gemeentecode,
        iv3_cijfers.bron_document_id,
        iv3_cijfers.bestand,
        iv3_cijfers.regel,
        cast(rule_terms.coefficient as decimal(13, 6)) * coalesce(iv3_cijfers.getal, cells.getal) as bijdrage
    from rules
    inner join rule_terms
        on rules.rule_id = rule_terms.rule_id
    left join iv3_cijfers
        on rule_terms.cell_id = iv3_cijfers.cell_id
    left join cells
        on rule_terms.cell_id = cells.cell_id
),

summed as (
    select
        rule_id,
        min(verslagsoort) as verslagsoort,
        min(gemeentecode) as gemeentecode,
        case when max(code) <> 'totaal' and max(code) = min(code) then max(code) end as taakveld_code,
        min(bron_document_id) as bron_document_id,
        min(bestand) as bestand,
        min(regel) as regel,
        sum(case when is_total then -bijdrage end) as document_getal,
        sum(case when not is_total then bijdrage end) as iv3_getal
    from terms
    group by rule_id
),

final as (
    select
        rules.rule_id,
        rules.document_id,
        summed.gemeentecode,
        summed.verslagsoort,
        rules.kind as soort,
        summed.taakveld_code,
        cells.table_id,
        reconciliation.total_cell_id as cell_id,
        rules.description,
        rules.description_en,
        {{ in_euros('summed.document_getal', 'reconciliation.unit', '1') }} as document_eur,
        {{ in_euros('summed.iv3_getal', 'reconciliation.unit', '1') }} as iv3_eur,
        cast(-reconciliation.residual as decimal(18, 2)) as verschil_eur,
        cast(reconciliation.tolerance as decimal(18, 2)) as tolerantie_eur,
        {{ in_euros('judged.shift', 'reconciliation.unit', '1') }} as verschuiving_eur,
        coalesce(judged.shift_verdict = 'break', false) as is_verschoven,
        reconciliation.verdict,
        summed.bron_document_id,
        summed.bestand,
        summed.regel
    from rules
    inner join reconciliation
        on rules.rule_id = reconciliation.rule_id
    inner join summed
        on rules.rule_id = summed.rule_id
    left join judged
        on rules.rule_id = judged.rule_id
    left join cells
        on reconciliation.total_cell_id = cells.cell_id
)

select * from final
order by document_id, rule_id
