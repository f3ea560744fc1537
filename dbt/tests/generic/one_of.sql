{#- Columns hold known words only: for each column the list of words; empty is let through. -#}
{% test one_of(model, values) %}
select *
from {{ made_now(model) }}
where
    {% for column, words in values.items() %}
    {{ column }} not in ('{{ words | join("', '") }}')
    {% if not loop.last %}or{% endif %}
    {% endfor %}
{% endtest %}
