-- One row per printed amount of lasten that is no total of others, in canonical euros; of a table published twice, the first.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_lasten'),

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
        beleidsterrein_id,
        beleidsterrein_code,
        beleidsterrein,
        taakveld_id,
        taakveld_code,
        kind as tabelsoort,
        indeling,
        groep,
        post,
        code,
        row_path,
        column_path,
        jaar,
        stand,
        bedrag_eur,
        is_laatste,
        is_hoofdindeling,
        is_placed,
        verifieerbaarheid,
        bestand,
        regel
    from numbers
)

select * from final
order by document_id, cell_id
