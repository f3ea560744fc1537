-- One row per landed number: everything that the facts share.
{{ config(materialized='in_parts', meta={'is_cleared_away': true}) }}
with

cells as (select * from {{ of_part(ref('int_cells')) }}),

destinations as (select * from {{ of_part(ref('int_destinations')) }}),

rows_of_tables as (select * from {{ of_part(ref('int_rows')) }}),

documents as (select * from {{ ref('int_documents') }}),

cell_status as (select * from {{ ref('stg_cell_status') }}),

tables as (select * from {{ of_part(ref('stg_tables')) }}),

certificates as (select * from {{ ref('stg_certificates') }}),

taakvelden as (select * from {{ ref('taakvelden') }}),

nummers as (select * from {{ ref('int_programma_nummers') }}),

-- What a person said of the money of a table beside other tables: hoofdindeling, ander geld or zelfde geld.
antwoorden as (select table_id, keuze from {{ of_part(ref('stg_conventions')) }} where naam = 'indeling'),

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
        coalesce(rows_of_tables.programma, nummers.programma) as programma_nummer,
        case when rows_of_tables.programma is null and rows_of_tables.programma_naam is null then 'onbekend'
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
        rows_of_tables.doel_code,
        {{ hashed(['documents.gemeente_id', 'lower(rows_of_tables.reserve)']) }} as reserve_id,
        rows_of_tables.code,
        rows_of_tables.label,
        rows_of_tables.post,
        rows_of_tables.groep,
        rows_of_tables.bron,
        rows_of_tables.eenheid as rij_eenheid,
        rows_of_tables.vast_onderdeel,
        rows_of_tables.indicator,
        cells.eenheid,
        cells.section,
        cells.caption,
        cells.kind,
        cells.row_path,
        cells.column_path,
        cells.text,
        cells.grootheid,
        cells.rol,
        destinations.jaar,
        destinations.stand,
        cells.getal,
        cast(cells.halve_eenheid * {{ unit_factor('cells.unit') }} as decimal(18, 2)) as afronding_eur,
        cells.unit,
        cells.sign,
        cells.bedrag_eur,
        cells.comparator,
        cells.noot,
        cells.is_placed,
        tables.table_no,
        coalesce(antwoorden.keuze, '') as antwoord_indeling,
        tables.path as bestand,
        cells.line as regel,
        cells.natuurlijke_sleutel,
        destinations.rule_id,
        -- Of a number in sums that fail it says so; which of them is wrong the suspects tell.
        case
            when cell_status.is_suspect then 'suspect'
            when not certificates.feasible then 'in_broken_sum'
            else coalesce(cell_status.status, 'unverifiable')
        end as verifieerbaarheid
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
    left join nummers
        on
            rows_of_tables.programma is null
            and documents.gemeente_id = nummers.gemeente_id
            and {{ raadsperiode('documents.jaar') }} = nummers.raadsperiode
            and lower(rows_of_tables.programma_naam) = nummers.programma_sleutel
    left join antwoorden
        on cells.table_id = antwoorden.table_id
    left join cell_status
        on cells.cell_id = cell_status.cell_id
    left join certificates
        on cell_status.component_id = certificates.component_id
),

-- What a number is about, as far as it tells it apart from others of the same year: a programma by number or by name, or
-- what stands beside programmas in a table of them.
told_apart as (
    select
        placed.*,
        case
            when programma_nummer is not null then 'nummer'
            when programma_naam is null and not is_tabel_van_programmas then 'onbekend'
            when vast_onderdeel is not null then 'vast'
            when programma_naam is not null then 'naam'
            else 'onbekend'
        end as sleutel_soort
    from (
        select
            placed.*,
            count(coalesce(programma, programma_naam)) over (partition by table_id) > 0 as is_tabel_van_programmas
        from placed
    ) as placed
),

