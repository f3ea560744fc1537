-- One row per figure of Iv3: the latest delivery of every gemeente in its finest layout, beside its inhabitants.
{{ config(materialized='view') }}
with

figures as (select * from {{ ref('fct_iv3') }} where is_laatste and is_hoofdindeling),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }}),

taakvelden as (select * from {{ ref('dim_taakveld') }}),

final as (
    select
        figures.gemeentecode,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        gemeenten.inwoners,
        gemeenten.gemeentecode_nu,
        gemeenten.gemeente_nu,
        figures.boekjaar as jaar,
        figures.verslagsoort,
        figures.soort,
        figures.indeling,
        figures.kant,
        taakvelden.hoofdtaakveld_code,
        taakvelden.hoofdtaakveld,
        figures.taakveld_code,
        taakvelden.taakveld,
        coalesce(figures.categorie_code, 'niet gegeven') as categorie_code,
        figures.taakveld_code in ('0.10', '0.11') as is_reserve_of_resultaat,
        figures.bedrag_eur,
        {{ safe_divide('figures.bedrag_eur', 'gemeenten.inwoners', 18, 2) }} as per_inwoner_eur,
        figures.document_id
    from figures
    inner join gemeenten
        on
            figures.gemeentecode = gemeenten.gemeentecode
            and figures.boekjaar = gemeenten.jaar
    inner join taakvelden
        on figures.taakveld_id = taakvelden.taakveld_id
)

select * from final
