-- One row per landed number: everything that the facts share.
{{ config(meta={'is_cleared_away': true}) }}
with

cells as (select * from {{ changed(ref('int_cells')) }}),

destinations as (select * from {{ changed(ref('int_destinations')) }}),

rows_of_tables as (select * from {{ changed(ref('int_rows')) }}),

documents as (select * from {{ ref('int_documents') }}),

verifiability as (select * from {{ changed(ref('verifiability')) }}),

tables as (select * from {{ changed(ref('stg_tables')) }}),

rule_terms as (select * from {{ changed(ref('rule_terms')) }} where is_total),

rules as (select * from {{ changed(ref('rules')) }} where kind <> 'getuige'),

taakvelden as (select * from {{ ref('taakvelden') }}),

-- The sum that a printed total is the total of, or a balance the outcome; of several, one that adds up before one that compares.
sums_of_totals as (
    select
        rule_terms.cell_id,
        min(case when rules.kind = 'detail' then '2' else '1' end || rules.rule_id) as voorrang_rule_id
    from rule_terms
    inner join rules
        on rule_terms.rule_id = rules.rule_id
    group by rule_terms.cell_id
),

-- The generation of a taakveld that was in force in the year of the number; else the nearest one.
taakvelden_of_years as (
    select
        rows_of_tables.taakveld_code,
        cells.jaar,
        max_by(taakvelden.taakveld_id, case when taakvelden.van_jaar <= cells.jaar then taakvelden.van_jaar else -taakvelden.van_jaar end)
            as taakveld_id
    from cells
    inner join rows_of_tables
        on
            cells.table_id = rows_of_tables.table_id
            and cells.row_no = rows_of_tables.row_no
    inner join taakvelden
        on rows_of_tables.taakveld_code = taakvelden.taakveld_code
    group by rows_of_tables.taakveld_code, cells.jaar
),

placed as (
    select
        cells.cell_id,
        cells.document_id,
        cells.table_id,
        destinations.bestemming,
        destinations.reden,
        destinations.indeling,
        destinations.is_herhaling,
        documents.gemeente_id,
        documents.gemeente,
        documents.jaar as document_jaar,
        documents.publicatievolgorde,
        documents.onderdeel,
        documents.programma as document_programma,
        coalesce(documents.eerste_document_id, documents.document_id) as publicatie_id,
        rows_of_tables.programma,
        rows_of_tables.programma_naam,
        case when rows_of_tables.programma is null then 'onbekend'
            else {{ hashed(['documents.gemeente_id', 'rows_of_tables.programma', 'lower(rows_of_tables.programma_naam)']) }}
        end as programma_id,
        rows_of_tables.beleidsterrein_code,
        rows_of_tables.beleidsterrein,
        case when rows_of_tables.beleidsterrein_code is null then 'onbekend'
            else {{ hashed(['documents.gemeente_id', 'rows_of_tables.beleidsterrein_code', 'lower(rows_of_tables.beleidsterrein)']) }}
        end as beleidsterrein_id,
        rows_of_tables.taakveld_code,
        coalesce(taakvelden_of_years.taakveld_id, 'onbekend') as taakveld_id,
        rows_of_tables.reserve,
        {{ hashed(['documents.gemeente_id', 'lower(rows_of_tables.reserve)']) }} as reserve_id,
        rows_of_tables.code,
        rows_of_tables.label,
        -- A row that is called Lasten is about what stands above it.
        case
            when rows_of_tables.bovenliggend_pad is not null and lower(rows_of_tables.label) in {{ woorden_van_grootheden() }}
                then {{ own_label('rows_of_tables.bovenliggend_pad') }}
            else rows_of_tables.label
        end as post,
        case
            when lower(rows_of_tables.label) in {{ woorden_van_grootheden() }} then {{ parent_path('rows_of_tables.bovenliggend_pad') }}
            else rows_of_tables.bovenliggend_pad
        end as groep,
        rows_of_tables.bron,
        rows_of_tables.eenheid as rij_eenheid,
        cells.eenheid,
        cells.section,
        cells.caption,
        cells.kind,
        cells.row_path,
        cells.column_path,
        cells.text,
        cells.grootheid,
        cells.rol,
        cells.jaar,
        cells.stand,
        cells.getal,
        cells.unit,
        cells.sign,
        cells.bedrag_eur,
        cells.comparator,
        cells.noot,
        cells.is_placed,
        tables.path as bestand,
        cells.line as regel,
        cells.natuurlijke_sleutel,
        substr(sums_of_totals.voorrang_rule_id, 2) as rule_id,
        verifiability.status as verifieerbaarheid
    from destinations
    inner join cells
        on destinations.cell_id = cells.cell_id
    inner join tables
        on cells.table_id = tables.table_id
    inner join documents
        on cells.document_id = documents.document_id
    left join rows_of_tables
        on
            cells.table_id = rows_of_tables.table_id
            and cells.row_no = rows_of_tables.row_no
    left join taakvelden_of_years
        on
            rows_of_tables.taakveld_code = taakvelden_of_years.taakveld_code
            and cells.jaar = taakvelden_of_years.jaar
    left join sums_of_totals
        on cells.cell_id = sums_of_totals.cell_id
    left join verifiability
        on cells.cell_id = verifiability.cell_id
),

