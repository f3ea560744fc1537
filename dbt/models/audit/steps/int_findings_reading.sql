-- One row per thing that could not be read or must be answered, and per second publication that has more, as a finding.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

rejects as (select * from {{ ref('rejects') }}),

documents as (select * from {{ ref('int_documents') }}),

gemeenten as (select distinct gemeentecode from {{ ref('gemeenten_per_jaar') }}),

unplaced_numbers as (select * from {{ ref('unplaced') }}),

getuigen as (select * from {{ ref('stg_getuigen') }}),

cells as {{ read_apart() }}(select * from {{ ref('int_cells') }} where getal is not null),

tables as (select * from {{ ref('stg_tables') }}),

questions as (
    select
        *,
        {{ hashed(['path', 'reason', 'key', 'text']) }} as natuurlijke_sleutel
    from rejects
    where kind = 'question'
),

-- The numbers that wait for an answer weigh what stands in the column that holds most: years are not added up, nor totals to their parts.
waiting_in_columns as (
    select
        rejects.document_id,
        rejects.key,
        cells.column_no,
        coalesce(
            {{ sum_amount("case when cells.rol = 'item' then abs(" ~ in_euros('cells.getal', 'cells.unit', '1') ~ ") end") }},
            {{ sum_amount("abs(" ~ in_euros('cells.getal', 'cells.unit', '1') ~ ")") }}
        ) as bedrag_eur
    from rejects
    inner join cells
        on
            rejects.table_id = cells.table_id
            and (rejects.is_whole_table or rejects.row_no = cells.row_no or rejects.column_no = cells.column_no)
    group by rejects.document_id, rejects.key, cells.column_no
),

waiting as (
    select
        document_id,
        key,
        max(bedrag_eur) as amount_eur
    from waiting_in_columns
    group by document_id, key
),

-- Of a total that fits no reading not the whole is in doubt, but what the nearest reading leaves.
differences as (
    select
        questions.document_id,
        questions.key,
        questions.natuurlijke_sleutel,
        max({{ in_euros('questions.verschil', 'tables.unit', '1') }}) as verschil_eur
    from questions
    inner join tables
        on questions.table_id = tables.table_id
    where questions.verschil is not null
    group by questions.document_id, questions.key, questions.natuurlijke_sleutel
),

unread as (
    select
        case rejects.kind when 'question' then 'vraag' else 'niet_gelezen' end as kind,
        rejects.document_id,
        tables.table_id,
        {{ hashed(['rejects.path', 'rejects.reason', 'rejects.key', 'rejects.text']) }} as natuurlijke_sleutel,
        coalesce(differences.verschil_eur, waiting.amount_eur) as amount_eur,
        coalesce(nullif(rejects.path, '') || coalesce(' regel ' || cast(rejects.line as string), '') || ': ', '')
        || rejects.reason || coalesce(' ("' || nullif(substr(rejects.text, 1, 80), '') || '")', '') || coalesce('. ' || rejects.toelichting, '') as message,
        coalesce(nullif(rejects.path, '') || coalesce(' line ' || cast(rejects.line as string), '') || ': ', '')
        || rejects.reason_en || coalesce(' ("' || nullif(substr(rejects.text, 1, 80), '') || '")', '') || coalesce('. ' || rejects.toelichting_en, '')
        as message_en,
        'middel' as minste_severity,
        {{ hashed(['rejects.path', 'rejects.reason', 'rejects.key', 'rejects.text']) }} || coalesce(rejects.toelichting, '') as getallen,
        -- What one file holds that was not read has one cause; a question is answered one by one.
        case rejects.kind when 'reject' then rejects.path end as groep
    from rejects
    left join tables
        on rejects.table_id = tables.table_id
    left join waiting
        on rejects.document_id = waiting.document_id and rejects.key = waiting.key and rejects.kind = 'question'
    left join differences
        on
            rejects.document_id = differences.document_id
            and rejects.key = differences.key
            and {{ hashed(['rejects.path', 'rejects.reason', 'rejects.key', 'rejects.text']) }} = differences.natuurlijke_sleutel
    where rejects.kind in ('reject', 'question')
),

