-- One row per gemeente of which there is a document, and Onbekend.
with

documents as (select * from {{ ref('int_documents') }}),

gemeenten as (select * from {{ ref('gemeenten_per_jaar') }}),

herindelingen as (select * from {{ ref('herindelingen') }} where soort <> 'naamswijziging'),

published as (
    select
        gemeente_id,
        max(gemeentecode) as gemeentecode,
        min(gemeente) as gemeente,
        cast(count(*) as int) as documenten,
        min(jaar) as eerste_jaar,
        max(jaar) as laatste_jaar
    from documents
    group by gemeente_id
),

latest_names as (
    select *
    from gemeenten
    qualify row_number() over (partition by gemeentecode order by jaar desc) = 1
),

-- A gemeente that was divided has no one successor.
successors as (
    select
        oude_code,
        min(nieuwe_code) as opvolger_code,
        min(nieuwe_naam) as opvolger,
        min(datum) as opgeheven_op,
        min(bron) as opvolger_bron
    from herindelingen
    group by oude_code
    having count(distinct nieuwe_code) = 1
),

final as (
    select
        published.gemeente_id,
        published.gemeentecode,
        published.gemeente,
        latest_names.gemeente_naam as naam_cbs,
        latest_names.provincie,
        latest_names.gemeentecode is not null as is_bekend,
        successors.opvolger_code,
        successors.opvolger,
        successors.opgeheven_op,
        successors.opvolger_bron,
        published.documenten,
        published.eerste_jaar,
        published.laatste_jaar
    from published
    left join latest_names
        on published.gemeentecode = latest_names.gemeentecode
    left join successors
        on published.gemeentecode = successors.oude_code

    union all

    select
        'onbekend' as gemeente_id,
        cast(null as string) as gemeentecode,
        'Onbekend' as gemeente,
        cast(null as string) as naam_cbs,
        cast(null as string) as provincie,
        false as is_bekend,
        cast(null as string) as opvolger_code,
        cast(null as string) as opvolger,
        cast(null as date) as opgeheven_op,
        cast(null as string) as opvolger_bron,
        0 as documenten,
        cast(null as int) as eerste_jaar,
        cast(null as int) as laatste_jaar
)

select * from final
order by gemeente_id
