-- One row per landed number: the one table that holds it, or the first publication that holds it in its place.
{{ config(meta={'is_cleared_away': true}) }}
with

cells as (select * from {{ changed(ref('int_cells')) }} where getal is not null),

rows_of_tables as (select * from {{ changed(ref('int_rows')) }}),

getuigen as (select * from {{ changed(ref('stg_getuigen')) }}),

rule_terms as (select * from {{ ref('stg_rule_terms') }}),

rules as (select * from {{ changed(ref('stg_rules')) }} where scope <> 'cross_source'),

regelsoorten as (select * from {{ ref('regelsoorten') }}),

standen as (select * from {{ ref('standen') }}),

-- The sum that a printed total is the total of, or a balance the outcome; of several, one that adds up before one that compares.
sums_of_totals as (
    select
        rule_terms.cell_id,
        substr(min(case when rules.kind = 'detail' then '2' else '1' end || rules.rule_id), 2) as rule_id
    from rule_terms
    inner join rules
        on rule_terms.rule_id = rules.rule_id
    where rule_terms.is_total and rules.kind <> 'getuige'
    group by rule_terms.cell_id
),

-- A difference belongs to the year and the state of the later of the two that it compares: of budget and accounts, the accounts.
comparisons as (
    select
        rule_terms.rule_id,
        max(parts.jaar) as jaar,
        max_by(parts.stand, parts.jaar * 10 + standen.volgorde) as stand
    from rule_terms
    inner join rules
        on rule_terms.rule_id = rules.rule_id
    inner join cells as parts
        on rule_terms.cell_id = parts.cell_id
    inner join standen
        on parts.stand = standen.stand
    where not rule_terms.is_total and rules.kind <> 'getuige'
    group by rule_terms.rule_id
    having count(*) = count(parts.jaar) and max(case when parts.stand = 'onbekend' then 1 else 0 end) = 0
),

compared as (
    select
        rule_terms.cell_id,
        min_by(comparisons.jaar, comparisons.rule_id) as jaar,
        min_by(comparisons.stand, comparisons.rule_id) as stand
    from comparisons
    inner join rule_terms
        on comparisons.rule_id = rule_terms.rule_id
    where rule_terms.is_total
    group by rule_terms.cell_id
),

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

-- Of a row that is called a part (waarvan) the row above it holds the whole: it would count twice.
parts_of_rows as (
    select distinct
        part.table_id,
        part.row_no
    from rows_of_tables as part
    inner join rows_of_tables as heel
        on
            part.table_id = heel.table_id
            and part.row_no > heel.row_no
    inner join cells as part_cells
        on
            part.table_id = part_cells.table_id
            and part.row_no = part_cells.row_no
    inner join cells as heel_cells
        on
            heel.table_id = heel_cells.table_id
            and heel.row_no = heel_cells.row_no
            and part_cells.column_no = heel_cells.column_no
    where
        part.is_called_part
        and not heel.is_called_part
        and (
            coalesce(part.bovenliggend_pad, '') = coalesce(heel.bovenliggend_pad, '')
            or substr(part.row_path, 1, length(heel.row_path) + 3) = heel.row_path || ' > '
        )
),

-- Numbers that a sum over their row adds up: columns of one year and state that are parts of it.
parts_of_columns as (
    select distinct rule_terms.cell_id
    from rule_terms
    inner join rules
        on rule_terms.rule_id = rules.rule_id
    where
        not rule_terms.is_total
        and rules.scope = 'row'
        and (rules.kind in ('kolomtotaal', 'verloop', 'mutatie') or (rules.kind = 'formule' and rule_terms.coefficient > 0))
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
        sums_of_totals.rule_id,
        case when cells.rol = 'difference' and cells.jaar is null then compared.jaar else cells.jaar end as gebruikt_jaar,
        case when cells.rol = 'difference' and cells.stand = 'onbekend' then coalesce(compared.stand, 'onbekend') else cells.stand end
            as gebruikte_stand,
        coalesce(rows_of_tables.is_called_total, false) as is_called_total,
        parts_of_rows.table_id is not null as is_part,
        parts_of_columns.cell_id is not null as is_part_of_column
    from cells
    left join rows_of_tables
        on
            cells.table_id = rows_of_tables.table_id
            and cells.row_no = rows_of_tables.row_no
    left join parts_of_rows
        on
            cells.table_id = parts_of_rows.table_id
            and cells.row_no = parts_of_rows.row_no
    left join parts_of_columns
        on cells.cell_id = parts_of_columns.cell_id
    left join totals
        on cells.cell_id = totals.cell_id
    left join tied_tables
        on cells.table_id = tied_tables.table_id
    left join sums_of_totals
        on cells.cell_id = sums_of_totals.cell_id
    left join compared
        on cells.cell_id = compared.cell_id
),

