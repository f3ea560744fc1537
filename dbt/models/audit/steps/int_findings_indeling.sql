-- One row per table and side whose amounts stay out of the front door although they may be other money than what counts.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

passed_over as (
    select
        niet_meegeteld.*,
        coalesce(nullif(caption, ''), tabelsoort) as opschrift,
        coalesce(nullif(geteld_caption, ''), 'een andere tabel') as geteld_in,
        coalesce(nullif(geteld_caption, ''), 'another table') as geteld_in_en,
        cast(jaar as string) || ' (' || stand || ')' as wanneer
    from {{ ref('niet_meegeteld') }} as niet_meegeteld
    where is_gevraagd
),

final as (
    select
        'indeling_onzeker' as kind,
        document_id,
        table_id,
        section || '|' || caption || '|' || kant as natuurlijke_sleutel,
        max(abs(bedrag_eur)) as amount_eur,
        'De ' || kant || ' van "' || opschrift || '" tellen niet mee naast "' || min(geteld_in)
        || '": het kan hetzelfde geld zijn, maar de bedragen verschillen, zoals in ' || min(wanneer) || ' '
        || {{ dutch_number('min_by(bedrag_eur, wanneer)') }} || ' tegen ' || {{ dutch_number('min_by(geteld_eur, wanneer)') }}
        || ' euro. Antwoord in document.yml onder antwoorden: "' || substr(table_id, length(document_id) + 2)
        || '.indeling": zelfde geld, ander geld of hoofdindeling.' as message,
        'The ' || kant || ' of "' || opschrift || '" do not count beside "' || min(geteld_in_en)
        || '": they may be the same money, but the amounts differ, as in ' || min(wanneer) || ' '
        || {{ english_number('min_by(bedrag_eur, wanneer)') }} || ' against ' || {{ english_number('min_by(geteld_eur, wanneer)') }}
        || ' euros. Answer in document.yml under antwoorden: "' || substr(table_id, length(document_id) + 2)
        || '.indeling": zelfde geld (the same), ander geld (other money) or hoofdindeling (this table leads).' as message_en,
        'middel' as minste_severity,
        {{ ordered_listagg("wanneer || '=' || cast(bedrag_eur as string) || '/' || cast(geteld_eur as string)", ';') }} as getallen,
        cast(null as string) as groep
    from passed_over
    group by document_id, table_id, section, caption, opschrift, kant
)

select * from final
