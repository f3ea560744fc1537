-- One row per cell of an explanation: the cells that, freed, let a component hold, and what the others then imply.
with

suspects as (select * from {{ source('proof', 'suspects') }}),

cells as (select * from {{ ref('int_cells') }}),

final as (
    select
        suspects.component_id,
        suspects.set_no,
        suspects.set_size,
        suspects.cell_id,
        cells.document_id,
        cells.table_id,
        suspects.printed,
        suspects.implied_low,
        suspects.implied_high,
        suspects.rank,
        suspects.diagnosis,
        suspects.diagnosis_en,
        suspects.diagnosis_kind,
        cast(suspects.weight as decimal(18, 12)) as weight,
        suspects.sentence_nl,
        suspects.sentence_en
    from suspects
    left join cells
        on suspects.cell_id = cells.cell_id
)

select * from final
order by component_id, rank, cell_id
