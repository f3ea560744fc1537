-- One row per printed number that is in no other fact: totals, balances, differences, and amounts that have no fact.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_gepubliceerde_totalen'),

final as (
    select
        cell_id,
        document_id,
        table_id,
        gemeente_id,
        gemeente,
        programma_id,
        programma,
        programma_naam,
        beleidsterrein_code,
        beleidsterrein,
        taakveld_code,
        reserve,
        kind as tabelsoort,
        row_path,
        column_path,
        grootheid,
        rol,
        reden,
        jaar,
        stand,
        getal as waarde,
        unit as eenheid,
        bedrag_eur,
        is_placed,
        verifieerbaarheid
    from numbers
)

select * from final
order by document_id, cell_id
