-- One row per thing that a document says in words and contradicts elsewhere, as a finding.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

labels as (select * from {{ ref('stg_labels') }}),

conventions as (select * from {{ ref('conventions') }}),

claims as (select * from {{ ref('claims') }}),

first_cells as (select * from {{ source('proof', 'claim_cells') }} where place = 1),

tables as (select * from {{ ref('stg_tables') }}),

cells as (select * from {{ ref('int_cells') }}),

documents as (select * from {{ ref('int_documents') }}),

getuigen as (select * from {{ ref('stg_getuigen') }}),

differing as (
    select
        document_id,
        code,
        soort,
        max(table_id) as table_id,
        min(woorden) as eerste_woorden,
        {{ ordered_listagg('woorden', ' / ') }} as alle_woorden
    from labels
    where code is not null
    group by document_id, code, soort
    having count(distinct woorden) > 1
),

differing_labels as (
    select
        'label_verschilt' as kind,
        document_id,
        table_id,
        cast(null as string) as cell_id,
        soort || '|' || code as natuurlijke_sleutel,
        'Dezelfde code ' || code || ' draagt verschillende woorden: ' || alle_woorden || '.' as message,
        'The same code ' || code || ' carries different words: ' || alle_woorden || '.' as message_en,
        'laag' as minste_severity,
        alle_woorden as getallen,
        cast(null as decimal(18, 2)) as amount_eur
    from differing
),

-- What the second publication repeats was said once.
repeated_tables as (
    select distinct
        table_id,
        eerste_table_id
    from getuigen
),

contradicted_captions as (
    select
        'opschrift_tegengesproken' as kind,
        conventions.document_id,
        conventions.table_id,
        cast(null as string) as cell_id,
        conventions.naam || '|' || tables.section || '|' || tables.caption as natuurlijke_sleutel,
        'Het opschrift zegt ' || coalesce('"' || conventions.declared || '"', 'iets anders') || ', de tabel zelf volgt: ' || conventions.keuze
        || '.' as message,
        'The caption says ' || coalesce('"' || conventions.declared || '"', 'otherwise') || ', the table itself follows: '
        || {{ keuze_in_english('conventions.keuze') }} || '.' as message_en,
        'middel' as minste_severity,
        conventions.keuze || '|' || coalesce(conventions.declared, '') as getallen,
        cast(null as decimal(18, 2)) as amount_eur
    from conventions
    inner join tables
        on conventions.table_id = tables.table_id
    left join repeated_tables
        on conventions.table_id = repeated_tables.table_id
    left join conventions as first_conventions
        on
            repeated_tables.eerste_table_id = first_conventions.table_id
            and conventions.naam = first_conventions.naam
            and first_conventions.is_contradicted
    where conventions.is_contradicted and first_conventions.table_id is null
),

failed_claims as (
    select
        'bewering_klopt_niet' as kind,
        claims.document_id,
        cells.table_id,
        cells.cell_id,
        claims.claim_id as natuurlijke_sleutel,
        'De tekst zegt ' || coalesce(claims.stated_text, '?') || ', de cijfers zeggen ' || coalesce(claims.computed_text, '?') || ': '
        || coalesce(claims.text_nl, '') as message,
        'The text says ' || coalesce({{ claimed_in_english('claims.stated_text') }}, '?') || ', the figures say '
        || coalesce({{ claimed_in_english('claims.computed_text') }}, '?') || ': '
        || coalesce(claims.text_en, '') as message_en,
        'middel' as minste_severity,
        coalesce(claims.stated_text, '') || '|' || coalesce(claims.computed_text, '') as getallen,
        -- How far the figures are from what the words allow.
        cast(
            case
                when claims.computed_high < claims.stated_low then claims.stated_low - claims.computed_high
                when claims.computed_low > claims.stated_high then claims.computed_low - claims.stated_high
            end as decimal(18, 2)
        ) as amount_eur
    from claims
    inner join documents
        on claims.document_id = documents.document_id
    left join first_cells
        on claims.document_id = first_cells.document_id and claims.claim_id = first_cells.claim_id
    left join cells
        on first_cells.cell_id = cells.cell_id
    left join claims as first_claims
        on
            documents.eerste_document_id = first_claims.document_id
            and claims.claim_id = first_claims.claim_id
            and first_claims.verdict = 'fails'
    where claims.verdict = 'fails' and first_claims.claim_id is null
),

final as (
    select * from differing_labels

    union all

    select * from contradicted_captions

    union all

    select * from failed_claims
)

select * from final
