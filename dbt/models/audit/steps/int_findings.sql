-- One row per thing that a person should look at, with its name, how certain it is, and what has the same cause.
{{ config(meta={'is_cleared_away': true}) }}
with

sums as (select * from {{ ref('int_findings_sums') }}),

words as (select * from {{ ref('int_findings_words') }}),

reading as (select * from {{ ref('int_findings_reading') }}),

indeling as (select * from {{ ref('int_findings_indeling') }}),

calendar as (select * from {{ ref('int_findings_calendar') }}),

restatements as (select * from {{ ref('int_findings_restatements') }}),

restated_cells as (
    select document_id, natuurlijke_sleutel, cell_id from {{ ref('int_restated_numbers') }}

    union all

    select document_id, natuurlijke_sleutel, eerder_cell_id as cell_id from {{ ref('int_restated_numbers') }}
),

iv3 as (select * from {{ ref('int_findings_iv3') }}),

aansluiting as (select * from {{ ref('int_findings_aansluiting') }}),

cells as {{ read_apart() }}(select * from {{ ref('int_cells') }}),

rule_terms as {{ read_apart() }}(select * from {{ ref('rule_terms') }}),

reconciliation as (select * from {{ ref('reconciliation') }} where scope <> 'cross_source'),

conflicts as (select * from {{ ref('conflicts') }}),

suspects as (select * from {{ ref('suspects') }}),

claim_cells as (select * from {{ source('proof', 'claim_cells') }}),

verifiability as (select * from {{ ref('verifiability') }} where component_id is not null),

doubtful_tables as (select * from {{ ref('int_doubtful_tables') }}),

slips as (select * from {{ ref('int_slips') }}),

-- The owner is what the id is about: a document, or what outlives it.
everything as (
    {{ as_findings('sums', ['groep']) }}
    union all
    {{ as_findings('words', ['eigenaar', 'rule_id', 'component_id', 'groep']) }}
    union all
    {{ as_findings('reading', ['eigenaar', 'cell_id', 'rule_id', 'component_id']) }}
    union all
    {{ as_findings('indeling', ['eigenaar', 'cell_id', 'rule_id', 'component_id']) }}
    union all
    {{ as_findings('calendar', ['table_id', 'cell_id', 'rule_id', 'component_id', 'amount_eur', 'groep']) }}
    union all
    {{ as_findings('restatements', ['eigenaar', 'rule_id', 'component_id', 'groep']) }}
    union all
    {{ as_findings('iv3', ['eigenaar', 'table_id', 'cell_id', 'rule_id', 'component_id', 'amount_eur']) }}
    union all
    {{ as_findings('aansluiting', ['eigenaar', 'component_id']) }}
),

-- Things that agree in everything that has a name are told apart by their numbers.
numbered as (
    select
        everything.*,
        row_number() over (
            partition by kind, eigenaar, natuurlijke_sleutel
            order by getallen nulls last, message nulls last, rule_id nulls last, cell_id nulls last
        ) as volgnummer
    from everything
),

named as (
    select
        numbered.*,
        {{ hashed(['kind', 'eigenaar', 'natuurlijke_sleutel', "case when volgnummer > 1 then volgnummer end"]) }} as finding_id,
        {{ hashed(['getallen']) }} as fingerprint
    from numbered
),

sets_that_cannot_hold as (
    select
        component_id,
        min(finding_id) as finding_id
    from named
    where kind = 'sommen_sluiten_niet_samen'
    group by component_id
),

questions as (
    select
        document_id,
        natuurlijke_sleutel,
        min(finding_id) as finding_id
    from named
    where kind = 'vraag'
    group by document_id, natuurlijke_sleutel
),

-- A total that changed with its programmas, what is printed again as it was before one document that differs, and words about a
-- number that a later document prints otherwise: the same cause.
leading_restatements as (
    select
        named.finding_id,
        named.document_id,
        restatements.natuurlijke_sleutel,
        restatements.volgt_document_id,
        restatements.volgt_sleutel
    from named
    inner join restatements
        on named.document_id = restatements.document_id and named.natuurlijke_sleutel = restatements.natuurlijke_sleutel
    where named.kind = 'herrubricering'
),