-- Amounts that would come into a fact.
amounts as (
    select *
    from leaves
    where
        is_leaf
        and not is_part
        and occurrence = 1
        and bedrag_eur is not null
        and jaar is not null
        and stand <> 'onbekend'
        and grootheid in ('lasten', 'baten', 'toevoeging', 'onttrekking', 'begin', 'eind', 'besparing', 'investering')
),

-- One row cannot have two amounts for one year in one state, unless they are parts that the table adds up.
doubled_columns as (
    select
        table_id,
        row_no,
        grootheid,
        jaar,
        stand
    from amounts
    where grootheid not in ('besparing', 'investering')  -- planned, done and left, of one year
    group by table_id, row_no, grootheid, jaar, stand
    having count(distinct column_no) > 1 and count(case when not is_part_of_column then 1 end) > 0
),

doubled as (
    select amounts.cell_id
    from amounts
    inner join doubled_columns
        on
            amounts.table_id = doubled_columns.table_id
            and amounts.row_no = doubled_columns.row_no
            and amounts.grootheid = doubled_columns.grootheid
            and amounts.jaar = doubled_columns.jaar
            and amounts.stand = doubled_columns.stand
),

-- What is the outcome of such numbers, and of outcomes of these, has no place either.
totals_of_doubled as (
    select distinct leaves.cell_id
    from leaves
    inner join rule_terms
        on leaves.rule_id = rule_terms.rule_id
    inner join doubled
        on rule_terms.cell_id = doubled.cell_id
    where not rule_terms.is_total
),

outcomes_of_doubled as (
    select cell_id from totals_of_doubled

    union

    select leaves.cell_id
    from leaves
    inner join rule_terms
        on leaves.rule_id = rule_terms.rule_id
    inner join totals_of_doubled
        on rule_terms.cell_id = totals_of_doubled.cell_id
    where not rule_terms.is_total
),

sums_of_amounts as (
    {{ rows_that_are_sums('amounts') }}
),

-- What each table of reserves comes to, beside the rows of other tables of its document: an overview may name a kind of
-- reserves in one row and another table print these one by one.
tables_of_reserves as (
    select
        amounts.document_id,
        amounts.table_id,
        amounts.jaar,
        amounts.stand,
        amounts.grootheid,
        {{ sum_amount('amounts.bedrag_eur') }} as bedrag_eur,
        sum(amounts.halve_eenheid * {{ unit_factor('amounts.unit') }}) as marge_eur
    from amounts
    left join sums_of_amounts
        on
            amounts.table_id = sums_of_amounts.table_id
            and amounts.grootheid = sums_of_amounts.grootheid
            and amounts.row_no = sums_of_amounts.row_no
    where amounts.kind = 'reserves' and sums_of_amounts.table_id is null and not amounts.is_called_total
    group by amounts.document_id, amounts.table_id, amounts.jaar, amounts.stand, amounts.grootheid
    having count(case when amounts.bedrag_eur <> 0 then 1 end) > 1
),

names_of_reserves as (
    select distinct
        table_id,
        lower(reserve) as reserve_sleutel
    from amounts
    where kind = 'reserves'
),

beside_tables as (
    select
        amounts.table_id,
        amounts.row_no,
        amounts.grootheid,
        tables_of_reserves.table_id as andere_tabel,
        case
            when abs(amounts.bedrag_eur - tables_of_reserves.bedrag_eur)
                <= tables_of_reserves.marge_eur + amounts.halve_eenheid * {{ unit_factor('amounts.unit') }} then 1
            else 0
        end as is_gelijk,
        case
            when amounts.getal <> 0 then length(cast(cast(floor(abs(amounts.getal)) as bigint) as string)) - 1
            else 0
        end as bewijs
    from amounts
    inner join tables_of_reserves
        on
            amounts.document_id = tables_of_reserves.document_id
            and amounts.table_id <> tables_of_reserves.table_id
            and amounts.jaar = tables_of_reserves.jaar
            and amounts.stand = tables_of_reserves.stand
            and amounts.grootheid = tables_of_reserves.grootheid
    left join names_of_reserves
        on
            tables_of_reserves.table_id = names_of_reserves.table_id
            and lower(amounts.reserve) = names_of_reserves.reserve_sleutel
    where amounts.kind = 'reserves' and names_of_reserves.table_id is null
),

