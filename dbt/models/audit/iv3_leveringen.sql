-- One row per gemeente, delivery and layout that is to be expected, and what came of it: delivered, half, empty or not at all.
{{ config(materialized='when_iv3_changed') }}
with

leveringen as (select * from {{ ref('int_iv3_leveringen') }} where is_laatste),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }}),

gemeenten_of_years as (
    select
        jaar,
        count(*) as gemeenten
    from gemeenten
    group by jaar
),

-- A delivery of at least half of all gemeenten is one of all: who is not in it did not deliver.
national as (
    select
        leveringen.verslagsoort,
        leveringen.indeling,
        leveringen.boekjaar,
        min(leveringen.document_id) as document_id
    from leveringen
    inner join gemeenten_of_years
        on leveringen.boekjaar = gemeenten_of_years.jaar
    group by leveringen.verslagsoort, leveringen.indeling, leveringen.boekjaar
    having 2 * count(distinct leveringen.gemeentecode) >= min(gemeenten_of_years.gemeenten)
),

expected as (
    select
        gemeenten.gemeentecode,
        national.verslagsoort,
        national.indeling,
        national.boekjaar,
        national.document_id
    from national
    inner join gemeenten
        on national.boekjaar = gemeenten.jaar

    union all

    select
        leveringen.gemeentecode,
        leveringen.verslagsoort,
        leveringen.indeling,
        leveringen.boekjaar,
        leveringen.document_id
    from leveringen
    left join national
        on
            leveringen.verslagsoort = national.verslagsoort
            and leveringen.indeling = national.indeling
    where national.verslagsoort is null
),

-- What can be used of a delivery that is not empty.
totals as (
    select
        gemeentecode,
        verslagsoort,
        indeling,
        lasten_eur,
        baten_eur,
        case indeling when 'kerncijfer' then kerncijfers_lasten else rijen_lasten end as rijen_lasten,
        case indeling when 'kerncijfer' then kerncijfers_baten else rijen_baten end as rijen_baten,
        case when indeling <> 'kerncijfer' then hoofdtaakvelden end as hoofdtaakvelden
    from leveringen
    where not is_leeg and (indeling = 'kerncijfer' or rijen_lasten + rijen_baten > 0)
),

laid_side_by_side as (
    select
        expected.gemeentecode,
        gemeenten.gemeente_naam,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        gemeenten.inwoners,
        expected.verslagsoort,
        expected.boekjaar,
        cast(substr(expected.verslagsoort, 8, 1) as int) as periode,
        expected.indeling,
        coalesce(leveringen.document_id, expected.document_id) as document_id,
        leveringen.levering,
        leveringen.bestand,
        leveringen.regel,
        coalesce(leveringen.cijfers, 0) as cijfers,
        coalesce(leveringen.cijfers_met_fout, 0) as cijfers_met_fout,
        coalesce(leveringen.rijen_lasten + leveringen.rijen_baten, 0) as cijfers_taakveld,
        coalesce(leveringen.rijen_balans, 0) as cijfers_balans,
        coalesce(leveringen.leveringen, 0) as leveringen,
        case
            when leveringen.gemeentecode is null then 'niet geleverd'
            when leveringen.is_leeg then 'alles nul'
            when expected.indeling in ('taakveld_categorie', 'taakveld') and (totals.rijen_lasten = 0 or totals.rijen_baten = 0)
                then 'half'
            when expected.indeling = 'kerncijfer' and (totals.rijen_lasten = 0 or totals.rijen_baten = 0) then 'half'
            when totals.hoofdtaakvelden < 8 then 'half'
            when totals.gemeentecode is null then 'half'
            else 'geleverd'
        end as status,
        totals.rijen_lasten,
        totals.rijen_baten,
        totals.hoofdtaakvelden,
        totals.lasten_eur,
        totals.baten_eur,
        {{ safe_divide('totals.lasten_eur', 'gemeenten.inwoners', 18, 2) }} as lasten_per_inwoner_eur
    from expected
    inner join gemeenten
        on
            expected.gemeentecode = gemeenten.gemeentecode
            and expected.boekjaar = gemeenten.jaar
    left join leveringen
        on
            expected.gemeentecode = leveringen.gemeentecode
            and expected.verslagsoort = leveringen.verslagsoort
            and expected.indeling = leveringen.indeling
    left join totals
        on
            expected.gemeentecode = totals.gemeentecode
            and expected.verslagsoort = totals.verslagsoort
            and expected.indeling = totals.indeling
),

