-- One row per table, kant, jaar, stand and programma of amounts that stand in no view of main, beside those that count instead.
{{ config(materialized='per_document') }}
with

numbers as (
    select *
    from {{ changed(ref('int_numbers')) }}
    where bestemming in ('fct_lasten', 'fct_baten') and is_laatste
),

-- What counts of a programma, and of a year as a whole.
counted as (
    select
        document_id,
        kant,
        jaar,
        stand,
        sleutel,
        {{ sum_amount('bedrag_eur') }} as bedrag_eur,
        {{ sum_amount('afronding_eur') }} as afronding_eur,
        min(indeling) as indeling,
        min(caption) as caption,
        max(antwoord_indeling) as antwoord_indeling
    from numbers
    where is_hoofdindeling
    group by document_id, kant, jaar, stand, sleutel
),

counted_together as (
    select
        document_id,
        kant,
        jaar,
        stand,
        {{ sum_amount('bedrag_eur') }} as bedrag_eur,
        {{ sum_amount('afronding_eur') }} as afronding_eur,
        min(indeling) as indeling,
        min(caption) as caption,
        max(antwoord_indeling) as antwoord_indeling
    from counted
    group by document_id, kant, jaar, stand
),

-- What is passed over is compared with the same programma; where that does not count, all of the table with all that does.
keyed as (
    select
        numbers.*,
        counted.sleutel as getelde_sleutel
    from numbers
    left join counted
        on
            numbers.document_id = counted.document_id
            and numbers.kant = counted.kant
            and numbers.jaar = counted.jaar
            and numbers.stand = counted.stand
            and numbers.sleutel = counted.sleutel
            and numbers.sleutel <> ''
    where not numbers.is_hoofdindeling
),

passed_over as (
    select
        document_id,
        table_id,
        section,
        caption,
        kind,
        indeling,
        kant,
        jaar,
        stand,
        coalesce(getelde_sleutel, '') as sleutel,
        antwoord_indeling,
        {{ sum_amount('bedrag_eur') }} as bedrag_eur,
        {{ sum_amount('afronding_eur') }} as afronding_eur
    from keyed
    group by document_id, table_id, section, caption, kind, indeling, kant, jaar, stand, coalesce(getelde_sleutel, ''),
        antwoord_indeling
),

compared as (
    select
        passed_over.*,
        coalesce(counted.bedrag_eur, counted_together.bedrag_eur) as geteld_eur,
        coalesce(counted.caption, counted_together.caption) as geteld_caption,
        coalesce(counted.indeling, counted_together.indeling) as getelde_indeling,
        coalesce(counted.antwoord_indeling, counted_together.antwoord_indeling) as geteld_antwoord,
        passed_over.afronding_eur + coalesce(counted.afronding_eur, counted_together.afronding_eur) as marge_eur
    from passed_over
    inner join counted_together
        on
            passed_over.document_id = counted_together.document_id
            and passed_over.kant = counted_together.kant
            and passed_over.jaar = counted_together.jaar
            and passed_over.stand = counted_together.stand
    left join counted
        on
            passed_over.document_id = counted.document_id
            and passed_over.kant = counted.kant
            and passed_over.jaar = counted.jaar
            and passed_over.stand = counted.stand
            and passed_over.sleutel = counted.sleutel
            and passed_over.sleutel <> ''
),

final as (
    select
        document_id,
        table_id,
        section,
        caption,
        kind as tabelsoort,
        indeling,
        substr(kant, 5) as kant,
        jaar,
        stand,
        nullif(sleutel, '') as programma_sleutel,
        bedrag_eur,
        geteld_eur,
        geteld_caption,
        abs(bedrag_eur - geteld_eur) <= marge_eur as is_gelijk,
        -- Another cut may hold part of the money, never more than all of it. What a person answered is not asked again.
        case when indeling = getelde_indeling then abs(bedrag_eur - geteld_eur) else bedrag_eur - geteld_eur end > marge_eur
        and antwoord_indeling <> 'zelfde geld'
        and geteld_antwoord <> 'hoofdindeling' as is_gevraagd
    from compared
)

select * from final
order by document_id, table_id, kant, jaar, stand, programma_sleutel nulls first
