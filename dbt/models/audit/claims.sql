-- One row per claim in running text: what is stated, what the numbers say, and the verdict.
with

claims as (select * from {{ source('proof', 'claims') }}),

final as (
    select
        document_id,
        claim_id,
        path,
        cast(line as int) as line,
        text_nl,
        text_en,
        expression,
        stated_text,
        nauwkeurigheid,
        computed_text,
        verdict
    from claims
)

select * from final
order by document_id, claim_id
