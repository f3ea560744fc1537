{#- Tables and views under their own name at once: the file belongs to one run and nobody reads it before the end, so that
    making them beside it, under another name, and swapping names would be work for nobody. -#}
{% materialization table, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set there = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {{ build_anew(there, target, sql, model) }}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {%- set target = this.incorporate(type='view') -%}
    {%- set there = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- if there is not none -%}{{ adapter.drop_relation(there) }}{%- endif -%}
    {%- call statement('main') -%}{{ get_create_view_as_sql(target, sql) }}{%- endcall -%}
    {%- do persist_docs(target, model) -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}
