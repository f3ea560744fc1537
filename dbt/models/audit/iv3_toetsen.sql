-- One row per check of CBS, delivery and gemeente of which the figures are there: how far off, and what that is of all lasten.
{{ config(materialized='when_iv3_changed', per=['verslagsoort']) }}
with

matrix as (select * from {{ iv3_to_build(ref('int_iv3_matrix'), ['verslagsoort']) }}),

faulty as (select * from {{ iv3_to_build(ref('stg_iv3'), ['verslagsoort']) }} where fout is not null and soort_cijfer <> 'kerncijfer'),

leveringen as (
    select * from {{ iv3_to_build(ref('int_iv3_leveringen'), ['verslagsoort']) }}
    where is_laatste and not is_leeg
),

controles as (select controle from {{ ref('iv3_controlelijst') }}),

perioden as (select * from {{ ref('iv3_controle_perioden') }}),

codes as (select * from {{ ref('iv3_controle_codes') }}),

grijze_cellen as (select * from {{ ref('iv3_grijze_cellen') }}),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }}),

verslagsoorten as (
    select distinct
        verslagsoort,
        boekjaar,
        periode
    from leveringen
),

-- What a code means to the checks, in a delivery.
meanings as (
    select
        verslagsoorten.verslagsoort,
        codes.code,
        max(case when codes.soort = 'balanscode' and codes.controle = 'PF002' then 1 else 0 end) as is_financieel,
        max(case when codes.soort = 'balanscode' and codes.controle = 'PF003' then 1 else 0 end) as is_positie,
        max(case when codes.soort = 'uitgesloten_taakveld' and codes.controle = 'PF005' then 1 else 0 end) as is_uitgesloten
    from verslagsoorten
    inner join codes
        on
            verslagsoorten.periode = codes.periode
            and verslagsoorten.boekjaar between codes.van_jaar and coalesce(codes.tot_jaar, 9999)
    group by verslagsoorten.verslagsoort, codes.code
),

grey as (
    select distinct
        verslagsoorten.verslagsoort,
        grijze_cellen.taakveld_code,
        grijze_cellen.kant,
        grijze_cellen.categorie_code
    from verslagsoorten
    inner join grijze_cellen
        on verslagsoorten.boekjaar between grijze_cellen.van_jaar and coalesce(grijze_cellen.tot_jaar, 9999)
),

-- Lasten and baten with their signs: what of a check should be nothing when added up.
signed as (
    select
        matrix.gemeentecode,
        matrix.verslagsoort,
        matrix.boekjaar,
        matrix.periode,
        matrix.document_id,
        matrix.is_balans,
        matrix.code,
        matrix.kant,
        matrix.categorie_code,
        matrix.bedrag_eur,
        case matrix.kant when 'lasten' then matrix.bedrag_eur when 'baten' then -matrix.bedrag_eur else 0 end as saldo_eur,
        coalesce(substr(matrix.categorie_code, 1, 1), '') as hoofdcategorie,
        case substr(matrix.code, 1, 1) when 'A' then 1 else -1 end as teken,
        coalesce(meanings.is_financieel, 0) = 1 as is_financieel,
        coalesce(meanings.is_positie, 0) = 1 as is_positie,
        coalesce(meanings.is_uitgesloten, 0) = 1 as is_uitgesloten,
        grey.taakveld_code is not null as is_grijs
    from matrix
    left join meanings
        on
            matrix.verslagsoort = meanings.verslagsoort
            and matrix.code = meanings.code
    left join grey
        on
            not matrix.is_balans
            and matrix.verslagsoort = grey.verslagsoort
            and matrix.code = grey.taakveld_code
            and matrix.kant = grey.kant
            and matrix.categorie_code = grey.categorie_code
),

