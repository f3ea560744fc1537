-- One row per sum that does not hold, per set of sums that cannot hold together, and per table with sums that could not be judged, as a finding.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

rules as (select * from {{ ref('rules') }}),

rule_terms as {{ read_apart() }}(select * from {{ ref('rule_terms') }}),

reconciliation as (select * from {{ ref('reconciliation') }} where scope <> 'cross_source'),

cells as {{ read_apart() }}(select * from {{ ref('int_cells') }}),

verifiability as (select * from {{ ref('verifiability') }} where component_id is not null),

certificates as (select * from {{ ref('certificates') }}),

conflicts as (select * from {{ ref('conflicts') }}),

suspects as (select * from {{ ref('suspects') }}),

tables as (select * from {{ ref('stg_tables') }}),

breaks as (
    select
        rules.rule_id,
        rules.document_id,
        rules.kind,
        rules.scope,
        rules.description,
        rules.description_en,
        rules.diagnosis,
        rules.diagnosis_en,
        reconciliation.residual,
        reconciliation.residual_printed,
        reconciliation.tolerance_printed,
        reconciliation.unit,
        reconciliation.total_cell_id
    from reconciliation
    inner join rules
        on reconciliation.rule_id = rules.rule_id
    where reconciliation.verdict = 'break'
),

numbers_of_breaks as (
    select
        breaks.rule_id,
        {{ ordered_listagg("cells.natuurlijke_sleutel || '=' || coalesce(cells.text, '')", ';') }} as getallen,
        min(verifiability.component_id) as component_id
    from breaks
    inner join rule_terms
        on breaks.rule_id = rule_terms.rule_id
    inner join cells
        on rule_terms.cell_id = cells.cell_id
    left join verifiability
        on cells.cell_id = verifiability.cell_id
    group by breaks.rule_id
),

broken_sums as (
    select
        'som_sluit_niet' as kind,
        breaks.document_id as eigenaar,
        breaks.document_id,
        cells.table_id,
        breaks.total_cell_id as cell_id,
        breaks.rule_id,
        numbers_of_breaks.component_id,
        breaks.kind || '|' || breaks.scope || '|' || cells.natuurlijke_sleutel as natuurlijke_sleutel,
        case when breaks.unit is not null then cast(abs(breaks.residual) as decimal(18, 2)) end as amount_eur,
        'middel' as minste_severity,
        'Deze som sluit niet: ' || breaks.description || '. Verschil ' || {{ printed_number('breaks.residual_printed') }}
        || ', afronding verklaart hoogstens ' || {{ printed_number('breaks.tolerance_printed') }}
        || ' (in gedrukte eenheden).' || coalesce(' De som ' || breaks.diagnosis || '.', '') as message,
        'This sum does not hold: ' || breaks.description_en || '. It is off by ' || {{ printed_number_in_english('breaks.residual_printed') }}
        || '; rounding explains at most ' || {{ printed_number_in_english('breaks.tolerance_printed') }}
        || ' (in printed units).' || coalesce(' It ' || breaks.diagnosis_en || '.', '') as message_en,
        numbers_of_breaks.getallen
    from breaks
    inner join cells
        on breaks.total_cell_id = cells.cell_id
    left join numbers_of_breaks
        on breaks.rule_id = numbers_of_breaks.rule_id
),

-- Which numbers a set holds decides what it is called; what they are decides whether it has changed.
infeasible as (
    select
        certificates.component_id,
        min(cells.document_id) as document_id,
        min(cells.natuurlijke_sleutel) as natuurlijke_sleutel,
        min(certificates.explained_in_nl) as explained_in_nl,
        min(certificates.explained_in_en) as explained_in_en,
        {{ ordered_listagg("cells.natuurlijke_sleutel || '=' || coalesce(cells.text, '')", ';') }} as getallen
    from certificates
    inner join verifiability
        on certificates.component_id = verifiability.component_id
    inner join cells
        on verifiability.cell_id = cells.cell_id
    where not certificates.feasible
    group by certificates.component_id
),

worst_breaks as (
    select
        numbers_of_breaks.component_id,
        breaks.rule_id,
        breaks.total_cell_id,
        case when breaks.unit is not null then cast(abs(breaks.residual) as decimal(18, 2)) end as amount_eur,
        row_number() over (
            partition by numbers_of_breaks.component_id order by abs(breaks.residual) desc, breaks.rule_id
        ) as volgnummer
    from numbers_of_breaks
    inner join breaks
        on numbers_of_breaks.rule_id = breaks.rule_id
),

-- An explanation may be a set of cells; the first of the best explanation is where a person starts.
first_suspects as (
    select
        suspects.component_id,
        suspects.cell_id,
        suspects.sentence_nl,
        suspects.sentence_en,
        suspects.document_id,
        suspects.table_id,
        count(*) over (partition by suspects.component_id) as verdachten,
        row_number() over (partition by suspects.component_id order by suspects.rank, suspects.cell_id) as volgnummer
    from suspects
),

