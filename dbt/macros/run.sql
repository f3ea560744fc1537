{#- What a run is told from outside: its day and its moment. -#}

{#- The day on which the run looks at calendars and acceptances. -#}
{% macro vandaag() %}cast('{{ var("vandaag", run_started_at.strftime("%Y-%m-%d")) }}' as date){% endmacro %}

{#- The moment of the run, UTC. -#}
{% macro nu() %}cast('{{ var("nu", run_started_at.strftime("%Y-%m-%d %H:%M:%S")) }}' as timestamp){% endmacro %}
