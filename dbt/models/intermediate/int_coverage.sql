-- One row per table, and one per document: how many of its numbers the published sums vouch for.
{{ config(materialized='per_document') }}
with

cells as (select * from {{ changed(ref('int_cells')) }} where getal is not null),

cell_status as (select * from {{ ref('stg_cell_status') }}),

judged as (
    select
        cells.document_id,
        cells.table_id,
        coalesce(cell_status.status, 'unverifiable') as status,
        coalesce(cell_status.is_implied, false) as is_implied,
        coalesce(cell_status.is_locatable, false) as is_locatable,
        coalesce(cell_status.is_detectable, false) as is_detectable
    from cells
    left join cell_status
        on cells.cell_id = cell_status.cell_id
),

levels as (
    select
        'table' as niveau,
        document_id,
        table_id,
        status,
        is_implied,
        is_locatable,
        is_detectable
    from judged

    union all

    select
        'document' as niveau,
        document_id,
        cast(null as string) as table_id,
        status,
        is_implied,
        is_locatable,
        is_detectable
    from judged
),

counted as (
    select
        niveau,
        document_id,
        table_id,
        cast(count(*) as int) as cells,
        cast(count(case when status = 'proved' then 1 end) as int) as proved,
        cast(count(case when status = 'implied' then 1 end) as int) as implied,
        cast(count(case when status = 'locatable' then 1 end) as int) as locatable,
        cast(count(case when status = 'unverifiable' then 1 end) as int) as unverifiable,
        cast(count(case when is_detectable then 1 end) as int) as detectable_cells,
        cast(count(case when is_implied then 1 end) as int) as implied_cells,
        cast(count(case when is_locatable then 1 end) as int) as locatable_cells
    from levels
    group by niveau, document_id, table_id
),

final as (
    select
        coalesce(table_id, document_id) as coverage_id,
        niveau,
        document_id,
        table_id,
        cells,
        proved,
        implied,
        locatable,
        unverifiable,
        detectable_cells,
        implied_cells,
        locatable_cells,
        {{ safe_divide('100 * (proved + implied + locatable)', 'cells', 5, 2) }} as share_pct
    from counted
)

select * from final
order by document_id, niveau, table_id nulls first
