{#- As dbt's own, of a column; and of each of `columns`, in one query for all of them: a query costs more than what it looks
    at. Of a table that grows only the rows that were made now. -#}
{% test not_null(model, column_name=none, columns=none) %}
select *
from {{ made_now(model) }}
where {% for c in columns or [column_name] %}{{ c }} is null{% if not loop.last %} or {% endif %}{% endfor %}
{% endtest %}
