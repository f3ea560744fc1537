-- One row per row of a table that carries values: the programma, beleidsterrein, taakveld or reserve it is about.
{{ config(materialized='per_document') }}
with

rows_of_tables as (select * from {{ changed(ref('stg_rows')) }}),

taakvelden as (
    select
        lower(taakveld_code) as sleutel,
        min(taakveld_code) as taakveld_code
    from {{ ref('taakvelden') }}
    where taakveld_code like '%.%'
    group by lower(taakveld_code)
),

final as (
    select
        rows_of_tables.table_id,
        rows_of_tables.document_id,
        rows_of_tables.row_no,
        rows_of_tables.row_path,
        rows_of_tables.label,
        rows_of_tables.bovenliggend_pad,
        rows_of_tables.post,
        rows_of_tables.groep,
        rows_of_tables.grootheid,
        rows_of_tables.code,
        rows_of_tables.rol,
        rows_of_tables.block,
        rows_of_tables.bron,
        rows_of_tables.eenheid,
        rows_of_tables.programma,
        rows_of_tables.programma_naam,
        rows_of_tables.beleidsterrein_code,
        rows_of_tables.beleidsterrein,
        taakvelden.taakveld_code,
        rows_of_tables.reserve,
        rows_of_tables.doel_code,
        rows_of_tables.is_called_total,
        rows_of_tables.is_called_part,
        rows_of_tables.vast_onderdeel,
        rows_of_tables.indicator
    from rows_of_tables
    left join taakvelden
        on rows_of_tables.taakveld = taakvelden.sleutel
)

select * from final
order by document_id, table_id, row_no
