-- One row per printed value of a set of sums that can hold: an unrounded value with which they all do.
-- depends_on: {{ ref('iv3_cijfers') }}
{% set document_of = {'column': 'cell_id', 'tables': ['landing.cells', 'audit.iv3_cijfers']} %}
{{ config(materialized='per_document', document_of=document_of) }}
with

witnesses as (select * from {{ changed(source('proof', 'witnesses'), document_of) }}),

final as (
    select
        component_id,
        cell_id,
        value
    from witnesses
)

select * from final
order by component_id, cell_id
