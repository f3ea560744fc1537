{#- Descriptions as comments in the file, so that an analyst sees them: of what dbt makes, and of what it reads. -#}

{#- Of one model or seed, in one statement. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
    {%- set statements = ['comment on ' ~ relation.type ~ ' ' ~ relation ~ ' is ' ~ duckdb_escape_comment(model.description)] -%}
    {%- for column in model.columns.values() -%}
        {%- do statements.append('comment on column ' ~ relation ~ '.' ~ column.name ~ ' is ' ~ duckdb_escape_comment(column.description)) -%}
    {%- endfor -%}
    {%- do run_query(statements | join('; ')) -%}
{% endmacro %}

{#- Of the sources, at the end of the last part of a run, when the proof is there; what is not there is passed over. In one
    transaction: each by itself would wait for the disk some hundreds of times. -#}
{% macro describe_sources() %}{{ return(adapter.dispatch('describe_sources', 'sluitend')()) }}{% endmacro %}

{% macro default__describe_sources() %}{% endmacro %}

{% macro duckdb__describe_sources() %}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set columns = run_query("select schema_name || '.' || table_name || '.' || column_name from duckdb_columns() where database_name = current_database()") -%}
        {%- set present = columns.columns[0].values() | list -%}
        {%- set statements = [] -%}
        {%- for node in graph.sources.values() if 'proof.certificates.component_id' in present and not node.config.get('meta', {}).get('is_cleared_away') -%}
            {%- set relation = node.schema ~ '.' ~ node.identifier -%}
            {%- set described = [] -%}
            {%- for column in node.columns.values() if relation ~ '.' ~ column.name in present -%}
                {%- do described.append('comment on column ' ~ relation ~ '.' ~ column.name ~ ' is ' ~ duckdb_escape_comment(column.description)) -%}
            {%- endfor -%}
            {%- if described -%}
                {%- do statements.append('comment on table ' ~ relation ~ ' is ' ~ duckdb_escape_comment(node.description)) -%}
                {%- do statements.extend(described) -%}
            {%- endif -%}
        {%- endfor -%}
        {{ return('begin; ' ~ statements | join('; ') ~ '; commit' if statements else '') }}
    {%- endif -%}
{% endmacro %}

{#- Of the models whose tables another engine built, which were brought back without their descriptions. -#}
{% macro describe_brought_back() %}
    {%- if execute and var('teruggehaald', false) and target.type == 'duckdb' -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized != 'view' -%}
            {%- set relation = api.Relation.create(schema=node.schema, identifier=node.alias, type='table') -%}
            {%- do duckdb__persist_docs(relation, node, true, true) -%}
        {%- endfor -%}
    {%- endif -%}
{% endmacro %}
