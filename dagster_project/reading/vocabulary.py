"""The words of the field, as data: quantities, states, kinds of tables and of rules.

One list each, used by readers, rules, dbt seeds and documentation alike. How a printed word maps to
one of these is decided in ``header_texts`` and ``kinds``; here is only what exists.
"""

from __future__ import annotations

GROOTHEDEN = {
    "lasten": "expenditure",
    "baten": "revenue",
    "saldo": "balance of revenue and expenditure",
    "toevoeging": "addition to a reserve or provision",
    "onttrekking": "withdrawal from a reserve or provision",
    "mutatie": "net change of reserves",
    "resultaat": "balance after changes of reserves",
    "begin": "stock at the start of the period",
    "eind": "stock at the end of the period",
    "besparing": "saving",
    "investering": "investment",
    "besparingspotentieel": "savings less investments",
    "verschil": "difference of two columns",
    "realisatie": "realised value of an indicator",
    "streefwaarde": "target of an indicator",
    "benchmark": "value of a comparison group",
    "bedrag": "an amount whose nature the table does not say",
}

STANDEN = {
    "begroting": "budget as adopted",
    "begrotingswijziging": "change of the budget",
    "begroting_na_wijziging": "budget after changes",
    "meerjarenraming": "estimate for a later year",
    "prognose": "forecast during the year",
    "rekening": "realisation in the accounts",
    "onbekend": "the header does not say",
}

# Parts of compounds that are written with a hyphen before the next part, wherever a line ends.
WITH_HYPHEN = frozenset({"niet", "oud", "non", "ex", "wmo", "wlz", "wsw", "bbz", "bbv"})

KINDS = {
    "exploitatie": "lasten, baten, saldo by programme, policy field, product or taakveld",
    "sociaal_domein": "overview of the social domain, lasten only",
    "reserves": "reserves and provisions: stock, additions, withdrawals",
    "indicatoren": "indicators with realised values, targets, benchmarks",
    "besparingen": "savings and investments",
    "doelen": "goals and what is done for them: text, no numbers",
    "bedragen": "another table of amounts: landed and reconciled, without a fact of its own",
}

# is_optelling: the total of such a rule is no leaf (it would count twice in a fact).
RULE_KINDS = {
    "subtotaal": ("a subtotal is the sum of the rows of its group", True),
    "totaal": ("a total is the sum of the groups or rows above it", True),
    "groepstotaal": ("a row that carries the sum of the rows below it", True),
    "kolomtotaal": ("a total column is the sum of other columns", True),
    "saldo": ("a balance is revenue and expenditure taken together", True),
    "mutatie": ("net change of reserves is additions and withdrawals taken together", True),
    "resultaat": ("the result is the balance and the change of reserves taken together", True),
    "verschil": ("a difference is one column less another", True),
    "potentieel": ("net savings are savings and investments taken together", True),
    "verloop": ("stock at the end is stock at the start plus additions less withdrawals", False),
    "aansluiting_jaren": ("stock at the start is stock at the end of the year before", False),
    "wijziging": ("after the change is before plus the change", False),
    "fase": ("what remains is what was planned less what is done", False),
    "formule": ("a row or column follows from others by the formula that it prints", True),
    "detail": ("a row of one table is the total of another table", True),
    "gelijk": ("the same figure printed twice", True),
    "getuige": ("the same table published twice", False),
    "iv3_saldo": ("the balance of the account is baten less lasten in Iv3", False),
    "iv3_reserves": ("changes of reserves are those in Iv3", False),
    "iv3_resultaat": ("the result is that in Iv3", False),
    "iv3_taakveld": ("a taakveld is what it is in Iv3", False),
    "iv3_bruto": ("lasten and baten differ from Iv3 by the same shift", False),
}

UNITS = {"EUR": 1, "EUR_1000": 1_000, "EUR_MLN": 1_000_000}
