{#- Lasten and baten are two sides of one thing: what their facts and their views share. -#}

{#- What every fact of printed numbers begins with: the number, and what it is about. -#}
{% macro getal_en_waarover() -%}
        cell_id,
        document_id,
        table_id,
        gemeente_id,
        gemeente,
        programma_id,
        programma,
        programma_naam,
        beleidsterrein_id,
        beleidsterrein_code,
        beleidsterrein
{%- endmacro %}

{#- What it is called in its table, and where it stands there. -#}
{% macro post_in_tabel() -%}
        groep,
        post,
        code,
        row_path,
        column_path
{%- endmacro %}

{#- How far it can be trusted and where it was printed: what every such fact ends with. -#}
{% macro waar_gedrukt() -%}
        verifieerbaarheid,
        bestand,
        regel
{%- endmacro %}

{#- The rows of a fact of lasten or baten, from the numbers that go there. -#}
{% macro bedragen_van_kant(numbers) -%}
select
    {{ getal_en_waarover() }},
    taakveld_id,
    taakveld_code,
    kind as tabelsoort,
    indeling,
    {{ post_in_tabel() }},
    jaar,
    stand,
    bedrag_eur,
    is_laatste,
    is_hoofdindeling,
    is_enige_in_indeling,
    is_placed,
    {{ waar_gedrukt() }}
    from {{ numbers }}
{%- endmacro %}

{#- Amounts of `feiten` with the names of what they are about; `eerst` is a column that stands in front. Reads the CTEs
    documenten, gemeenten, programmas, beleidsterreinen and taakvelden. -#}
{% macro bedragen_met_namen(eerst=none) -%}
    select
        {%- if eerst %}
        feiten.{{ eerst }},
        {%- endif %}
        feiten.gemeente_id,
        gemeenten.gemeente_naam as gemeente,
        gemeenten.provincie,
        gemeenten.grootteklasse,
        feiten.jaar,
        feiten.stand,
        feiten.programma_id,
        coalesce(programmas.programma, 'onbekend') as programma,
        programmas.programma_conform as programma_naam,
        programmas.programma_met_naam,
        feiten.beleidsterrein_id,
        coalesce(feiten.beleidsterrein_code, 'onbekend') as beleidsterrein_code,
        beleidsterreinen.beleidsterrein_conform as beleidsterrein,
        feiten.taakveld_id,
        coalesce(feiten.taakveld_code, 'onbekend') as taakveld_code,
        taakvelden.taakveld,
        taakvelden.hoofdtaakveld,
        feiten.indeling,
        feiten.groep,
        feiten.post,
        feiten.code,
        feiten.bedrag_eur,
        gemeenten.inwoners,
        {{ safe_divide('feiten.bedrag_eur', 'gemeenten.inwoners', 18, 4) }} as per_inwoner_eur,
        feiten.verifieerbaarheid,
        feiten.document_id,
        documenten.titel as document,
        feiten.bestand,
        feiten.regel,
        feiten.cell_id
    from feiten
    inner join documenten
        on feiten.document_id = documenten.document_id
    inner join gemeenten
        on
            feiten.gemeente_id = gemeenten.gemeente_id
            and feiten.jaar = gemeenten.jaar
    inner join programmas
        on feiten.programma_id = programmas.programma_id
    inner join beleidsterreinen
        on feiten.beleidsterrein_id = beleidsterreinen.beleidsterrein_id
    inner join taakvelden
        on feiten.taakveld_id = taakvelden.taakveld_id
{%- endmacro %}
