-- One row per choice about signs or directions in one table: what was chosen, from what, and whether the caption disagrees.
with

conventions as (select * from {{ ref('stg_conventions') }}),

final as (
    select
        document_id,
        table_id,
        naam,
        keuze,
        bron,
        hypotheses,
        tried,
        survived,
        survived > 1 as is_ambiguous,
        declared,
        is_contradicted
    from conventions
)

select * from final
order by table_id, naam
