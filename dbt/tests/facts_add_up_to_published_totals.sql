-- A row for each published total that the amounts below it, in canonical euros, miss by more than rounding explains,
-- although its sum holds as printed: then the sign or the unit went wrong on the way.
with

amounts as (
    select cell_id, bedrag_eur from {{ ref('fct_lasten') }}
    union all
    select cell_id, bedrag_eur from {{ ref('fct_baten') }}
    union all
    select cell_id, bedrag_eur from {{ ref('fct_reserves') }}
    union all
    select cell_id, bedrag_eur from {{ ref('fct_besparingen') }}
    union all
    select cell_id, bedrag_eur from {{ ref('fct_gepubliceerde_totalen') }}
),

cells as (select * from {{ ref('int_cells') }}),

rules as (
    select *
    from {{ changed(ref('reconciliation')) }}
    where verdict in ('exact', 'rounding') and kind in ('subtotaal', 'totaal', 'groepstotaal', 'detail') and unit is not null
),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

terms as (
    select
        rules.rule_id,
        rules.tolerance,
        rule_terms.coefficient,
        rule_terms.is_total,
        cells.grootheid,
        cells.sign,
        cells.rol,
        amounts.bedrag_eur
    from rules
    inner join rule_terms
        on rules.rule_id = rule_terms.rule_id
    inner join cells
        on rule_terms.cell_id = cells.cell_id
    left join amounts
        on rule_terms.cell_id = amounts.cell_id
),

-- Only sums of one quantity: a balance is made of quantities that each have a sign of their own.
final as (
    select
        rule_id,
        max(tolerance) as tolerance,
        cast(sum(case when is_total then -bedrag_eur else bedrag_eur end) as decimal(18, 2)) as missed_eur
    from terms
    group by rule_id
    having
        count(*) = count(bedrag_eur)
        and min(grootheid) = max(grootheid)
        and count(grootheid) = count(*)
        and max(case when rol = 'difference' or sign = -1 or (not is_total and coefficient <> 1) then 1 else 0 end) = 0
        and abs(sum(case when is_total then -bedrag_eur else bedrag_eur end)) > max(tolerance)
)

select * from final