restated_numbers as (
    select
        named.finding_id,
        coalesce(followed.finding_id, own.finding_id) as leading_finding_id
    from named
    inner join claim_cells
        on named.document_id = claim_cells.document_id and named.natuurlijke_sleutel = claim_cells.claim_id
    inner join restated_cells
        on claim_cells.cell_id = restated_cells.cell_id
    inner join leading_restatements as own
        on restated_cells.document_id = own.document_id and restated_cells.natuurlijke_sleutel = own.natuurlijke_sleutel
    left join leading_restatements as followed
        on own.volgt_document_id = followed.document_id and own.volgt_sleutel = followed.natuurlijke_sleutel
    where named.kind = 'bewering_klopt_niet'

    union

    select
        own.finding_id,
        followed.finding_id as leading_finding_id
    from leading_restatements as own
    inner join leading_restatements as followed
        on own.volgt_document_id = followed.document_id and own.volgt_sleutel = followed.natuurlijke_sleutel
),

first_restatements as (
    select
        finding_id,
        min(leading_finding_id) as leading_finding_id
    from restated_numbers
    group by finding_id
),

-- Words may be about a total that follows from a programma that is printed again as it was: the first of them is the cause.
restatements_of_findings as (
    select
        own.finding_id,
        coalesce(last_ones.leading_finding_id, next_ones.leading_finding_id, own.leading_finding_id) as leading_finding_id
    from first_restatements as own
    left join first_restatements as next_ones
        on own.leading_finding_id = next_ones.finding_id
    left join first_restatements as last_ones
        on next_ones.leading_finding_id = last_ones.finding_id
),

-- What fails only where the reading is in doubt says nothing about the document.
doubt_of_rules as (
    select
        rule_terms.rule_id,
        min(doubtful_tables.table_id) as doubtful_table_id
    from doubtful_tables
    inner join cells
        on doubtful_tables.table_id = cells.table_id
    inner join rule_terms
        on cells.cell_id = rule_terms.cell_id
    group by rule_terms.rule_id
),

rules_of_sets as (
    select distinct
        verifiability.component_id,
        rule_terms.rule_id
    from verifiability
    inner join rule_terms
        on verifiability.cell_id = rule_terms.cell_id
    inner join reconciliation
        on rule_terms.rule_id = reconciliation.rule_id
    where reconciliation.verdict = 'break'

    union

    select
        component_id,
        rule_id
    from conflicts
),

doubt_of_sets as (
    select
        rules_of_sets.component_id,
        case when count(*) = count(doubt_of_rules.doubtful_table_id) then min(doubt_of_rules.doubtful_table_id) end as doubtful_table_id
    from rules_of_sets
    left join doubt_of_rules
        on rules_of_sets.rule_id = doubt_of_rules.rule_id
    group by rules_of_sets.component_id
),

-- A line that fails in the same way in each column has one cause, however many columns there are.
slips_of_sets as (
    select
        rules_of_sets.component_id,
        min(slips.rule_id) as rule_id
    from rules_of_sets
    left join slips
        on rules_of_sets.rule_id = slips.rule_id
    group by rules_of_sets.component_id
    having count(*) = count(slips.rule_id) and min(slips.natuurlijke_sleutel) = max(slips.natuurlijke_sleutel)
),

-- What words or another document say of a suspect number follows from what is wrong with that number.
sets_of_findings as (
    select
        named.finding_id,
        min(sets_that_cannot_hold.component_id) as component_id
    from named
    inner join suspects
        on named.cell_id = suspects.cell_id
    inner join sets_that_cannot_hold
        on suspects.component_id = sets_that_cannot_hold.component_id
    where named.component_id is null
    group by named.finding_id

    union

    select
        named.finding_id,
        min(sets_that_cannot_hold.component_id) as component_id
    from named
    inner join claim_cells
        on named.document_id = claim_cells.document_id and named.natuurlijke_sleutel = claim_cells.claim_id
    inner join suspects
        on claim_cells.cell_id = suspects.cell_id
    inner join sets_that_cannot_hold
        on suspects.component_id = sets_that_cannot_hold.component_id
    where named.kind = 'bewering_klopt_niet'
    group by named.finding_id

    union

    -- The suspect number may stand in the earlier of two documents that differ.
    select
        named.finding_id,
        min(sets_that_cannot_hold.component_id) as component_id
    from named
    inner join restatements
        on named.document_id = restatements.document_id and named.natuurlijke_sleutel = restatements.natuurlijke_sleutel
    inner join suspects
        on restatements.eerder_cell_id = suspects.cell_id
    inner join sets_that_cannot_hold
        on suspects.component_id = sets_that_cannot_hold.component_id
    where named.kind = 'herrubricering'
    group by named.finding_id
),

