-- One row per printed number that stays out of the facts until a person has answered what it is.
{{ config(materialized='per_document') }}
with

numbers as (select * from {{ changed(ref('int_numbers')) }} where bestemming = 'unplaced'),

final as (
    select
        cell_id,
        document_id,
        table_id,
        reden,
        case reden
            when 'lezing_gevraagd' then 'hoe wordt de tabel of de rij gelezen?'
            when 'heet_totaal' then 'heet totaal, maar van welke regels is het de som?'
            when 'zonder_som' then 'is een totaal, saldo of verschil, maar van welke getallen?'
            when 'lijkt_totaal' then 'is de som van andere regels: is het hun totaal?'
            when 'deel' then 'heet een deel van de regel erboven, die het al telt: is het ander geld?'
            when 'dubbele_kolom'
                then 'staat er tweemaal voor hetzelfde jaar en dezelfde stand: wat zeggen de kolommen? Antwoord in document.yml onder antwoorden: "'
                || substr(table_id, length(document_id) + 2) || '.lezing".'
            when 'tweede_publicatie' then 'staat niet zo in de eerste publicatie: welke geldt?'
            when 'eenheid_onbekend' then 'in welke eenheid is het gedrukt?'
            when 'te_groot' then 'is groter dan een bedrag kan zijn: klopt de eenheid?'
            when 'soort_onbekend' then 'wat is het: lasten, baten, een reserve of iets anders?'
            when 'jaar_onbekend' then 'over welk jaar gaat het?'
            when 'stand_onbekend' then 'in welke stand: begroting, raming of rekening?'
        end as vraag,
        case reden
            when 'lezing_gevraagd' then 'how is the table or the row read?'
            when 'heet_totaal' then 'is called a total, but of which rows is it the sum?'
            when 'zonder_som' then 'is a total, balance or difference, but of which numbers?'
            when 'lijkt_totaal' then 'is the sum of other rows: is it their total?'
            when 'deel' then 'is called a part of the row above, which counts it already: is it other money?'
            when 'dubbele_kolom'
                then 'stands there twice for one year in one state: what do the columns say? Answer in document.yml under antwoorden: "'
                || substr(table_id, length(document_id) + 2) || '.lezing".'
            when 'tweede_publicatie' then 'is not printed like that in the first publication: which holds?'
            when 'eenheid_onbekend' then 'in which unit is it printed?'
            when 'te_groot' then 'is larger than an amount can be: is the unit right?'
            when 'soort_onbekend' then 'what is it: expenditure, revenue, a reserve or something else?'
            when 'jaar_onbekend' then 'which year is it about?'
            when 'stand_onbekend' then 'in which state: budget, estimate or accounts?'
        end as vraag_en,
        gemeente,
        section,
        caption,
        kind as tabelsoort,
        row_path,
        column_path,
        grootheid,
        rol,
        jaar,
        stand,
        text,
        getal as waarde,
        unit as eenheid,
        bedrag_eur,
        verifieerbaarheid,
        bestand,
        regel
    from numbers
)

select * from final
order by document_id, cell_id
