-- One row per beleidsterrein of a gemeente under one name, and Onbekend.
with

documents as (select * from {{ ref('int_documents') }}),

beleidsterreinen as (select * from {{ ref('int_beleidsterreinen') }}),

rows_of_tables as (select * from {{ ref('int_rows') }}),

programmas as (select * from {{ ref('dim_programma') }} where is_genummerd),

named as (
    select
        document_id,
        beleidsterrein_code,
        beleidsterrein,
        programma
    from beleidsterreinen

    union all

    select distinct
        document_id,
        beleidsterrein_code,
        beleidsterrein,
        programma
    from rows_of_tables
    where beleidsterrein_code is not null
),

members as (
    select
        {{ hashed(['documents.gemeente_id', 'named.beleidsterrein_code', 'lower(named.beleidsterrein)']) }} as beleidsterrein_id,
        documents.gemeente_id,
        named.beleidsterrein_code,
        min(named.beleidsterrein) as beleidsterrein,
        min(named.programma) as programma,
        min(documents.jaar) as eerste_jaar,
        max(documents.jaar) as laatste_jaar,
        max({{ volgorde_van_publicatie('documents') }}) as laatste_publicatie
    from named
    inner join documents
        on named.document_id = documents.document_id
    group by
        {{ hashed(['documents.gemeente_id', 'named.beleidsterrein_code', 'lower(named.beleidsterrein)']) }},
        documents.gemeente_id, named.beleidsterrein_code
),

-- One name per code and council: what its latest document calls it.
conformed as (
    select
        beleidsterrein_id,
        gemeente_id,
        beleidsterrein_code,
        beleidsterrein,
        coalesce(
            max_by(beleidsterrein, case when beleidsterrein is not null then laatste_publicatie end)
                over (partition by gemeente_id, beleidsterrein_code, {{ raadsperiode('laatste_jaar') }}),
            'Beleidsterrein ' || beleidsterrein_code
        ) as beleidsterrein_conform,
        {{ raadsperiode('laatste_jaar') }} as raadsperiode,
        programma,
        eerste_jaar,
        laatste_jaar
    from members
),

-- Of the names that a number of a programma has had, that of the same council, else the latest.
parents as (
    select
        conformed.beleidsterrein_id,
        max_by(
            programmas.programma_id,
            programmas.laatste_jaar + case when programmas.raadsperiode = conformed.raadsperiode then 10000 else 0 end
        ) as programma_id
    from conformed
    inner join programmas
        on
            conformed.gemeente_id = programmas.gemeente_id
            and conformed.programma = programmas.programma
    group by conformed.beleidsterrein_id
),

final as (
    select
        conformed.beleidsterrein_id,
        conformed.gemeente_id,
        conformed.beleidsterrein_code,
        conformed.beleidsterrein,
        conformed.beleidsterrein_conform,
        conformed.raadsperiode,
        conformed.programma,
        coalesce(parents.programma_id, 'onbekend') as programma_id,
        coalesce(programmas.programma_conform, 'Onbekend') as programma_conform,
        conformed.eerste_jaar,
        conformed.laatste_jaar
    from conformed
    left join parents
        on conformed.beleidsterrein_id = parents.beleidsterrein_id
    left join programmas
        on parents.programma_id = programmas.programma_id

    union all

    select
        'onbekend' as beleidsterrein_id,
        cast(null as string) as gemeente_id,
        cast(null as string) as beleidsterrein_code,
        'Onbekend' as beleidsterrein,
        'Onbekend' as beleidsterrein_conform,
        cast(null as string) as raadsperiode,
        cast(null as string) as programma,
        'onbekend' as programma_id,
        'Onbekend' as programma_conform,
        cast(null as int) as eerste_jaar,
        cast(null as int) as laatste_jaar
)

select * from final
order by gemeente_id nulls last, beleidsterrein_code nulls last, beleidsterrein_id
