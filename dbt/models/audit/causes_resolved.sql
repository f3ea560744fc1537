-- One row per cause that the state published before had and this one has not.
with

causes_seen as (select * from {{ source('history', 'causes_seen') }} where is_current),

causes as (select * from {{ ref('causes') }}),

final as (
    select
        causes_seen.cause_id,
        causes_seen.zekerheid,
        causes_seen.soort,
        causes_seen.document_id,
        causes_seen.amount_eur,
        causes_seen.message,
        causes_seen.message_en,
        causes_seen.first_seen,
        causes_seen.last_seen
    from causes_seen
    left join causes
        on causes_seen.cause_id = causes.cause_id
    where causes.cause_id is null
)

select * from final
order by document_id, cause_id
