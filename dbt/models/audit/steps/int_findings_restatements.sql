-- One row per programma and year whose accounts (rekening) differ between two documents, as a finding.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

numbers as (
    select
        *,
        row_number() over (
            partition by document_id, eerder_document_id, programma_sleutel, jaar
            order by abs(verschil_eur) desc, cell_id
        ) as volgnummer
    from {{ ref('int_restated_numbers') }}
),

changed as (
    select
        document_id,
        eerder_document_id,
        programma,
        programma_sleutel,
        jaar,
        max(case when volgnummer = 1 then table_id end) as table_id,
        max(case when volgnummer = 1 then cell_id end) as cell_id,
        max(case when volgnummer = 1 then eerder_cell_id end) as eerder_cell_id,
        natuurlijke_sleutel,
        cast(max(abs(verschil_eur)) as decimal(18, 2)) as amount_eur,
        cast(count(*) as int) as aantal,
        min(is_totaal) as is_enkel_totaal,
        case
            when count(*) = count(weer_als_document_id) and min(weer_als_document_id) = max(weer_als_document_id)
                then min(weer_als_document_id)
        end as weer_als_document_id,
        {{ ordered_listagg("rij || '=' || cast(bedrag_eur as string) || '/' || cast(eerder_bedrag_eur as string)", ';') }} as getallen
    from numbers
    group by document_id, eerder_document_id, programma, programma_sleutel, jaar, natuurlijke_sleutel
),

-- What changed in each programma: its rows, or its total where none of them did.
changed_programmas as (
    select
        document_id,
        eerder_document_id,
        programma_sleutel,
        jaar,
        grootheid,
        coalesce(
            sum(case when is_totaal = 0 then verschil_eur end),
            case when max(verschil_eur) + min(verschil_eur) > 0 then max(verschil_eur) else min(verschil_eur) end
        ) as verschil_eur,
        sum(afronding_eur) as afronding_eur
    from numbers
    where programma_sleutel <> ''
    group by document_id, eerder_document_id, programma_sleutel, jaar, grootheid
),

changed_together as (
    select
        document_id,
        eerder_document_id,
        jaar,
        grootheid,
        sum(verschil_eur) as verschil_eur,
        sum(afronding_eur) as afronding_eur
    from changed_programmas
    group by document_id, eerder_document_id, jaar, grootheid
),

unexplained_totals as (
    select distinct
        numbers.document_id,
        numbers.eerder_document_id,
        numbers.jaar
    from numbers
    left join changed_together
        on
            numbers.document_id = changed_together.document_id
            and numbers.eerder_document_id = changed_together.eerder_document_id
            and numbers.jaar = changed_together.jaar
            and numbers.grootheid = changed_together.grootheid
    where
        numbers.programma_sleutel = ''
        and (
            changed_together.verschil_eur is null
            or abs(abs(numbers.verschil_eur) - abs(changed_together.verschil_eur)) > changed_together.afronding_eur + numbers.afronding_eur
        )
),

largest_programmas as (
    select
        document_id,
        eerder_document_id,
        jaar,
        programma_sleutel
    from changed
    where programma_sleutel <> ''
    qualify row_number() over (partition by document_id, eerder_document_id, jaar order by amount_eur desc, programma_sleutel) = 1
),

-- A total of all programmas that changed as much as they did together says nothing of its own. Nor does what is printed again
-- as it was before the earlier document: it is that document which differs.
following as (
    select
        changed.*,
        between_them.document_id as afwijkend_document_id,
        case when changed.is_enkel_totaal = 1 and changed.programma_sleutel = '' and unexplained_totals.document_id is null
            then largest_programmas.programma_sleutel
        end as volgt_programma
    from changed
    left join largest_programmas
        on
            changed.document_id = largest_programmas.document_id
            and changed.eerder_document_id = largest_programmas.eerder_document_id
            and changed.jaar = largest_programmas.jaar
    left join unexplained_totals
        on
            changed.document_id = unexplained_totals.document_id
            and changed.eerder_document_id = unexplained_totals.eerder_document_id
            and changed.jaar = unexplained_totals.jaar
    left join changed as between_them
        on
            changed.eerder_document_id = between_them.document_id
            and changed.weer_als_document_id = between_them.eerder_document_id
            and changed.programma_sleutel = between_them.programma_sleutel
            and changed.jaar = between_them.jaar
            and between_them.weer_als_document_id is null
),

final as (
    select
        'herrubricering' as kind,
        document_id,
        table_id,
        cell_id,
        eerder_cell_id,
        natuurlijke_sleutel,
        coalesce(afwijkend_document_id, document_id) as volgt_document_id,
        case
            when afwijkend_document_id is not null then {{ restatement('programma_sleutel', 'jaar', 'weer_als_document_id') }}
            else {{ restatement('volgt_programma', 'jaar', 'eerder_document_id') }}
        end as volgt_sleutel,
        case when volgt_programma is null and afwijkend_document_id is null then amount_eur end as amount_eur,
        'De rekening ' || cast(jaar as string) || coalesce(' van programma ' || programma, '') || ' staat hier met ' || cast(aantal as string)
        || case when aantal = 1 then ' ander bedrag' else ' andere bedragen' end || ' dan in ' || eerder_document_id || '; het grootste verschil is ' || {{ dutch_number('following.amount_eur') }} || ' euro.'
        || case when afwijkend_document_id is null then '' else ' Hier staat weer wat in ' || weer_als_document_id || ' stond.' end as message,
        'The accounts of ' || cast(jaar as string) || coalesce(', programme ' || programma || ',', '') || ' are printed here with ' || cast(aantal as string)
        || case when aantal = 1 then ' amount' else ' amounts' end || ' other than in ' || eerder_document_id || '; the largest difference is ' || {{ english_number('following.amount_eur') }} || ' euros.'
        || case when afwijkend_document_id is null then '' else ' Here stands again what stood in ' || weer_als_document_id || '.' end as message_en,
        'laag' as minste_severity,
        getallen
    from following
)

select * from final
