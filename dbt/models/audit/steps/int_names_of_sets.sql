-- One row per number of a set of sums that cannot hold, with what the cause is called where the set is called after that number.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

certificates as (select * from {{ ref('certificates') }} where not feasible),

verifiability as (select * from {{ ref('verifiability') }}),

cells as (select * from {{ ref('int_cells') }}),

numbers as (
    select
        verifiability.component_id,
        {{ hashed(["'sommen_sluiten_niet_samen'", "''", 'cells.natuurlijke_sleutel', "''"]) }} as finding_id
    from certificates
    inner join verifiability
        on certificates.component_id = verifiability.component_id
    inner join cells
        on verifiability.cell_id = cells.cell_id
),

final as (
    select
        component_id,
        {{ hashed(["'geheel|' || finding_id"]) }} as cause_id
    from numbers
)

select * from final
