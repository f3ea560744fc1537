{#- A table of which only the rows of documents that must be built are made again. Built anew where it is not there,
    or where nothing says what changed; then also its contract is checked, which the rows of a night then keep. -#}
{% materialization per_document, adapter='duckdb' %}
    {%- set target = this.incorporate(type='table') -%}
    {%- set there = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {%- if there is not none and var('vorige', '') -%}
        {%- call statement('main') -%}
            delete from {{ target }} where document_id in (select document_id from intermediate.changed_documents);
            insert into {{ target }} by name {{ sql }}
        {%- endcall -%}
    {%- else -%}
        {%- if there is not none -%}{{ adapter.drop_relation(there) }}{%- endif -%}
        {%- call statement('main') -%}{{ create_table_as(False, target, sql) }}{%- endcall -%}
        {%- do persist_docs(target, model) -%}
    {%- endif -%}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({'relations': [target]}) }}
{% endmaterialization %}

{#- Where files do not grow it is a table. -#}
{% materialization per_document, default %}
    {{ return(materialization_table_default()) }}
{% endmaterialization %}
