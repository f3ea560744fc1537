-- One row per landed number: the one table that holds it, or the first publication that holds it in its place.
{{ config(meta={'is_cleared_away': true}) }}
with

cells as (select * from {{ changed(ref('int_cells')) }} where getal is not null),

rows_of_tables as (select * from {{ changed(ref('int_rows')) }}),

getuigen as (select * from {{ changed(ref('int_getuigen')) }}),

rule_terms as (select * from {{ changed(ref('rule_terms')) }}),

rules as (select * from {{ changed(ref('rules')) }}),

regelsoorten as (select * from {{ ref('regelsoorten') }}),

-- What is the total of other numbers would count twice in a fact.
totals as (
    select distinct rule_terms.cell_id
    from rule_terms
    inner join rules
        on rule_terms.rule_id = rules.rule_id
    inner join regelsoorten
        on rules.kind = regelsoorten.regelsoort
    where rule_terms.is_total and regelsoorten.is_optelling
),

-- A table whose rows are detailed in another one, or that details one, belongs to that other table's cut.
tied_tables as (
    select distinct cells.table_id
    from rule_terms
    inner join rules
        on rule_terms.rule_id = rules.rule_id
    inner join cells
        on rule_terms.cell_id = cells.cell_id
    where rules.kind in ('detail', 'gelijk')
),

leaves as (
    select
        cells.*,
        rows_of_tables.bovenliggend_pad,
        rows_of_tables.reserve,
        rows_of_tables.taakveld_code,
        -- A stock is a balance by its words, and nothing is added up to it.
        totals.cell_id is null and (cells.rol = 'item' or (cells.rol = 'balance' and cells.grootheid in ('begin', 'eind'))) as is_leaf,
        tied_tables.table_id is not null as is_tied,
        regexp_extract(lower(cells.row_path), '(^|> )((sub[- ]?|eind)?totaal|totale |totalen)', 2) <> '' as is_called_total
    from cells
    left join rows_of_tables
        on
            cells.table_id = rows_of_tables.table_id
            and cells.row_no = rows_of_tables.row_no
    left join totals
        on cells.cell_id = totals.cell_id
    left join tied_tables
        on cells.table_id = tied_tables.table_id
),

-- Amounts that would come into a fact.
amounts as (
    select *
    from leaves
    where
        is_leaf
        and occurrence = 1
        and bedrag_eur is not null
        and jaar is not null
        and stand <> 'onbekend'
        and grootheid in ('lasten', 'baten', 'toevoeging', 'onttrekking', 'begin', 'eind', 'besparing', 'investering')
),

sums_of_amounts as (
    {{ rows_that_are_sums('amounts') }}
),

-- What was hidden by those: the sum of subtotals equals no rows of its table as long as these stand between them.
remaining as (
    select amounts.*
    from amounts
    left join sums_of_amounts
        on
            amounts.table_id = sums_of_amounts.table_id
            and amounts.grootheid = sums_of_amounts.grootheid
            and amounts.row_no = sums_of_amounts.row_no
    where sums_of_amounts.table_id is null and not amounts.is_called_total
),

lookalikes as (
    select * from sums_of_amounts

    union

    {{ rows_that_are_sums('remaining') }}
),

-- A document may cut the same money by programma, by taakveld and by theme.
cuts_of_tables as (
    select
        table_id,
        case
            when kind = 'sociaal_domein' then 'thema'
            when count(taakveld_code) * 2 >= count(*) then 'taakveld'
            else 'programma'
        end as indeling
    from leaves
    where is_leaf and not is_tied and kind in ('exploitatie', 'sociaal_domein') and grootheid in ('lasten', 'baten')
    group by table_id, kind
),

-- Of a reserve that stands in two tables of a document, the first table counts.
reserves_of_tables as (
    select
        document_id,
        lower(reserve) as reserve_sleutel,
        min(table_no) as table_no
    from leaves
    where is_leaf and kind = 'reserves' and not is_gevraagd
    group by document_id, lower(reserve)
),

judged as (
    select
        leaves.*,
        getuigen.rule_id as getuige_rule_id,
        getuigen.eerste_cell_id,
        getuigen.cell_id is not null as is_tweede,
        lookalikes.table_id is not null as is_lookalike,
        coalesce(cuts_of_tables.indeling, 'programma') as indeling,
        coalesce(leaves.table_no > reserves_of_tables.table_no, false) as is_herhaling,
        case
            when leaves.kind in ('exploitatie', 'sociaal_domein') and leaves.grootheid = 'lasten' then 'fct_lasten'
            when leaves.kind in ('exploitatie', 'sociaal_domein') and leaves.grootheid = 'baten' then 'fct_baten'
            when leaves.kind = 'reserves' and leaves.grootheid in ('toevoeging', 'onttrekking', 'begin', 'eind') then 'fct_reserves'
            when leaves.grootheid in ('besparing', 'investering') then 'fct_besparingen'
        end as feit
    from leaves
    left join getuigen
        on leaves.cell_id = getuigen.cell_id
    left join lookalikes
        on
            leaves.table_id = lookalikes.table_id
            and leaves.grootheid = lookalikes.grootheid
            and leaves.row_no = lookalikes.row_no
    left join cuts_of_tables
        on leaves.table_id = cuts_of_tables.table_id
    left join reserves_of_tables
        on
            leaves.document_id = reserves_of_tables.document_id
            and lower(leaves.reserve) = reserves_of_tables.reserve_sleutel
),

reasoned as (
    select
        judged.*,
        case
            when is_gevraagd then 'lezing_gevraagd'
            when getuige_rule_id is not null then 'eerste_publicatie'
            when kind = 'indicatoren' and jaar is null then 'jaar_onbekend'
            when kind = 'indicatoren' then 'indicator'
            when rol = 'difference' then 'verschil'
            when (rol = 'balance' and not is_leaf) or grootheid in ('saldo', 'mutatie', 'resultaat', 'besparingspotentieel') then 'saldo'
            when not is_leaf or (is_called_total and is_lookalike) then 'totaal'
            -- What has the name of a total or the value of one, but not both, is asked about.
            when is_called_total then 'heet_totaal'
            when is_lookalike then 'lijkt_totaal'
            when is_tweede then 'tweede_publicatie'
            when unit is null then 'eenheid_onbekend'
            when bedrag_eur is null then 'te_groot'
            when feit is null then 'soort_onbekend'
            when jaar is null then 'jaar_onbekend'
            when stand = 'onbekend' then 'stand_onbekend'
            else 'bedrag'
        end as reden
    from judged
),

final as (
    select
        cell_id,
        document_id,
        case reden
            when 'eerste_publicatie' then 'getuige'
            when 'indicator' then 'fct_indicatoren'
            when 'bedrag' then feit
            when 'totaal' then 'fct_gepubliceerde_totalen'
            when 'saldo' then 'fct_gepubliceerde_totalen'
            when 'verschil' then 'fct_gepubliceerde_totalen'
            else 'unplaced'
        end as bestemming,
        reden,
        indeling,
        is_herhaling,
        eerste_cell_id
    from reasoned
)

select * from final
order by document_id, cell_id
