-- One row per claim in running text: what is stated, what the numbers say, and the verdict.
with

claims as (select * from {{ source('proof', 'claims') }}),

final as (
    select
        document_id,
        claim_id,
        mention,
        path,
        line,
        text_nl,
        text_en,
        expression,
        stated_text,
        nauwkeurigheid,
        computed_text,
        stated_low,
        stated_high,
        computed_low,
        computed_high,
        cells,
        verdict,
        reason
    from claims
)

select * from final
order by document_id, claim_id
