-- One row per row of a table that carries values: the programma, beleidsterrein, taakveld or reserve it is about.
{{ config(materialized='per_document') }}
with

rows_of_tables as (select * from {{ changed(ref('stg_rows')) }}),

tables as (select * from {{ changed(ref('stg_tables')) }}),

documents as (select * from {{ ref('int_documents') }}),

programmas as (select * from {{ ref('int_programmas') }}),

beleidsterreinen as (select * from {{ ref('int_beleidsterreinen') }}),

taakvelden as (
    select
        lower(taakveld_code) as sleutel,
        min(taakveld_code) as taakveld_code
    from {{ ref('taakvelden') }}
    where taakveld_code like '%.%'
    group by lower(taakveld_code)
),

-- Where the heading or the document says which programma the whole table is about; of headings above each other the
-- innermost. A table of all programmas says so: each of its rows is one.
programma_of_table as (
    select
        tables.table_id,
        coalesce(
            nullif(regexp_extract(lower(tables.caption), 'programma +([0-9]{1,2})( |[.:,)]|$)', 1), ''),
            documents.programma,
            nullif(regexp_extract(lower(tables.section), '^.*programma +([0-9]{1,2})( |[.:,)]|$)', 1), '')
        ) as programma,
        regexp_extract(lower(tables.section || ' > ' || tables.caption), '(?:^| > )(?:[0-9.]+ +)?programma +[^ ]', 0) <> '' as is_onder_kop,
        trim(coalesce(
            nullif(regexp_extract(tables.caption, {{ naam_achter_programma('^') }}, 1), ''),
            nullif(regexp_extract(tables.section, {{ naam_achter_programma('^(?:.* > )?') }}, 1), '')
        )) as gedrukte_naam,
        case when tables.caption = '' then {{ own_label('tables.section') }} else tables.caption end as opschrift,
        tables.kind,
        regexp_extract(lower(tables.caption), '(taakveld|kostensoort|categorie|hoofdfunctie|portefeuille)', 1) <> '' as is_andere_indeling
    from tables
    inner join documents
        on tables.document_id = documents.document_id
),

tables_of_programmas as (
    select
        table_id,
        opschrift,
        regexp_extract(lower(opschrift), '(programma *(en|,) |programma.?s +(en|met) )', 1) <> '' as is_buitenste
    from programma_of_table
    where
        kind = 'exploitatie'
        and regexp_extract(lower(opschrift), '((per|naar) programma|programma.?s)( |[.:,)]|$)', 1) <> ''
        and regexp_extract(lower(opschrift), 'programma +([0-9]{1,2})( |[.:,)]|$)', 1) = ''
),

levels as (select niveau from {{ int_series(1, 6, 'niveau') }} as reeks),

segments as (
    select
        rows_of_tables.document_id,
        rows_of_tables.table_id,
        rows_of_tables.row_no,
        levels.niveau,
        trim(split_part(rows_of_tables.row_path, ' > ', levels.niveau)) as segment
    from rows_of_tables
    cross join levels
    where split_part(rows_of_tables.row_path, ' > ', levels.niveau) <> ''
),

names_of_beleidsterreinen as (
    select
        document_id,
        sleutel,
        min(beleidsterrein_code) as beleidsterrein_code
    from (
        select document_id, beleidsterrein_code, lower(beleidsterrein) as sleutel
        from beleidsterreinen

        union all

        select document_id, beleidsterrein_code, lower(beleidsterrein_code) as sleutel
        from beleidsterreinen

        union all

        select document_id, beleidsterrein_code, lower(beleidsterrein_code || ' ' || beleidsterrein) as sleutel
        from beleidsterreinen
    ) as namen
    where sleutel is not null
    group by document_id, sleutel
),

-- Programmas without a number are known by name alone: of a table of all programmas each row that is no total is one, and
-- where rows have two levels the heading must say which.
named_levels as (
    select
        segments.document_id,
        segments.table_id,
        segments.row_no,
        tables_of_programmas.is_buitenste,
        count(*) as niveaus,
        min_by(segments.segment, segments.niveau) as segment
    from segments
    inner join tables_of_programmas
        on segments.table_id = tables_of_programmas.table_id
    where lower(segments.segment) not in {{ woorden_van_grootheden() }} and segments.segment <> tables_of_programmas.opschrift
    group by segments.document_id, segments.table_id, segments.row_no, tables_of_programmas.is_buitenste
),

