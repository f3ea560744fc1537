-- One row per printed amount of baten that counts: of the latest document that gives it, along one cut of the money.
{{ config(materialized='view') }}
with

feiten as (select * from {{ ref('fct_baten') }} where is_laatste and is_hoofdindeling),

documenten as (select * from {{ ref('dim_document') }}),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

programmas as (select * from {{ ref('dim_programma') }}),

beleidsterreinen as (select * from {{ ref('dim_beleidsterrein') }}),

taakvelden as (select * from {{ ref('dim_taakveld') }}),

final as (
    select
        feiten.gemeente_id,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        feiten.jaar,
        feiten.stand,
        feiten.programma_id,
        coalesce(feiten.programma, 'onbekend') as programma,
        programmas.programma_conform as programma_naam,
        feiten.beleidsterrein_id,
        coalesce(feiten.beleidsterrein_code, 'onbekend') as beleidsterrein_code,
        beleidsterreinen.beleidsterrein_conform as beleidsterrein,
        feiten.taakveld_id,
        coalesce(feiten.taakveld_code, 'onbekend') as taakveld_code,
        taakvelden.taakveld,
        taakvelden.hoofdtaakveld,
        feiten.indeling,
        feiten.groep,
        feiten.post,
        feiten.code,
        feiten.bedrag_eur,
        gemeenten.inwoners,
        {{ safe_divide('feiten.bedrag_eur', 'gemeenten.inwoners', 18, 4) }} as per_inwoner_eur,
        feiten.verifieerbaarheid,
        feiten.document_id,
        documenten.titel as document,
        feiten.bestand,
        feiten.regel,
        feiten.cell_id
    from feiten
    inner join documenten
        on feiten.document_id = documenten.document_id
    inner join gemeenten
        on
            feiten.gemeente_id = gemeenten.gemeente_id
            and feiten.jaar = gemeenten.jaar
    inner join programmas
        on feiten.programma_id = programmas.programma_id
    inner join beleidsterreinen
        on feiten.beleidsterrein_id = beleidsterreinen.beleidsterrein_id
    inner join taakvelden
        on feiten.taakveld_id = taakvelden.taakveld_id
)

select * from final
