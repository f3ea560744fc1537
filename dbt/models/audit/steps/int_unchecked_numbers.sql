-- One row per document and reason: how many of its numbers were not checked and which sums were not judged, and their euros.
{{ config(materialized='per_document') }}
with

cells as (select * from {{ changed(ref('int_cells')) }} where getal is not null),

verifiability as (select * from {{ changed(ref('verifiability')) }}),

certificates as (select * from {{ ref('certificates') }}),

unplaced as (select * from {{ changed(ref('unplaced')) }}),

reconciliation as (select * from {{ changed(ref('reconciliation')) }}),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

in_unjudged_sums as (
    select distinct rule_terms.cell_id
    from rule_terms
    inner join reconciliation
        on rule_terms.rule_id = reconciliation.rule_id
    where reconciliation.verdict = 'not_judged' and reconciliation.scope <> 'cross_source'
),

numbers as (
    select
        cells.cell_id,
        cells.document_id,
        cells.table_id,
        abs({{ in_euros('cells.getal', 'cells.unit', '1') }}) as bedrag_eur,
        cells.is_gevraagd,
        unplaced.cell_id is not null as is_buiten_feiten,
        verifiability.component_id,
        certificates.feasible is not null as is_getoetst,
        in_unjudged_sums.cell_id is not null as is_in_onbeoordeelde_som,
        count(coalesce(verifiability.component_id, in_unjudged_sums.cell_id)) over (partition by cells.table_id) as in_sommen
    from cells
    inner join verifiability
        on cells.cell_id = verifiability.cell_id
    left join certificates
        on verifiability.component_id = certificates.component_id
    left join unplaced
        on cells.cell_id = unplaced.cell_id
    left join in_unjudged_sums
        on cells.cell_id = in_unjudged_sums.cell_id
),

-- A number stands here once: in a table or row whose reading is asked about, outside the facts until somebody says what it is,
-- only in sums that could not be judged, in a table without sums, in no sum, or in a set that got no answer. Whatever is in a set
-- that closes or cannot was checked; of those that stay out of the facts nevertheless that is told apart.
unchecked_numbers as (
    select
        case
            when numbers.is_getoetst then 'getoetst_buiten_feiten'
            when numbers.is_gevraagd then 'lezing_gevraagd'
            when numbers.is_buiten_feiten then 'buiten_feiten'
            when numbers.component_id is null and numbers.is_in_onbeoordeelde_som then 'getal_in_onbeoordeelde_som'
            when numbers.in_sommen = 0 then 'tabel_zonder_som'
            when numbers.component_id is null then 'getal_in_geen_som'
            else 'geheel_zonder_antwoord'
        end as reden,
        numbers.document_id,
        numbers.table_id,
        numbers.component_id,
        numbers.bedrag_eur
    from numbers
    where not numbers.is_getoetst or numbers.is_buiten_feiten
),

counted_numbers as (
    select
        reden,
        document_id,
        count(case when reden in ('getal_in_geen_som', 'getal_in_onbeoordeelde_som') then 1 end)
        + count(distinct case when reden in ('lezing_gevraagd', 'buiten_feiten', 'getoetst_buiten_feiten', 'tabel_zonder_som') then table_id when reden = 'geheel_zonder_antwoord' then component_id end) as aantal,
        count(*) as getallen,
        count(case when bedrag_eur is null then 1 end) as zonder_bedrag,
        {{ sum_amount('bedrag_eur') }} as bedrag_eur
    from unchecked_numbers
    group by reden, document_id
),

unjudged_sums as (
    select
        reconciliation.rule_id,
        reconciliation.document_id,
        count(cells.cell_id) as getallen,
        count(case when cells.cell_id is not null and cells.bedrag_eur is null then 1 end) as zonder_bedrag,
        max(abs(cells.bedrag_eur)) as bedrag_eur
    from reconciliation
    left join rule_terms
        on reconciliation.rule_id = rule_terms.rule_id
    left join cells
        on rule_terms.cell_id = cells.cell_id
    where reconciliation.verdict = 'not_judged' and reconciliation.scope <> 'cross_source'
    group by reconciliation.rule_id, reconciliation.document_id
),

final as (
    select reden, document_id, aantal, getallen, zonder_bedrag, bedrag_eur from counted_numbers

    union all

    select
        'som_niet_beoordeeld' as reden, document_id, count(*) as aantal, sum(getallen) as getallen,
        sum(zonder_bedrag) as zonder_bedrag,
        {{ sum_amount('bedrag_eur') }} as bedrag_eur
    from unjudged_sums
    group by document_id
)

select
    document_id,
    reden,
    cast(aantal as bigint) as aantal,
    cast(getallen as bigint) as getallen,
    cast(zonder_bedrag as bigint) as zonder_bedrag,
    cast(bedrag_eur as decimal(18, 2)) as bedrag_eur
from final
order by document_id, reden
