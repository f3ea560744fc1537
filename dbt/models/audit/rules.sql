-- One row per sum that must hold: within a document, between its tables, between two publications of one table, or with Iv3.
{{ config(materialized='per_document') }}
with

rules as (select * from {{ changed(ref('stg_rules')) }}),

final as (
    select
        rule_id,
        document_id,
        kind,
        scope,
        description,
        description_en,
        is_complete,
        is_decisive,
        diagnosis,
        diagnosis_en,
        slip,
        slip_en
    from rules
)

select * from final
order by document_id, rule_id
