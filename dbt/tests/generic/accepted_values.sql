{#- As dbt's own, of a column; and for each column of `values` its list of words, in one query. Empty is let through. -#}
{% test accepted_values(model, values, column_name=none) %}
{%- set lists = values if values is mapping else {column_name: values} %}
select *
from {{ made_now(model) }}
where
    {% for column, words in lists.items() %}
    {{ column }} not in ('{{ words | join("', '") }}')
    {% if not loop.last %}or{% endif %}
    {% endfor %}
{% endtest %}
