-- One row per cell of a table that was published a second time: the cell of the first publication that it repeats, if any.
{{ config(materialized='per_document', tags=['voor_bewijs']) }}
with

documents as (select * from {{ changed(ref('int_documents')) }} where eerste_document_id is not null),

-- Equal paths in one table are told apart by their order in it.
cells as (
    select
        cell_id,
        table_id,
        document_id,
        table_no,
        caption,
        unit,
        decimals,
        sign,
        getal,
        {{ same_words('row_path') }} as rij,
        {{ same_words('column_path') }} as kolom,
        row_number() over (
            partition by table_id, {{ same_words('row_path') }}, {{ same_words('column_path') }}
            order by row_no, column_no, occurrence
        ) as volgnummer
    from {{ changed(ref('int_cells')) }}
    where not is_gevraagd
),

seconds as (
    select
        cells.*,
        documents.eerste_document_id
    from cells
    inner join documents
        on cells.document_id = documents.document_id
),

firsts as (
    select cells.*
    from cells
    inner join (select distinct eerste_document_id from documents) as first_documents
        on cells.document_id = first_documents.eerste_document_id
),

pairs as (
    select
        seconds.cell_id,
        seconds.document_id,
        seconds.table_id,
        seconds.table_no,
        seconds.caption,
        firsts.cell_id as eerste_cell_id,
        firsts.table_id as eerste_table_id,
        firsts.table_no as eerste_table_no,
        firsts.caption as eerste_caption
    from seconds
    inner join firsts
        on
            seconds.eerste_document_id = firsts.document_id
            and seconds.rij = firsts.rij
            and seconds.kolom = firsts.kolom
            and seconds.volgnummer = firsts.volgnummer
),

sizes as (
    select
        table_id,
        count(*) as cellen
    from cells
    group by table_id
),

-- Two tables are the same table when most of their cells stand at the same paths; each has at most one partner.
candidates as (
    select
        pairs.document_id,
        pairs.table_id,
        pairs.table_no,
        pairs.eerste_table_id,
        pairs.eerste_table_no,
        count(*) as gelijk,
        max(case when {{ same_words('pairs.caption') }} = {{ same_words('pairs.eerste_caption') }} then 1 else 0 end) as zelfde_opschrift
    from pairs
    inner join sizes
        on pairs.table_id = sizes.table_id
    group by pairs.document_id, pairs.table_id, pairs.table_no, pairs.eerste_table_id, pairs.eerste_table_no, sizes.cellen
    having count(*) * 2 > sizes.cellen
),

ranked as (
    select
        table_id,
        eerste_table_id,
        row_number() over (
            partition by table_id
            order by gelijk desc, zelfde_opschrift desc, abs(table_no - eerste_table_no), eerste_table_no
        ) as keuze_van_tweede,
        row_number() over (
            partition by eerste_table_id, document_id
            order by gelijk desc, zelfde_opschrift desc, abs(table_no - eerste_table_no), table_no
        ) as keuze_van_eerste
    from candidates
),

partners as (
    select
        table_id,
        eerste_table_id
    from ranked
    where keuze_van_tweede = 1 and keuze_van_eerste = 1
),

repeated as (
    select
        seconds.cell_id,
        seconds.table_id,
        seconds.document_id,
        partners.eerste_table_id,
        firsts.cell_id as eerste_cell_id,
        coalesce(firsts.getal is not null and seconds.getal is not null, false) as is_vergelijkbaar,
        coalesce(
            (seconds.unit = firsts.unit or (seconds.unit is null and firsts.unit is null))
            and seconds.decimals = firsts.decimals
            and seconds.sign = firsts.sign,
            false
        ) as is_zelfde_schrijfwijze
    from seconds
    inner join partners
        on seconds.table_id = partners.table_id
    left join firsts
        on
            partners.eerste_table_id = firsts.table_id
            and seconds.rij = firsts.rij
            and seconds.kolom = firsts.kolom
            and seconds.volgnummer = firsts.volgnummer
),

final as (
    select
        cell_id,
        table_id,
        document_id,
        eerste_cell_id,
        eerste_table_id,
        is_vergelijkbaar,
        -- The same figure printed twice in the same way must be the same figure.
        case
            when is_vergelijkbaar and is_zelfde_schrijfwijze
                then document_id || '/g' || substr(md5(eerste_cell_id || '|' || cell_id), 1, 12)
        end as rule_id
    from repeated
)

select * from final
order by document_id, cell_id
