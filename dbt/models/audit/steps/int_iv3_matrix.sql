-- One row per figure of Iv3 that checks are held on: the latest delivery of a gemeente in its finest layout with two sides.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

figures as (
    select * from {{ ref('fct_iv3') }}
    where is_laatste and indeling in ('taakveld_categorie', 'taakveld')
),

balance as (select * from {{ ref('fct_iv3_balans') }} where is_laatste),

finest as (
    select
        gemeentecode,
        verslagsoort,
        min({{ voorrang_indeling('indeling') }}) as voorrang
    from {{ ref('int_iv3_leveringen') }}
    where
        is_laatste and not is_leeg and indeling in ('taakveld_categorie', 'taakveld') and rijen_lasten + rijen_baten > 0
    group by gemeentecode, verslagsoort
),

final as (
    select
        figures.document_id,
        figures.gemeentecode,
        figures.boekjaar,
        figures.verslagsoort,
        cast(substr(figures.verslagsoort, 8, 1) as int) as periode,
        false as is_balans,
        figures.taakveld_code as code,
        figures.kant,
        figures.categorie_code,
        figures.bedrag_eur
    from figures
    inner join finest
        on
            figures.gemeentecode = finest.gemeentecode
            and figures.verslagsoort = finest.verslagsoort
            and {{ voorrang_indeling('figures.indeling') }} = finest.voorrang

    union all

    select
        document_id,
        gemeentecode,
        boekjaar,
        verslagsoort,
        cast(substr(verslagsoort, 8, 1) as int) as periode,
        true as is_balans,
        balanscode as code,
        kant,
        categorie_code,
        bedrag_eur
    from balance
)

select * from final