names_of_rows as (
    select
        named_levels.document_id,
        named_levels.table_id,
        named_levels.row_no,
        {{ strip_pattern('named_levels.segment', '^[Pp]rogramma +') }} as naam
    from named_levels
    inner join rows_of_tables
        on
            named_levels.table_id = rows_of_tables.table_id
            and named_levels.row_no = rows_of_tables.row_no
    where
        (named_levels.niveaus = 1 or named_levels.is_buitenste)
        and rows_of_tables.rol in ('item', 'balance')
        and regexp_extract(lower(named_levels.segment), '(^(programma +)?[0-9(]|totaal|totale|saldo|resultaat|(^| )reserves?( |$))', 1) = ''
),

names_without_number as (
    select
        document_id,
        lower(naam) as sleutel,
        min(naam) as naam
    from (
        select document_id, naam from names_of_rows

        union all

        select tables.document_id, programma_of_table.gedrukte_naam as naam
        from programma_of_table
        inner join tables
            on programma_of_table.table_id = tables.table_id
        where programma_of_table.programma is null
    ) as namen
    where naam is not null
    group by document_id, lower(naam)
),

names_of_programmas as (
    select
        document_id,
        sleutel,
        min(programma) as programma
    from (
        select document_id, programma, lower(programma_naam) as sleutel
        from programmas

        union all

        select document_id, programma, lower(programma || ' ' || programma_naam) as sleutel
        from programmas
    ) as namen
    where sleutel is not null
    group by document_id, sleutel
),

said_by_segment as (
    select
        segments.table_id,
        segments.row_no,
        segments.niveau,
        upper(coalesce(
            names_of_beleidsterreinen.beleidsterrein_code,
            nullif(regexp_extract(segments.segment, '^(?:[Bb]eleidss?terrein |[Dd]eelprogramma )?([0-9]{1,2}[A-Z])[.:]?( |$)', 1), '')
        )) as beleidsterrein_code,
        nullif(regexp_extract(segments.segment, '^(?:[Bb]eleidss?terrein |[Dd]eelprogramma )?[0-9]{1,2}[A-Z][.:]? +(.+)$', 1), '')
            as gedrukte_beleidsterrein,
        coalesce(
            names_of_programmas.programma,
            nullif(regexp_extract(segments.segment, '^[Pp]rogramma +([0-9]{1,2})[.:]?( |$)', 1), '')
        ) as programma,
        nullif(regexp_extract(segments.segment, '^[Pp]rogramma +[0-9]{1,2}[.:]? +(.+)$', 1), '') as gedrukte_programma_naam,
        case when names_of_programmas.programma is not null and lower(segments.segment) not like 'programma %' then segments.niveau end
            as niveau_van_naam,
        names_without_number.naam as ongenummerde_naam
    from segments
    left join names_of_beleidsterreinen
        on
            segments.document_id = names_of_beleidsterreinen.document_id
            and lower(segments.segment) = names_of_beleidsterreinen.sleutel
    left join names_of_programmas
        on
            segments.document_id = names_of_programmas.document_id
            and lower(segments.segment) = names_of_programmas.sleutel
    left join names_without_number
        on
            segments.document_id = names_without_number.document_id
            and {{ strip_pattern('lower(segments.segment)', '^programma +') }} = names_without_number.sleutel
),

-- The innermost level of the path that names one is the one that counts.
said_by_path as (
    select
        table_id,
        row_no,
        max_by(beleidsterrein_code, niveau) filter (where beleidsterrein_code is not null) as beleidsterrein_code,
        max_by(gedrukte_beleidsterrein, niveau) filter (where beleidsterrein_code is not null) as gedrukte_beleidsterrein,
        max_by(programma, niveau) filter (where programma is not null) as programma,
        max_by(gedrukte_programma_naam, niveau) filter (where programma is not null) as gedrukte_programma_naam,
        max(case when programma is not null then niveau end) = max(niveau_van_naam) as is_bij_naam,
        max_by(ongenummerde_naam, niveau) filter (where ongenummerde_naam is not null) as ongenummerde_naam
    from said_by_segment
    group by table_id, row_no
),