-- What each delivery holds decides which checks can be held on it. Everything that is one sum per delivery is taken at once.
contents as (
    select
        gemeentecode,
        verslagsoort,
        min(boekjaar) as boekjaar,
        min(periode) as periode,
        min(document_id) as document_id,
        {{ sum_amount("case when kant = 'lasten' and not is_balans then bedrag_eur else 0 end") }} as lasten_eur,
        count(case when not is_balans and kant = 'lasten' then 1 end) > 0 as heeft_lasten,
        count(case when not is_balans and kant = 'baten' then 1 end) > 0 as heeft_baten,
        count(case when not is_balans and categorie_code is not null then 1 end) > 0 as heeft_categorieen,
        count(case when is_balans and kant in ('lasten', 'baten') then 1 end) > 0 as heeft_mutaties,
        count(case when kant = 'primo' then 1 end) as getallen_primo,
        count(case when kant = 'ultimo' then 1 end) as getallen_ultimo,
        {{ sum_amount("case when hoofdcategorie <> '7' then saldo_eur end") }} as buiten_verrekening_eur,
        count(case when hoofdcategorie <> '7' then 1 end) as getallen_buiten_verrekening,
        {{ sum_amount("case when is_financieel and kant in ('lasten', 'baten') and categorie_code not in ('6.1', '7.2', '7.5') then abs(bedrag_eur) end") }} as vreemd_op_balans_eur,
        {{ sum_amount("case when categorie_code = '6.1' and not is_financieel and not is_uitgesloten then abs(bedrag_eur) end") }} as financieel_elders_eur,
        {{ sum_amount("case when not is_balans then saldo_eur end") }} as saldo_eur,
        count(case when not is_balans then 1 end) as getallen_taakvelden,
        {{ sum_amount("case when kant = 'primo' then teken * bedrag_eur end") }} as primo_eur,
        {{ sum_amount("case when kant = 'ultimo' then teken * bedrag_eur end") }} as ultimo_eur,
        {{ sum_amount("case when categorie_code in ('4.3.9', '4.4.9') then abs(bedrag_eur) end") }} as overig_eur,
        {{ sum_amount("case when is_grijs then abs(bedrag_eur) end") }} as grijs_eur
    from signed
    group by gemeentecode, verslagsoort
),

of_positions as (
    select
        gemeentecode,
        verslagsoort,
        {{ sum_amount('abs(verschil_eur)') }} as verschil_eur,
        sum(getallen) as getallen
    from (
        select
            gemeentecode,
            verslagsoort,
            code,
            sum(case kant when 'ultimo' then bedrag_eur when 'primo' then -bedrag_eur else -teken * saldo_eur end) as verschil_eur,
            count(*) as getallen
        from signed
        where is_balans and is_positie
        group by gemeentecode, verslagsoort, code
    ) as positions
    group by gemeentecode, verslagsoort
),

of_clearing as (
    select
        gemeentecode,
        verslagsoort,
        {{ sum_amount('abs(verschil_eur)') }} as verschil_eur,
        sum(getallen) as getallen
    from (
        select
            gemeentecode,
            verslagsoort,
            categorie_code,
            sum(case kant when 'lasten' then bedrag_eur when 'baten' then -bedrag_eur else 0 end) as verschil_eur,
            count(*) as getallen
        from matrix
        where categorie_code like '7%'
        group by gemeentecode, verslagsoort, categorie_code
    ) as categories
    group by gemeentecode, verslagsoort
),

-- Which checks can be held on which delivery, and what each finds; what rounding explains is half a thousand per figure.
of_figures as (
    select
        controles.controle,
        contents.gemeentecode,
        contents.verslagsoort,
        contents.boekjaar,
        contents.document_id,
        contents.lasten_eur,
        cast(coalesce(
            case controles.controle
                when 'PF001' then contents.buiten_verrekening_eur
                when 'PF002' then contents.vreemd_op_balans_eur
                when 'PF003' then of_positions.verschil_eur
                when 'PF004' then of_clearing.verschil_eur
                when 'PF005' then contents.financieel_elders_eur
                when 'PF006' then contents.saldo_eur
                when 'PF007' then contents.primo_eur
                when 'PF008' then contents.ultimo_eur
                when 'PF009' then contents.overig_eur
                when 'GRIJS' then contents.grijs_eur
            end, 0
        ) as decimal(18, 2)) as verschil_eur,
        cast(500 * coalesce(
            case controles.controle
                when 'PF001' then contents.getallen_buiten_verrekening
                when 'PF003' then of_positions.getallen
                when 'PF004' then of_clearing.getallen
                when 'PF006' then contents.getallen_taakvelden
                when 'PF007' then contents.getallen_primo
                when 'PF008' then contents.getallen_ultimo
            end, 0
        ) as decimal(18, 2)) as afronding_eur
    from contents
    cross join controles
    left join perioden
        on
            controles.controle = perioden.controle
            and contents.periode = perioden.periode
            and contents.boekjaar between perioden.van_jaar and coalesce(perioden.tot_jaar, 9999)
    left join of_positions
        on
            contents.gemeentecode = of_positions.gemeentecode
            and contents.verslagsoort = of_positions.verslagsoort
    left join of_clearing
        on
            contents.gemeentecode = of_clearing.gemeentecode
            and contents.verslagsoort = of_clearing.verslagsoort
    where
        (perioden.controle is not null or controles.controle = 'GRIJS')
        and case controles.controle
            when 'PF001' then contents.heeft_categorieen and contents.heeft_mutaties
            when 'PF002' then contents.heeft_mutaties
            when 'PF003' then contents.heeft_mutaties and contents.getallen_primo > 0 and contents.getallen_ultimo > 0
            when 'PF004' then contents.heeft_categorieen and contents.heeft_mutaties
            when 'PF006' then contents.heeft_lasten and contents.heeft_baten
            when 'PF007' then contents.getallen_primo > 0
            when 'PF008' then contents.getallen_ultimo > 0
            when 'PF005' then contents.heeft_categorieen
            when 'PF009' then contents.heeft_categorieen
            when 'GRIJS' then contents.heeft_categorieen
            else false
        end
),

