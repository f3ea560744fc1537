-- One row per number in a sum.
with

rule_terms as (select * from {{ source('landing', 'rule_terms') }}),

renamed as (
    select
        rule_id,
        document_id,
        cast(term_no as int) as term_no,
        cell_id,
        cast(coefficient as decimal(18, 6)) as coefficient
    from rule_terms
)

select * from renamed
