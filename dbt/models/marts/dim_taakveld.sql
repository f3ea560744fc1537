-- One row per taakveld of Iv3 under one name, with the years in which it was in force.
with

taakvelden as (select * from {{ ref('taakvelden') }}),

final as (
    select
        taakvelden.taakveld_id,
        taakvelden.taakveld_code,
        taakvelden.taakveld,
        taakvelden.bovenliggend_code,
        taakvelden.is_blad,
        cast(taakvelden.van_jaar as int) as van_jaar,
        cast(taakvelden.tot_jaar as int) as tot_jaar,
        taakvelden.tot_jaar is null as is_geldig
    from taakvelden
)

select * from final
order by taakveld_code, van_jaar