unknown_codes as (
    select
        'gemeentecode_onbekend' as kind,
        documents.document_id,
        cast(null as string) as table_id,
        'gemeentecode' as natuurlijke_sleutel,
        cast(null as decimal(18, 2)) as amount_eur,
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
        cast(null as decimal(18, 2)) as amount_eur,
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

-- Whose total a number is, a question about its row or column asks already: what stays out of the facts follows from that question.
question_of_unplaced as (
    select
        unplaced_numbers.cell_id,
        min(questions.natuurlijke_sleutel) as vraag_sleutel
    from unplaced_numbers
    inner join cells
        on unplaced_numbers.cell_id = cells.cell_id
    inner join questions
        on
            cells.table_id = questions.table_id
            and (cells.row_no = questions.row_no or cells.column_no = questions.column_no)
    where unplaced_numbers.reden in ('heet_totaal', 'zonder_som', 'lijkt_totaal')
    group by unplaced_numbers.cell_id
),

unplaced_with_question as (
    select
        unplaced_numbers.*,
        question_of_unplaced.vraag_sleutel
    from unplaced_numbers
    left join question_of_unplaced
        on unplaced_numbers.cell_id = question_of_unplaced.cell_id
),

unplaced_in_columns as (
    select
        table_id,
        reden,
        vraag_sleutel,
        column_path,
        coalesce(
            {{ sum_amount("case when rol = 'item' then abs(bedrag_eur) end") }},
            {{ sum_amount('abs(bedrag_eur)') }}
        ) as bedrag_eur
    from unplaced_with_question
    group by table_id, reden, vraag_sleutel, column_path
),

weight_of_unplaced as (
    select
        table_id,
        reden,
        vraag_sleutel,
        max(bedrag_eur) as amount_eur,
        {{ ordered_listagg('column_path', ';') }} as kolommen
    from unplaced_in_columns
    group by table_id, reden, vraag_sleutel
),

-- What the reader asks already (the unit and the reading of a table) and what differs from a first publication have a finding of their own.

unplaced as (
    select
        'buiten_feiten' as kind,
        unplaced_with_question.document_id,
        unplaced_with_question.table_id,
        section || '|' || caption || '|' || unplaced_with_question.reden
        || coalesce('|' || unplaced_with_question.vraag_sleutel, '') as natuurlijke_sleutel,
        coalesce(min(differences.verschil_eur), min(weight_of_unplaced.amount_eur)) as amount_eur,
        cast(count(*) as string) || ' getallen van "' || coalesce(nullif(caption, ''), tabelsoort) || '" staan buiten de feiten, zoals "'
        || min(row_path) || '" (' || min(column_path) || '): ' || min(vraag) as message,
        cast(count(*) as string) || ' numbers of "' || coalesce(nullif(caption, ''), tabelsoort) || '" stay out of the facts, such as "'
        || min(row_path) || '" (' || min(column_path) || '): ' || min(vraag_en) as message_en,
        case when unplaced_with_question.reden in ('heet_totaal', 'lijkt_totaal', 'dubbele_kolom', 'te_groot') then 'middel' else 'laag' end as minste_severity,
        {{ ordered_listagg("row_path || '|' || column_path || '=' || coalesce(text, '')", ';') }} as getallen,
        -- What columns do not say is one question, however many tables of the document have those columns.
        coalesce(
            unplaced_with_question.vraag_sleutel,
            case
                when unplaced_with_question.reden in ('stand_onbekend', 'jaar_onbekend')
                    then unplaced_with_question.reden || '|' || min(weight_of_unplaced.kolommen)
            end
        ) as groep
    from unplaced_with_question
    left join weight_of_unplaced
        on
            unplaced_with_question.table_id = weight_of_unplaced.table_id
            and unplaced_with_question.reden = weight_of_unplaced.reden
            and unplaced_with_question.vraag_sleutel is not distinct from weight_of_unplaced.vraag_sleutel
    left join differences
        on
            unplaced_with_question.document_id = differences.document_id
            and unplaced_with_question.vraag_sleutel = differences.natuurlijke_sleutel
    where unplaced_with_question.reden not in ('lezing_gevraagd', 'eenheid_onbekend', 'tweede_publicatie')
    group by
        unplaced_with_question.document_id, unplaced_with_question.table_id, section, caption, tabelsoort, unplaced_with_question.reden,
        unplaced_with_question.vraag_sleutel
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
