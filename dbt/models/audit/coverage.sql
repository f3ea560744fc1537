-- One row per table, and one per document: how many of its numbers the published sums vouch for.
{{ config(materialized='per_document') }}
with

coverage as (select * from {{ changed(ref('int_coverage')) }})

select * from coverage
order by document_id, niveau, table_id nulls first
