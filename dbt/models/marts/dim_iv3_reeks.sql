-- One row per taakveld and the years in which it counts for a series that compares over the years.
with

vergelijkbaar as (select * from {{ ref('iv3_vergelijkbaar') }}),

final as (
    select
        periode,
        reeks_code,
        reeks,
        taakveld_code,
        cast(van_jaar as int) as van_jaar,
        cast(tot_jaar as int) as tot_jaar,
        is_fijn,
        is_gemengd
    from vergelijkbaar
)

select * from final
order by periode nulls last, reeks_code nulls last, taakveld_code, van_jaar
