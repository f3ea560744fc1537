-- One row per finding that a person has looked at and accepted.
with

acceptances as (select * from {{ source('landing', 'acceptances') }}),

renamed as (
    select
        document_id,
        finding_id,
        fingerprint,
        wie,
        cast(wanneer as date) as wanneer,
        waarom,
        cast(tot as date) as tot
    from acceptances
)

select * from renamed
