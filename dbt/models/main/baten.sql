-- One row per printed amount of baten that counts: of the latest document that gives it, along one cut of the money.
{{ config(materialized='per_document') }}
with

feiten as (select * from {{ changed(ref('fct_baten')) }} where is_laatste and is_hoofdindeling),

documenten as (select * from {{ ref('dim_document') }}),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

programmas as (select * from {{ ref('dim_programma') }}),

beleidsterreinen as (select * from {{ ref('dim_beleidsterrein') }}),

taakvelden as (select * from {{ ref('dim_taakveld') }}),

final as (
    {{ bedragen_met_namen() }}
)

select * from final
