{#- Schemas are called what the project says (staging, intermediate, marts, audit), whoever builds. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
