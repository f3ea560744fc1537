-- One row per gemeente, jaar, stand, programma, beleidsterrein and taakveld: what comes in less what goes out.
with

lasten as (select * from {{ ref('lasten') }}),

baten as (select * from {{ ref('baten') }}),

bedragen as (
    select
        gemeente_id, gemeente, provincie, grootteklasse, jaar, stand, programma, programma_naam, programma_met_naam, beleidsterrein_code, beleidsterrein,
        taakveld_code, taakveld, hoofdtaakveld, inwoners, bedrag_eur as lasten_eur, cast(null as decimal(18, 2)) as baten_eur
    from lasten

    union all

    select
        gemeente_id, gemeente, provincie, grootteklasse, jaar, stand, programma, programma_naam, programma_met_naam, beleidsterrein_code, beleidsterrein,
        taakveld_code, taakveld, hoofdtaakveld, inwoners, cast(null as decimal(18, 2)) as lasten_eur, bedrag_eur as baten_eur
    from baten
),

summed as (
    select
        gemeente_id, gemeente, provincie, grootteklasse, jaar, stand, programma, programma_naam, programma_met_naam, beleidsterrein_code, beleidsterrein,
        taakveld_code, taakveld, hoofdtaakveld, inwoners,
        cast(coalesce({{ sum_amount('lasten_eur') }}, 0) as decimal(18, 2)) as lasten_eur,
        cast(coalesce({{ sum_amount('baten_eur') }}, 0) as decimal(18, 2)) as baten_eur
    from bedragen
    group by
        gemeente_id, gemeente, provincie, grootteklasse, jaar, stand, programma, programma_naam, programma_met_naam, beleidsterrein_code, beleidsterrein,
        taakveld_code, taakveld, hoofdtaakveld, inwoners
),

final as (
    select
        summed.*,
        cast(baten_eur - lasten_eur as decimal(18, 2)) as saldo_eur,
        {{ safe_divide('lasten_eur', 'inwoners', 18, 4) }} as lasten_per_inwoner_eur,
        {{ safe_divide('baten_eur', 'inwoners', 18, 4) }} as baten_per_inwoner_eur,
        {{ safe_divide('baten_eur - lasten_eur', 'inwoners', 18, 4) }} as saldo_per_inwoner_eur
    from summed
)

select * from final
