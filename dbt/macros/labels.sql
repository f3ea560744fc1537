{#- Words of the field that a model needs to know: the vocabulary of the documents, not that of the readers. -#}

{#- Orders documents by when they came out; those that came out together by their name. -#}
{% macro volgorde_van_publicatie(relation) -%}
    cast({{ relation }}.publicatievolgorde as string) || {{ relation }}.document_id
{%- endmacro %}

{#- The council that makes the budget of a year, by its years of election: elected in March 2022, from 2023 to 2026. -#}
{% macro raadsperiode(jaar) -%}
    cast({{ jaar }} - 1 - mod({{ jaar }} + 1, 4) as string) || '-' || cast({{ jaar }} + 3 - mod({{ jaar }} + 1, 4) as string)
{%- endmacro %}
