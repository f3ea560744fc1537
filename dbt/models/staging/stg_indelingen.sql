-- One row per programma or beleidsterrein that a document names outside its tables of amounts, by code.
with

indelingen as (select * from {{ source('landing', 'indelingen') }}),

final as (
    select
        document_id,
        soort,
        code,
        naam,
        domein,
        programma,
        is_onderdeel
    from indelingen
)

select * from final
