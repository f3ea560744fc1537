{#- A table that follows from the sources of Iv3 and the seeds alone: on a night on which none of these changed it stays as
    it is. Built anew where it is not there or where nothing says that all is as it was. -#}
{% materialization when_iv3_changed, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set there = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- if there is not none and iv3_is_unchanged() -%}
        {%- call statement('main') -%}select 1{%- endcall -%}
    {%- else -%}
        {{ build_anew(there, target, sql, model) }}
    {%- endif -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{#- Where files do not grow it is the table of that engine. -#}
{% materialization when_iv3_changed, default %}
    {%- set table = context.get('materialization_table_' ~ adapter.type(), materialization_table_default) -%}
    {{ return(table()) }}
{% endmaterialization %}
