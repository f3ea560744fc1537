-- One row per measure (maatregel) that a document lists.
with

maatregelen as (select * from {{ ref('stg_maatregelen') }}),

documents as (select * from {{ ref('int_documents') }}),

final as (
    select
        {{ hashed(['maatregelen.document_id', 'maatregelen.path', 'maatregelen.line']) }} as maatregel_id,
        maatregelen.document_id,
        documents.gemeente_id,
        documents.gemeente,
        maatregelen.code as maatregel_code,
        maatregelen.jaar,
        maatregelen.soort,
        maatregelen.programma,
        maatregelen.onderwerp,
        maatregelen.path,
        maatregelen.line
    from maatregelen
    inner join documents
        on maatregelen.document_id = documents.document_id
)

select * from final
order by document_id, path, line, maatregel_id
