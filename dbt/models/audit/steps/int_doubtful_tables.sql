-- One row per table that was probably read wrong: most sums of one kind in it fail, or its reading was chosen.
{{ config(meta={'is_cleared_away': true}) }}
with

reconciliation as (select * from {{ ref('reconciliation') }} where verdict <> 'not_judged' and scope <> 'cross_source'),

cells as (select * from {{ ref('int_cells') }}),

tables as (select * from {{ ref('stg_tables') }}),

slips as (select * from {{ ref('int_slips') }} where not is_hele_regel),

-- A sum is at home where its total stands. One that closes without one of its parts was read as it is printed, and fails by itself.
sums_by_kind as (
    select
        cells.table_id,
        reconciliation.kind,
        cast(count(*) as int) as beoordeeld,
        cast(count(case when reconciliation.verdict = 'break' and slips.rule_id is null then 1 end) as int) as gebroken
    from reconciliation
    inner join cells
        on reconciliation.total_cell_id = cells.cell_id
    left join slips
        on reconciliation.rule_id = slips.rule_id
    where reconciliation.kind <> 'getuige'
    group by cells.table_id, reconciliation.kind
),

mostly_broken as (
    select *
    from sums_by_kind
    where beoordeeld >= 3 and gebroken * 2 > beoordeeld
    qualify row_number() over (partition by table_id order by gebroken desc nulls last, kind) = 1
),

final as (
    select
        tables.table_id,
        tables.document_id,
        tables.section,
        tables.caption,
        tables.lezing,
        mostly_broken.kind as regelsoort,
        mostly_broken.beoordeeld,
        mostly_broken.gebroken
    from tables
    left join mostly_broken
        on tables.table_id = mostly_broken.table_id
    where mostly_broken.table_id is not null or tables.lezing in ('sommen', 'gevraagd')
)

select * from final
