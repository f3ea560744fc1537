-- One row per sum that a document claims, or two publications of one table do together.
with

rules as (select * from {{ source('landing', 'rules') }}),

renamed as (
    select
        rule_id,
        document_id,
        kind,
        scope,
        description,
        description_en,
        coalesce(is_complete, true) as is_complete,
        coalesce(is_decisive, false) as is_decisive,
        diagnosis,
        diagnosis_en,
        slip,
        slip_en
    from rules
)

select * from renamed
