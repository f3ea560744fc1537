-- One row per gemeente and kind of document of which publications that were due are not here, as a finding.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

documents as (select * from {{ ref('int_documents') }}),

kalender as (select * from {{ ref('kalender') }}),

today as (select {{ vandaag() }} as vandaag),

-- The year of the latest document that was due: begroting 2027 by 15 November 2026, jaarstukken 2025 by 15 July 2026.
due as (
    select
        kalender.soort,
        kalender.uiterste_dag,
        kalender.uiterste_maand,
        cast(
            extract(year from today.vandaag)
            - case
                when
                    extract(month from today.vandaag) * 100 + extract(day from today.vandaag)
                    >= kalender.uiterste_maand * 100 + kalender.uiterste_dag
                    then 0
                else 1
            end
            - kalender.jaar_na_document as int
        ) as laatste_jaar
    from kalender
    cross join today
),

present as (
    select
        gemeente_id,
        soort,
        jaar,
        min(document_id) as document_id
    from documents
    group by gemeente_id, soort, jaar
),

gemeenten as (
    select
        gemeente_id,
        min(gemeente) as gemeente,
        min(document_id) as document_id
    from documents
    group by gemeente_id
),

first_years as (
    select
        gemeenten.gemeente_id,
        gemeenten.gemeente,
        gemeenten.document_id,
        due.soort,
        due.uiterste_dag,
        due.uiterste_maand,
        due.laatste_jaar,
        coalesce(min(present.jaar), due.laatste_jaar) as eerste_jaar
    from gemeenten
    cross join due
    left join present
        on gemeenten.gemeente_id = present.gemeente_id and due.soort = present.soort
    group by
        gemeenten.gemeente_id, gemeenten.gemeente, gemeenten.document_id, due.soort, due.uiterste_dag, due.uiterste_maand,
        due.laatste_jaar
),

years as (select jaar from {{ int_series(1990, 2060, 'jaar') }} as reeks),

missing as (
    select
        first_years.gemeente_id,
        first_years.gemeente,
        first_years.document_id,
        first_years.soort,
        cast(count(*) as int) as aantal,
        {{ ordered_listagg('cast(years.jaar as string)', ', ') }} as jaren,
        max(case when years.jaar = first_years.laatste_jaar then 1 else 0 end) as laatste_ontbreekt
    from first_years
    inner join years
        on years.jaar between first_years.eerste_jaar and first_years.laatste_jaar
    left join present
        on
            first_years.gemeente_id = present.gemeente_id
            and first_years.soort = present.soort
            and years.jaar = present.jaar
    where present.document_id is null
    group by first_years.gemeente_id, first_years.gemeente, first_years.document_id, first_years.soort
),

final as (
    select
        'document_ontbreekt' as kind,
        gemeente_id as eigenaar,
        document_id,
        soort as natuurlijke_sleutel,
        'Van ' || gemeente || ' ontbreekt: ' || soort || ' ' || jaren
        || case soort when 'begroting' then ' (vastgesteld voor 15 november van het jaar ervoor).' else ' (vastgesteld voor 15 juli van het jaar erna).' end
            as message,
        'Missing for ' || gemeente || ': ' || case soort when 'begroting' then 'budget ' else 'annual accounts ' end || jaren
        || case soort when 'begroting' then ' (due before 15 November of the year before).' else ' (due before 15 July of the year after).' end
            as message_en,
        'laag' as minste_severity,
        jaren as getallen
    from missing
)

select * from final
