-- One row per value that appeared, disappeared or changed between two published states.
{{ config(materialized='per_document') }}
with

cell_versions as (select * from {{ changed(source('history', 'cell_versions')) }}),

states as (select * from {{ source('history', 'states') }}),

document_versions as (select * from {{ changed(source('history', 'document_versions')) }}),

-- What came in the first state of all is no change.
changing_states as (
    select
        state_no,
        run_id,
        known_from
    from states
    where state_no > (select min(state_no) from states)
),

versions as (
    select
        cell_versions.*,
        coalesce(text, '') as tekst,
        ' [' || coalesce(unit, '') || '|' || coalesce(eenheid, '') || '|' || coalesce(comparator, '') || '|' || cast(sign as string)
        || '|' || coalesce(grootheid, '') || '|' || coalesce(stand, '') || '|' || coalesce(cast(jaar as string), '') || ']' as gelezen_als,
        {{ in_euros('value', 'unit', 'sign') }} as bedrag_eur
    from cell_versions
),

opened as (
    select
        versions.*,
        changing_states.state_no,
        changing_states.run_id,
        changing_states.known_from
    from versions
    inner join changing_states
        on versions.state_from = changing_states.state_no
),

closed as (
    select
        versions.*,
        changing_states.state_no,
        changing_states.run_id,
        changing_states.known_from
    from versions
    inner join changing_states
        on versions.state_to = changing_states.state_no
),

paired as (
    select
        coalesce(opened.cell_key, closed.cell_key) as cell_key,
        coalesce(opened.state_no, closed.state_no) as state_no,
        coalesce(opened.run_id, closed.run_id) as run_id,
        coalesce(opened.known_from, closed.known_from) as gewijzigd_op,
        case when closed.cell_key is null then 'verschenen' when opened.cell_key is null then 'verdwenen' else 'gewijzigd' end as soort,
        coalesce(opened.document_id, closed.document_id) as document_id,
        coalesce(opened.bron, closed.bron) as bron,
        coalesce(opened.table_key, closed.table_key) as tabel,
        coalesce(opened.row_path, closed.row_path) as row_path,
        coalesce(opened.column_path, closed.column_path) as column_path,
        coalesce(opened.cell_id, closed.cell_id) as cell_id,
        -- Where the printed text is the same, the reading of it changed: unit, sign, quantity, stand or year.
        case when closed.tekst = opened.tekst then closed.tekst || closed.gelezen_als else closed.tekst end as oud,
        case when closed.tekst = opened.tekst then opened.tekst || opened.gelezen_als else opened.tekst end as nieuw,
        closed.value as oude_waarde,
        opened.value as nieuwe_waarde,
        closed.bedrag_eur as oud_bedrag_eur,
        opened.bedrag_eur as nieuw_bedrag_eur
    from opened
    full outer join closed
        on opened.cell_key = closed.cell_key and opened.state_no = closed.state_no
),

gemeenten as (
    select
        document_id,
        max_by(gemeente, state_from) as gemeente
    from document_versions
    group by document_id
),

final as (
    select
        {{ hashed(['paired.cell_key', 'paired.state_no']) }} as wijziging_id,
        paired.state_no,
        paired.run_id,
        paired.gewijzigd_op,
        paired.soort,
        paired.document_id,
        gemeenten.gemeente,
        paired.bron,
        paired.tabel,
        paired.row_path,
        paired.column_path,
        paired.cell_id,
        paired.oud,
        paired.nieuw,
        paired.oude_waarde,
        paired.nieuwe_waarde,
        paired.oud_bedrag_eur,
        paired.nieuw_bedrag_eur,
        cast(coalesce(paired.nieuw_bedrag_eur, 0) - coalesce(paired.oud_bedrag_eur, 0) as decimal(18, 2)) as verschil_eur
    from paired
    left join gemeenten
        on paired.document_id = gemeenten.document_id
    where paired.oud is distinct from paired.nieuw
)

select * from final
order by state_no, document_id, wijziging_id
