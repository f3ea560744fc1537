{#- What a column refers to exists: for each {column, to, field} every value of column is one of to.field; empty is let through. -#}
{% test references(model, references) %}
{% for r in references %}
select
    '{{ r.column }}' as verwijzing,
    cast(m.{{ r.column }} as string) as waarde
from {{ model }} as m
left join {{ r.to }} as t
    on m.{{ r.column }} = t.{{ r.field }}
where m.{{ r.column }} is not null and t.{{ r.field }} is null
{% if not loop.last %}union all{% endif %}
{% endfor %}
{% endtest %}
