-- One row per thing that could not be read, or must be answered by a person.
with

rejects as (select * from {{ ref('stg_rejects') }}),

final as (
    select
        document_id,
        path,
        line,
        kind,
        reason,
        reason_en,
        text,
        key,
        table_id,
        row_no,
        column_no,
        is_whole_table,
        toelichting,
        toelichting_en,
        verschil,
        delen
    from rejects
)

select * from final
order by document_id, path, line nulls last, reason
