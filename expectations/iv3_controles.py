"""Iv3: the checks of CBS under their official numbers; one for which the figures are not there is not judged (PF099)."""

from expectations import WARNING, Expectation, no_rows, one_of

TABLE = "audit.iv3_controles"

# CBS's numbers with what must hold; the same list as the seed iv3_controlelijst, which a test keeps so.
CONTROLES = {
    "PF001": (
        "The balance of the non-financial account equals that of the financial account",
        "Saldo van de niet-financiële rekening is gelijk aan dat van de financiële rekening",
    ),
    "PF002": (
        "The financial balance sheet holds only the categories 6.1, 7.2 and 7.5",
        "Op de financiële balans staan alleen de categorieën 6.1, 7.2 en 7.5",
    ),
    "PF003": (
        "The change of each balance position equals the mutations in the matrix",
        "De ontwikkeling van elke balansstand is gelijk aan de mutaties in de matrix",
    ),
    "PF004": (
        "The clearing categories net to nothing",
        "De verrekencategorieën komen per saldo op nul uit",
    ),
    "PF005": (
        "Category 6.1 does not stand outside the financial balance sheet",
        "Categorie 6.1 staat niet buiten de financiële balans",
    ),
    "PF006": (
        "Total expenditure equals total revenue over all taakvelden",
        "Totaal van de lasten is gelijk aan dat van de baten over alle taakvelden",
    ),
    "PF007": (
        "Total assets at the beginning equal total liabilities",
        "Totaal van de activa aan het begin is gelijk aan dat van de passiva",
    ),
    "PF008": (
        "Total assets at the end equal total liabilities",
        "Totaal van de activa aan het einde is gelijk aan dat van de passiva",
    ),
    "PF009": (
        "The categories 4.3.9 and 4.4.9 (undivided) are not used",
        "De categorieën 4.3.9 en 4.4.9 (onverdeeld) worden niet gebruikt",
    ),
    "DF001": (
        "Only taakvelden in force in the year are used",
        "Alleen taakvelden die in het jaar gelden worden gebruikt",
    ),
    "DF002": (
        "Only categories in force in the year and on that side are used",
        "Alleen categorieën die in het jaar en aan die kant gelden worden gebruikt",
    ),
    "DF003": (
        "Only balance codes in force in the year are used",
        "Alleen balanscodes die in het jaar gelden worden gebruikt",
    ),
    "DF004": (
        "Stands of the balance sheet are of the beginning or the end of the year",
        "Standen van de balans zijn van het begin of het einde van het jaar",
    ),
    "DF005": (
        "Only key ratios on CBS's list are used",
        "Alleen kengetallen van de lijst van CBS worden gebruikt",
    ),
    "DF006": (
        "Only policy indicators on CBS's list are used",
        "Alleen beleidsindicatoren van de lijst van CBS worden gebruikt",
    ),
    "DF007": (
        "Only reporting periods on CBS's list are used",
        "Alleen verslagperioden van de lijst van CBS worden gebruikt",
    ),
    "GRIJS": (
        "Grey cells (taakveld and category that do not go together) stay empty",
        "Grijze cellen (taakveld en categorie die niet samengaan) blijven leeg",
    ),
}


def _check(number: str, sentence: str, sentence_nl: str) -> Expectation:
    """One check of CBS: its offenders are the gemeenten that fail it, the largest difference first."""
    return no_rows(
        number,
        f"Iv3 {number}: {sentence[0].lower()}{sentence[1:]}.",
        f"Iv3 {number}: {sentence_nl[0].lower()}{sentence_nl[1:]}.",
        f"""
        select document_id, verslagsoort, gemeentecode, gemeente, verschil_eur, aandeel_lasten_pct, rang
        from audit.iv3_toetsen
        where controle = '{number}' and uitkomst = 'klopt niet'
        """,
        WARNING,
        judged_on=f"select verslagsoort from {{table}} where controle = '{number}' and getoetst > 0",
    )


EXPECTATIONS = [
    *(_check(number, *sentences) for number, sentences in CONTROLES.items()),
    one_of(
        "oordeel",
        ("klopt", "klopt niet", "niet te toetsen", "niet van toepassing"),
        "Every check of CBS has a verdict on every delivery, or says why there is none.",
        "Elke controle van CBS heeft een oordeel over elke levering, of zegt waarom niet.",
    ),
    no_rows(
        "unjudged_says_why",
        "A check of CBS that could not be held says which figures it lacks.",
        "Een controle van CBS die niet te houden was, zegt welke cijfers er niet zijn.",
        "select controle, verslagsoort from {table} where oordeel = 'niet te toetsen' and reden is null",
    ),
]
