{#- A table that follows from the sources of Iv3 and the seeds alone: on a night on which none of these changed it stays as
    it is, and where some did, only what the config `per` names is made again: the columns by which its rows
    follow from deliveries, gemeentecode and verslagsoort or the latter alone. Without `per` it is built anew whole, or, where
    `is_of_lists` says that it follows from the seeds alone, stays as it is: facts lead to it. Built anew too where it is
    not there or where nothing says what changed. -#}
{% materialization when_iv3_changed, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set there = load_cached_relation(this) -%}
    {%- set per = config.get('per', []) -%}
    {%- set changed = iv3_changed() -%}
    {{ run_hooks(pre_hooks) }}
    {%- if there is not none and (changed == 'nothing' or changed == 'some' and config.get('is_of_lists', false)) -%}
        {%- call statement('main') -%}select 1{%- endcall -%}
    {%- elif there is not none and changed == 'some' and per -%}
        {%- call statement('main') -%}
            delete from {{ target }} where {{ iv3_among_changed(per) }};
            insert into {{ target }} by name select * from (
                {{ sql }}
            )
        {%- endcall -%}
    {%- else -%}
        {%- if model.constraints and config.get('per') and iv3_is_large() -%}{%- do model.update({'constraints': []}) -%}{%- endif -%}
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

{#- Whether there are so many figures that facts of them stay without foreign keys, which take as long to check as the facts to make. -#}
{% macro iv3_is_large() -%}
    {{ return(run_query("select count(*) > " ~ var('iv3_met_sleutels', 5000000) ~ " from landing.iv3").columns[0].values()[0]) }}
{%- endmacro %}
