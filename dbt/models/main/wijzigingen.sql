-- One row per value that appeared, disappeared or changed between two published states.
with

wijzigingen as (select * from {{ ref('fct_wijzigingen') }}),

final as (
    select
        wijziging_id,
        state_no as stand_nummer,
        gewijzigd_op,
        soort,
        coalesce(gemeente, 'Onbekend') as gemeente,
        document_id,
        tabel,
        row_path as regel_als_gedrukt,
        column_path as kolom_als_gedrukt,
        oud,
        nieuw,
        oud_bedrag_eur,
        nieuw_bedrag_eur,
        verschil_eur,
        cell_id
    from wijzigingen
)

select * from final
