-- One row per thing that a person should look at.
with

findings as (select * from {{ ref('findings') }}),

documenten as (select * from {{ ref('dim_document') }}),

final as (
    select
        findings.finding_id,
        findings.kind as soort,
        findings.severity as ernst,
        findings.status,
        coalesce(documenten.gemeente, 'Onbekend') as gemeente,
        findings.document_id,
        documenten.titel as document,
        documenten.jaar as document_jaar,
        findings.amount_eur as bedrag_eur,
        findings.aandeel_lasten_pct,
        findings.message as bevinding,
        findings.first_seen as eerst_gezien,
        findings.table_id,
        findings.cell_id
    from findings
    left join documenten
        on findings.document_id = documenten.document_id
)

select * from final
