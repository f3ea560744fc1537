-- One row per number in a sum, of the documents that must be built: the total of a sum is looked for among all its terms.
with

-- The total is the last term with coefficient -1: a part may have it too, when it is taken off.
rule_terms as (
    select
        *,
        max(case when coefficient = -1 then term_no end) over (partition by document_id, rule_id) as totaal_term_no
    from {{ changed(source('landing', 'rule_terms')) }}
),

renamed as (
    select
        rule_id,
        document_id,
        cast(term_no as int) as term_no,
        cell_id,
        cast(coefficient as decimal(18, 6)) as coefficient,
        coalesce(term_no = totaal_term_no, false) as is_total
    from rule_terms
)

select * from renamed
