-- One row per gemeente of CBS and year, with the gemeente that it is part of today.
{{ config(materialized='when_iv3_changed', is_of_lists=true) }}
with

gemeenten as (select * from {{ ref('gemeenten_per_jaar') }}),

-- A gemeente that was divided has no one successor; with its name its code may have changed.
successors as (
    select
        oude_code,
        min(nieuwe_code) as opvolger_code,
        count(distinct nieuwe_code) > 1 as is_verdeeld
    from {{ ref('herindelingen') }}
    where oude_code <> nieuwe_code
    group by oude_code
),

today as (
    select *
    from gemeenten
    qualify row_number() over (partition by gemeentecode order by jaar desc) = 1
),

-- Nowhere does a successor end in a third one after the last of these steps: a test says so.
followed as (
    select
        gemeenten.gemeentecode,
        gemeenten.jaar,
        gemeenten.gemeente_naam,
        gemeenten.provincie,
        gemeenten.inwoners,
        coalesce(third.opvolger_code, second.opvolger_code, first.opvolger_code, gemeenten.gemeentecode) as laatste_code,
        coalesce(first.is_verdeeld, false) or coalesce(second.is_verdeeld, false) or coalesce(third.is_verdeeld, false) as is_verdeeld
    from gemeenten
    left join successors as first
        on gemeenten.gemeentecode = first.oude_code
    left join successors as second
        on first.opvolger_code = second.oude_code
    left join successors as third
        on second.opvolger_code = third.oude_code
),

final as (
    select
        followed.gemeentecode,
        followed.jaar,
        followed.gemeente_naam,
        followed.provincie,
        followed.inwoners,
        {{ grootteklasse('followed.inwoners') }} as grootteklasse,
        case when not followed.is_verdeeld then followed.laatste_code end as gemeentecode_nu,
        case when not followed.is_verdeeld then today.gemeente_naam end as gemeente_nu,
        followed.is_verdeeld
    from followed
    left join today
        on followed.laatste_code = today.gemeentecode
)

select * from final
order by gemeentecode, jaar
