-- One row per delivery of a gemeente in one layout, and whether it is the latest of its kind.
{{ config(materialized='when_iv3_changed') }}
with

figures as (select * from {{ ref('stg_iv3') }}),

delivered as (
    select
        document_id,
        levering,
        min(leverdatum) as leverdatum,
        indeling,
        verslagsoort,
        boekjaar,
        periode,
        gemeentecode,
        min(bestand) as bestand,
        min(regel) as regel,
        cast(count(*) as int) as cijfers,
        cast(count(fout) as int) as cijfers_met_fout,
        count(case when waarde <> 0 and code <> 'inwoners' then 1 end) = 0 as is_leeg
    from figures
    group by document_id, levering, indeling, verslagsoort, boekjaar, periode, gemeentecode
),

-- Who delivers again is believed the last time; what holds nothing replaces nothing.
final as (
    select
        delivered.*,
        row_number() over (
            partition by gemeentecode, verslagsoort, indeling
            order by is_leeg, leverdatum desc nulls last, document_id, levering
        ) = 1 as is_laatste,
        cast(count(*) over (partition by gemeentecode, verslagsoort, indeling) as int) as leveringen
    from delivered
)

select * from final
