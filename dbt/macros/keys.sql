{#- Identity: keys that follow from what a thing is, never from where it stands. -#}

{#- A stable key of the given expressions. A missing value counts as an empty one. -#}
{% macro hashed(expressions) -%}
    md5({% for e in expressions %}coalesce(cast({{ e }} as string), ''){% if not loop.last %} || '|' || {% endif %}{% endfor %})
{%- endmacro %}

{#- A label without what publications differ in: case and spaces. -#}
{% macro same_words(label) %}lower(replace({{ label }}, ' ', '')){% endmacro %}
