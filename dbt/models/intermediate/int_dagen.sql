-- One row per day from 2010 up to and including 2030: what dbt's semantic layer lays periods along.
with

nummers as (select * from {{ int_series(0, 7669, 'nummer') }} as reeks),

final as (
    select cast('2010-01-01' as date) + nummer as dag
    from nummers
)

select * from final