-- What a document gives of a year: of each stand, which programmas in which cut.
given as (
    select distinct
        gemeente_id,
        jaar,
        stand,
        indeling,
        coalesce(programma, '') as programma_sleutel,
        document_id,
        publicatie_id,
        publicatievolgorde,
        coalesce(onderdeel, '') as onderdeel,
        document_programma
    from placed
    where bestemming in ('fct_lasten', 'fct_baten')
),

-- An older figure is passed over where a later document gives the same programma, or where it cannot be told that it
-- gives something else. Other parts of the same publication are something else.
superseded as (
    select distinct
        earlier.gemeente_id,
        earlier.jaar,
        earlier.stand,
        earlier.indeling,
        earlier.programma_sleutel,
        earlier.document_id
    from given as earlier
    inner join given as later
        on
            earlier.gemeente_id = later.gemeente_id
            and earlier.jaar = later.jaar
            and earlier.stand = later.stand
            and earlier.indeling = later.indeling
    where
        (
            later.publicatievolgorde > earlier.publicatievolgorde
            or (
                later.publicatievolgorde = earlier.publicatievolgorde
                and later.document_id > earlier.document_id
                and (later.publicatie_id = earlier.publicatie_id or later.onderdeel = earlier.onderdeel)
            )
        )
        and (
            later.programma_sleutel in (earlier.programma_sleutel, '')
            or earlier.programma_sleutel = ''
            or (later.document_programma is null and later.publicatievolgorde > earlier.publicatievolgorde)
        )
),

-- One cut of the money of a year: by programma where a document gives that, else by taakveld, else by theme.
first_cuts as (
    select
        gemeente_id,
        jaar,
        stand,
        min(indeling) as indeling
    from given
    group by gemeente_id, jaar, stand
),

final as (
    select
        placed.*,
        case
            when placed.bestemming in ('fct_lasten', 'fct_baten') then superseded.document_id is null
            when placed.bestemming = 'fct_reserves'
                then placed.document_id = max_by(placed.document_id, {{ volgorde_van_publicatie('placed') }}) over (
                    partition by placed.bestemming, placed.reserve_id, placed.jaar, placed.stand
                )
            when placed.bestemming = 'fct_besparingen'
                then placed.document_id = max_by(placed.document_id, {{ volgorde_van_publicatie('placed') }}) over (
                    partition by placed.bestemming, placed.gemeente_id, placed.jaar, placed.stand
                )
            when placed.bestemming = 'fct_indicatoren'
                then placed.document_id = max_by(placed.document_id, {{ volgorde_van_publicatie('placed') }}) over (
                    partition by placed.bestemming, placed.gemeente_id, placed.code, lower(placed.label), placed.grootheid, placed.jaar
                )
        end as is_laatste,
        case
            when placed.bestemming in ('fct_lasten', 'fct_baten') then placed.indeling = first_cuts.indeling
            when placed.bestemming = 'fct_reserves' then not placed.is_herhaling
        end as is_hoofdindeling
    from placed
    left join superseded
        on
            placed.gemeente_id = superseded.gemeente_id
            and placed.jaar = superseded.jaar
            and placed.stand = superseded.stand
            and placed.indeling = superseded.indeling
            and coalesce(placed.programma, '') = superseded.programma_sleutel
            and placed.document_id = superseded.document_id
    left join first_cuts
        on
            placed.gemeente_id = first_cuts.gemeente_id
            and placed.jaar = first_cuts.jaar
            and placed.stand = first_cuts.stand
)

select * from final
order by document_id, cell_id
