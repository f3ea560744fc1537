-- One row per indicator of a gemeente, by its code and its printed name, and Onbekend.
with

indicatoren as (select * from {{ ref('fct_indicatoren') }}),

documents as (select * from {{ ref('int_documents') }}),

richtingen as (select * from {{ ref('indicator_richtingen') }}),

ranked as (
    select
        indicatoren.*,
        documents.jaar as document_jaar,
        row_number() over (
            partition by indicatoren.indicator_id order by documents.jaar desc, indicatoren.document_id, indicatoren.cell_id
        ) as volgnummer
    from indicatoren
    inner join documents
        on indicatoren.document_id = documents.document_id
),

described as (
    select
        indicator_id,
        gemeente_id,
        indicator_code,
        min(indicator) as indicator,
        min(doel_code) as doel_code,
        min(beleidsterrein_code) as beleidsterrein_code,
        min(programma) as programma,
        max(case when volgnummer = 1 then eenheid end) as eenheid,
        max(case when volgnummer = 1 then bron end) as bron,
        min(document_jaar) as eerste_jaar,
        max(document_jaar) as laatste_jaar
    from ranked
    group by indicator_id, gemeente_id, indicator_code
),

final as (
    select
        described.indicator_id,
        described.gemeente_id,
        described.indicator_code,
        described.indicator,
        described.doel_code,
        described.beleidsterrein_code,
        described.programma,
        described.eenheid,
        described.bron,
        coalesce(richtingen.beter, 'onbekend') as beter,
        richtingen.bron as beter_bron,
        described.eerste_jaar,
        described.laatste_jaar
    from described
    left join richtingen
        on
            described.gemeente_id = richtingen.gemeente_id
            and described.indicator_code = richtingen.indicator_code

    union all

    select
        'onbekend' as indicator_id,
        cast(null as string) as gemeente_id,
        cast(null as string) as indicator_code,
        'Onbekend' as indicator,
        cast(null as string) as doel_code,
        cast(null as string) as beleidsterrein_code,
        cast(null as string) as programma,
        cast(null as string) as eenheid,
        cast(null as string) as bron,
        'onbekend' as beter,
        cast(null as string) as beter_bron,
        cast(null as int) as eerste_jaar,
        cast(null as int) as laatste_jaar
)

select * from final
order by gemeente_id, indicator_code nulls last, indicator_id
