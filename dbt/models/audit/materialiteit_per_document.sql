-- One row per document: its tolerances, and the errors and uncertainties that were found, in euros.
-- What was accepted is still there: it counts until it is corrected.
with

tolerances as (select * from {{ ref('int_tolerances') }}),

causes as (select * from {{ ref('causes') }}),

found as (
    select
        document_id,
        {{ sum_amount("case when zekerheid = 'fout_in_het_stuk' then amount_eur end") }} as fouten_eur,
        {{ sum_amount("case when zekerheid not in ('fout_in_het_stuk', 'bronnen_verschillen') then amount_eur end") }} as onzekerheden_eur,
        {{ sum_amount("case when zekerheid = 'fout_in_het_stuk' and status = 'aanvaard' then amount_eur end") }} as fouten_aanvaard_eur,
        {{ sum_amount("case when zekerheid not in ('fout_in_het_stuk', 'bronnen_verschillen') and status = 'aanvaard' then amount_eur end") }} as onzekerheden_aanvaard_eur,
        cast(count(case when amount_eur is null then 1 end) as int) as zonder_bedrag
    from causes
    group by document_id
),

final as (
    select
        tolerances.*,
        coalesce(found.fouten_eur, 0) as fouten_eur,
        coalesce(found.onzekerheden_eur, 0) as onzekerheden_eur,
        coalesce(found.fouten_aanvaard_eur, 0) as fouten_aanvaard_eur,
        coalesce(found.onzekerheden_aanvaard_eur, 0) as onzekerheden_aanvaard_eur,
        coalesce(found.zonder_bedrag, 0) as zonder_bedrag,
        coalesce(found.fouten_eur, 0) >= tolerances.fouten_tolerantie_eur as is_fouten_overschreden,
        coalesce(found.onzekerheden_eur, 0) >= tolerances.onzekerheden_tolerantie_eur as is_onzekerheden_overschreden
    from tolerances
    left join found
        on tolerances.document_id = found.document_id
)

select * from final
order by document_id
