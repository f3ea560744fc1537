-- One row per printed total, balance or difference.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_gepubliceerde_totalen'),

final as (
    select
        {{ getal_en_waarover() }},
        taakveld_id,
        taakveld_code,
        reserve,
        kind as tabelsoort,
        {{ post_in_tabel() }},
        grootheid,
        rol,
        reden,
        rule_id,
        jaar,
        stand,
        getal as waarde,
        unit as eenheid,
        bedrag_eur,
        is_placed,
        {{ waar_gedrukt() }}
    from numbers
)

select * from final
order by document_id, cell_id
