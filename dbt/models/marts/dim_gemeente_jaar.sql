-- One row per gemeente of which there is a document and year that a document is about or has figures of.
with

documents as (select * from {{ ref('int_documents') }}),

cells as (select * from {{ ref('int_cells') }} where jaar is not null),

gemeenten as (select * from {{ ref('gemeenten_per_jaar') }}),

years as (
    select
        documents.gemeente_id,
        cells.jaar
    from documents
    inner join cells
        on documents.document_id = cells.document_id

    union

    select
        gemeente_id,
        jaar
    from documents

    union

    select
        documents.gemeente_id,
        gemeenten.jaar
    from documents
    inner join gemeenten
        on documents.gemeentecode = gemeenten.gemeentecode
),

codes as (
    select
        gemeente_id,
        max(gemeentecode) as gemeentecode,
        min(gemeente) as gemeente
    from documents
    group by gemeente_id
),

latest_names as (
    select *
    from gemeenten
    qualify row_number() over (partition by gemeentecode order by jaar desc) = 1
),

final as (
    select
        years.gemeente_id || '@' || cast(years.jaar as string) as gemeente_jaar_id,
        years.gemeente_id,
        years.jaar,
        coalesce(gemeenten.gemeente_naam, latest_names.gemeente_naam, codes.gemeente) as gemeente_naam,
        coalesce(latest_names.provincie, 'Onbekend') as provincie,
        gemeenten.inwoners,
        {{ grootteklasse('gemeenten.inwoners') }} as grootteklasse,
        gemeenten.gemeentecode is not null as is_bekend
    from years
    inner join codes
        on years.gemeente_id = codes.gemeente_id
    left join gemeenten
        on
            codes.gemeentecode = gemeenten.gemeentecode
            and years.jaar = gemeenten.jaar
    left join latest_names
        on codes.gemeentecode = latest_names.gemeentecode
)

select * from final
order by gemeente_id, jaar