first_conflicts as (
    select
        component_id,
        sentence_nl,
        sentence_en,
        row_number() over (partition by component_id order by conflict_no, rule_id) as volgnummer
    from conflicts
),

impossible_sets as (
    select
        'sommen_sluiten_niet_samen' as kind,
        '' as eigenaar,
        coalesce(first_suspects.document_id, infeasible.document_id) as document_id,
        coalesce(first_suspects.table_id, total_cells.table_id) as table_id,
        coalesce(first_suspects.cell_id, worst_breaks.total_cell_id) as cell_id,
        worst_breaks.rule_id,
        infeasible.component_id,
        infeasible.natuurlijke_sleutel,
        worst_breaks.amount_eur,
        'middel' as minste_severity,
        coalesce(first_conflicts.sentence_nl, infeasible.explained_in_nl) || coalesce(
            case when first_suspects.verdachten > 1
                then ' Er zijn ' || cast(first_suspects.verdachten as string) || ' verdachte cellen; de waarschijnlijkste: '
                else ' De verdachte: '
            end || first_suspects.sentence_nl,
            ' Geen enkele cel verklaart het alleen.'
        ) as message,
        coalesce(first_conflicts.sentence_en, infeasible.explained_in_en) || coalesce(
            case when first_suspects.verdachten > 1
                then ' There are ' || cast(first_suspects.verdachten as string) || ' suspect cells; the most likely: '
                else ' The suspect: '
            end || first_suspects.sentence_en,
            ' No cell explains it alone.'
        ) as message_en,
        infeasible.getallen
    from infeasible
    left join worst_breaks
        on infeasible.component_id = worst_breaks.component_id and worst_breaks.volgnummer = 1
    left join cells as total_cells
        on worst_breaks.total_cell_id = total_cells.cell_id
    left join first_conflicts
        on infeasible.component_id = first_conflicts.component_id and first_conflicts.volgnummer = 1
    left join first_suspects
        on infeasible.component_id = first_suspects.component_id and first_suspects.volgnummer = 1
),

-- A sum of which a number is missing weighs the largest amount that is there.
unjudged_sums as (
    select
        rules.rule_id,
        rules.document_id,
        rules.description,
        rules.description_en,
        coalesce(totals.table_id, min(cells.table_id)) as table_id,
        coalesce(totals.cell_id, min(cells.cell_id)) as cell_id,
        max(abs({{ in_euros('cells.getal', 'cells.unit', '1') }})) as amount_eur,
        {{ ordered_listagg("cells.natuurlijke_sleutel || '=' || coalesce(cells.text, '')", ';') }} as getallen
    from reconciliation
    inner join rules
        on reconciliation.rule_id = rules.rule_id
    inner join rule_terms
        on rules.rule_id = rule_terms.rule_id
    inner join cells
        on rule_terms.cell_id = cells.cell_id
    left join cells as totals
        on reconciliation.total_cell_id = totals.cell_id
    where reconciliation.verdict = 'not_judged'
    group by rules.rule_id, rules.document_id, rules.description, rules.description_en, totals.table_id, totals.cell_id
),

ranked_unjudged_sums as (
    select
        unjudged_sums.*,
        tables.section,
        tables.caption,
        row_number() over (partition by unjudged_sums.table_id order by unjudged_sums.amount_eur desc nulls last, unjudged_sums.rule_id) as volgnummer
    from unjudged_sums
    inner join tables
        on unjudged_sums.table_id = tables.table_id
),

tables_with_unjudged_sums as (
    select
        'som_niet_beoordeeld' as kind,
        min(document_id) as eigenaar,
        min(document_id) as document_id,
        table_id,
        min(case when volgnummer = 1 then cell_id end) as cell_id,
        cast(null as string) as rule_id,
        cast(null as string) as component_id,
        coalesce(min(section), '') || '|' || coalesce(min(caption), '') as natuurlijke_sleutel,
        cast(max(amount_eur) as decimal(18, 2)) as amount_eur,
        'middel' as minste_severity,
        case when count(*) = 1 then 'Een som kon' else cast(count(*) as string) || ' sommen van deze tabel konden' end
        || ' niet beoordeeld worden, want er ontbreekt een getal: ' || min(case when volgnummer = 1 then description end) || '.' as message,
        case when count(*) = 1 then 'A sum' else cast(count(*) as string) || ' sums of this table' end
        || ' could not be judged, for a number is missing: ' || min(case when volgnummer = 1 then description_en end) || '.' as message_en,
        {{ ordered_listagg('getallen', ';') }} as getallen
    from ranked_unjudged_sums
    group by table_id
),

final as (
    select * from broken_sums

    union all

    select * from impossible_sets

    union all

    select * from tables_with_unjudged_sums
)

select * from final
