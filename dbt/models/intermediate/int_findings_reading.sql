-- One row per thing that could not be read or must be answered, and per second publication that has more, as a finding.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

rejects as (select * from {{ ref('rejects') }}),

documents as (select * from {{ ref('int_documents') }}),

gemeenten as (select distinct gemeentecode from {{ ref('gemeenten_per_jaar') }}),

unplaced_numbers as (select * from {{ ref('unplaced') }}),

getuigen as (select * from {{ ref('int_getuigen') }}),

cells as (select * from {{ ref('int_cells') }} where getal is not null),

unread as (
    select
        case kind when 'question' then 'vraag' else 'niet_gelezen' end as kind,
        document_id,
        cast(null as string) as table_id,
        {{ hashed(['path', 'reason', 'key', 'text']) }} as natuurlijke_sleutel,
        coalesce(nullif(path, '') || coalesce(' regel ' || cast(line as string), '') || ': ', '')
        || reason || coalesce(' ("' || nullif(substr(text, 1, 80), '') || '")', '') as message,
        coalesce(nullif(path, '') || coalesce(' line ' || cast(line as string), '') || ': ', '')
        || reason_en || coalesce(' ("' || nullif(substr(text, 1, 80), '') || '")', '') as message_en,
        'middel' as minste_severity,
        {{ hashed(['path', 'reason', 'key', 'text']) }} as getallen,
        -- What one file holds that was not read has one cause; a question is answered one by one.
        case kind when 'reject' then path end as groep
    from rejects
    where kind in ('reject', 'question')
),

unknown_codes as (
    select
        'gemeentecode_onbekend' as kind,
        documents.document_id,
        cast(null as string) as table_id,
        'gemeentecode' as natuurlijke_sleutel,
        case
            when documents.mogelijke_gemeentecodes is not null
                then 'Er zijn twee gemeenten ' || documents.gemeente || ' (' || documents.mogelijke_gemeentecodes
                || '): welke het is, moet in document.yml staan.'
            when documents.gemeentecode is null
                then 'De code van de gemeente ' || documents.gemeente || ' staat niet in document.yml.'
            else 'De code ' || documents.gemeentecode || ' staat niet op de lijst van gemeenten van het CBS.'
        end as message,
        case
            when documents.mogelijke_gemeentecodes is not null
                then 'There are two municipalities ' || documents.gemeente || ' (' || documents.mogelijke_gemeentecodes
                || '): document.yml must say which.'
            when documents.gemeentecode is null
                then 'The code of the municipality ' || documents.gemeente || ' is not in document.yml.'
            else 'The code ' || documents.gemeentecode || ' is not on the list of municipalities of Statistics Netherlands.'
        end as message_en,
        'laag' as minste_severity,
        coalesce(documents.gemeentecode, '') as getallen,
        cast(null as string) as groep
    from documents
    left join gemeenten
        on documents.gemeentecode = gemeenten.gemeentecode
    where gemeenten.gemeentecode is null
),

unmatched_seconds as (
    select
        'tweede_publicatie_wijkt_af' as kind,
        cells.document_id,
        cells.table_id,
        cells.section || '|' || cells.caption as natuurlijke_sleutel,
        cast(count(*) as string) || ' getallen van deze tabel staan niet zo in de eerste publicatie.' as message,
        cast(count(*) as string) || ' numbers of this table are not printed like that in the first publication.' as message_en,
        'laag' as minste_severity,
        {{ ordered_listagg("cells.natuurlijke_sleutel || '=' || coalesce(cells.text, '')", ';') }} as getallen,
        cast(null as string) as groep
    from cells
    inner join getuigen
        on cells.cell_id = getuigen.cell_id
    where getuigen.rule_id is null
    group by cells.document_id, cells.table_id, cells.section, cells.caption
),

-- What the reader asks already (the unit and the reading of a table) and what differs from a first publication have a finding of their own.
unplaced as (
    select
        'buiten_feiten' as kind,
        document_id,
        table_id,
        section || '|' || caption || '|' || reden as natuurlijke_sleutel,
        cast(count(*) as string) || ' getallen van "' || coalesce(nullif(caption, ''), tabelsoort) || '" staan buiten de feiten, zoals "'
        || min(row_path) || '" (' || min(column_path) || '): ' || min(vraag) as message,
        cast(count(*) as string) || ' numbers of "' || coalesce(nullif(caption, ''), tabelsoort) || '" stay out of the facts, such as "'
        || min(row_path) || '" (' || min(column_path) || '): ' || min(vraag_en) as message_en,
        case when reden in ('heet_totaal', 'lijkt_totaal', 'te_groot') then 'middel' else 'laag' end as minste_severity,
        {{ ordered_listagg("row_path || '|' || column_path || '=' || coalesce(text, '')", ';') }} as getallen,
        cast(null as string) as groep
    from unplaced_numbers
    where reden not in ('lezing_gevraagd', 'eenheid_onbekend', 'tweede_publicatie')
    group by document_id, table_id, section, caption, tabelsoort, reden
),

final as (
    select * from unread

    union all

    select * from unknown_codes

    union all

    select * from unmatched_seconds

    union all

    select * from unplaced
)

select * from final
