-- One row per printed amount of a saving or an investment, by what it costs or yields: investments are negative.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_besparingen'),

-- What the heading says about the table: the plan, what has been done of it, or what is left.
tables as (select * from {{ changed(ref('stg_tables')) }}),

phased as (
    select
        numbers.*,
        tables.fase
    from numbers
    inner join tables
        on numbers.table_id = tables.table_id
),

final as (
    select
        {{ getal_en_waarover() }},
        grootheid as soort,
        label as onderwerp,
        fase,
        {{ post_in_tabel() }},
        jaar,
        stand,
        bedrag_eur,
        is_laatste,
        -- The plan, what was done of it and what is left are three views of the same money: one counts.
        case fase when 'oorspronkelijk' then 1 when 'ingevuld' then 2 when 'resterend' then 3 else 0 end
        = min(case fase when 'oorspronkelijk' then 1 when 'ingevuld' then 2 when 'resterend' then 3 else 0 end)
            over (partition by document_id) as is_hoofdindeling,
        is_placed,
        {{ waar_gedrukt() }}
    from phased
)

select * from final
order by document_id, cell_id
