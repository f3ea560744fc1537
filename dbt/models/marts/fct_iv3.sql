-- One row per figure of Iv3 of a gemeente: delivery, layout, side, taakveld and category, in euros.
{{ config(materialized='when_iv3_changed') }}
with

figures as (select * from {{ ref('stg_iv3') }} where soort_cijfer = 'taakveld' and fout is null),

leveringen as (select * from {{ ref('int_iv3_leveringen') }} where not is_leeg),

taakvelden as (select * from {{ ref('dim_taakveld') }} where taakveld_code is not null),

-- Of the layouts of the same money the finest counts, for each side by itself: tables of lasten have no baten.
finest as (
    select
        figures.gemeentecode,
        figures.verslagsoort,
        figures.kant,
        min({{ voorrang_indeling('figures.indeling') }}) as voorrang
    from figures
    inner join leveringen
        on
            figures.levering = leveringen.levering
            and figures.indeling = leveringen.indeling
            and figures.verslagsoort = leveringen.verslagsoort
            and figures.gemeentecode = leveringen.gemeentecode
    group by figures.gemeentecode, figures.verslagsoort, figures.kant
),

final as (
    select
        figures.document_id,
        figures.gemeentecode,
        figures.boekjaar,
        figures.verslagsoort,
        {{ soort_levering('figures.periode') }} as soort,
        figures.indeling,
        figures.kant,
        figures.code as taakveld_code,
        taakvelden.taakveld_id,
        figures.categorie_code,
        figures.bedrag_eur,
        figures.bedrag_1e_eur,
        figures.plaatsing,
        leveringen.is_laatste,
        {{ voorrang_indeling('figures.indeling') }} = finest.voorrang as is_hoofdindeling,
        figures.bestand,
        figures.regel
    from figures
    inner join leveringen
        on
            figures.levering = leveringen.levering
            and figures.indeling = leveringen.indeling
            and figures.verslagsoort = leveringen.verslagsoort
            and figures.gemeentecode = leveringen.gemeentecode
    inner join finest
        on
            figures.gemeentecode = finest.gemeentecode
            and figures.verslagsoort = finest.verslagsoort
            and figures.kant = finest.kant
    left join taakvelden
        on
            figures.code = taakvelden.taakveld_code
            and figures.boekjaar between taakvelden.van_jaar and coalesce(taakvelden.tot_jaar, 9999)
)

select * from final
order by verslagsoort, gemeentecode, indeling, kant, taakveld_code, categorie_code nulls last
