-- One row per landed cell, with its number in printed units and in canonical euros.
{{ config(materialized='per_document') }}
with

cells as (select * from {{ changed(ref('stg_cells')) }}),

tables as (select * from {{ changed(ref('stg_tables')) }}),

columns as (select * from {{ changed(ref('stg_columns')) }}),

asked_rows as (select * from {{ changed(ref('stg_rows')) }} where lezing = 'gevraagd'),

documents as (select * from {{ ref('int_documents') }}),

tables_with_years as (
    select distinct table_id
    from columns
    where jaar is not null
),

read as (
    select
        cells.*,
        tables.table_no,
        tables.caption,
        tables.section,
        tables.kind,
        tables.unit,
        documents.soort,
        documents.jaar as document_jaar,
        coalesce(cells.jaar, columns.jaar, case when tables_with_years.table_id is null then documents.jaar end) as gebruikt_jaar,
        coalesce(cells.value, case when cells.is_nil then 0 end) as getal,
        tables.lezing = 'gevraagd' or asked_rows.table_id is not null as is_gevraagd
    from cells
    inner join tables
        on cells.table_id = tables.table_id
    inner join documents
        on cells.document_id = documents.document_id
    left join columns
        on
            cells.table_id = columns.table_id
            and cells.column_no = columns.column_no
    left join tables_with_years
        on cells.table_id = tables_with_years.table_id
    left join asked_rows
        on
            cells.table_id = asked_rows.table_id
            and cells.row_no = asked_rows.row_no
),

final as (
    select
        read.cell_id,
        read.table_id,
        read.document_id,
        read.table_no,
        read.caption,
        read.section,
        read.kind,
        read.unit,
        read.row_no,
        read.column_no,
        read.occurrence,
        read.row_path,
        read.column_path,
        read.text,
        cast(read.getal as decimal(24, 6)) as getal,
        read.is_nil,
        read.decimals,
        {{ half_unit('read.decimals', 'read.unit') }} as halve_eenheid,
        read.sign,
        read.comparator,
        read.eenheid,
        read.noot,
        read.line,
        read.page,
        read.is_placed,
        read.grootheid,
        read.rol,
        cast(read.gebruikt_jaar as int) as jaar,
        -- A budget for a later year than the document is about is an estimate. Accounts also show the budget of the year after.
        case
            when
                read.stand = 'begroting'
                and read.gebruikt_jaar > read.document_jaar + case when read.soort = 'jaarstukken' then 1 else 0 end
                then 'meerjarenraming'
            else coalesce(read.stand, 'onbekend')
        end as stand,
        -- Nobody knows yet what a number is whose reading is asked about; a share or a count beside amounts is no money.
        case when not read.is_gevraagd and read.eenheid is null then {{ in_euros('read.getal', 'read.unit', 'read.sign * read.teken') }} end as bedrag_eur,
        read.is_gevraagd,
        {{ hashed(['read.document_id', 'read.section', 'read.caption', 'read.row_path', 'read.column_path', 'read.occurrence']) }}
            as natuurlijke_sleutel
    from read
)

select * from final
order by document_id, table_id, row_no, column_no, occurrence