rows_that_are_tables as (
    select distinct
        table_id,
        row_no
    from (
        select
            table_id,
            row_no,
            andere_tabel
        from beside_tables
        group by table_id, row_no, andere_tabel
        having count(*) = sum(is_gelijk) and sum(bewijs) >= 3
    ) as gelijk
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
        doubled.cell_id is not null or outcomes_of_doubled.cell_id is not null as is_doubled,
        coalesce(cuts_of_tables.indeling, 'programma') as indeling,
        coalesce(leaves.table_no > reserves_of_tables.table_no, false) or rows_that_are_tables.table_id is not null as is_herhaling,
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
    left join doubled
        on leaves.cell_id = doubled.cell_id
    left join outcomes_of_doubled
        on leaves.cell_id = outcomes_of_doubled.cell_id
    left join rows_that_are_tables
        on
            leaves.table_id = rows_that_are_tables.table_id
            and leaves.row_no = rows_that_are_tables.row_no
    left join cuts_of_tables
        on leaves.table_id = cuts_of_tables.table_id
    left join reserves_of_tables
        on
            leaves.document_id = reserves_of_tables.document_id
            and lower(leaves.reserve) = reserves_of_tables.reserve_sleutel
),

named as (
    select
        judged.*,
        case
            when rol = 'difference' then 'verschil'
            when (rol = 'balance' and not is_leaf) or grootheid in ('saldo', 'mutatie', 'resultaat', 'besparingspotentieel') then 'saldo'
            when not is_leaf or (is_called_total and is_lookalike) then 'totaal'
        end as soort_uitkomst
    from judged
),

reasoned as (
    select
        named.*,
        case
            when is_gevraagd then 'lezing_gevraagd'
            when getuige_rule_id is not null then 'eerste_publicatie'
            when kind = 'indicatoren' and jaar is null then 'jaar_onbekend'
            when kind = 'indicatoren' then 'indicator'
            when eenheid in {{ money_units() }} then 'eenheid_onbekend'
            when eenheid is not null then 'geen_bedrag'
            -- A total, balance or difference is one of known numbers, of a year and in a state; else a person must say of what.
            when soort_uitkomst is not null and rule_id is null and unit is null then 'eenheid_onbekend'
            when soort_uitkomst is not null and rule_id is null then 'zonder_som'
            when soort_uitkomst is not null and is_doubled then 'dubbele_kolom'
            when soort_uitkomst is not null and gebruikt_jaar is null then 'jaar_onbekend'
            when soort_uitkomst is not null and gebruikte_stand = 'onbekend' then 'stand_onbekend'
            when soort_uitkomst is not null then soort_uitkomst
            -- What has the name of a total or the value of one, but not both, is asked about.
            when is_called_total then 'heet_totaal'
            when is_lookalike then 'lijkt_totaal'
            when is_part then 'deel'
            when is_tweede then 'tweede_publicatie'
            when unit is null then 'eenheid_onbekend'
            when bedrag_eur is null then 'te_groot'
            when feit is null then 'soort_onbekend'
            when jaar is null then 'jaar_onbekend'
            when stand = 'onbekend' then 'stand_onbekend'
            when is_doubled then 'dubbele_kolom'
            else 'bedrag'
        end as reden
    from named
),

final as (
    select
        cell_id,
        document_id,
        case reden
            when 'eerste_publicatie' then 'getuige'
            when 'indicator' then 'fct_indicatoren'
            when 'bedrag' then feit
            when 'geen_bedrag' then 'geen_bedrag'
            when 'totaal' then 'fct_gepubliceerde_totalen'
            when 'saldo' then 'fct_gepubliceerde_totalen'
            when 'verschil' then 'fct_gepubliceerde_totalen'
            else 'unplaced'
        end as bestemming,
        reden,
        indeling,
        is_herhaling,
        eerste_cell_id,
        cast(gebruikt_jaar as int) as jaar,
        gebruikte_stand as stand,
        rule_id
    from reasoned
)

select * from final
order by document_id, cell_id
