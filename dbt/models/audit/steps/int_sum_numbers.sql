-- One row per number that a sum may hold: a printed value, or a figure of Iv3.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

cells as (select * from {{ ref('int_cells') }}),

iv3_cijfers as (select * from {{ ref('iv3_cijfers') }}),

final as (
    select
        cell_id,
        document_id,
        getal,
        cast(halve_eenheid as decimal(24, 6)) as halve_eenheid,
        unit,
        bedrag_eur
    from cells

    union all

    select
        cell_id,
        document_id,
        getal,
        halve_eenheid,
        'EUR_1000' as unit,
        bedrag_eur
    from iv3_cijfers
)

select * from final
