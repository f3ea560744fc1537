{#- What models of findings share. -#}

{#- The rows of a relation as findings. Of the columns that it `lacks` the owner is its document, and the others are empty. -#}
{% macro as_findings(relation, lacks) -%}
    {%- set columns = [
        'kind', 'eigenaar', 'document_id', 'table_id', 'cell_id', 'rule_id', 'component_id', 'natuurlijke_sleutel', 'amount_eur',
        'minste_severity', 'message', 'message_en', 'getallen', 'groep'
    ] -%}
    select
        {%- for column in columns %}
        {% if column not in lacks %}{{ column }}{% elif column == 'eigenaar' %}document_id as eigenaar{% else %}null as {{ column }}{% endif %}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from {{ relation }}
{%- endmacro %}

{#- What a restatement is called, among those of its document: by its programma, its year and the document that printed otherwise. -#}
{% macro restatement(programma_sleutel, jaar, eerder_document_id) -%}
    {{ programma_sleutel }} || '|' || cast({{ jaar }} as string) || '|' || {{ eerder_document_id }}
{%- endmacro %}
