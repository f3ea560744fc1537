{#- A night costs what changed: in a file that grew from the published one, rows of untouched documents stay.

    The var `vorige` is the path of the published file; without it every document counts as changed, and models read as if
    nothing of this existed. `grond` is the path of the file in which the intermediate models of that night were kept;
    without it they stand in `vorige` too. A model whose rows each follow from one document is materialized `per_document` and
    reads `changed(ref('x'))`; together they give the rows that a build of everything gives. -#}

{#- Before a run: which documents must be built. Changed are those that were added, removed, changed or read otherwise,
    and with them every document whose rows lean on one of those: the other publication of a table, and all
    documents of the same gemeente, for which is the latest that gives a figure depends on them all. With other code everything counts as changed. -#}
{% macro find_changed_documents() %}{{ return(adapter.dispatch('find_changed_documents', 'sluitend')()) }}{% endmacro %}

{% macro default__find_changed_documents() %}{% endmacro %}

{% macro duckdb__find_changed_documents() %}
    {%- if not var('vorige', '') -%}{{ return('') }}{%- endif -%}
    attach if not exists '{{ var("vorige") | replace("'", "''") }}' as vorige (read_only);
    {% if var('grond', '') -%} attach if not exists '{{ var("grond") | replace("'", "''") }}' as grond (read_only); {%- endif %}
    create schema if not exists intermediate;
    create or replace table intermediate.changed_documents as
    with recursive

    described as (
        select document_id, zelfde_als, gemeente, gemeentecode from landing.documents
        union all
        select document_id, zelfde_als, gemeente, gemeentecode from vorige.landing.documents
    ),

    -- What documents have in common: the name or the code of their gemeente, or the document that both publish.
    bonds as (
        select document_id, 'naam ' || lower(gemeente) as band from described
        union
        select document_id, 'code ' || gemeentecode as band from described where gemeentecode is not null
        union
        select document_id, 'document ' || document_id as band from described
        union
        select document_id, 'document ' || zelfde_als as band from described where zelfde_als is not null
    ),

    steps as (
        select document_id as van, band as naar from bonds
        union all
        select band as van, document_id as naar from bonds
    ),

    touched as (
        select coalesce(nu.document_id, toen.document_id) as geraakt
        from meta.inputs as nu
        full outer join vorige.meta.inputs as toen on nu.document_id = toen.document_id
        where
            nu.key is distinct from toen.key
            or nu.state is distinct from toen.state
            or (select code_version from meta.run) is distinct from (select code_version from vorige.meta.run)
        union
        (select document_id from (from landing.iv3_cijfers except from vorige.landing.iv3_cijfers))
        union
        (select document_id from (from vorige.landing.iv3_cijfers except from landing.iv3_cijfers))
        union
        select steps.naar
        from touched inner join steps on touched.geraakt = steps.van
    )

    select geraakt as document_id from touched
{% endmacro %}

{#- After a run: what served only to make something else goes, so that the file holds everything once and can be
    exported and imported. It goes when a run has made everything from it; rows of tables would be
    those of this night only. After a run in which something failed it stays: what failed is looked for in it. -#}
{% macro clear_away(results) %}{{ return(adapter.dispatch('clear_away', 'sluitend')(results)) }}{% endmacro %}

{% macro default__clear_away(results) %}{% endmacro %}

{% macro duckdb__clear_away(results) %}
    {%- if execute and results | selectattr('status', 'in', ['fail', 'error']) | list -%}{{ return('') }}{%- endif -%}
    {%- if execute and flags.WHICH in ('build', 'run') and ('model.sluitend.findings' in selected_resources or var('teruggehaald', false)) -%}
        {%- for node in graph.nodes.values() if node.config.get('meta', {}).get('is_cleared_away') -%}
            drop {{ 'view' if node.config.materialized == 'view' else 'table' }} if exists {{ node.schema }}.{{ node.alias }};
        {%- endfor -%}
        {%- for node in graph.sources.values() if node.config.get('meta', {}).get('is_cleared_away') -%}
            drop view if exists {{ node.schema }}.{{ node.identifier }};
        {%- endfor -%}
    {%- endif -%}
    {%- if var('vorige', '') -%}
        drop table if exists intermediate.changed_documents; drop table if exists intermediate.changed_iv3; detach vorige
        {%- if var('grond', '') -%} ; detach grond {%- endif %}
    {%- endif -%}
{% endmacro %}

{#- Only the rows of documents that must be built. `document_of`: where rows name no document, see rows_of_changed. -#}
{% macro changed(relation, document_of=none) -%}
    {%- if var('vorige', '') -%}
        (select * from {{ relation }} where {{ rows_of_changed(document_of) }})
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- Which rows are of documents that must be built. Where they name no document `document_of` is a column of theirs and the tables
    of the published file that say of which document each value of it is. -#}
{% macro rows_of_changed(document_of=none) -%}
    {%- set of_changed = 'document_id in (select document_id from intermediate.changed_documents)' -%}
    {%- if document_of -%}
        {{ document_of.column }} in (
            {%- for table in document_of.tables %}
            select {{ document_of.column }} from {{ table }} where {{ of_changed }}
            union all
            select {{ document_of.column }} from vorige.{{ table }} where {{ of_changed }}
            {{- ' union all' if not loop.last }}
            {%- endfor %}
        )
    {%- else -%}
        {{ of_changed }}
    {%- endif -%}
{%- endmacro %}

{#- Of a relation the documents of the part that is made now; all of them where nothing is made in parts. -#}
{% macro of_part(relation) -%}{{ return(adapter.dispatch('of_part', 'sluitend')(relation)) }}{%- endmacro %}

{% macro default__of_part(relation) -%}{{ return(changed(relation)) }}{%- endmacro %}

{% macro duckdb__of_part(relation) -%}
    (
        select * from {{ changed(relation) }}
        where getvariable('deel') is null or document_id in (select unnest(cast(getvariable('deel') as varchar[])))
    )
{%- endmacro %}

{#- What a test of one table must look at: rows of a `per_document` table that stayed were tested when they were made,
    and what names such a row names its document. -#}
{% macro made_now(model) -%}
    {%- set per_document = execute and graph.nodes.values() | selectattr('config.materialized', 'equalto', 'per_document')
        | selectattr('schema', 'equalto', model.schema) | selectattr('alias', 'equalto', model.identifier) | first -%}
    {%- set is_of_iv3 = execute and graph.nodes.values() | selectattr('config.materialized', 'equalto', 'when_iv3_changed')
        | selectattr('schema', 'equalto', model.schema) | selectattr('alias', 'equalto', model.identifier) | list -%}
    {%- if is_of_iv3 and iv3_changed() == 'nothing' -%}
        (select * from {{ model }} where false)
    {%- else -%}
        {{ changed(model, per_document.config.get('document_of')) if per_document else model }}
    {%- endif -%}
{%- endmacro %}

{#- What changed in the sources of Iv3 since the file from which this one grew: `nothing`, `some` deliveries, which stand in
    intermediate.changed_iv3, or `all`, where there is no such file or other code made it. -#}
{% macro iv3_changed() %}{{ return(adapter.dispatch('iv3_changed', 'sluitend')()) }}{% endmacro %}

{% macro default__iv3_changed() %}{{ return('all') }}{% endmacro %}

{% macro duckdb__iv3_changed() %}
    {%- if not execute or not var('vorige', '') -%}{{ return('all') }}{%- endif -%}
    {%- set found = run_query(
        "select case when (select code_version from meta.run) is distinct from (select code_version from vorige.meta.run) then 'all'"
        ~ " when exists (select 1 from intermediate.changed_iv3) then 'some' else 'nothing' end"
    ) -%}
    {{ return(found.columns[0].values()[0]) }}
{% endmacro %}

{#- Before a run: the deliveries, by gemeente and verslagsoort, of which a source was added, removed or changed. -#}
{% macro find_changed_iv3() %}{{ return(adapter.dispatch('find_changed_iv3', 'sluitend')()) }}{% endmacro %}

{% macro default__find_changed_iv3() %}{% endmacro %}

{% macro duckdb__find_changed_iv3() %}
    {%- if not var('vorige', '') -%}{{ return('') }}{%- endif -%}
    {%- set is_same_code = execute and run_query(
        "select (select code_version from meta.run) is not distinct from (select code_version from vorige.meta.run)"
    ).columns[0].values()[0] -%}
    create or replace table intermediate.changed_iv3 as
    {% if is_same_code -%}
    with changed as (
        select coalesce(nu.document_id, toen.document_id) as document_id
        from meta.iv3_bronnen as nu
        full outer join vorige.meta.iv3_bronnen as toen on nu.document_id = toen.document_id
        where nu.key is distinct from toen.key
    )
    select distinct gemeentecode, verslagsoort from landing.iv3 where document_id in (select document_id from changed)
    union
    select gemeentecode, verslagsoort from {{ "grond" if var("grond", "") else "vorige" }}.intermediate.int_iv3_leveringen
    where document_id in (select document_id from changed)
    {%- else -%}
    select cast(null as varchar) as gemeentecode, cast(null as varchar) as verslagsoort where false
    {%- endif -%}
{% endmacro %}

{#- Of a relation only what follows from deliveries that changed, where only these are made again. `per` is as in the config of
    the model. The verslagsoorten, and few gemeenten, are named in full, so that the engine passes over all other rows. -#}
{% macro iv3_to_build(relation, per) %}{{ return(adapter.dispatch('iv3_to_build', 'sluitend')(relation, per)) }}{% endmacro %}

{% macro default__iv3_to_build(relation, per) %}{{ return(relation) }}{% endmacro %}

{% macro duckdb__iv3_to_build(relation, per) -%}
    {%- if var('vorige', '') and execute and iv3_changed() == 'some' and load_cached_relation(this) is not none -%}
        (select * from {{ relation }} where {{ iv3_among_changed(per) }})
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{% macro iv3_among_changed(per) -%}
    {%- for column in per -%}
        {%- set values = run_query("select distinct " ~ column ~ " from intermediate.changed_iv3 order by 1").columns[0].values() -%}
        {%- if values | length <= 50 %}{{ column }} in ('{{ values | join("', '") }}') and {% endif -%}
    {%- endfor -%}
    ({{ per | join(', ') }}) in (select {{ per | join(', ') }} from intermediate.changed_iv3)
{%- endmacro %}
