-- One row per programma of a gemeente under one name, and Onbekend: a new council may give a number another name.
with

documents as (select * from {{ ref('int_documents') }}),

programmas as (select * from {{ ref('int_programmas') }}),

rows_of_tables as (select * from {{ ref('int_rows') }}),

beleidsterreinen as (select * from {{ ref('int_beleidsterreinen') }}),

nummers as (select * from {{ ref('int_programma_nummers') }}),

named as (
    select
        document_id,
        programma,
        programma_naam,
        domein
    from programmas

    union all

    select distinct
        document_id,
        programma,
        programma_naam,
        cast(null as string) as domein
    from rows_of_tables
    where programma is not null or programma_naam is not null

    union all

    select distinct
        beleidsterreinen.document_id,
        beleidsterreinen.programma,
        programmas.programma_naam,
        cast(null as string) as domein
    from beleidsterreinen
    left join programmas
        on
            beleidsterreinen.document_id = programmas.document_id
            and beleidsterreinen.programma = programmas.programma
    where beleidsterreinen.programma is not null
),

members as (
    select
        {{ hashed(['documents.gemeente_id', 'named.programma', 'lower(named.programma_naam)']) }} as programma_id,
        documents.gemeente_id,
        named.programma,
        min(named.programma_naam) as programma_naam,
        max(named.domein) as domein,
        min(documents.jaar) as eerste_jaar,
        max(documents.jaar) as laatste_jaar,
        max({{ volgorde_van_publicatie('documents') }}) as laatste_publicatie
    from named
    inner join documents
        on named.document_id = documents.document_id
    group by
        {{ hashed(['documents.gemeente_id', 'named.programma', 'lower(named.programma_naam)']) }}, documents.gemeente_id, named.programma
),

-- What is printed without a number is the programma of that name that has one in another document of the same council.
numbered as (
    select
        members.*,
        coalesce(members.programma, nummers.programma) as nummer,
        members.programma is not null as is_genummerd,
        {{ raadsperiode('members.laatste_jaar') }} as raadsperiode
    from members
    left join nummers
        on
            members.gemeente_id = nummers.gemeente_id
            and {{ raadsperiode('members.laatste_jaar') }} = nummers.raadsperiode
            and lower(members.programma_naam) = nummers.programma_sleutel
),

-- One name per number and council: what its latest document calls it.
conformed as (
    select
        programma_id,
        gemeente_id,
        nummer as programma,
        programma_naam,
        coalesce(
            max_by(programma_naam, case when programma_naam is not null then laatste_publicatie end)
                over (partition by gemeente_id, coalesce(nummer, lower(programma_naam)), raadsperiode),
            'Programma ' || nummer
        ) as programma_conform,
        is_genummerd,
        raadsperiode,
        domein,
        eerste_jaar,
        laatste_jaar
    from numbered
),

final as (
    select
        programma_id,
        gemeente_id,
        programma,
        programma_naam,
        programma_conform,
        case when programma_conform <> 'Programma ' || programma then programma || ' ' || programma_conform else programma_conform end
            as programma_met_naam,
        is_genummerd,
        raadsperiode,
        domein,
        eerste_jaar,
        laatste_jaar
    from conformed

    union all

    select
        'onbekend' as programma_id,
        cast(null as string) as gemeente_id,
        cast(null as string) as programma,
        'Onbekend' as programma_naam,
        'Onbekend' as programma_conform,
        'Onbekend' as programma_met_naam,
        false as is_genummerd,
        cast(null as string) as raadsperiode,
        cast(null as string) as domein,
        cast(null as int) as eerste_jaar,
        cast(null as int) as laatste_jaar
)

select * from final
order by gemeente_id nulls last, programma nulls last, programma_id
