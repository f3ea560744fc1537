-- One row per document, kind of number and programma: how many of its numbers the published sums vouch for.
with

getallen as (
    select 'lasten' as soort, document_id, programma_id, verifieerbaarheid from {{ ref('fct_lasten') }}

    union all

    select 'baten' as soort, document_id, programma_id, verifieerbaarheid from {{ ref('fct_baten') }}

    union all

    select 'reserves' as soort, document_id, programma_id, verifieerbaarheid from {{ ref('fct_reserves') }}

    union all

    select 'besparingen' as soort, document_id, programma_id, verifieerbaarheid from {{ ref('fct_besparingen') }}

    union all

    select 'indicatoren' as soort, document_id, programma_id, verifieerbaarheid from {{ ref('fct_indicatoren') }}

    union all

    select 'totalen' as soort, document_id, programma_id, verifieerbaarheid from {{ ref('fct_gepubliceerde_totalen') }}

    union all

    select 'vragen' as soort, document_id, 'onbekend' as programma_id, verifieerbaarheid from {{ ref('unplaced') }}
),

documenten as (select * from {{ ref('dim_document') }}),

programmas as (select * from {{ ref('dim_programma') }}),

counted as (
    select
        soort,
        document_id,
        programma_id,
        cast(count(*) as int) as getallen,
        cast(count(case when verifieerbaarheid = 'proved' then 1 end) as int) as bewezen,
        cast(count(case when verifieerbaarheid = 'implied' then 1 end) as int) as ingesloten,
        cast(count(case when verifieerbaarheid = 'locatable' then 1 end) as int) as herleidbaar,
        cast(count(case when coalesce(verifieerbaarheid, 'unverifiable') = 'unverifiable' then 1 end) as int) as niet_te_toetsen,
        cast(count(case when verifieerbaarheid in ('in_broken_sum', 'suspect') then 1 end) as int) as in_gebroken_som,
        cast(count(case when verifieerbaarheid = 'suspect' then 1 end) as int) as verdacht
    from getallen
    group by soort, document_id, programma_id
),

final as (
    select
        documenten.gemeente_id,
        documenten.gemeente,
        counted.document_id,
        documenten.titel as document,
        documenten.soort as documentsoort,
        documenten.jaar as document_jaar,
        counted.soort,
        coalesce(programmas.programma, 'onbekend') as programma,
        programmas.programma_conform as programma_naam,
        programmas.programma_met_naam,
        counted.getallen,
        counted.bewezen,
        counted.ingesloten,
        counted.herleidbaar,
        counted.niet_te_toetsen,
        counted.in_gebroken_som,
        counted.verdacht,
        {{ safe_divide('100 * counted.bewezen', 'counted.getallen', 5, 2) }} as aandeel_bewezen_pct
    from counted
    inner join documenten
        on counted.document_id = documenten.document_id
    inner join programmas
        on counted.programma_id = programmas.programma_id
)

select * from final