numbered as (
    select
        rows_of_tables.*,
        programma_of_table.kind,
        {{ own_label('rows_of_tables.row_path') }} as label,
        {{ parent_path('rows_of_tables.row_path') }} as bovenliggend_pad,
        coalesce(
            said_by_path.beleidsterrein_code,
            upper(nullif(regexp_extract(rows_of_tables.code, '^([0-9]{1,2}[A-Za-z])', 1), ''))
        ) as beleidsterrein_code,
        said_by_path.gedrukte_beleidsterrein,
        -- Under the heading of a programma a label with the name of another one is a post.
        coalesce(
            case when not (programma_of_table.is_onder_kop and coalesce(said_by_path.is_bij_naam, false)) then said_by_path.programma end,
            nullif(regexp_extract(said_by_path.beleidsterrein_code, '^([0-9]{1,2})', 1), ''),
            nullif(regexp_extract(rows_of_tables.code, '^([0-9]{1,2})[A-Za-z]', 1), ''),
            case when programma_of_table.kind = 'exploitatie' and not programma_of_table.is_andere_indeling then nullif(regexp_extract(rows_of_tables.code, '^([0-9]{1,2})$', 1), '') end
        ) as programma_van_rij,
        programma_of_table.programma as programma_van_tabel,
        said_by_path.gedrukte_programma_naam,
        coalesce(names_of_rows.naam, case when programma_of_table.kind = 'exploitatie' and not programma_of_table.is_onder_kop then said_by_path.ongenummerde_naam end)
            as naam_van_rij,
        programma_of_table.gedrukte_naam as naam_in_kop,
        lower(programma_of_table.opschrift) as opschrift_sleutel
    from rows_of_tables
    inner join programma_of_table
        on rows_of_tables.table_id = programma_of_table.table_id
    left join said_by_path
        on
            rows_of_tables.table_id = said_by_path.table_id
            and rows_of_tables.row_no = said_by_path.row_no
    left join names_of_rows
        on
            rows_of_tables.table_id = names_of_rows.table_id
            and rows_of_tables.row_no = names_of_rows.row_no
),

-- A row that names a programma itself is of that one; else it is of what the heading names, by number or by name.
placed as (
    select
        numbered.*,
        coalesce(
            numbered.programma_van_rij,
            case when numbered.naam_van_rij is null then coalesce(numbered.programma_van_tabel, names_of_programmas.programma) end
        ) as programma,
        case
            when numbered.programma_van_rij is not null then null
            when numbered.naam_van_rij is not null then numbered.naam_van_rij
            when numbered.kind = 'exploitatie' and numbered.programma_van_tabel is null and names_of_programmas.programma is null
                then coalesce(numbered.naam_in_kop, names_without_number.naam)
        end as ongenummerde_naam
    from numbered
    left join names_of_programmas
        on
            numbered.document_id = names_of_programmas.document_id
            and coalesce(lower(numbered.naam_in_kop), numbered.opschrift_sleutel) = names_of_programmas.sleutel
    left join names_without_number
        on
            numbered.document_id = names_without_number.document_id
            and numbered.opschrift_sleutel = names_without_number.sleutel
),

-- A taakveld is named by its code in front of the label, of the row itself or of the group that it stands in.
taakveld_of_row as (
    select
        placed.table_id,
        placed.row_no,
        taakvelden.taakveld_code
    from placed
    inner join taakvelden
        on lower(coalesce(
            placed.code,
            nullif(regexp_extract(placed.bovenliggend_pad, '(?:^| > )([0-9][.][0-9]{1,3}[A-Za-z]?) [^>]*$', 1), '')
        )) = taakvelden.sleutel
    where placed.kind in ('exploitatie', 'sociaal_domein', 'bedragen')
),

final as (
    select
        placed.table_id,
        placed.document_id,
        placed.row_no,
        placed.row_path,
        placed.label,
        placed.bovenliggend_pad,
        placed.grootheid,
        placed.code,
        placed.rol,
        placed.block,
        placed.bron,
        placed.eenheid,
        placed.programma,
        coalesce(
            programmas.programma_naam,
            placed.gedrukte_programma_naam,
            placed.ongenummerde_naam,
            case when placed.programma = placed.programma_van_tabel then placed.naam_in_kop end,
            case when placed.kind = 'exploitatie' and placed.code = placed.programma then {{ strip_pattern('placed.label', '^[0-9]{1,2}[.:]? +') }} end
        ) as programma_naam,
        placed.beleidsterrein_code,
        coalesce(beleidsterreinen.beleidsterrein, placed.gedrukte_beleidsterrein) as beleidsterrein,
        taakveld_of_row.taakveld_code,
        case
            when placed.kind = 'reserves' and placed.grootheid is not null and placed.bovenliggend_pad is not null
                then {{ own_label('placed.bovenliggend_pad') }}
            when placed.kind = 'reserves' then placed.label
        end as reserve
    from placed
    left join programmas
        on
            placed.document_id = programmas.document_id
            and placed.programma = programmas.programma
    left join beleidsterreinen
        on
            placed.document_id = beleidsterreinen.document_id
            and placed.beleidsterrein_code = beleidsterreinen.beleidsterrein_code
    left join taakveld_of_row
        on
            placed.table_id = taakveld_of_row.table_id
            and placed.row_no = taakveld_of_row.row_no
)

select * from final
order by document_id, table_id, row_no
