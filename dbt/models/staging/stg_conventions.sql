-- One row per choice about signs or directions in one table.
with

conventions as (select * from {{ source('landing', 'conventions') }}),

renamed as (
    select
        table_id,
        document_id,
        naam,
        keuze,
        bron,
        cast(hypotheses as int) as hypotheses,
        tried,
        cast(survived as int) as survived,
        declared,
        coalesce(is_contradicted, false) as is_contradicted
    from conventions
)

select * from renamed
