-- One row per cell of a table that was published a second time: the cell of the first publication that it repeats, if any.
with

getuigen as (select * from {{ source('landing', 'getuigen') }}),

final as (
    select
        cell_id,
        table_id,
        document_id,
        eerste_cell_id,
        eerste_table_id,
        is_vergelijkbaar,
        rule_id
    from getuigen
)

select * from final