of_codes as (
    select
        case
            when faulty.fout = 'DF002' then 'DF002'
            when faulty.soort_cijfer = 'taakveld' then 'DF001'
            when faulty.fout = 'DF004' then 'DF004'
            else 'DF003'
        end as controle,
        faulty.gemeentecode,
        faulty.verslagsoort,
        sum(abs(faulty.bedrag_eur)) as verschil_eur,
        count(*) as fouten
    from faulty
    inner join leveringen
        on
            faulty.levering = leveringen.levering
            and faulty.indeling = leveringen.indeling
            and faulty.verslagsoort = leveringen.verslagsoort
            and faulty.gemeentecode = leveringen.gemeentecode
    group by 1, faulty.gemeentecode, faulty.verslagsoort
),

-- A delivery with categories or a balance sheet is held to the lists of these, also where none of its codes is wrong.
held_to_lists as (
    select
        leveringen.gemeentecode,
        leveringen.verslagsoort,
        min(leveringen.boekjaar) as boekjaar,
        min(leveringen.document_id) as document_id,
        max(case when leveringen.indeling = 'taakveld_categorie' then 1 else 0 end) = 1 as heeft_categorieen,
        sum(leveringen.cijfers_balans) > 0 as heeft_balans
    from leveringen
    where leveringen.indeling <> 'kerncijfer'
    group by leveringen.gemeentecode, leveringen.verslagsoort
),

lists as (
    select 'DF001' as controle, held_to_lists.* from held_to_lists
    union all
    select 'DF002' as controle, held_to_lists.* from held_to_lists where heeft_categorieen
    union all
    select 'DF003' as controle, held_to_lists.* from held_to_lists where heeft_balans
    union all
    select 'DF004' as controle, held_to_lists.* from held_to_lists where heeft_balans
),

judged as (
    select
        controle,
        gemeentecode,
        verslagsoort,
        boekjaar,
        document_id,
        lasten_eur,
        verschil_eur,
        afronding_eur,
        case
            when verschil_eur = 0 then 'klopt'
            when abs(verschil_eur) <= afronding_eur then 'klopt op afronding na'
            else 'klopt niet'
        end as uitkomst
    from of_figures

    union all

    select
        lists.controle,
        lists.gemeentecode,
        lists.verslagsoort,
        lists.boekjaar,
        lists.document_id,
        contents.lasten_eur,
        cast(coalesce(of_codes.verschil_eur, 0) as decimal(18, 2)) as verschil_eur,
        cast(0 as decimal(18, 2)) as afronding_eur,
        case when coalesce(of_codes.fouten, 0) = 0 then 'klopt' else 'klopt niet' end as uitkomst
    from lists
    left join of_codes
        on
            lists.controle = of_codes.controle
            and lists.gemeentecode = of_codes.gemeentecode
            and lists.verslagsoort = of_codes.verslagsoort
    left join contents
        on
            lists.gemeentecode = contents.gemeentecode
            and lists.verslagsoort = contents.verslagsoort
),

final as (
    select
        judged.controle,
        judged.verslagsoort,
        judged.boekjaar,
        judged.gemeentecode,
        gemeenten.gemeente_naam as gemeente,
        judged.document_id,
        judged.uitkomst,
        judged.verschil_eur,
        judged.afronding_eur,
        judged.lasten_eur,
        {{ safe_divide('100 * abs(judged.verschil_eur)', 'abs(judged.lasten_eur)', 9, 2) }} as aandeel_lasten_pct,
        cast(case
            when judged.uitkomst = 'klopt niet' then row_number() over (
                partition by judged.controle, judged.verslagsoort
                order by
                    case judged.uitkomst when 'klopt niet' then 0 else 1 end, abs(judged.verschil_eur) desc nulls last, judged.gemeentecode
            )
        end as int) as rang
    from judged
    inner join gemeenten
        on
            judged.gemeentecode = gemeenten.gemeentecode
            and judged.boekjaar = gemeenten.jaar
)

select * from final
order by controle, verslagsoort, rang nulls last, gemeentecode
