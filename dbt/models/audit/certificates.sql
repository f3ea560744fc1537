-- One row per component, a set of numbers tied by sums: whether unrounded values exist that satisfy all of them.
with

certificates as (select * from {{ ref('stg_certificates') }})

select * from certificates
order by component_id
