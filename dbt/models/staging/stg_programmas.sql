-- One row per programme, or part of one, that a document lists.
with

programmas as (select * from {{ source('landing', 'programmas') }}),

renamed as (
    select
        document_id,
        trim(programma) as programma,
        nullif(trim(deelprogramma), '') as deelprogramma,
        trim(naam) as naam,
        nullif(trim(domein), '') as domein,
        path,
        cast(line as int) as line
    from programmas
)

select * from renamed
