-- One row per component, a set of numbers tied by sums: whether unrounded values exist that satisfy all of them.
with

certificates as (select * from {{ ref('stg_certificates') }}),

final as (
    select
        component_id,
        feasible,
        min_half_width,
        cells,
        rules,
        is_exact,
        solver_status,
        solver_version,
        search,
        explained_in_nl,
        explained_in_en,
        fingerprint,
        is_between_sources
    from certificates
)

select * from final
order by component_id
