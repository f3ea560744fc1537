-- One row per document that is another publication of one that is there: the first of all these.
with

publicaties as (select * from {{ source('landing', 'publicaties') }}),

final as (
    select
        document_id,
        eerste_document_id
    from publicaties
)

select * from final
