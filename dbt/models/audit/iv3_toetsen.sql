-- One row per check of CBS, delivery and gemeente of which the figures are there: how far off, and what that is of all lasten.
{{ config(materialized='when_iv3_changed') }}
with

matrix as (select * from {{ ref('int_iv3_matrix') }}),

delivered as (select * from {{ ref('stg_iv3') }}),

leveringen as (select * from {{ ref('int_iv3_leveringen') }} where is_laatste and not is_leeg),

perioden as (select * from {{ ref('iv3_controle_perioden') }}),

codes as (select * from {{ ref('iv3_controle_codes') }}),

grijze_cellen as (select * from {{ ref('iv3_grijze_cellen') }}),

gemeenten as (select * from {{ ref('dim_gemeente_grenzen') }}),

-- What each delivery holds decides which checks can be held on it.
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
        count(case when is_balans and kant = 'primo' then 1 end) > 0 as heeft_primo,
        count(case when is_balans and kant = 'ultimo' then 1 end) > 0 as heeft_ultimo
    from matrix
    group by gemeentecode, verslagsoort
),

-- Lasten and baten with their signs: what of the check should be nothing when added up.
signed as (
    select
        matrix.*,
        case kant when 'lasten' then bedrag_eur when 'baten' then -bedrag_eur else 0 end as saldo_eur,
        coalesce(substr(categorie_code, 1, 1), '') as hoofdcategorie,
        substr(code, 1, 1) as zijde
    from matrix
),

coded as (
    select distinct
        contents.verslagsoort,
        codes.soort,
        codes.controle,
        codes.code
    from contents
    inner join codes
        on
            codes.soort in ('balanscode', 'uitgesloten_taakveld')
            and contents.periode = codes.periode
            and contents.boekjaar between codes.van_jaar and coalesce(codes.tot_jaar, 9999)
),

balance_codes as (select * from coded where soort = 'balanscode'),

excluded as (select * from coded where soort = 'uitgesloten_taakveld'),

of_positions as (
    select
        signed.gemeentecode,
        signed.verslagsoort,
        signed.code,
        sum(
            case
                when signed.kant = 'ultimo' then signed.bedrag_eur
                when signed.kant = 'primo' then -signed.bedrag_eur
                when signed.zijde = 'A' then -signed.saldo_eur
                else signed.saldo_eur
            end
        ) as verschil_eur,
        count(*) as getallen
    from signed
    inner join balance_codes
        on
            balance_codes.controle = 'PF003'
            and signed.verslagsoort = balance_codes.verslagsoort
            and signed.code = balance_codes.code
    where signed.is_balans
    group by signed.gemeentecode, signed.verslagsoort, signed.code
),

of_clearing as (
    select
        gemeentecode,
        verslagsoort,
        categorie_code,
        sum(saldo_eur) as verschil_eur,
        count(*) as getallen
    from signed
    where hoofdcategorie = '7'
    group by gemeentecode, verslagsoort, categorie_code
),

found as (
    select 'PF001' as controle, gemeentecode, verslagsoort, sum(saldo_eur) as verschil_eur, count(*) as getallen
    from signed
    where hoofdcategorie <> '7'
    group by gemeentecode, verslagsoort

    union all

    select 'PF002' as controle, signed.gemeentecode, signed.verslagsoort, sum(abs(signed.bedrag_eur)) as verschil_eur, 0 as getallen
    from signed
    inner join balance_codes
        on
            balance_codes.controle = 'PF002'
            and signed.verslagsoort = balance_codes.verslagsoort
            and signed.code = balance_codes.code
    where signed.kant in ('lasten', 'baten') and signed.categorie_code not in ('6.1', '7.2', '7.5')
    group by signed.gemeentecode, signed.verslagsoort

    union all

    select 'PF003' as controle, gemeentecode, verslagsoort, sum(abs(verschil_eur)) as verschil_eur, sum(getallen) as getallen
    from of_positions
    group by gemeentecode, verslagsoort

    union all

    select 'PF004' as controle, gemeentecode, verslagsoort, sum(abs(verschil_eur)) as verschil_eur, sum(getallen) as getallen
    from of_clearing
    group by gemeentecode, verslagsoort

    union all

    select 'PF005' as controle, signed.gemeentecode, signed.verslagsoort, sum(abs(signed.bedrag_eur)) as verschil_eur, 0 as getallen
    from signed
    left join balance_codes
        on
            balance_codes.controle = 'PF002'
            and signed.verslagsoort = balance_codes.verslagsoort
            and signed.code = balance_codes.code
    left join excluded
        on
            excluded.controle = 'PF005'
            and signed.verslagsoort = excluded.verslagsoort
            and signed.code = excluded.code
    where signed.categorie_code = '6.1' and balance_codes.code is null and excluded.code is null
    group by signed.gemeentecode, signed.verslagsoort

    union all

    select 'PF006' as controle, gemeentecode, verslagsoort, sum(saldo_eur) as verschil_eur, count(*) as getallen
    from signed
    where not is_balans
    group by gemeentecode, verslagsoort

    union all

    select
        case kant when 'primo' then 'PF007' else 'PF008' end as controle,
        gemeentecode,
        verslagsoort,
        sum(case zijde when 'A' then bedrag_eur else -bedrag_eur end) as verschil_eur,
        count(*) as getallen
    from signed
    where kant in ('primo', 'ultimo')
    group by kant, gemeentecode, verslagsoort

    union all

    select 'PF009' as controle, gemeentecode, verslagsoort, sum(abs(bedrag_eur)) as verschil_eur, 0 as getallen
    from signed
    where categorie_code in ('4.3.9', '4.4.9')
    group by gemeentecode, verslagsoort

    union all

    select 'GRIJS' as controle, signed.gemeentecode, signed.verslagsoort, sum(abs(signed.bedrag_eur)) as verschil_eur, 0 as getallen
    from signed
    inner join grijze_cellen
        on
            signed.code = grijze_cellen.taakveld_code
            and signed.categorie_code = grijze_cellen.categorie_code
            and signed.kant = grijze_cellen.kant
            and signed.boekjaar between grijze_cellen.van_jaar and coalesce(grijze_cellen.tot_jaar, 9999)
    where not signed.is_balans
    group by signed.gemeentecode, signed.verslagsoort
),

