-- One row per document and programma code that the document names outside its tables of amounts.
{{ config(materialized='per_document') }}
with

documents as (select * from {{ changed(ref('int_documents')) }}),

programmas as (select * from {{ changed(ref('stg_programmas')) }}),

labels as (select * from {{ changed(ref('stg_labels')) }}),

named as (
    select
        document_id,
        programma,
        programma_naam,
        cast(null as string) as domein,
        1 as voorrang
    from documents
    where programma is not null

    union all

    -- A part with a code of its own (8C Sport) is a beleidsterrein; its name is not that of the programma.
    select
        document_id,
        programma,
        case when deelprogramma like programma || '%' then null else naam end as programma_naam,
        domein,
        2 as voorrang
    from programmas

    union all

    select
        document_id,
        {{ strip_pattern('lower(code)', '^programma *') }} as programma,
        {{ strip_pattern('label', '^([Pp]rogramma *)?[0-9]{1,2}[.:]? +') }} as programma_naam,
        cast(null as string) as domein,
        3 as voorrang
    from labels
    where soort = 'programma'
),

chosen as (
    select
        document_id,
        programma,
        programma_naam,
        max(domein) over (partition by document_id, programma) as domein,
        row_number() over (
            partition by document_id, programma
            order by case when programma_naam is null then 1 else 0 end, voorrang, programma_naam nulls last
        ) as volgnummer
    from named
),

final as (
    select
        document_id,
        programma,
        programma_naam,
        domein
    from chosen
    where volgnummer = 1
)

select * from final
order by document_id, programma