with_last_year as (
    select
        laid_side_by_side.*,
        {{ safe_divide('laid_side_by_side.lasten_eur', 'vorig_jaar.lasten_eur', 18, 4) }} as verhouding_vorig_jaar
    from laid_side_by_side
    left join laid_side_by_side as vorig_jaar
        on
            laid_side_by_side.gemeentecode = vorig_jaar.gemeentecode
            and laid_side_by_side.indeling = vorig_jaar.indeling
            and laid_side_by_side.periode = vorig_jaar.periode
            and laid_side_by_side.boekjaar = vorig_jaar.boekjaar + 1
),

ranked as (
    select
        with_last_year.*,
        row_number() over (
            partition by verslagsoort, indeling, grootteklasse, lasten_per_inwoner_eur is null
            order by lasten_per_inwoner_eur nulls last, gemeentecode
        ) as rang_per_inwoner,
        count(lasten_per_inwoner_eur) over (partition by verslagsoort, indeling, grootteklasse) as aantal_per_inwoner,
        row_number() over (
            partition by verslagsoort, indeling, grootteklasse, verhouding_vorig_jaar is null
            order by verhouding_vorig_jaar nulls last, gemeentecode
        ) as rang_verhouding,
        count(verhouding_vorig_jaar) over (partition by verslagsoort, indeling, grootteklasse) as aantal_verhouding
    from with_last_year
),

medians as (
    select
        verslagsoort,
        indeling,
        grootteklasse,
        {{ mediaan('lasten_per_inwoner_eur', 'rang_per_inwoner', 'aantal_per_inwoner') }} as mediaan_per_inwoner_eur,
        {{ mediaan('cast(100 * verhouding_vorig_jaar as decimal(18, 2))', 'rang_verhouding', 'aantal_verhouding') }} as mediaan_verhouding_pct
    from ranked
    group by verslagsoort, indeling, grootteklasse
),

judged as (
    select
        ranked.*,
        medians.mediaan_per_inwoner_eur,
        medians.mediaan_verhouding_pct,
        100 * ranked.verhouding_vorig_jaar not between 1 and 10000 as springt,
        ranked.lasten_per_inwoner_eur not between 0 and 30 * medians.mediaan_per_inwoner_eur
        or 30 * ranked.lasten_per_inwoner_eur < medians.mediaan_per_inwoner_eur as valt_uit_klasse,
        medians.mediaan_verhouding_pct not between 1 and 10000 as klasse_springt
    from ranked
    inner join medians
        on
            ranked.verslagsoort = medians.verslagsoort
            and ranked.indeling = medians.indeling
            and ranked.grootteklasse = medians.grootteklasse
),

-- A jump of a factor hundred is no policy. Whether it is this year or the last that is wrong shows beside others of the
-- size class, unless all of them jump.
final as (
    select
        gemeentecode,
        gemeente_naam as gemeente,
        provincie,
        grootteklasse,
        inwoners,
        verslagsoort,
        boekjaar,
        indeling,
        document_id,
        levering,
        bestand,
        regel,
        leveringen,
        cijfers,
        cijfers_met_fout,
        cijfers_taakveld,
        cijfers_balans,
        status,
        case
            when status = 'alles nul' then 'alle cijfers zijn nul: er is niets geleverd'
            when status = 'half' and rijen_baten = 0 then 'de baten ontbreken'
            when status = 'half' and rijen_lasten = 0 then 'de lasten ontbreken'
            when status = 'half' and hoofdtaakvelden is null then 'geen enkel cijfer is te gebruiken'
            when status = 'half' then 'van maar ' || cast(hoofdtaakvelden as string) || ' van de 9 hoofdtaakvelden zijn er lasten'
            when hoofdtaakvelden < 9 then 'van een van de 9 hoofdtaakvelden zijn er geen lasten'
        end as reden,
        lasten_eur,
        baten_eur,
        lasten_per_inwoner_eur,
        mediaan_per_inwoner_eur,
        verhouding_vorig_jaar,
        coalesce(
            case
                when lasten_per_inwoner_eur is not null and aantal_per_inwoner > 2 then valt_uit_klasse or (springt and klasse_springt)
                else springt
            end,
            false
        ) as is_eenheid_verdacht
    from judged
)

select * from final
order by verslagsoort, indeling, gemeentecode
