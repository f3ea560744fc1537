-- One row per printed amount of lasten or baten by taakveld that counts: of the latest document that gives it so.
with

feiten as (
    select 'lasten' as kant, lasten.*
    from {{ ref('fct_lasten') }} as lasten
    where indeling = 'taakveld' and is_laatste and is_enige_in_indeling

    union all

    select 'baten' as kant, baten.*
    from {{ ref('fct_baten') }} as baten
    where indeling = 'taakveld' and is_laatste and is_enige_in_indeling
),

documenten as (select * from {{ ref('dim_document') }}),

gemeenten as (select * from {{ ref('dim_gemeente_jaar') }}),

programmas as (select * from {{ ref('dim_programma') }}),

beleidsterreinen as (select * from {{ ref('dim_beleidsterrein') }}),

taakvelden as (select * from {{ ref('dim_taakveld') }}),

final as (
    {{ bedragen_met_namen('kant') }}
)

select * from final
