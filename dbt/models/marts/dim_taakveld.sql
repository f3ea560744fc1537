-- One row per taakveld of Iv3 under one name, with the years in which it was in force, per group of them, and Onbekend.
{{ config(materialized='when_iv3_changed', is_of_lists=true) }}
with

taakvelden as (select * from {{ ref('taakvelden') }}),

-- The hoofdtaakveld is the digit before the dot.
main_fields as (
    select
        taakveld_code as hoofdtaakveld_code,
        max_by(taakveld_id, van_jaar) as hoofdtaakveld_id,
        max_by(taakveld, van_jaar) as hoofdtaakveld
    from taakvelden
    where taakveld_code not like '%.%'
    group by taakveld_code
),

parents as (
    select
        taakveld_code,
        max_by(taakveld_id, van_jaar) as bovenliggend_id
    from taakvelden
    group by taakveld_code
),

-- Some layouts give 6.73a to 6.73c, or 6.711 to 6.714, as one, under what their codes have in common.
parts as (
    select
        taakvelden.*,
        substr(taakveld_code, 1, 4) as groep_code
    from taakvelden
    where length(taakveld_code) = 5
),

groups as (
    select
        parts.groep_code,
        parts.van_jaar,
        nullif(max(coalesce(parts.tot_jaar, 9999)), 9999) as tot_jaar
    from parts
    left join taakvelden as own
        on
            parts.groep_code = own.taakveld_code
            and parts.van_jaar between own.van_jaar and coalesce(own.tot_jaar, 9999)
    where own.taakveld_code is null
    group by parts.groep_code, parts.van_jaar
),

members as (
    select
        taakveld_id,
        taakveld_code,
        taakveld,
        bovenliggend_code,
        is_blad,
        van_jaar,
        tot_jaar
    from taakvelden

    union all

    select
        groep_code || '@' || cast(van_jaar as string) as taakveld_id,
        groep_code as taakveld_code,
        'Groep ' || groep_code as taakveld,
        split_part(groep_code, '.', 1) as bovenliggend_code,
        false as is_blad,
        van_jaar,
        tot_jaar
    from groups
),

final as (
    select
        taakvelden.taakveld_id,
        taakvelden.taakveld_code,
        taakvelden.taakveld,
        taakvelden.bovenliggend_code,
        parents.bovenliggend_id,
        main_fields.hoofdtaakveld_code,
        main_fields.hoofdtaakveld,
        taakvelden.is_blad,
        cast(taakvelden.van_jaar as int) as van_jaar,
        cast(taakvelden.tot_jaar as int) as tot_jaar,
        taakvelden.tot_jaar is null as is_geldig
    from members as taakvelden
    left join parents
        on taakvelden.bovenliggend_code = parents.taakveld_code
    left join main_fields
        on split_part(taakvelden.taakveld_code, '.', 1) = main_fields.hoofdtaakveld_code

    union all

    select
        'onbekend' as taakveld_id,
        cast(null as string) as taakveld_code,
        'Onbekend' as taakveld,
        cast(null as string) as bovenliggend_code,
        cast(null as string) as bovenliggend_id,
        cast(null as string) as hoofdtaakveld_code,
        'Onbekend' as hoofdtaakveld,
        true as is_blad,
        cast(null as int) as van_jaar,
        cast(null as int) as tot_jaar,
        true as is_geldig
)

select * from final
order by taakveld_code nulls last, van_jaar nulls last
