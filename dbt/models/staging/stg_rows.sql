-- One row per row of a table that carries values.
with

rows_as_read as (select * from {{ source('landing', 'rows') }}),

renamed as (
    select
        table_id,
        document_id,
        cast(row_no as int) as row_no,
        row_path,
        cast(line as int) as line,
        grootheid,
        nullif(trim(code), '') as code,
        rol,
        cast(block as int) as block,
        is_group_total,
        bron,
        eenheid,
        coalesce(lezing, 'zeker') as lezing,
        label,
        bovenliggend_pad,
        post,
        groep,
        programma,
        programma_naam,
        beleidsterrein_code,
        beleidsterrein,
        taakveld,
        reserve,
        doel_code,
        is_called_total,
        is_called_part,
        vast_onderdeel,
        indicator
    from rows_as_read
)

select * from renamed