one_set_of_findings as (
    select
        finding_id,
        min(component_id) as component_id
    from sets_of_findings
    group by finding_id
),

placed as (
    select
        named.*,
        sets_that_cannot_hold.finding_id as set_finding_id,
        coalesce(
            doubt_of_sets.doubtful_table_id,
            case when sets_that_cannot_hold.finding_id is null then doubt_of_rules.doubtful_table_id end,
            case when sets_that_cannot_hold.finding_id is null and named.kind <> 'tweede_publicatie_wijkt_af' then doubtful_tables.table_id end
        ) as doubtful_table_id,
        slips.natuurlijke_sleutel as slip_sleutel,
        slips.slip,
        slips.slip_en,
        coalesce(slips.is_hele_regel, false) as is_hele_regel,
        questions.finding_id as vraag_finding_id,
        restatements_of_findings.leading_finding_id
    from named
    left join restatements_of_findings
        on named.finding_id = restatements_of_findings.finding_id
    left join one_set_of_findings
        on named.finding_id = one_set_of_findings.finding_id
    left join one_set_of_findings as set_of_leading
        on restatements_of_findings.leading_finding_id = set_of_leading.finding_id
    left join sets_that_cannot_hold
        on coalesce(named.component_id, one_set_of_findings.component_id, set_of_leading.component_id) = sets_that_cannot_hold.component_id
    left join doubt_of_sets
        on sets_that_cannot_hold.component_id = doubt_of_sets.component_id
    left join slips_of_sets
        on sets_that_cannot_hold.component_id = slips_of_sets.component_id
    left join slips
        on coalesce(slips_of_sets.rule_id, case when sets_that_cannot_hold.finding_id is null then named.rule_id end) = slips.rule_id
    left join doubt_of_rules
        on named.rule_id = doubt_of_rules.rule_id
    left join doubtful_tables
        on
            named.table_id = doubtful_tables.table_id
            and named.kind in ('opschrift_tegengesproken', 'bewering_klopt_niet', 'herrubricering')
    -- Numbers that stay out of the facts until a question is answered: that question is their cause.
    left join questions
        on
            named.document_id = questions.document_id
            and named.groep = questions.natuurlijke_sleutel
            and named.kind = 'buiten_feiten'
),

final as (
    select
        placed.finding_id,
        placed.kind,
        case
            when placed.kind in ('niet_gelezen', 'document_ontbreekt', 'som_niet_beoordeeld') then 'niet_gecontroleerd'
            when
                placed.kind in ('vraag', 'buiten_feiten', 'indeling_onzeker', 'gemeentecode_onbekend') or placed.doubtful_table_id is not null
                or placed.is_hele_regel
                then 'onzeker_gelezen'
            when placed.kind in ('wijkt_af_van_iv3', 'anders_gesaldeerd_dan_iv3') then 'bronnen_verschillen'
            else 'fout_in_het_stuk'
        end as zekerheid,
        {{ hashed([
            "case when placed.doubtful_table_id is not null then 'lezing|' || doubtful_tables.document_id || '|' || doubtful_tables.section || '|' || doubtful_tables.caption"
            ~ " when placed.slip_sleutel is not null then 'regel|' || placed.document_id || '|' || placed.slip_sleutel"
            ~ " when placed.set_finding_id is not null then 'geheel|' || placed.set_finding_id"
            ~ " when placed.vraag_finding_id is not null then placed.vraag_finding_id"
            ~ " when placed.leading_finding_id is not null then placed.leading_finding_id"
            ~ " when placed.groep is not null then placed.kind || '|' || placed.document_id || '|' || placed.groep"
            ~ " else placed.finding_id end"
        ]) }} as cause_id,
        placed.document_id,
        placed.table_id,
        placed.cell_id,
        placed.rule_id,
        placed.component_id,
        case when placed.kind = 'som_sluit_niet' then placed.set_finding_id end as parent_finding_id,
        placed.doubtful_table_id,
        placed.slip,
        placed.slip_en,
        placed.is_hele_regel,
        placed.amount_eur,
        placed.minste_severity,
        placed.message,
        placed.message_en,
        placed.fingerprint
    from placed
    left join doubtful_tables
        on placed.doubtful_table_id = doubtful_tables.table_id
)

select * from final
