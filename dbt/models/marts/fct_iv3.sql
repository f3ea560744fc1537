-- One row per figure of Iv3 of a gemeente: delivery, layout, side, taakveld and category, in euros. In the order of the landed
-- files (verslagsoort, gemeente, code): ordering them again would cost as much as making them.
{{ config(materialized='when_iv3_changed', per=['gemeentecode', 'verslagsoort']) }}
-- depends_on: {{ ref('dim_gemeente_grenzen') }}
with

figures as (
    select * from {{ iv3_to_build(ref('stg_iv3'), ['gemeentecode', 'verslagsoort']) }}
    where soort_cijfer = 'taakveld' and fout is null
),

leveringen as (select * from {{ ref('int_iv3_leveringen') }} where not is_leeg),

taakvelden as (select * from {{ ref('dim_taakveld') }} where taakveld_code is not null),

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
        coalesce(taakvelden.taakveld_id, 'onbekend') as taakveld_id,
        figures.categorie_code,
        figures.bedrag_eur,
        figures.bedrag_1e_eur,
        figures.plaatsing,
        leveringen.is_laatste,
        case figures.kant when 'lasten' then leveringen.is_fijnste_lasten else leveringen.is_fijnste_baten end as is_hoofdindeling,
        figures.bestand,
        figures.regel
    from figures
    inner join leveringen
        on
            figures.levering = leveringen.levering
            and figures.indeling = leveringen.indeling
            and figures.verslagsoort = leveringen.verslagsoort
            and figures.gemeentecode = leveringen.gemeentecode
    left join taakvelden
        on
            figures.code = taakvelden.taakveld_code
            and figures.boekjaar between taakvelden.van_jaar and coalesce(taakvelden.tot_jaar, 9999)
)

select * from final
