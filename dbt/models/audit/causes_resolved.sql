-- One row per cause that the state published before had and this one has not.
with

causes_seen as (select * from {{ source('history', 'causes_seen') }} where is_current),

causes as (select * from {{ ref('causes') }}),

findings as (select * from {{ ref('findings') }}),

names_of_sets as (select * from {{ ref('int_names_of_sets') }}),

documents as (select * from {{ ref('stg_documents') }}),

cell_versions as (select * from {{ source('history', 'cell_versions') }} where bron = 'cell'),

states as (
    select
        state_no,
        state_no = max(state_no) over () as is_latest
    from {{ source('history', 'states') }}
),

present_tables as (
    select distinct table_key
    from cell_versions
    where state_to is null
),

-- Tables whose last numbers went with this state: nothing of them stands in what is published now.
gone_tables as (
    select distinct cell_versions.table_id
    from cell_versions
    inner join states
        on cell_versions.state_to = states.state_no
    left join present_tables
        on cell_versions.table_key = present_tables.table_key
    where states.is_latest and present_tables.table_key is null
),

-- What a cause of before was called after still stands: it hangs under another cause now, or the set that it is in has another
-- name. Nothing was solved.
standing as (
    select {{ hashed(['finding_id']) }} as cause_id
    from findings

    union

    select cause_id
    from names_of_sets
),

final as (
    select
        causes_seen.cause_id,
        causes_seen.zekerheid,
        causes_seen.soort,
        case
            when documents.document_id is null or gone_tables.table_id is not null then 'verdwenen'
            else 'opgelost'
        end as hoe,
        causes_seen.document_id,
        causes_seen.amount_eur,
        causes_seen.message,
        causes_seen.message_en,
        causes_seen.first_seen,
        causes_seen.last_seen
    from causes_seen
    left join causes
        on causes_seen.cause_id = causes.cause_id
    left join standing
        on causes_seen.cause_id = standing.cause_id
    left join documents
        on causes_seen.document_id = documents.document_id
    left join gone_tables
        on causes_seen.table_id = gone_tables.table_id
    where causes.cause_id is null and standing.cause_id is null
)

select * from final
order by document_id, cause_id
