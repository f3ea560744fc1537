-- One row per indicator and jaar: what was reached, what was aimed at, and the difference.
with

feiten as (select * from {{ ref('fct_indicatoren') }} where is_laatste),

programmas as (select * from {{ ref('dim_programma') }}),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

indicatoren as (select * from {{ ref('dim_indicator') }}),

beside as (
    select
        feiten.gemeente_id,
        feiten.indicator_id,
        min(feiten.indicator_code) as indicator_code,
        min(feiten.indicator) as indicator,
        min(coalesce(programmas.programma, 'onbekend')) as programma,
        min(programmas.programma_met_naam) as programma_met_naam,
        min(coalesce(feiten.beleidsterrein_code, 'onbekend')) as beleidsterrein_code,
        feiten.jaar,
        min(feiten.eenheid) as eenheid,
        max(case when feiten.soort = 'realisatie' then feiten.waarde end) as realisatie,
        max(case when feiten.soort = 'streefwaarde' then feiten.waarde end) as streefwaarde,
        max(case when feiten.soort = 'benchmark' then feiten.waarde end) as benchmark,
        max(case when feiten.soort = 'streefwaarde' then feiten.comparator end) as comparator,
        min(feiten.bron) as bron,
        max(feiten.document_id) as document_id
    from feiten
    inner join programmas
        on feiten.programma_id = programmas.programma_id
    group by feiten.gemeente_id, feiten.indicator_id, feiten.jaar
),

directed as (
    select
        beside.*,
        case
            when beside.comparator in ('>', '>=', '≥') then 'hoger'
            when beside.comparator in ('<', '<=', '≤') then 'lager'
            else indicatoren.beter
        end as beter
    from beside
    inner join indicatoren
        on beside.indicator_id = indicatoren.indicator_id
),

-- A target for a year is held against the value of that year; where there is none yet, against the latest one before it.
final as (
    select
        directed.gemeente_id,
        gemeenten.gemeente_naam as gemeente,
        directed.jaar,
        directed.indicator_id,
        directed.indicator_code,
        directed.indicator,
        directed.programma,
        directed.programma_met_naam,
        directed.beleidsterrein_code,
        directed.eenheid,
        directed.realisatie,
        directed.streefwaarde,
        directed.benchmark,
        max_by(directed.realisatie, case when directed.realisatie is not null then directed.jaar end) over tot_en_met as laatste_realisatie,
        max(case when directed.realisatie is not null then directed.jaar end) over tot_en_met as jaar_laatste_realisatie,
        directed.beter,
        directed.bron,
        directed.document_id
    from directed
    inner join gemeenten
        on
            directed.gemeente_id = gemeenten.gemeente_id
            and directed.jaar = gemeenten.jaar
    window tot_en_met as (
        partition by directed.indicator_id order by directed.jaar rows between unbounded preceding and current row
    )
)

select
    final.*,
    cast(laatste_realisatie - streefwaarde as decimal(24, 6)) as verschil,
    case
        when beter = 'hoger' then laatste_realisatie >= streefwaarde
        when beter = 'lager' then laatste_realisatie <= streefwaarde
    end as is_bereikt
from final
