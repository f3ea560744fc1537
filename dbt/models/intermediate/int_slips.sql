-- One row per broken sum that would close if one of its parts were left out, or counted twice.
{{ config(meta={'is_cleared_away': true}) }}
with

reconciliation as (select * from {{ ref('reconciliation') }} where verdict = 'break'),

rules as (select * from {{ ref('rules') }}),

cells as (select * from {{ ref('int_cells') }}),

tables as (select * from {{ ref('stg_tables') }}),

-- The same part left out of every column is said in the same words, once the amount behind them is gone.
said as (
    select
        rule_id,
        scope,
        nullif(regexp_extract(diagnosis, '^(sluit als .* (?:wordt weggelaten|dubbel telt))(?:: [-0-9.,]+)?$', 1), '') as slip,
        nullif(regexp_extract(diagnosis_en, '^(holds if .* (?:is left out|counts twice))(?:: [-0-9.,]+)?$', 1), '') as slip_en
    from rules
),

final as (
    select
        said.rule_id,
        cells.table_id,
        said.slip,
        said.slip_en,
        coalesce(tables.section, '') || '|' || coalesce(tables.caption, '') || '|' || said.scope || '|'
        || coalesce(case when said.scope = 'row' then cells.column_path else cells.row_path end, '') || '|' || said.slip as natuurlijke_sleutel
    from said
    inner join reconciliation
        on said.rule_id = reconciliation.rule_id
    inner join cells
        on reconciliation.total_cell_id = cells.cell_id
    inner join tables
        on cells.table_id = tables.table_id
    where said.slip is not null
)

select * from final
