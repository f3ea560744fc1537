{#- Money: the one place where a printed number becomes euros, and what is derived from that. -#}

{#- Euros in a printed unit, or null where the unit is not known. -#}
{% macro unit_factor(unit) -%}
    case {{ unit }} when 'EUR' then 1 when 'EUR_1000' then 1000 when 'EUR_MLN' then 1000000 end
{%- endmacro %}

{#- Words printed with a value that say how many euros it counts: a number of millions among thousands. -#}
{% macro money_units() -%}
    ('€', 'euro', 'mln', 'mln.', 'miljoen', 'mld', 'mld.', 'miljard', 'mrd', 'mrd.')
{%- endmacro %}

{#- A printed number in euros, in canonical sign; null where the unit is not known or the amount is beyond decimal(18,2). -#}
{% macro in_euros(number, unit, sign) -%}
    try_cast(cast({{ number }} as decimal(24, 6)) * cast({{ unit_factor(unit) }} * {{ sign }} as decimal(8, 0)) as decimal(18, 2))
{%- endmacro %}

{#- A figure of Iv3, in thousands of euros, in euros; null from a hundred billion thousands on, which landing refuses. Kept within
    18 digits on the way, where engines count in whole words: there are many of these. -#}
{% macro thousands_in_euros(number) -%}
    cast(try_cast({{ number }} as decimal(14, 3)) * cast(1000 as decimal(4, 0)) as decimal(18, 2))
{%- endmacro %}

{#- A sum of amounts, cast back at once. -#}
{% macro sum_amount(x) %}cast(sum({{ x }}) as decimal(18, 2)){% endmacro %}

{#- Half of the last printed digit, in printed units; zero for whole euros, which are not rounded. -#}
{% macro half_unit(decimals, unit) -%}
    cast(case
        when {{ decimals }} = 0 and {{ unit }} = 'EUR' then 0
        when {{ decimals }} = 0 then 0.5
        {%- for d in range(1, 6) %}
        when {{ decimals }} = {{ d }} then 0.{{ '0' * d }}5
        {%- endfor %}
        else 0.0000005
    end as decimal(8, 7))
{%- endmacro %}

{#- An amount as a claim writes it ("1,6 miljoen euro", "x 1.000 euro"), in English. -#}
{% macro claimed_in_english(x) %}replace(replace(translate({{ x }}, '.,', ',.'), ' miljoen', ' million'), ' euro', ' euros'){% endmacro %}
