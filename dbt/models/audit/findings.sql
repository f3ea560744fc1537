-- One row per thing that a person should look at; its id stays the same for as long as it is the same thing.
with

named as (select * from {{ ref('int_findings') }}),

causes as (select * from {{ ref('int_causes') }}),

cells as (select * from {{ ref('int_cells') }}),

rows_of_tables as (select * from {{ ref('int_rows') }}),

-- Of the cuts that a document makes of its money one counts.
lasten as (
    select *
    from {{ ref('fct_lasten') }}
    qualify indeling = min(indeling) over (partition by document_id, programma, jaar, stand)
),

documents as (select * from {{ ref('int_documents') }}),

tolerances as (select * from {{ ref('int_tolerances') }}),

acceptances as (select * from {{ ref('stg_acceptances') }}),

findings_seen as (select * from {{ source('history', 'findings_seen') }}),

lasten_of_programmas as (
    select
        document_id,
        coalesce(programma, '') as programma_sleutel,
        jaar,
        stand,
        {{ sum_amount('bedrag_eur') }} as lasten_eur
    from lasten
    group by document_id, coalesce(programma, ''), jaar, stand
),

weighed as (
    select
        named.*,
        {{ safe_divide('100 * named.amount_eur', 'abs(lasten_of_programmas.lasten_eur)', 9, 2) }} as aandeel_lasten_pct
    from named
    left join cells
        on named.cell_id = cells.cell_id
    left join rows_of_tables
        on
            cells.table_id = rows_of_tables.table_id
            and cells.row_no = rows_of_tables.row_no
    left join documents
        on cells.document_id = documents.document_id
    -- What was published twice has its lasten in the first publication.
    left join lasten_of_programmas
        on
            coalesce(documents.eerste_document_id, documents.document_id) = lasten_of_programmas.document_id
            and coalesce(rows_of_tables.programma, '') = lasten_of_programmas.programma_sleutel
            and cells.jaar = lasten_of_programmas.jaar
            and cells.stand = lasten_of_programmas.stand
),

latest_acceptances as (
    select *
    from acceptances
    qualify row_number() over (partition by finding_id order by wanneer desc nulls last, tot desc nulls last, wie nulls last, waarom nulls last) = 1
),

judged as (
    select
        weighed.*,
        latest_acceptances.wie,
        latest_acceptances.wanneer,
        latest_acceptances.waarom,
        latest_acceptances.tot,
        case
            when latest_acceptances.finding_id is null then 'open'
            when latest_acceptances.fingerprint is distinct from weighed.fingerprint then 'verlopen'
            when latest_acceptances.tot <= {{ vandaag() }} then 'verlopen'
            else 'aanvaard'
        end as eigen_status
    from weighed
    left join latest_acceptances
        on weighed.finding_id = latest_acceptances.finding_id
),

-- Who accepts a cause accepts what follows from it.
final as (
    select
        judged.finding_id,
        judged.cause_id,
        judged.kind,
        judged.zekerheid,
        case
            when judged.amount_eur is null then judged.minste_severity
            when tolerances.fouten_tolerantie_eur is null then 'middel'
            when judged.zekerheid = 'fout_in_het_stuk' and judged.amount_eur >= tolerances.fouten_tolerantie_eur then 'hoog'
            when judged.zekerheid <> 'fout_in_het_stuk' and judged.amount_eur >= tolerances.onzekerheden_tolerantie_eur then 'hoog'
            when judged.amount_eur >= tolerances.rapporteringstolerantie_eur then 'middel'
            else 'laag'
        end as severity,
        case
            when judged.eigen_status = 'aanvaard' or causes.eigen_status = 'aanvaard' then 'aanvaard'
            when judged.eigen_status = 'verlopen' or causes.eigen_status = 'verlopen' then 'verlopen'
            else 'open'
        end as status,
        judged.document_id,
        judged.table_id,
        judged.cell_id,
        judged.rule_id,
        judged.component_id,
        judged.parent_finding_id,
        cast(judged.amount_eur as decimal(18, 2)) as amount_eur,
        judged.aandeel_lasten_pct,
        judged.message,
        judged.message_en,
        coalesce(findings_seen.first_seen, {{ nu() }}) as first_seen,
        judged.fingerprint,
        case when judged.eigen_status = 'open' or causes.eigen_status = 'aanvaard' and judged.eigen_status <> 'aanvaard' then causes.accepted_by else judged.wie end
            as accepted_by,
        case when judged.eigen_status = 'open' or causes.eigen_status = 'aanvaard' and judged.eigen_status <> 'aanvaard' then causes.accepted_on else judged.wanneer end
            as accepted_on,
        case when judged.eigen_status = 'open' or causes.eigen_status = 'aanvaard' and judged.eigen_status <> 'aanvaard' then causes.accepted_why else judged.waarom end
            as accepted_why,
        case when judged.eigen_status = 'open' or causes.eigen_status = 'aanvaard' and judged.eigen_status <> 'aanvaard' then causes.accepted_until else judged.tot end
            as accepted_until
    from judged
    inner join causes
        on judged.cause_id = causes.cause_id
    left join tolerances
        on judged.document_id = tolerances.document_id
    left join findings_seen
        on judged.finding_id = findings_seen.finding_id
)

select * from final
order by kind, document_id, finding_id
