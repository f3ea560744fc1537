{#- As dbt's own, of a column; and of `columns` that name a row together. Of a table that grows only the rows that were
    made now: the others were tested when they were made. -#}
{% test unique(model, column_name=none, columns=none) %}
{%- set key = (columns or [column_name]) | join(', ') %}
select {{ key }}
from {{ made_now(model) }}
where {% for c in columns or [column_name] %}{{ c }} is not null{% if not loop.last %} and {% endif %}{% endfor %}

group by {{ key }}
having count(*) > 1
{% endtest %}
