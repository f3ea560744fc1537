{#- What models of Iv3 share: size classes, medians, the cut of which a figure counts. -#}

{#- The size class of a gemeente by its inhabitants. -#}
{% macro grootteklasse(inwoners) -%}
    case
        when {{ inwoners }} is null then 'Onbekend'
        when {{ inwoners }} < 20000 then 'tot 20.000'
        when {{ inwoners }} < 50000 then '20.000 tot 50.000'
        when {{ inwoners }} < 100000 then '50.000 tot 100.000'
        when {{ inwoners }} < 250000 then '100.000 tot 250.000'
        else '250.000 en meer'
    end
{%- endmacro %}

{#- What a delivery is, by its period: 0 is the budget, 5 the accounts, 1 to 4 a quarter. -#}
{% macro soort_levering(periode) -%}
    case {{ periode }} when 0 then 'begroting' when 5 then 'jaarrekening' else 'kwartaal' end
{%- endmacro %}

{#- The median of x as decimal(18, 2), from rows that carry rang (1, 2, ... by x within the group) and aantal (rows of the
    group): the middle one, or half of the two in the middle. Rows without x may have a rang of their own and count for nothing.
    Exact on every engine. -#}
{% macro mediaan(x, rang, aantal) -%}
    {{ safe_divide(
        'sum(case when 2 * ' ~ rang ~ ' between ' ~ aantal ~ ' and ' ~ aantal ~ ' + 2 then ' ~ x ~ ' end)',
        'count(case when 2 * ' ~ rang ~ ' between ' ~ aantal ~ ' and ' ~ aantal ~ ' + 2 then ' ~ x ~ ' end)', 18, 2
    ) }}
{%- endmacro %}

{#- Which layout of the same money counts where there are several: the finest. -#}
{% macro voorrang_indeling(indeling) -%}
    case {{ indeling }}
        when 'taakveld_categorie' then 1
        when 'taakveld' then 2
        when 'taakveldgroep' then 3
        else 4
    end
{%- endmacro %}
