-- One row per landed cell: how well the published sums vouch for it.
{{ config(materialized='per_document') }}
with

cells as (select * from {{ changed(ref('int_cells')) }}),

cell_status as (select * from {{ ref('stg_cell_status') }}),

final as (
    select
        cells.cell_id,
        cells.document_id,
        cells.table_id,
        coalesce(cell_status.status, 'unverifiable') as status,
        coalesce(cell_status.rules, 0) as rules,
        cell_status.component_id,
        coalesce(cell_status.is_proved, false) as is_proved,
        coalesce(cell_status.is_implied, false) as is_implied,
        coalesce(cell_status.is_locatable, false) as is_locatable,
        coalesce(cell_status.is_detectable, false) as is_detectable,
        coalesce(cell_status.is_suspect, false) as is_suspect,
        cell_status.implied_low,
        cell_status.implied_high
    from cells
    left join cell_status
        on cells.cell_id = cell_status.cell_id
)

select * from final
order by document_id, cell_id
