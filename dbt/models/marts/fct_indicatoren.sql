-- One row per printed value of an indicator: realised, target or benchmark, with its year.
{{ config(materialized='per_document') }}
with

indicatoren as (select * from {{ changed(ref('int_indicatoren')) }}),

final as (
    select
        {{ getal_en_waarover() }},
        doel_code,
        indicator_id,
        indicator_code,
        indicator,
        soort,
        jaar,
        getal as waarde,
        eenheid_indicator as eenheid,
        comparator,
        is_laatste,
        bron,
        noot,
        groep,
        post,
        row_path,
        column_path,
        {{ waar_gedrukt() }}
    from indicatoren
)

select * from final
order by document_id, cell_id
