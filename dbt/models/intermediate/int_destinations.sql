-- One row per landed number: the one mart that holds it, or the first publication that holds it in its place.
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
        rows_of_tables.reserve,
        rows_of_tables.taakveld_code,
        -- A stock is a balance by its words, and nothing is added up to it.
        totals.cell_id is null and (cells.rol = 'item' or (cells.rol = 'balance' and cells.grootheid in ('begin', 'eind'))) as is_leaf,
        tied_tables.table_id is not null as is_tied
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

-- A document may cut the same money by programma, by taakveld and by theme: one cut feeds the facts.
cuts_of_tables as (
    select
        document_id,
        table_id,
        case
            when kind = 'sociaal_domein' then 3
            when count(taakveld_code) * 2 >= count(*) then 2
            else 1
        end as indeling
    from leaves
    where is_leaf and not is_tied and kind in ('exploitatie', 'sociaal_domein') and grootheid in ('lasten', 'baten')
    group by document_id, table_id, kind
),

other_cuts as (
    select table_id
    from cuts_of_tables
    qualify indeling > min(indeling) over (partition by document_id)
),

-- Of a reserve that stands in two tables of a document, the first table counts.
reserves_of_tables as (
    select
        document_id,
        lower(reserve) as reserve_sleutel,
        min(table_no) as table_no
    from leaves
    where is_leaf and kind = 'reserves'
    group by document_id, lower(reserve)
),

final as (
    select
        leaves.cell_id,
        leaves.document_id,
        case
            when getuigen.rule_id is not null then 'getuige'
            when leaves.kind = 'indicatoren' then 'fct_indicatoren'
            when getuigen.cell_id is not null or not leaves.is_leaf or leaves.bedrag_eur is null then 'fct_gepubliceerde_totalen'
            when other_cuts.table_id is not null then 'fct_gepubliceerde_totalen'
            when leaves.kind in ('exploitatie', 'sociaal_domein') and leaves.grootheid = 'lasten' then 'fct_lasten'
            when leaves.kind in ('exploitatie', 'sociaal_domein') and leaves.grootheid = 'baten' then 'fct_baten'
            when
                leaves.kind = 'reserves'
                and leaves.grootheid in ('toevoeging', 'onttrekking', 'begin', 'eind')
                and leaves.table_no = reserves_of_tables.table_no
                then 'fct_reserves'
            when leaves.grootheid in ('besparing', 'investering') then 'fct_besparingen'
            else 'fct_gepubliceerde_totalen'
        end as bestemming,
        case
            when getuigen.rule_id is not null then 'eerste_publicatie'
            when leaves.kind = 'indicatoren' then 'indicator'
            when getuigen.cell_id is not null then 'tweede_publicatie'
            when leaves.rol = 'difference' then 'verschil'
            when (leaves.rol = 'balance' and not leaves.is_leaf) or leaves.grootheid in ('saldo', 'mutatie', 'resultaat', 'besparingspotentieel') then 'saldo'
            when not leaves.is_leaf then 'totaal'
            when leaves.unit is null then 'eenheid_onbekend'
            when leaves.bedrag_eur is null then 'te_groot'
            when other_cuts.table_id is not null then 'andere_indeling'
            when leaves.table_no > reserves_of_tables.table_no then 'dubbele_reserve'
            else 'bedrag'
        end as reden,
        getuigen.eerste_cell_id
    from leaves
    left join getuigen
        on leaves.cell_id = getuigen.cell_id
    left join other_cuts
        on leaves.table_id = other_cuts.table_id
    left join reserves_of_tables
        on
            leaves.document_id = reserves_of_tables.document_id
            and lower(leaves.reserve) = reserves_of_tables.reserve_sleutel
)

select * from final
order by document_id, cell_id
