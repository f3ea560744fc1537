{#- What DuckDB and Spark say differently, and nothing else. Models hold only what both accept with one meaning. -#}

{#- a / b as decimal(p, s), half away from zero, null where b is zero. Scale of a and b at most 2. -#}
{% macro safe_divide(a, b, p, s) %}{{ return(adapter.dispatch('safe_divide', 'sluitend')(a, b, p, s)) }}{% endmacro %}

{% macro default__safe_divide(a, b, p, s) -%}
    cast(({{ a }}) / nullif({{ b }}, 0) as decimal({{ p }}, {{ s }}))
{%- endmacro %}

{% macro duckdb__safe_divide(a, b, p, s) -%}
    cast(case when ({{ b }}) = 0 then null else sign({{ a }}) * sign({{ b }}) * cast(
        (cast(abs({{ a }}) * 100 as hugeint) * {{ 10 ** s }} * 2 + cast(abs({{ b }}) * 100 as hugeint))
        // (2 * cast(abs({{ b }}) * 100 as hugeint)) as decimal(38, 0)
    ) * cast({{ '0.' ~ '0' * (s - 1) ~ '1' }} as decimal({{ s + 1 }}, {{ s }})) end as decimal({{ p }}, {{ s }}))
{%- endmacro %}

{#- The distinct values of x in their own order, joined with sep. -#}
{% macro ordered_listagg(x, sep) %}{{ return(adapter.dispatch('ordered_listagg', 'sluitend')(x, sep)) }}{% endmacro %}

{% macro default__ordered_listagg(x, sep) %}string_agg(distinct {{ x }}, '{{ sep }}' order by {{ x }}){% endmacro %}

{#- Not Spark's own listagg: with distinct and an order it breaks off in larger plans (4.3: ClassCastException). -#}
{% macro spark__ordered_listagg(x, sep) -%}
    case when count({{ x }}) > 0 then array_join(array_sort(collect_set({{ x }})), '{{ sep }}') end
{%- endmacro %}

{#- A relation of the whole numbers from lo to hi, both included, in one column. -#}
{% macro int_series(lo, hi, column) %}{{ return(adapter.dispatch('int_series', 'sluitend')(lo, hi, column)) }}{% endmacro %}

{% macro default__int_series(lo, hi, column) -%}
    (select cast(range as int) as {{ column }} from range({{ lo }}, {{ hi }} + 1))
{%- endmacro %}

{% macro spark__int_series(lo, hi, column) -%}
    (select cast(id as int) as {{ column }} from range({{ lo }}, {{ hi }} + 1))
{%- endmacro %}

{#- A whole number as people read it in the Netherlands: 1.234.567. -#}
{% macro dutch_number(x) %}{{ return(adapter.dispatch('dutch_number', 'sluitend')(x)) }}{% endmacro %}

{% macro default__dutch_number(x) %}replace(format_number(round({{ x }}), 0), ',', '.'){% endmacro %}

{% macro duckdb__dutch_number(x) %}replace(format('{:,}', cast(round({{ x }}) as bigint)), ',', '.'){% endmacro %}

{#- A whole number as people read it in English: 1,234,567. -#}
{% macro english_number(x) %}{{ return(adapter.dispatch('english_number', 'sluitend')(x)) }}{% endmacro %}

{% macro default__english_number(x) %}format_number(round({{ x }}), 0){% endmacro %}

{% macro duckdb__english_number(x) %}format('{:,}', cast(round({{ x }}) as bigint)){% endmacro %}

{#- A number without trailing zeros in the notation of the documents, for sentences in either language: 1.234,5. -#}
{#- What printed_number says, in English: points and commas change places. -#}
{% macro printed_number_in_english(x) %}translate({{ printed_number(x) }}, '.,', ',.'){% endmacro %}

{% macro printed_number(x) %}{{ return(adapter.dispatch('printed_number', 'sluitend')(x)) }}{% endmacro %}

{% macro default__printed_number(x) -%}
    rtrim(',', rtrim('0', translate(format_number({{ x }}, 6), ',.', '.,')))
{%- endmacro %}

{% macro duckdb__printed_number(x) -%}
    case when {{ x }} < 0 then '-' else '' end || rtrim(rtrim(translate(
        format('{:,}', cast(trunc(abs({{ x }})) as bigint)) || substr(cast(abs({{ x }}) - trunc(abs({{ x }})) as varchar), 2),
        ',.', '.,'), '0'), ',')
{%- endmacro %}

{#- Before what a CTE is: each that reads it takes only the rows and columns that it needs. DuckDB keeps one that is read more than
    once whole, which of a large table, read for a few of its rows, costs more than reading it again. -#}
{% macro read_apart() %}{{ return(adapter.dispatch('read_apart', 'sluitend')()) }}{% endmacro %}

{% macro default__read_apart() %}{% endmacro %}

{% macro duckdb__read_apart() %}not materialized {% endmacro %}
