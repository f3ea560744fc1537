{#- Which tables of the same money count beside each other. One rule for the whole: no euro stands twice. -#}

{#- A query of the shares of `aandelen` (table_id, jaar, stand, kant, sleutel, beleidsterrein_sleutel) that count, in one pile per
    stapel, jaar, stand, kant and whatever `ook` names. The table that divides the money over most programmas leads: all of
    it counts. Beside it counts what is surely something else: a programma that it does not hold, from the first table that
    does, or another beleidsterrein of the same programma. What cannot be told apart does not count. What a person said of a table
    (`antwoord_indeling`) goes before all that: a hoofdindeling leads, ander geld counts beside whatever leads, and zelfde geld
    counts only where nothing else gives it. -#}
{% macro tellende_aandelen(aandelen, ook=[]) -%}
    {%- set stapel = (['stapel', 'jaar', 'stand'] + ook) | join(', ') -%}
    select
        table_id,
        stapel,
        jaar,
        stand,
        kant,
        sleutel,
        beleidsterrein_sleutel
    from (
        select
            met_kop.*,
            max(case when rang = kop_rang and sleutel_soort = 'onbekend' then 1 else 0 end) over (partition by {{ stapel }}, kant) as kop_heeft_onbekend,
            max(case when rang = kop_rang and sleutel_soort = 'nummer' then 1 else 0 end) over (partition by {{ stapel }}, kant) as kop_heeft_nummer,
            max(case when rang = kop_rang and sleutel_soort = 'naam' then 1 else 0 end) over (partition by {{ stapel }}, kant) as kop_heeft_naam,
            max(case when sleutel_soort = 'nummer' then 1 else 0 end) over (partition by {{ stapel }}, kant) as heeft_nummer,
            max(case when rang = eerste_rang and beleidsterrein_sleutel = '' then 1 else 0 end)
                over (partition by {{ stapel }}, kant, sleutel) as eerste_geeft_geheel
        from (
            select
                aandelen.*,
                ranks.rang,
                min(ranks.rang) over (partition by {{ qualified(stapel) }}, aandelen.kant) as kop_rang,
                min(ranks.rang) over (partition by {{ qualified(stapel) }}, aandelen.kant, aandelen.sleutel) as eerste_rang,
                min(ranks.rang) over (partition by {{ qualified(stapel) }}, aandelen.kant, aandelen.sleutel, aandelen.beleidsterrein_sleutel)
                    as eerste_rang_van_beleidsterrein
            from {{ aandelen }} as aandelen
            inner join (
                select
                    {{ stapel }},
                    table_id,
                    cast(row_number() over (
                        partition by {{ stapel }}
                        order by
                            case min(antwoord_indeling) when 'hoofdindeling' then 1 when '' then 2 when 'zelfde geld' then 3 else 4 end,
                            count(distinct case when sleutel_soort <> 'onbekend' then sleutel end) desc, min(indeling),
                            count(distinct case when sleutel_soort = 'nummer' then sleutel end) desc, document_id, table_no
                    ) as int) as rang
                from {{ aandelen }}
                group by {{ stapel }}, table_id, document_id, table_no
            ) as ranks
                on
                    aandelen.table_id = ranks.table_id
                    {%- for column in ['stapel', 'jaar', 'stand'] + ook %}
                    and aandelen.{{ column }} = ranks.{{ column }}
                    {%- endfor %}
        ) as met_kop
    ) as gewogen
    where
        rang = kop_rang
        or antwoord_indeling = 'ander geld'
        or (
            antwoord_indeling <> 'zelfde geld'
            and sleutel_soort <> 'onbekend'
            and kop_heeft_onbekend = 0
            and (sleutel_soort <> 'nummer' or kop_heeft_naam = 0)
            and (sleutel_soort <> 'naam' or heeft_nummer = 0)
            and (
                rang = eerste_rang
                or (beleidsterrein_sleutel <> '' and eerste_geeft_geheel = 0 and rang = eerste_rang_van_beleidsterrein)
            )
        )
{%- endmacro %}

{#- The columns of a list, of the relation `aandelen`. -#}
{% macro qualified(columns) -%}
    {%- for column in columns.split(', ') -%}aandelen.{{ column }}{% if not loop.last %}, {% endif %}{%- endfor -%}
{%- endmacro %}
