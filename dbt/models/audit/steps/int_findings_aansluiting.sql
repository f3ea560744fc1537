-- One row per number of a document that Iv3 says otherwise, and per table whose lasten and baten differ from Iv3 by one shift.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

aansluiting as (select * from {{ ref('iv3_aansluiting') }}),

cells as (select * from {{ ref('int_cells') }}),

placed as (
    select
        aansluiting.*,
        aansluiting.soort || '|' || aansluiting.verslagsoort || '|' || cells.natuurlijke_sleutel as natuurlijke_sleutel,
        cast(aansluiting.document_eur as string) || '/' || cast(aansluiting.iv3_eur as string) || '/'
        || coalesce(cast(aansluiting.verschuiving_eur as string), '') as getallen,
        aansluiting.bron_document_id || '/' || aansluiting.bestand
        || coalesce(', regel ' || cast(aansluiting.regel as string), '') as plaats,
        aansluiting.bron_document_id || '/' || aansluiting.bestand
        || coalesce(', line ' || cast(aansluiting.regel as string), '') as plaats_en
    from aansluiting
    inner join cells
        on aansluiting.cell_id = cells.cell_id
),

final as (
    select
        'wijkt_af_van_iv3' as kind,
        document_id,
        table_id,
        cell_id,
        rule_id,
        natuurlijke_sleutel,
        cast(abs(verschil_eur) as decimal(18, 2)) as amount_eur,
        'Het stuk (' || document_id || ') en Iv3 (' || plaats || ') verschillen: ' || description || '. In het stuk EUR '
        || {{ printed_number('document_eur') }} || ', volgens Iv3 EUR ' || {{ printed_number('iv3_eur') }} || '; afronding verklaart hoogstens EUR '
        || {{ printed_number('tolerantie_eur') }} || '. Wie gelijk heeft is hieruit niet te zeggen.' as message,
        'The document (' || document_id || ') and Iv3 (' || plaats_en || ') differ: ' || description_en || '. In the document EUR '
        || {{ printed_number_in_english('document_eur') }} || ', by Iv3 EUR ' || {{ printed_number_in_english('iv3_eur') }}
        || '; rounding explains at most EUR ' || {{ printed_number_in_english('tolerantie_eur') }}
        || '. Which of the two is right does not follow from this.' as message_en,
        'middel' as minste_severity,
        getallen,
        'iv3 ' || verslagsoort as groep
    from placed
    where verdict = 'break'

    union all

    -- Nothing is wrong with it, so that it weighs no euros.
    select
        'anders_gesaldeerd_dan_iv3' as kind,
        document_id,
        table_id,
        cell_id,
        rule_id,
        natuurlijke_sleutel,
        cast(null as decimal(18, 2)) as amount_eur,
        'Lasten en baten staan in het stuk (' || document_id || ') beide EUR ' || {{ printed_number('abs(verschuiving_eur)') }}
        || case when verschuiving_eur > 0 then ' hoger' else ' lager' end || ' dan in Iv3 ' || verslagsoort || ' (' || plaats
        || '): een van de twee saldeert wat de ander bruto telt. Het saldo is hetzelfde.' as message,
        'Lasten and baten are both EUR ' || {{ printed_number_in_english('abs(verschuiving_eur)') }}
        || case when verschuiving_eur > 0 then ' higher' else ' lower' end || ' in the document (' || document_id || ') than in Iv3 ' || verslagsoort
        || ' (' || plaats_en || '): one of the two nets what the other counts gross. The balance is the same.' as message_en,
        'laag' as minste_severity,
        getallen,
        'iv3 ' || verslagsoort as groep
    from placed
    where verdict <> 'break' and is_verschoven
)

select * from final
