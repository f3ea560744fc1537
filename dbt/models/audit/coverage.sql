-- One row per table, and one per document: how many of its numbers the published sums vouch for.
{{ config(materialized='per_document') }}
with

counted as (select * from {{ changed(ref('int_coverage')) }}),

final as (
    select
        coverage_id,
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
        share_pct
    from counted
)

select * from final
order by document_id, niveau, table_id nulls first
