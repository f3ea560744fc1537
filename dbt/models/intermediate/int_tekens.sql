-- One row per table: for each quantity 1 where the table prints it in its canonical direction, -1 where it prints it turned.
{{ config(materialized='per_document') }}
with

tables as (select * from {{ changed(ref('stg_tables')) }}),

conventions as (select * from {{ changed(ref('stg_conventions')) }}),

choices as (
    select
        tables.table_id,
        tables.document_id,
        max(case when conventions.naam = 'saldo_richting' then conventions.keuze end) as saldo,
        max(case when conventions.naam = 'mutatie_richting' then conventions.keuze end) as mutatie,
        max(case when conventions.naam = 'potentieel_richting' then conventions.keuze end) as potentieel,
        max(case when conventions.naam = 'lasten_teken' then case conventions.keuze when '-' then -1 else 1 end end) as lasten,
        max(case when conventions.naam = 'baten_teken' then case conventions.keuze when '-' then -1 else 1 end end) as baten,
        max(case when conventions.naam = 'toevoeging_teken' then case conventions.keuze when '-' then -1 else 1 end end) as toevoeging,
        max(case when conventions.naam = 'onttrekking_teken' then case conventions.keuze when '-' then -1 else 1 end end) as onttrekking
    from tables
    left join conventions
        on tables.table_id = conventions.table_id
    group by tables.table_id, tables.document_id
),

-- A balance that is a sum has parts of opposite signs; one that is a subtraction has parts of the same sign.
both_sides as (
    select
        choices.*,
        coalesce(
            baten,
            case when saldo like '%lasten + baten%' then -coalesce(lasten, 1) else lasten end,
            1
        ) as baten_zijde,
        coalesce(
            toevoeging,
            case when mutatie like '%toevoeging + onttrekking%' then -onttrekking else onttrekking end,
            1
        ) as toevoeging_zijde
    from choices
),

final as (
    select
        table_id,
        document_id,
        cast(coalesce(lasten, 1) as int) as lasten,
        cast(coalesce(baten, 1) as int) as baten,
        cast(
            case
                when saldo is null then 1
                when saldo like 'lasten - baten%' or saldo like '-(lasten%' then -baten_zijde
                else baten_zijde
            end as int
        ) as saldo,
        cast(coalesce(toevoeging, 1) as int) as toevoeging,
        cast(coalesce(onttrekking, 1) as int) as onttrekking,
        cast(
            case
                when mutatie is null then 1
                when mutatie like 'onttrekking - %' or mutatie like '-(toevoeging%' then -toevoeging_zijde
                else toevoeging_zijde
            end as int
        ) as mutatie,
        cast(case when potentieel = 'besparing - investering' then -1 else 1 end as int) as investering
    from both_sides
)

select * from final
order by table_id
