{#- Words of the field that a model needs to know: the vocabulary of the documents, not that of the readers. -#}

{#- Labels that only say what a row counts; what it is about stands above it. -#}
{% macro woorden_van_grootheden() -%}
    ('lasten', 'baten', 'saldo', 'saldo van baten en lasten', 'toevoeging', 'toevoegingen', 'onttrekking', 'onttrekkingen',
    'totale lasten', 'totale baten', 'totaal lasten', 'totaal baten')
{%- endmacro %}

{#- Orders documents by when they came out; those that came out together by their name. -#}
{% macro volgorde_van_publicatie(relation) -%}
    cast({{ relation }}.publicatievolgorde as string) || {{ relation }}.document_id
{%- endmacro %}

{#- The council that makes the budget of a year, by its years of election: elected in March 2022, from 2023 to 2026. -#}
{% macro raadsperiode(jaar) -%}
    cast({{ jaar }} - 1 - mod({{ jaar }} + 1, 4) as string) || '-' || cast({{ jaar }} + 3 - mod({{ jaar }} + 1, 4) as string)
{%- endmacro %}

{#- A pattern for the name of a programma behind that word, with or without its number; `voor` is what may stand before. -#}
{% macro naam_achter_programma(voor) -%}
    '{{ voor }}(?:[0-9]+(?:[.][0-9]+)*[.]? +)?(?:Programma|programma|PROGRAMMA) +(?:[0-9]{1,2} *[.:–-]? *)?([^0-9a-z .:,>–-][^0-9>]*?)(?: > .*)?$'
{%- endmacro %}
