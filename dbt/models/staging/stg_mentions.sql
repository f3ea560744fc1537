-- One row per amount named in running text.
with

mentions as (select * from {{ source('landing', 'mentions') }}),

renamed as (
    select
        document_id,
        trim(vermelding) as vermelding,
        nullif(upper(trim(beleidsterrein)), '') as beleidsterrein_code,
        onderwerp,
        aard,
        cast(jaar as int) as jaar,
        cast(bedrag as decimal(24, 6)) as bedrag,
        bedrag_text,
        eenheid,
        nauwkeurigheid,
        nullif(duur, '') as duur,
        nullif(besluit, '') as besluit,
        nullif(dekking, '') as dekking,
        path,
        cast(line as int) as line
    from mentions
)

select * from renamed
