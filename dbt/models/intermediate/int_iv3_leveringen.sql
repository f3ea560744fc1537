-- One row per delivery of a gemeente in one layout: what it holds, and whether it is the latest of its kind.
{{ config(materialized='when_iv3_changed', per=['gemeentecode', 'verslagsoort']) }}
with

figures as (select * from {{ iv3_to_build(ref('stg_iv3'), ['gemeentecode', 'verslagsoort']) }}),

-- By the first character of the code too, the hoofdtaakveld, so that these can be counted.
per_hoofdtaakveld as (
    select
        document_id,
        levering,
        indeling,
        verslagsoort,
        boekjaar,
        periode,
        gemeentecode,
        substr(code, 1, 1) as begin_code,
        soort_cijfer,
        kant,
        min(leverdatum) as leverdatum,
        min(bestand) as bestand,
        min(regel) as regel,
        count(*) as cijfers,
        count(fout) as cijfers_met_fout,
        count(case when waarde <> 0 and code <> 'inwoners' then 1 end) as gevuld,
        count(case when fout is null then 1 end) as bruikbaar,
        count(case when fout is null and waarde <> 0 then 1 end) as bruikbaar_gevuld,
        {{ sum_amount("case when fout is null and code not in ('0.10', '0.11') then bedrag_eur end") }} as bedrag_eur,
        count(case when soort_cijfer = 'kerncijfer' and code = 'lasten' then 1 end) as kerncijfers_lasten,
        count(case when soort_cijfer = 'kerncijfer' and code = 'baten' then 1 end) as kerncijfers_baten,
        {{ sum_amount("case when fout is null and code = 'lasten' then bedrag_eur end") }} as kerncijfer_lasten_eur,
        {{ sum_amount("case when fout is null and code = 'baten' then bedrag_eur end") }} as kerncijfer_baten_eur
    from figures
    group by
        document_id, levering, indeling, verslagsoort, boekjaar, periode, gemeentecode, substr(code, 1, 1), soort_cijfer, kant
),

delivered as (
    select
        document_id,
        levering,
        min(leverdatum) as leverdatum,
        indeling,
        verslagsoort,
        boekjaar,
        periode,
        gemeentecode,
        min(bestand) as bestand,
        min(regel) as regel,
        cast(sum(cijfers) as int) as cijfers,
        cast(sum(cijfers_met_fout) as int) as cijfers_met_fout,
        sum(gevuld) = 0 as is_leeg,
        cast(sum(case when soort_cijfer = 'balans' then cijfers else 0 end) as int) as cijfers_balans,
        cast(sum(case when soort_cijfer = 'taakveld' and kant = 'lasten' then bruikbaar else 0 end) as int) as rijen_lasten,
        cast(sum(case when soort_cijfer = 'taakveld' and kant = 'baten' then bruikbaar else 0 end) as int) as rijen_baten,
        cast(sum(case when soort_cijfer = 'balans' then bruikbaar else 0 end) as int) as rijen_balans,
        -- Without mutations of reserves and the result, which not every layout has.
        {{ sum_amount("case when soort_cijfer = 'taakveld' and kant = 'lasten' then bedrag_eur when soort_cijfer = 'kerncijfer' then kerncijfer_lasten_eur end") }} as lasten_eur,
        {{ sum_amount("case when soort_cijfer = 'taakveld' and kant = 'baten' then bedrag_eur when soort_cijfer = 'kerncijfer' then kerncijfer_baten_eur end") }} as baten_eur,
        cast(sum(kerncijfers_lasten) as int) as kerncijfers_lasten,
        cast(sum(kerncijfers_baten) as int) as kerncijfers_baten,
        cast(count(
            case when soort_cijfer = 'taakveld' and kant = 'lasten' and bruikbaar_gevuld > 0 then 1 end
        ) as int) as hoofdtaakvelden
    from per_hoofdtaakveld
    group by document_id, levering, indeling, verslagsoort, boekjaar, periode, gemeentecode
),

-- Who delivers again is believed the last time; what holds nothing replaces nothing. Of the layouts of the same money the
-- finest counts, for each side by itself: tables of lasten have no baten.
final as (
    select
        delivered.*,
        row_number() over (
            partition by gemeentecode, verslagsoort, indeling
            order by is_leeg, leverdatum desc nulls last, document_id, levering
        ) = 1 as is_laatste,
        coalesce({{ voorrang_indeling('indeling') }} = min(
            case when not is_leeg and rijen_lasten > 0 then {{ voorrang_indeling('indeling') }} end
        ) over (partition by gemeentecode, verslagsoort), false) as is_fijnste_lasten,
        coalesce({{ voorrang_indeling('indeling') }} = min(
            case when not is_leeg and rijen_baten > 0 then {{ voorrang_indeling('indeling') }} end
        ) over (partition by gemeentecode, verslagsoort), false) as is_fijnste_baten,
        cast(count(*) over (partition by gemeentecode, verslagsoort, indeling) as int) as leveringen
    from delivered
)

select * from final
