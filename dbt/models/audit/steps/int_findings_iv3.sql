-- One row per delivery of Iv3 that can be read and cannot be right: half of it, or another unit than thousands of euros.
{{ config(materialized='view', meta={'is_cleared_away': true}) }}
with

leveringen as (select * from {{ ref('iv3_leveringen') }}),

placed as (
    select
        leveringen.*,
        verslagsoort || ' (' || indeling || ') in ' || bestand || coalesce(', regel ' || cast(regel as string), '') as plaats,
        verslagsoort || ' (' || indeling || ') in ' || bestand || coalesce(', line ' || cast(regel as string), '') as plaats_en
    from leveringen
    where bestand is not null
),

final as (
    select
        'levering_half' as kind,
        document_id,
        gemeentecode || ' ' || verslagsoort || ' ' || indeling as natuurlijke_sleutel,
        'Van Iv3 leverde ' || gemeente || ' ' || plaats || ' maar een deel: ' || reden || '.' as message,
        'Of Iv3 ' || gemeente || ' delivered only a part of ' || plaats_en || '.' as message_en,
        'middel' as minste_severity,
        cast(cijfers as string) as getallen,
        'half ' || verslagsoort || ' ' || indeling as groep
    from placed
    where status = 'half'

    union all

    select
        'eenheid_verdacht' as kind,
        document_id,
        gemeentecode || ' ' || verslagsoort || ' ' || indeling as natuurlijke_sleutel,
        'De bedragen van ' || gemeente || ' in Iv3 ' || plaats || ' lijken niet in duizenden euro''s te staan: EUR '
        || {{ printed_number('lasten_per_inwoner_eur') }} || ' lasten per inwoner, tegen EUR ' || {{ printed_number('mediaan_per_inwoner_eur') }}
        || ' in het midden van gemeenten van zijn grootte.' as message,
        'The amounts of ' || gemeente || ' in Iv3 ' || plaats_en || ' seem not to be in thousands of euros: EUR '
        || {{ printed_number_in_english('lasten_per_inwoner_eur') }} || ' of lasten per inhabitant, against EUR '
        || {{ printed_number_in_english('mediaan_per_inwoner_eur') }} || ' in the middle of gemeenten of its size.' as message_en,
        'middel' as minste_severity,
        cast(lasten_eur as string) as getallen,
        'eenheid ' || verslagsoort || ' ' || indeling as groep
    from placed
    where is_eenheid_verdacht and lasten_per_inwoner_eur is not null and mediaan_per_inwoner_eur is not null
)

select * from final
