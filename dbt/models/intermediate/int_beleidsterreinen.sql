-- One row per document and beleidsterrein code that the document names outside its tables of amounts.
{{ config(materialized='per_document') }}
with

prestaties as (select * from {{ changed(ref('stg_prestaties')) }}),

labels as (select * from {{ changed(ref('stg_labels')) }}),

programmas as (select * from {{ changed(ref('stg_programmas')) }}),

mentions as (select * from {{ changed(ref('stg_mentions')) }}),

named as (
    select
        document_id,
        beleidsterrein_code,
        beleidsterrein,
        1 as voorrang
    from prestaties
    where beleidsterrein_code is not null

    union all

    select
        document_id,
        code as beleidsterrein_code,
        {{ strip_pattern('label', '^([Bb]eleidss?terrein *)?[0-9]{1,2}[A-Za-z][.:]? +') }} as beleidsterrein,
        2 as voorrang
    from labels
    where soort = 'beleidsterrein'

    union all

    select
        document_id,
        deelprogramma as beleidsterrein_code,
        naam as beleidsterrein,
        3 as voorrang
    from programmas
    where deelprogramma like programma || '%'

    union all

    select
        document_id,
        beleidsterrein_code,
        cast(null as string) as beleidsterrein,
        4 as voorrang
    from mentions
    where beleidsterrein_code is not null
),

chosen as (
    select
        document_id,
        upper(beleidsterrein_code) as beleidsterrein_code,
        beleidsterrein,
        row_number() over (
            partition by document_id, upper(beleidsterrein_code)
            order by case when beleidsterrein is null then 1 else 0 end, voorrang, beleidsterrein nulls last
        ) as volgnummer
    from named
),

final as (
    select
        document_id,
        beleidsterrein_code,
        beleidsterrein,
        nullif(regexp_extract(beleidsterrein_code, '^([0-9]{1,2})', 1), '') as programma
    from chosen
    where volgnummer = 1
)

select * from final
order by document_id, beleidsterrein_code
