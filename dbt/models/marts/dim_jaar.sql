-- One row per year from 2010 on, per earlier or later year that a document or a number is about, and Onbekend (0).
with

documents as (select * from {{ ref('int_documents') }}),

cells as (select * from {{ ref('int_cells') }} where jaar is not null),

mentions as (select * from {{ ref('stg_mentions') }} where jaar is not null),

years as (
    select jaar from {{ int_series(2010, 2030, 'jaar') }} as reeks

    union

    select jaar from documents

    union

    select jaar from cells

    union

    select jaar from mentions
),

final as (
    select
        jaar,
        cast(jaar as string) as jaar_naam,
        cast(cast(jaar as string) || '-01-01' as date) as eerste_dag,
        cast(cast(jaar as string) || '-12-31' as date) as laatste_dag,
        {{ raadsperiode('jaar') }} as raadsperiode
    from years

    union all

    select
        0 as jaar,
        'Onbekend' as jaar_naam,
        cast(null as date) as eerste_dag,
        cast(null as date) as laatste_dag,
        cast(null as string) as raadsperiode
)

select * from final
order by jaar
