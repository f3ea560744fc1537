-- One row per thing that a document says in words and contradicts elsewhere, as a finding.
{{ config(materialized='ephemeral') }}
with

labels as (select * from {{ ref('stg_labels') }}),

conventions as (select * from {{ ref('conventions') }}),

claims as (select * from {{ ref('claims') }}),

tables as (select * from {{ ref('stg_tables') }}),

-- What is left of a label when the word for its level and its code are taken off.
words_of_labels as (
    select
        document_id,
        table_id,
        code,
        soort,
        label,
        lower(trim({{ strip_pattern(
            strip_pattern('label', '^([Dd]oel|[Pp]restatie|[Ii]ndicator|[Bb]eleidss?terrein|[Pp]rogramma|[Tt]aakveld) +'),
            '^[0-9]+[A-Za-z0-9.]*[.:]? +|[*]+$'
        ) }})) as woorden
    from labels
    where code is not null
),

differing as (
    select
        document_id,
        code,
        soort,
        max(table_id) as table_id,
        min(woorden) as eerste_woorden,
        {{ ordered_listagg('woorden', ' / ') }} as alle_woorden
    from words_of_labels
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
        alle_woorden as getallen
    from differing
),

contradicted_captions as (
    select
        'opschrift_tegengesproken' as kind,
        conventions.document_id,
        conventions.table_id,
        cast(null as string) as cell_id,
        conventions.naam || '|' || tables.section || '|' || tables.caption as natuurlijke_sleutel,
        'Het opschrift zegt ' || coalesce('"' || conventions.declared || '"', 'iets anders') || ', de tabel zelf volgt ' || conventions.keuze
        || ' (' || conventions.naam || ').' as message,
        'The caption says ' || coalesce('"' || conventions.declared || '"', 'otherwise') || ', the table itself follows ' || conventions.keuze
        || ' (' || conventions.naam || ').' as message_en,
        'middel' as minste_severity,
        conventions.keuze || '|' || coalesce(conventions.declared, '') as getallen
    from conventions
    inner join tables
        on conventions.table_id = tables.table_id
    where conventions.is_contradicted
),

failed_claims as (
    select
        'bewering_klopt_niet' as kind,
        document_id,
        cast(null as string) as table_id,
        cast(null as string) as cell_id,
        claim_id as natuurlijke_sleutel,
        'De tekst zegt ' || coalesce(stated_text, '?') || ', de cijfers zeggen ' || coalesce(computed_text, '?') || ': '
        || coalesce(text_nl, '') as message,
        'The text says ' || coalesce(stated_text, '?') || ', the figures say ' || coalesce(computed_text, '?') || ': '
        || coalesce(text_en, '') as message_en,
        'middel' as minste_severity,
        coalesce(stated_text, '') || '|' || coalesce(computed_text, '') as getallen
    from claims
    where verdict = 'fails'
),

final as (
    select * from differing_labels

    union all

    select * from contradicted_captions

    union all

    select * from failed_claims
)

select * from final
