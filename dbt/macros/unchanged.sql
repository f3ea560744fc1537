{#- A night costs what changed: in a file that grew from the published one, rows of untouched documents stay.

    The var `vorige` is the path of the published file; without it every document counts as changed, and models read
    as if nothing of this existed. A model whose rows each follow from one document is materialized `per_document` and
    reads `changed(ref('x'))`; together they give the rows that a build of everything gives. -#}

{#- Before a run: which documents must be built. Changed are those that were added, removed, changed or read otherwise,
    and with them every document whose rows lean on one of those: the other publication of a table, and all
    documents of the same gemeente, for which is the latest that gives a figure depends on them all. With other code everything counts as changed. -#}
{% macro find_changed_documents() %}{{ return(adapter.dispatch('find_changed_documents', 'sluitend')()) }}{% endmacro %}

{% macro default__find_changed_documents() %}{% endmacro %}

{% macro duckdb__find_changed_documents() %}
    {%- if not var('vorige', '') -%}{{ return('') }}{%- endif -%}
    attach if not exists '{{ var("vorige") | replace("'", "''") }}' as vorige (read_only);
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
        select steps.naar
        from touched inner join steps on touched.geraakt = steps.van
    )

    select geraakt as document_id from touched
{% endmacro %}

{#- After a run: what served only to make something else goes, so that the file holds everything once and can be
    exported and imported. It goes when a run has made everything from it; rows of tables would be
    those of this night only. -#}
{% macro clear_away() %}{{ return(adapter.dispatch('clear_away', 'sluitend')()) }}{% endmacro %}

{% macro default__clear_away() %}{% endmacro %}

{% macro duckdb__clear_away() %}
    {%- if execute and flags.WHICH in ('build', 'run') and 'model.sluitend.findings' in selected_resources -%}
        {%- for node in graph.nodes.values() if node.config.get('meta', {}).get('is_cleared_away') -%}
            drop {{ 'view' if node.config.materialized == 'view' else 'table' }} if exists {{ node.schema }}.{{ node.alias }};
        {%- endfor -%}
        {%- for node in graph.sources.values() if node.config.get('meta', {}).get('is_cleared_away') -%}
            drop view if exists {{ node.schema }}.{{ node.identifier }};
        {%- endfor -%}
    {%- endif -%}
    {%- if var('vorige', '') -%}
        drop table if exists intermediate.changed_documents; detach vorige
    {%- endif -%}
{% endmacro %}

{#- Only the rows of documents that must be built. -#}
{% macro changed(relation) -%}
    {%- if var('vorige', '') -%}
        (select * from {{ relation }} where document_id in (select document_id from intermediate.changed_documents))
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}

{#- What a test of one table must look at: rows of a `per_document` table that stayed were tested when they were made,
    and what names such a row names its document. -#}
{% macro made_now(model) -%}
    {%- set is_per_document = execute and graph.nodes.values() | selectattr('config.materialized', 'equalto', 'per_document')
        | selectattr('schema', 'equalto', model.schema) | selectattr('alias', 'equalto', model.identifier) | list -%}
    {%- set is_of_iv3 = execute and graph.nodes.values() | selectattr('config.materialized', 'equalto', 'when_iv3_changed')
        | selectattr('schema', 'equalto', model.schema) | selectattr('alias', 'equalto', model.identifier) | list -%}
    {%- if is_of_iv3 and iv3_is_unchanged() -%}
        (select * from {{ model }} where false)
    {%- else -%}
        {{ changed(model) if is_per_document else model }}
    {%- endif -%}
{%- endmacro %}

{#- Whether the file grew from one that holds the same sources of Iv3, made by the same code: then what follows from
    these alone stays as it is, see `when_iv3_changed`. -#}
{% macro iv3_is_unchanged() %}{{ return(adapter.dispatch('iv3_is_unchanged', 'sluitend')()) }}{% endmacro %}

{% macro default__iv3_is_unchanged() %}{{ return(false) }}{% endmacro %}

{% macro duckdb__iv3_is_unchanged() %}
    {%- if not execute or not var('vorige', '') -%}{{ return(false) }}{%- endif -%}
    {%- set same = run_query(
        "select (select code_version from meta.run) is not distinct from (select code_version from vorige.meta.run)"
        ~ " and not exists (select document_id, key from meta.iv3_bronnen except select document_id, key from vorige.meta.iv3_bronnen)"
        ~ " and not exists (select document_id, key from vorige.meta.iv3_bronnen except select document_id, key from meta.iv3_bronnen)"
    ) -%}
    {{ return(same.columns[0].values()[0]) }}
{% endmacro %}
