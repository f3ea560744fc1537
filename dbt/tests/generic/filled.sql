{#- None of the columns is ever empty. -#}
{% test filled(model, columns) %}
select *
from {{ made_now(model) }}
where {% for c in columns %}{{ c }} is null{% if not loop.last %} or {% endif %}{% endfor %}
{% endtest %}
