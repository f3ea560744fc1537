-- One row per gemeente of which there is a document.
with

documents as (select * from {{ ref('int_documents') }}),

gemeenten as (select * from {{ ref('gemeenten') }}),

published as (
    select
        gemeente_id,
        max(gemeentecode) as gemeentecode,
        min(gemeente) as gemeente,
        cast(count(*) as int) as documenten,
        min(jaar) as eerste_jaar,
        max(jaar) as laatste_jaar
    from documents
    group by gemeente_id
),

final as (
    select
        published.gemeente_id,
        published.gemeentecode,
        published.gemeente,
        gemeenten.gemeente_naam as naam_cbs,
        gemeenten.provincie,
        gemeenten.gemeentecode is not null as is_bekend,
        published.documenten,
        published.eerste_jaar,
        published.laatste_jaar
    from published
    left join gemeenten
        on published.gemeentecode = gemeenten.gemeentecode
)

select * from final
order by gemeente_id
