-- One row per value column of a table.
with

columns as (select * from {{ source('landing', 'columns') }}),

renamed as (
    select
        table_id,
        document_id,
        cast(column_no as int) as column_no,
        column_path,
        grootheid,
        stand,
        cast(jaar as int) as jaar,
        rol
    from columns
)

select * from renamed
