-- One row per sum that must hold: within a document, between its tables, or between two publications of one table.
{{ config(materialized='per_document', tags=['voor_bewijs']) }}
with

rules_of_documents as (select * from {{ changed(ref('stg_rules')) }}),

getuigen as (select * from {{ changed(ref('int_getuigen')) }} where rule_id is not null),

cells as (select * from {{ changed(ref('int_cells')) }}),

rules_of_witnesses as (
    select
        getuigen.rule_id,
        getuigen.document_id,
        'getuige' as kind,
        'cross_document' as scope,
        '"' || cells.row_path || '", ' || cells.column_path || ': gelijk aan de eerste publicatie (' || cells.document_id || ')'
            as description,
        '"' || cells.row_path || '", ' || cells.column_path || ': the same as in the first publication (' || cells.document_id || ')'
            as description_en,
        true as is_complete,
        false as is_decisive,
        cast(null as string) as diagnosis,
        cast(null as string) as diagnosis_en
    from getuigen
    inner join cells
        on getuigen.eerste_cell_id = cells.cell_id
),

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
        diagnosis_en
    from rules_of_documents

    union all

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
        diagnosis_en
    from rules_of_witnesses
)

select * from final
order by document_id, rule_id
