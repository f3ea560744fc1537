{#- The columns together name a row: none of them is empty, and no two rows agree in all of them. -#}
{% test key(model, columns) %}
select {{ columns | join(', ') }}
from {{ made_now(model) }}
group by {{ columns | join(', ') }}
having count(*) > 1 or {% for c in columns %}{{ c }} is null{% if not loop.last %} or {% endif %}{% endfor %}
{% endtest %}