-- Which checks can be held on which delivery, whether or not anything was found.
possible as (
    select 'PF001' as controle, contents.* from contents where heeft_categorieen and heeft_mutaties
    union all
    select 'PF002' as controle, contents.* from contents where heeft_mutaties
    union all
    select 'PF003' as controle, contents.* from contents where heeft_mutaties and heeft_primo and heeft_ultimo
    union all
    select 'PF004' as controle, contents.* from contents where heeft_categorieen and heeft_mutaties
    union all
    select 'PF005' as controle, contents.* from contents where heeft_categorieen
    union all
    select 'PF006' as controle, contents.* from contents where heeft_lasten and heeft_baten
    union all
    select 'PF007' as controle, contents.* from contents where heeft_primo
    union all
    select 'PF008' as controle, contents.* from contents where heeft_ultimo
    union all
    select 'PF009' as controle, contents.* from contents where heeft_categorieen
),

of_figures as (
    select
        possible.controle,
        possible.gemeentecode,
        possible.verslagsoort,
        possible.boekjaar,
        possible.document_id,
        possible.lasten_eur,
        cast(coalesce(found.verschil_eur, 0) as decimal(18, 2)) as verschil_eur,
        cast(coalesce(found.getallen, 0) * 500 as decimal(18, 2)) as afronding_eur
    from possible
    inner join perioden
        on
            possible.controle = perioden.controle
            and possible.periode = perioden.periode
            and possible.boekjaar between perioden.van_jaar and coalesce(perioden.tot_jaar, 9999)
    left join found
        on
            possible.controle = found.controle
            and possible.gemeentecode = found.gemeentecode
            and possible.verslagsoort = found.verslagsoort

    union all

    select
        'GRIJS' as controle,
        contents.gemeentecode,
        contents.verslagsoort,
        contents.boekjaar,
        contents.document_id,
        contents.lasten_eur,
        cast(coalesce(found.verschil_eur, 0) as decimal(18, 2)) as verschil_eur,
        cast(0 as decimal(18, 2)) as afronding_eur
    from contents
    left join found
        on
            found.controle = 'GRIJS'
            and contents.gemeentecode = found.gemeentecode
            and contents.verslagsoort = found.verslagsoort
    where contents.heeft_categorieen
),

of_codes as (
    select
        case
            when delivered.soort_cijfer = 'balans' and coalesce(delivered.fout, '') = 'DF004' then 'DF004'
            when delivered.soort_cijfer = 'balans' and coalesce(delivered.fout, '') <> 'DF002' then 'DF003'
            when coalesce(delivered.fout, '') = 'DF002' then 'DF002'
            else 'DF001'
        end as controle,
        delivered.gemeentecode,
        delivered.verslagsoort,
        min(delivered.boekjaar) as boekjaar,
        min(delivered.document_id) as document_id,
        sum(case when delivered.fout is not null then abs(delivered.bedrag_eur) else 0 end) as verschil_eur,
        count(delivered.fout) as fouten
    from delivered
    inner join leveringen
        on
            delivered.levering = leveringen.levering
            and delivered.indeling = leveringen.indeling
            and delivered.verslagsoort = leveringen.verslagsoort
            and delivered.gemeentecode = leveringen.gemeentecode
    where delivered.soort_cijfer <> 'kerncijfer'
    group by 1, delivered.gemeentecode, delivered.verslagsoort
),

-- A delivery with categories or a balance sheet is held to the lists of these, also where none of its codes is wrong.
held_to_lists as (
    select
        leveringen.gemeentecode,
        leveringen.verslagsoort,
        min(leveringen.boekjaar) as boekjaar,
        min(leveringen.document_id) as document_id,
        max(case when leveringen.indeling = 'taakveld_categorie' then 1 else 0 end) = 1 as heeft_categorieen
    from leveringen
    where leveringen.indeling <> 'kerncijfer'
    group by leveringen.gemeentecode, leveringen.verslagsoort
),

lists as (
    select 'DF001' as controle, held_to_lists.* from held_to_lists
    union all
    select 'DF002' as controle, held_to_lists.* from held_to_lists where heeft_categorieen
    union all
    select
        balance.controle,
        held_to_lists.*
    from held_to_lists
    inner join (
        select 'DF003' as controle, gemeentecode, verslagsoort from of_codes where controle in ('DF003', 'DF004')
        union
        select 'DF004' as controle, gemeentecode, verslagsoort from of_codes where controle in ('DF003', 'DF004')
    ) as balance
        on
            held_to_lists.gemeentecode = balance.gemeentecode
            and held_to_lists.verslagsoort = balance.verslagsoort
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
