{#- Descriptions of the tables that dbt reads but does not make, as comments, so that an analyst sees them too.
    Only after a run that built something; a table or column that is not there is passed over. -#}
{% macro describe_sources(results) %}{{ return(adapter.dispatch('describe_sources', 'sluitend')(results)) }}{% endmacro %}

{% macro default__describe_sources(results) %}{% endmacro %}

{% macro duckdb__describe_sources(results) %}
    {%- if execute and flags.WHICH in ('build', 'run') -%}
        {%- set present = run_query("select schema_name || '.' || table_name || '.' || column_name from duckdb_columns() where database_name = current_database()") -%}
        {%- set present = present.columns[0].values() | list -%}
        {%- set statements = [] -%}
        {%- for node in graph.sources.values() -%}
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
        {{ return(statements | join('; ')) }}
    {%- endif -%}
{% endmacro %}
