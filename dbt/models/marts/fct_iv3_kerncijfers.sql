-- One row per published key figure of a gemeente and delivery: totals, parts of them, inhabitants.
{{ config(materialized='when_iv3_changed', per=['gemeentecode', 'verslagsoort']) }}
-- depends_on: {{ ref('dim_gemeente_grenzen') }}
with

figures as (
    select * from {{ iv3_to_build(ref('stg_iv3'), ['gemeentecode', 'verslagsoort']) }}
    where soort_cijfer = 'kerncijfer' and fout is null
),

leveringen as (select * from {{ ref('int_iv3_leveringen') }} where not is_leeg),

final as (
    select
        figures.document_id,
        figures.gemeentecode,
        figures.boekjaar,
        figures.verslagsoort,
        {{ soort_levering('figures.periode') }} as soort,
        figures.code as kerncijfer,
        case when figures.code = 'inwoners' then 'inwoners' else 'EUR' end as eenheid,
        case
            when figures.code = 'inwoners' then cast(figures.waarde as decimal(18, 2))
            else figures.bedrag_eur
        end as waarde,
        -- Budgets deliver no balance sheet: what the extracts hold there is none.
        not (figures.periode = 0 and figures.code in ('eigen_vermogen', 'balanstotaal')) as is_bruikbaar,
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
order by verslagsoort, gemeentecode, kerncijfer
