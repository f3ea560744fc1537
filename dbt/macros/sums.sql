{#- Rows that are the sum of others in their table although no rule says so: by the numbers alone, to be asked about. -#}

{#- A query of table_id, grootheid and row_no: rows of ``amounts`` (cells with bovenliggend_pad) that equal, within rounding
    and in most columns, at least two others: all rows directly above or below, all others, or part of these. The digits
    that agree in different numbers say how little it can be chance; where the run ends at the end of the table or the
    group fewer are enough. -#}
{% macro rows_that_are_sums(amounts) %}
    select distinct
        table_id,
        grootheid,
        row_no
    from (
        with

        in_order as (
            select
                table_id,
                column_no,
                row_no,
                grootheid,
                coalesce(bovenliggend_pad, '') as groep,
                cast(getal * sign as decimal(24, 6)) as getal,
                halve_eenheid,
                cast(floor(abs(getal) * case decimals when 0 then 1 when 1 then 10 when 2 then 100 else 1000 end) as bigint) as gedrukte_cijfers,
                cast(dense_rank() over (partition by table_id, grootheid order by row_no) as int) as plaats
            from {{ amounts }}
        ),

        running as (
            select
                in_order.*,
                cast(sum(getal) over lopend as decimal(30, 6)) as som_tot_hier,
                sum(case when getal <> 0 then 1 else 0 end) over lopend as gevuld_tot_hier,
                cast(sum(getal) over (partition by table_id, grootheid, column_no) as decimal(30, 6)) as som_van_kolom,
                sum(case when getal <> 0 then 1 else 0 end) over (partition by table_id, grootheid, column_no) as gevuld_in_kolom,
                max(plaats) over (partition by table_id, grootheid) as laatste_plaats,
                min(plaats) over (partition by table_id, grootheid, groep) as eerste_van_groep,
                max(plaats) over (partition by table_id, grootheid, groep) as laatste_van_groep,
                sum(case when getal <> 0 then 1 else 0 end) over (partition by table_id, grootheid, row_no) as kolommen
            from in_order
            window lopend as (partition by table_id, grootheid, column_no order by plaats rows between unbounded preceding and current row)
        ),

        -- Of each row: the rows directly above it from any row on, directly below it to any row, and all others.
        -- A run that begins or ends where the table or the group does needs less to be believed.
        runs_of_rows as (
            select
                one.table_id,
                one.grootheid,
                one.row_no,
                one.column_no,
                one.kolommen,
                one.getal,
                one.gedrukte_cijfers,
                'boven' as kant,
                ander.plaats as grens,
                ander.plaats = 1 or (ander.plaats = ander.eerste_van_groep and ander.groep = one.groep) as is_grens,
                one.som_tot_hier - one.getal - ander.som_tot_hier + ander.getal as som,
                one.gevuld_tot_hier - ander.gevuld_tot_hier + case when ander.getal <> 0 then 1 else 0 end - 1 as gevuld,
                one.halve_eenheid * (one.plaats - ander.plaats + 1) as marge
            from running as one
            inner join running as ander
                on
                    one.table_id = ander.table_id
                    and one.grootheid = ander.grootheid
                    and one.column_no = ander.column_no
                    and ander.plaats <= one.plaats - 2
            where one.getal <> 0

            union all

            select
                one.table_id,
                one.grootheid,
                one.row_no,
                one.column_no,
                one.kolommen,
                one.getal,
                one.gedrukte_cijfers,
                'onder' as kant,
                ander.plaats as grens,
                ander.plaats = ander.laatste_plaats or (ander.plaats = ander.laatste_van_groep and ander.groep = one.groep) as is_grens,
                ander.som_tot_hier - one.som_tot_hier as som,
                ander.gevuld_tot_hier - one.gevuld_tot_hier as gevuld,
                one.halve_eenheid * (ander.plaats - one.plaats + 1) as marge
            from running as one
            inner join running as ander
                on
                    one.table_id = ander.table_id
                    and one.grootheid = ander.grootheid
                    and one.column_no = ander.column_no
                    and ander.plaats >= one.plaats + 2
            where one.getal <> 0

            union all

            select
                table_id,
                grootheid,
                row_no,
                column_no,
                kolommen,
                getal,
                gedrukte_cijfers,
                'anderen' as kant,
                0 as grens,
                true as is_grens,
                som_van_kolom - getal as som,
                gevuld_in_kolom - 1 as gevuld,
                halve_eenheid * laatste_plaats as marge
            from running
            where getal <> 0
        ),

        -- The more digits agree in different numbers, the less it can be chance.
        agreeing as (
            select
                table_id,
                grootheid,
                row_no,
                kolommen,
                is_grens,
                kant,
                grens,
                case
                    when row_number() over (partition by table_id, grootheid, row_no, kant, grens, getal order by column_no) = 1
                        then length(cast(gedrukte_cijfers as string)) - 1
                    else 0
                end as bewijs
            from runs_of_rows
            where abs(getal - som) <= marge and gevuld >= 2
        ),

        sums_of_others as (
            select
                table_id,
                grootheid,
                row_no
            from agreeing
            group by table_id, grootheid, row_no, kolommen, is_grens, kant, grens
            having count(*) * 2 > kolommen and (sum(bewijs) >= 6 or (is_grens and sum(bewijs) >= 3))
        )

        select * from sums_of_others
    ) as gevonden
{%- endmacro %}
