{#- A table that is made some gemeenten at a time, so that memory does not grow with the documents: for models of which the rows
    of a gemeente follow from documents of that gemeente, with joins and windows that cannot wait on disk. Few documents
    are one part. The model reads `of_part(ref('x'))` of what is large. -#}
{% materialization in_parts, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set there = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- set parts = divide_in_parts(var('getallen_per_deel', 200000)) -%}
    {{ build_anew(there, target, sql, model) }}
    {%- for part in range(2, parts + 1) -%}
        {%- do run_query('set variable deel = getvariable(\'delen\')[' ~ part ~ ']') -%}
        {%- do run_query('insert into ' ~ target ~ ' by name select * from (' ~ sql ~ ')') -%}
    {%- endfor -%}
    {%- do run_query('reset variable deel; reset variable delen') -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{#- Where memory is not bounded so it is the table of that engine. -#}
{% materialization in_parts, default %}
    {%- set table = context.get('materialization_table_' ~ adapter.type(), materialization_table_default) -%}
    {{ return(table()) }}
{% endmaterialization %}

{#- Divide the documents into parts of whole gemeenten with about so many numbers, and make the first the part that `of_part`
    reads; how many parts. A gemeente with more is a part by itself. -#}
{% macro divide_in_parts(numbers) -%}
    {%- do run_query('set variable delen = (
        with counted as (
            select document_id, count(*) as getallen
            from ' ~ changed('intermediate.int_cells') ~ '
            group by document_id
        ),
        gemeenten as (
            select
                documents.gemeente_id,
                list(documents.document_id) as documenten,
                sum(counted.getallen) as getallen
            from intermediate.int_documents as documents
            inner join counted on documents.document_id = counted.document_id
            group by documents.gemeente_id
        ),
        numbered as (
            select documenten, (sum(getallen) over (order by gemeente_id) - 1) // ' ~ numbers ~ ' as deel
            from gemeenten
        ),
        parts as (select deel, flatten(list(documenten)) as documenten from numbered group by deel)
        select list(documenten order by deel) from parts
    ); set variable deel = getvariable(\'delen\')[1]') -%}
    {{ return(run_query("select coalesce(len(getvariable('delen')), 0)").columns[0].values()[0] | int) }}
{%- endmacro %}
