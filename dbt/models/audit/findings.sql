-- One row per thing that a person should look at; its id stays the same for as long as it is the same thing.
with

sums as (select * from {{ ref('int_findings_sums') }}),

words as (select * from {{ ref('int_findings_words') }}),

reading as (select * from {{ ref('int_findings_reading') }}),

calendar as (select * from {{ ref('int_findings_calendar') }}),

restatements as (select * from {{ ref('int_findings_restatements') }}),

cells as (select * from {{ ref('int_cells') }}),

rows_of_tables as (select * from {{ ref('int_rows') }}),

-- Of the cuts that a document makes of its money one counts.
lasten as (
    select *
    from {{ ref('fct_lasten') }}
    qualify indeling = min(indeling) over (partition by document_id, programma, jaar, stand)
),

documents as (select * from {{ ref('int_documents') }}),

acceptances as (select * from {{ ref('stg_acceptances') }}),

findings_seen as (select * from {{ source('history', 'findings_seen') }}),

-- The owner is what the id is about: a document, or what outlives it.
everything as (
    select
        kind, eigenaar, document_id, table_id, cell_id, rule_id, component_id, natuurlijke_sleutel, amount_eur, minste_severity,
        message, message_en, getallen
    from sums

    union all

    select
        kind, document_id as eigenaar, document_id, table_id, cell_id, null as rule_id, null as component_id, natuurlijke_sleutel, amount_eur,
        minste_severity, message, message_en, getallen
    from words

    union all

    select
        kind, document_id as eigenaar, document_id, table_id, null as cell_id, null as rule_id, null as component_id, natuurlijke_sleutel,
        null as amount_eur, minste_severity, message, message_en, getallen
    from reading

    union all

    select
        kind, eigenaar, document_id, null as table_id, null as cell_id, null as rule_id, null as component_id, natuurlijke_sleutel,
        null as amount_eur, minste_severity, message, message_en, getallen
    from calendar

    union all

    select
        kind, document_id as eigenaar, document_id, table_id, cell_id, null as rule_id, null as component_id, natuurlijke_sleutel, amount_eur,
        minste_severity, message, message_en, getallen
    from restatements
),

-- Things that agree in everything that has a name are told apart by their numbers.
numbered as (
    select
        everything.*,
        row_number() over (
            partition by kind, eigenaar, natuurlijke_sleutel
            order by getallen nulls last, message nulls last, rule_id nulls last, cell_id nulls last
        ) as volgnummer
    from everything
),

named as (
    select
        numbered.*,
        {{ hashed(['kind', 'eigenaar', 'natuurlijke_sleutel', "case when volgnummer > 1 then volgnummer end"]) }} as finding_id,
        {{ hashed(['getallen']) }} as fingerprint
    from numbered
),

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

sets_that_cannot_hold as (
    select
        component_id,
        min(finding_id) as finding_id
    from named
    where kind = 'sommen_sluiten_niet_samen'
    group by component_id
),

latest_acceptances as (
    select *
    from acceptances
    qualify row_number() over (partition by finding_id order by wanneer desc nulls last, tot desc nulls last, wie nulls last, waarom nulls last) = 1
),

final as (
    select
        weighed.finding_id,
        weighed.kind,
        case
            when
                weighed.amount_eur >= {{ var('drempel_hoog_eur') }}
                or weighed.aandeel_lasten_pct >= {{ var('drempel_hoog_pct') }}
                then 'hoog'
            else weighed.minste_severity
        end as severity,
        case
            when latest_acceptances.finding_id is null then 'open'
            when latest_acceptances.fingerprint is distinct from weighed.fingerprint then 'verlopen'
            when latest_acceptances.tot <= {{ vandaag() }} then 'verlopen'
            else 'aanvaard'
        end as status,
        weighed.document_id,
        weighed.table_id,
        weighed.cell_id,
        weighed.rule_id,
        weighed.component_id,
        case when weighed.kind = 'som_sluit_niet' then sets_that_cannot_hold.finding_id end as parent_finding_id,
        cast(weighed.amount_eur as decimal(18, 2)) as amount_eur,
        weighed.aandeel_lasten_pct,
        weighed.message,
        weighed.message_en,
        coalesce(findings_seen.first_seen, {{ nu() }}) as first_seen,
        weighed.fingerprint,
        latest_acceptances.wie as accepted_by,
        latest_acceptances.wanneer as accepted_on,
        latest_acceptances.waarom as accepted_why,
        latest_acceptances.tot as accepted_until
    from weighed
    left join sets_that_cannot_hold
        on weighed.component_id = sets_that_cannot_hold.component_id
    left join latest_acceptances
        on weighed.finding_id = latest_acceptances.finding_id
    left join findings_seen
        on weighed.finding_id = findings_seen.finding_id
)

select * from final
order by kind, document_id, finding_id
