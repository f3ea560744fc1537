-- One row per figure of the balance sheet in Iv3: a stand, or mutations per side and category, in euros. In the order of the landed
-- files.
{{ config(materialized='when_iv3_changed', per=['gemeentecode', 'verslagsoort']) }}
-- depends_on: {{ ref('dim_gemeente_grenzen') }}
with

figures as (
    select * from {{ iv3_to_build(ref('stg_iv3'), ['gemeentecode', 'verslagsoort']) }}
    where soort_cijfer = 'balans' and fout is null
),

leveringen as (select * from {{ ref('int_iv3_leveringen') }} where not is_leeg),

final as (
    select
        figures.document_id,
        figures.gemeentecode,
        figures.boekjaar,
        figures.verslagsoort,
        {{ soort_levering('figures.periode') }} as soort,
        figures.code as balanscode,
        figures.kant,
        figures.categorie_code,
        figures.bedrag_eur,
        figures.bedrag_1e_eur,
        figures.plaatsing,
        leveringen.is_laatste,
        figures.bestand,
        figures.regel
    from figures
    inner join leveringen
        on
            figures.levering = leveringen.levering
            and figures.indeling = leveringen.indeling
            and figures.verslagsoort = leveringen.verslagsoort
            and figures.gemeentecode = leveringen.gemeentecode
)

select * from final
