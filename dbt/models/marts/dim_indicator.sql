-- One row per indicator of a gemeente, by its code and its printed name.
with

indicatoren as (select * from {{ ref('int_indicatoren') }}),

ranked as (
    select
        indicatoren.*,
        row_number() over (partition by indicator_id order by document_jaar desc, document_id, cell_id) as volgnummer
    from indicatoren
),

final as (
    select
        indicator_id,
        gemeente_id,
        indicator_code,
        min(indicator) as indicator,
        min(doel_code) as doel_code,
        min(beleidsterrein_code) as beleidsterrein_code,
        min(programma) as programma,
        max(case when volgnummer = 1 then eenheid_indicator end) as eenheid,
        max(case when volgnummer = 1 then bron end) as bron,
        min(document_jaar) as eerste_jaar,
        max(document_jaar) as laatste_jaar
    from ranked
    group by indicator_id, gemeente_id, indicator_code
)

select * from final
order by gemeente_id, indicator_code nulls last, indicator_id
