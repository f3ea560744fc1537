-- One row per printed total, balance or difference, beside the sum of its own parts where one is known.
{{ config(materialized='per_document') }}
with

totalen as (select * from {{ changed(ref('fct_gepubliceerde_totalen')) }}),

sommen as (select * from {{ ref('reconciliation') }}),

documenten as (select * from {{ ref('dim_document') }}),

programmas as (select * from {{ ref('dim_programma') }}),

final as (
    select
        totalen.gemeente_id,
        totalen.gemeente,
        totalen.document_id,
        documenten.titel as document,
        totalen.jaar,
        totalen.stand,
        totalen.tabelsoort,
        coalesce(programmas.programma, 'onbekend') as programma,
        programmas.programma_met_naam,
        coalesce(totalen.beleidsterrein_code, 'onbekend') as beleidsterrein_code,
        totalen.reden as soort,
        coalesce(totalen.grootheid, 'onbekend') as grootheid,
        totalen.groep,
        totalen.post,
        totalen.row_path as regel_als_gedrukt,
        totalen.column_path as kolom_als_gedrukt,
        totalen.bedrag_eur as gedrukt_eur,
        -- What is off is known in the printed sign, which may be the other one.
        cast(
            case
                when sommen.unit is null then null
                when totalen.waarde * totalen.bedrag_eur >= 0 then totalen.bedrag_eur + sommen.residual
                else totalen.bedrag_eur - sommen.residual
            end as decimal(18, 2)
        ) as som_van_delen_eur,
        cast(case when sommen.unit is not null then abs(sommen.residual) end as decimal(18, 2)) as verschil_eur,
        cast(case when sommen.unit is not null then sommen.tolerance end as decimal(18, 2)) as afronding_eur,
        case sommen.verdict
            when 'exact' then 'klopt'
            when 'rounding' then 'klopt op afronding na'
            when 'break' then 'klopt niet'
            else 'niet te toetsen'
        end as oordeel,
        totalen.bestand,
        totalen.regel,
        totalen.rule_id,
        totalen.cell_id
    from totalen
    inner join documenten
        on totalen.document_id = documenten.document_id
    inner join programmas
        on totalen.programma_id = programmas.programma_id
    left join sommen
        on totalen.rule_id = sommen.rule_id
)

select * from final
