-- One row per printed amount of a saving or an investment, by what it costs or yields: investments are negative.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'fct_besparingen'),

headed as (
    select
        numbers.*,
        lower(caption || ' ' || section) as opschrift
    from numbers
),

-- What the heading says about the table: the plan, what has been done of it, or what is left.
phased as (
    select
        headed.*,
        case
            when opschrift like '%resterend%' or opschrift like '%stand van%' or opschrift like '%nog in te vullen%' then 'resterend'
            when opschrift like '%ingevuld%' or opschrift like '%doorgevoerd%' or opschrift like '%gerealiseerd%' then 'ingevuld'
            when opschrift like '%oorspronkelijk%' then 'oorspronkelijk'
        end as fase
    from headed
),

final as (
    select
        {{ getal_en_waarover() }},
        grootheid as soort,
        label as onderwerp,
        fase,
        groep,
        post,
        code,
        row_path,
        column_path,
        jaar,
        stand,
        bedrag_eur,
        is_laatste,
        -- The plan, what was done of it and what is left are three views of the same money: one counts.
        case fase when 'oorspronkelijk' then 1 when 'ingevuld' then 2 when 'resterend' then 3 else 0 end
        = min(case fase when 'oorspronkelijk' then 1 when 'ingevuld' then 2 when 'resterend' then 3 else 0 end)
            over (partition by document_id) as is_hoofdindeling,
        is_placed,
        verifieerbaarheid,
        bestand,
        regel
    from phased
)

select * from final
order by document_id, cell_id
