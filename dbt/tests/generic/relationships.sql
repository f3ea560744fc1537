{#- As dbt's own, of a column, `to` and `field`; and of each {column, to, field} of `references`, in one query. Those say of an
    empty value that it fails, for it refers to nothing, unless they say `may_be_empty: true`. Rows come whole: they name the
    document that they are of. -#}
{% test relationships(model, column_name=none, to=none, field=none, references=none) %}
{% for r in references or [{'column': column_name, 'to': to, 'field': field, 'may_be_empty': true}] %}
select
    '{{ r.column }}' as verwijzing,
    m.*
from {{ model }} as m
left join {{ r.to }} as t
    on m.{{ r.column }} = t.{{ r.field }}
where t.{{ r.field }} is null{% if r.may_be_empty %} and m.{{ r.column }} is not null{% endif %}

{% if not loop.last %}union all{% endif %}
{% endfor %}
{% endtest %}
