-- One row per broken sum of a line that fails in the same way in each column: without one of its parts, or altogether.
{{ config(meta={'is_cleared_away': true}) }}
with

reconciliation as (select * from {{ ref('reconciliation') }}),

rules as (select * from {{ ref('rules') }}),

cells as (select * from {{ ref('int_cells') }}),

tables as (select * from {{ ref('stg_tables') }}),

judged as (
    select
        reconciliation.rule_id,
        reconciliation.verdict,
        reconciliation.kind,
        rules.scope,
        rules.slip,
        rules.slip_en,
        cells.table_id,
        cells.row_path,
        cells.column_path,
        cells.row_no,
        coalesce(tables.section, '') || '|' || coalesce(tables.caption, '') || '|' || rules.scope || '|' as tabel_sleutel
    from rules
    inner join reconciliation
        on rules.rule_id = reconciliation.rule_id
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
