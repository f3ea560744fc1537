-- One row per broken sum of a line that fails in the same way in each column: without one of its parts, or altogether.
{{ config(meta={'is_cleared_away': true}) }}
with

reconciliation as (select * from {{ ref('reconciliation') }}),

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

judged as (
    select
        reconciliation.rule_id,
        reconciliation.verdict,
        reconciliation.kind,
        said.scope,
        said.slip,
        said.slip_en,
        cells.table_id,
        cells.row_path,
        cells.column_path,
        cells.row_no,
        coalesce(tables.section, '') || '|' || coalesce(tables.caption, '') || '|' || said.scope || '|' as tabel_sleutel
    from said
    inner join reconciliation
        on said.rule_id = reconciliation.rule_id
    inner join cells
        on reconciliation.total_cell_id = cells.cell_id
    inner join tables
        on cells.table_id = tables.table_id
),

-- A row whose sums of one kind fail in every column, each otherwise: a row is missing above it, or it was read wrong.
whole_lines as (
    select
        table_id,
        row_no,
        kind
    from judged
    where scope = 'column' and verdict <> 'not_judged'
    group by table_id, row_no, kind
    having count(*) >= 3 and count(*) = count(case when verdict = 'break' and slip is null then 1 end)
),

final as (
    select
        judged.rule_id,
        judged.table_id,
        judged.slip,
        judged.slip_en,
        judged.slip is null as is_hele_regel,
        judged.tabel_sleutel
        || coalesce(case when judged.scope = 'row' then judged.column_path else judged.row_path end, '') || '|'
        || coalesce(judged.slip, judged.kind || ' in elke kolom') as natuurlijke_sleutel
    from judged
    left join whole_lines
        on judged.table_id = whole_lines.table_id and judged.row_no = whole_lines.row_no and judged.kind = whole_lines.kind
    where judged.verdict = 'break' and (judged.slip is not null or (whole_lines.table_id is not null and judged.scope = 'column'))
)

select * from final
