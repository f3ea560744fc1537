-- One row per goal and one thing that is done for it.
with

prestaties as (select * from {{ source('landing', 'prestaties') }}),

renamed as (
    select
        document_id,
        trim(doel_code) as doel_code,
        trim(doel) as doel,
        trim(prestatie_code) as prestatie_code,
        trim(prestatie) as prestatie,
        nullif(trim(beleidsterrein_code), '') as beleidsterrein_code,
        nullif(trim(beleidsterrein), '') as beleidsterrein,
        programma,
        path,
        cast(line as int) as line
    from prestaties
)

select * from renamed
