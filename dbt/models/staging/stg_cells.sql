-- One row per printed value, as printed: printed unit, printed sign.
with

cells as (select * from {{ source('landing', 'cells') }}),

renamed as (
    select
        cell_id,
        table_id,
        document_id,
        cast(row_no as int) as row_no,
        cast(column_no as int) as column_no,
        cast(occurrence as int) as occurrence,
        row_path,
        column_path,
        text,
        cast(value as decimal(24, 6)) as value,
        coalesce(is_nil, false) as is_nil,
        coalesce(is_missing, false) as is_missing,
        coalesce(cast(decimals as int), 0) as decimals,
        coalesce(cast(sign as int), 1) as sign,
        comparator,
        eenheid,
        noot,
        cast(jaar as int) as jaar,
        cast(line as int) as line,
        cast(page as int) as page,
        coalesce(is_placed, false) as is_placed,
        grootheid,
        stand,
        rol,
        coalesce(cast(teken as int), 1) as teken
    from cells
)

select * from renamed
