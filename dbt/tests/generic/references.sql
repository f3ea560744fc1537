{#- What a column refers to exists: for each {column, to, field} every value of column is one of to.field. An empty value
    refers to nothing and fails, unless the reference says `may_be_empty: true`. -#}
{% test references(model, references) %}
{% for r in references %}
select
    '{{ r.column }}' as verwijzing,
    cast(m.{{ r.column }} as string) as waarde
from {{ model }} as m
left join {{ r.to }} as t
    on m.{{ r.column }} = t.{{ r.field }}
where t.{{ r.field }} is null{% if r.may_be_empty %} and m.{{ r.column }} is not null{% endif %}

{% if not loop.last %}union all{% endif %}
{% endfor %}
{% endtest %}
