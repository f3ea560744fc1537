-- One row per landed number: everything that the facts share.
{{ config(meta={'is_cleared_away': true}) }}
with

cells as (select * from {{ changed(ref('int_cells')) }}),

destinations as (select * from {{ changed(ref('int_destinations')) }}),

rows_of_tables as (select * from {{ changed(ref('int_rows')) }}),

documents as (select * from {{ ref('int_documents') }}),

verifiability as (select * from {{ changed(ref('verifiability')) }}),

final as (
    select
        cells.cell_id,
        cells.document_id,
        cells.table_id,
        destinations.bestemming,
        destinations.reden,
        documents.gemeente_id,
        documents.gemeente,
        documents.jaar as document_jaar,
        rows_of_tables.programma,
        rows_of_tables.programma_naam,
        case when rows_of_tables.programma is not null
            then {{ hashed(['documents.gemeente_id', 'rows_of_tables.programma', 'lower(rows_of_tables.programma_naam)']) }}
        end as programma_id,
        rows_of_tables.beleidsterrein_code,
        rows_of_tables.beleidsterrein,
        case when rows_of_tables.beleidsterrein_code is not null
            then {{ hashed(['documents.gemeente_id', 'rows_of_tables.beleidsterrein_code', 'lower(rows_of_tables.beleidsterrein)']) }}
        end as beleidsterrein_id,
        rows_of_tables.taakveld_code,
        rows_of_tables.reserve,
        rows_of_tables.code,
        rows_of_tables.label,
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
        cells.line,
        cells.natuurlijke_sleutel,
        verifiability.status as verifieerbaarheid
    from destinations
    inner join cells
        on destinations.cell_id = cells.cell_id
    inner join documents
        on cells.document_id = documents.document_id
    left join rows_of_tables
        on
            cells.table_id = rows_of_tables.table_id
            and cells.row_no = rows_of_tables.row_no
    left join verifiability
        on cells.cell_id = verifiability.cell_id
)

select * from final
order by document_id, cell_id
