-- One row per sum between a document and the Iv3 of its gemeente: both amounts, the difference, and what rounding explains.
{{ config(materialized='per_document') }}
with

rules as (select * from {{ changed(ref('rules')) }} where scope = 'cross_source'),

reconciliation as (select * from {{ changed(ref('reconciliation')) }} where scope = 'cross_source'),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

iv3_cijfers as (select * from {{ changed(ref('iv3_cijfers')) }}),

cells as (select * from {{ changed(ref('int_cells')) }}),

terms as (
    select
        rule_terms.rule_id,
        rule_terms.is_total,
        iv3_cijfers.cell_id is not null as is_iv3,
        iv3_cijfers.kant,
        iv3_cijfers.code,
        iv3_cijfers.verslagsoort,
        iv3_cijfers.gemeentecode,
        iv3_cijfers.bron_document_id,
        iv3_cijfers.bestand,
        iv3_cijfers.regel,
        cast(rule_terms.coefficient as decimal(13, 6)) * coalesce(iv3_cijfers.getal, cells.getal) as bijdrage,
        cast(rule_terms.coefficient as decimal(13, 6)) as coefficient,
        coalesce(iv3_cijfers.halve_eenheid, cast(cells.halve_eenheid as decimal(24, 6))) as halve_eenheid
    from rules
    inner join rule_terms
        on rules.rule_id = rule_terms.rule_id
    left join iv3_cijfers
        on rule_terms.cell_id = iv3_cijfers.cell_id
    left join cells
        on rule_terms.cell_id = cells.cell_id
),

-- In a sum of a shift: by how much the lasten of the document are above those of Iv3. They carry the sign of the baten of Iv3.
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
        sum(case when not is_total then bijdrage end) as iv3_getal,
        max(case when is_iv3 and kant = 'baten' then sign(coefficient) end)
        * sum(case when not is_total and (not is_iv3 or kant = 'lasten') then bijdrage end) as verschuiving,
        sum(case when not is_total and (not is_iv3 or kant = 'lasten') then abs(coefficient) * halve_eenheid end) as verschuiving_tolerantie
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
        case when rules.kind = 'iv3_bruto' then {{ in_euros('summed.verschuiving', 'reconciliation.unit', '1') }} end as verschuiving_eur,
        coalesce(rules.kind = 'iv3_bruto' and abs(summed.verschuiving) > summed.verschuiving_tolerantie, false) as is_verschoven,
        reconciliation.verdict,
        summed.bron_document_id,
        summed.bestand,
        summed.regel
    from rules
    inner join reconciliation
        on rules.rule_id = reconciliation.rule_id
    inner join summed
        on rules.rule_id = summed.rule_id
    left join cells
        on reconciliation.total_cell_id = cells.cell_id
)

select * from final
order by document_id, rule_id