-- What a document gives of a year: of each stand, which programmas in which cut.
given as (
    select distinct
        gemeente_id,
        jaar,
        stand,
        bestemming,
        indeling,
        coalesce(programma_nummer, '') as programma_sleutel,
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
        earlier.bestemming,
        earlier.indeling,
        earlier.programma_sleutel,
        earlier.document_id
    from given as earlier
    inner join given as later
        on
            earlier.gemeente_id = later.gemeente_id
            and earlier.jaar = later.jaar
            and earlier.stand = later.stand
            and earlier.bestemming = later.bestemming
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

-- Of reserves likewise: a later document of the whole gemeente may call the same reserve by another name.
reserves_given as (
    select distinct
        gemeente_id,
        jaar,
        stand,
        grootheid,
        reserve_id,
        document_id,
        publicatievolgorde,
        document_programma
    from placed
    where bestemming = 'fct_reserves'
),

reserves_superseded as (
    select distinct
        earlier.reserve_id,
        earlier.jaar,
        earlier.stand,
        earlier.grootheid,
        earlier.document_id
    from reserves_given as earlier
    inner join reserves_given as later
        on
            earlier.gemeente_id = later.gemeente_id
            and earlier.jaar = later.jaar
            and earlier.stand = later.stand
    where
        (earlier.reserve_id = later.reserve_id and {{ volgorde_van_publicatie('later') }} > {{ volgorde_van_publicatie('earlier') }})
        or (
            later.document_programma is null
            and earlier.grootheid = later.grootheid
            and later.publicatievolgorde > earlier.publicatievolgorde
        )
),

dated as (
    select
        told_apart.*,
        superseded.document_id is null as is_niet_achterhaald
    from told_apart
    left join superseded
        on
            told_apart.gemeente_id = superseded.gemeente_id
            and told_apart.jaar = superseded.jaar
            and told_apart.stand = superseded.stand
            and told_apart.bestemming = superseded.bestemming
            and told_apart.indeling = superseded.indeling
            and coalesce(told_apart.programma_nummer, '') = superseded.programma_sleutel
            and told_apart.document_id = superseded.document_id
),

-- The shares in which documents give the money of a year: those that count together lie in one pile, those that a later
-- document gives in a pile of their own document.
keyed as (
    select
        dated.*,
        case when is_niet_achterhaald then 'gemeente ' || gemeente_id else 'document ' || document_id end as stapel,
        bestemming as kant,
        case sleutel_soort
            when 'nummer' then 'nummer ' || programma_nummer
            when 'naam' then 'naam ' || lower(programma_naam)
            when 'vast' then 'vast ' || vast_onderdeel
            else ''
        end as sleutel,
        coalesce(beleidsterrein_code, '') as beleidsterrein_sleutel
    from dated
),

aandelen as (
    select distinct
        stapel,
        jaar,
        stand,
        kant,
        indeling,
        document_id,
        table_id,
        table_no,
        sleutel,
        sleutel_soort,
        beleidsterrein_sleutel,
        antwoord_indeling
    from keyed
    where bestemming in ('fct_lasten', 'fct_baten')
),

counted as (
    {{ tellende_aandelen('aandelen') }}
),

counted_in_cut as (
    {{ tellende_aandelen('aandelen', ['indeling']) }}
),

final as (
    select
        placed.*,
        case
            when placed.bestemming in ('fct_lasten', 'fct_baten') then placed.is_niet_achterhaald
            when placed.bestemming = 'fct_reserves' then reserves_superseded.document_id is null
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
            when placed.bestemming in ('fct_lasten', 'fct_baten') then counted.table_id is not null
            when placed.bestemming = 'fct_reserves' then not placed.is_herhaling
        end as is_hoofdindeling,
        case when placed.bestemming in ('fct_lasten', 'fct_baten') then counted_in_cut.table_id is not null end as is_enige_in_indeling
    from keyed as placed
    left join reserves_superseded
        on
            placed.reserve_id = reserves_superseded.reserve_id
            and placed.jaar = reserves_superseded.jaar
            and placed.stand = reserves_superseded.stand
            and placed.grootheid = reserves_superseded.grootheid
            and placed.document_id = reserves_superseded.document_id
    left join counted
        on
            placed.table_id = counted.table_id
            and placed.stapel = counted.stapel
            and placed.jaar = counted.jaar
            and placed.stand = counted.stand
            and placed.kant = counted.kant
            and placed.sleutel = counted.sleutel
            and placed.beleidsterrein_sleutel = counted.beleidsterrein_sleutel
    left join counted_in_cut
        on
            placed.table_id = counted_in_cut.table_id
            and placed.stapel = counted_in_cut.stapel
            and placed.jaar = counted_in_cut.jaar
            and placed.stand = counted_in_cut.stand
            and placed.kant = counted_in_cut.kant
            and placed.sleutel = counted_in_cut.sleutel
            and placed.beleidsterrein_sleutel = counted_in_cut.beleidsterrein_sleutel
)

select * from final
order by document_id, cell_id
