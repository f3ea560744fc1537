-- One row per cause: what one error, one misread table or one unread file brings about, with who accepted it.
{{ config(meta={'is_cleared_away': true}) }}
with

findings as (select * from {{ ref('int_findings') }}),

suspects as (select * from {{ ref('suspects') }}),

tables as (select * from {{ ref('stg_tables') }}),

tolerances as (select * from {{ ref('int_tolerances') }}),

acceptances as (select * from {{ ref('stg_acceptances') }}),

-- The likeliest explanation of a set that cannot hold: by how much its numbers are off, together.
best_explanations as (
    select *
    from suspects
    qualify rank = min(rank) over (partition by component_id)
),

one_explanation as (
    select *
    from best_explanations
    qualify set_no = min(set_no) over (partition by component_id)
),

explained as (
    select
        one_explanation.component_id,
        cast(case
            when count(*) = count(one_explanation.implied_low + one_explanation.implied_high + {{ unit_factor('tables.unit') }})
                then sum(
                    abs(one_explanation.printed - (one_explanation.implied_low + one_explanation.implied_high) * 0.5)
                    * cast({{ unit_factor('tables.unit') }} as decimal(8, 0))
                )
        end as decimal(18, 2)) as amount_eur
    from one_explanation
    inner join tables
        on one_explanation.table_id = tables.table_id
    group by one_explanation.component_id
),

ordered as (
    select
        findings.*,
        row_number() over (
            partition by findings.cause_id
            order by
                case findings.kind when 'sommen_sluiten_niet_samen' then 0 when 'som_sluit_niet' then 1 when 'vraag' then 2 else 3 end nulls last,
                abs(findings.amount_eur) desc nulls last,
                findings.finding_id
        ) as volgnummer
    from findings
),

counted as (
    select
        cause_id,
        cast(count(*) as int) as bevindingen,
        cast(count(distinct document_id) as int) as documenten,
        cast(count(case when kind = 'som_sluit_niet' then 1 end) as int) as sommen,
        cast(max(amount_eur) as decimal(18, 2)) as amount_eur,
        min(case minste_severity when 'middel' then 1 else 2 end) as zwaarste,
        {{ hashed([ordered_listagg('fingerprint', ';')]) }} as fingerprint
    from findings
    group by cause_id
),

weighed as (
    select
        ordered.cause_id,
        ordered.finding_id,
        ordered.zekerheid,
        ordered.kind as soort,
        ordered.document_id,
        ordered.table_id,
        ordered.cell_id,
        ordered.component_id,
        ordered.doubtful_table_id,
        ordered.slip,
        ordered.slip_en,
        ordered.is_hele_regel,
        ordered.message,
        ordered.message_en,
        counted.bevindingen,
        counted.documenten,
        counted.sommen,
        counted.zwaarste,
        counted.fingerprint,
        case
            when ordered.zekerheid = 'fout_in_het_stuk' and ordered.kind = 'sommen_sluiten_niet_samen'
                then coalesce(explained.amount_eur, counted.amount_eur)
            else counted.amount_eur
        end as amount_eur,
        case when ordered.zekerheid = 'fout_in_het_stuk' then tolerances.fouten_tolerantie_eur else tolerances.onzekerheden_tolerantie_eur end
            as tolerantie_eur,
        tolerances.rapporteringstolerantie_eur
    from ordered
    inner join counted
        on ordered.cause_id = counted.cause_id
    left join explained
        on ordered.component_id = explained.component_id
    left join tolerances
        on ordered.document_id = tolerances.document_id
    where ordered.volgnummer = 1
),

latest_acceptances as (
    select *
    from acceptances
    qualify row_number() over (partition by finding_id order by wanneer desc nulls last, tot desc nulls last, wie nulls last, waarom nulls last) = 1
),

final as (
    select
        weighed.*,
        -- Severity follows from materialiteit; what has no amount can never be hoog.
        case
            when weighed.amount_eur is null and weighed.zwaarste = 1 then 'middel'
            when weighed.amount_eur is null then 'laag'
            when weighed.tolerantie_eur is null then 'middel'
            when weighed.amount_eur >= weighed.tolerantie_eur then 'hoog'
            when weighed.amount_eur >= weighed.rapporteringstolerantie_eur then 'middel'
            else 'laag'
        end as severity,
        case
            when latest_acceptances.finding_id is null then 'open'
            when latest_acceptances.fingerprint is distinct from weighed.fingerprint then 'verlopen'
            when latest_acceptances.tot <= {{ vandaag() }} then 'verlopen'
            else 'aanvaard'
        end as eigen_status,
        latest_acceptances.wie as accepted_by,
        latest_acceptances.wanneer as accepted_on,
        latest_acceptances.waarom as accepted_why,
        latest_acceptances.tot as accepted_until
    from weighed
    left join latest_acceptances
        on weighed.cause_id = latest_acceptances.finding_id
)

select * from final
