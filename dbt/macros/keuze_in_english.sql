{#- What a table was found to follow, in English: formulas of the words of the field, such as `begroting - rekening`. -#}
{%- macro keuze_in_english(keuze) -%}
    {%- set words = [
        ('begroting', 'budget'), ('rekening', 'accounts'), ('lasten', 'expenditure'), ('baten', 'revenue'), ('saldo', 'balance'),
        ('toevoeging', 'addition'), ('onttrekking', 'withdrawal'), ('mutatie', 'change'), ('resultaat', 'result'),
        ('eerste', 'first'), ('overige', 'others'), ('incidenteel', 'incidental part'),
    ] -%}
    {%- set told = namespace(sql=keuze) -%}
    {%- for nl, en in words -%}{%- set told.sql = "replace(" ~ told.sql ~ ", '" ~ nl ~ "', '" ~ en ~ "')" -%}{%- endfor -%}
    {{ told.sql }}
{%- endmacro -%}
