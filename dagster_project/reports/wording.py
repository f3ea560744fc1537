"""The words of the pages, in Dutch and in English, and how numbers are written.

Numbers follow the language: ``1.234,5`` in Dutch is ``1,234.5`` in English. What a document printed is shown as it
printed it in both; what was counted or calculated is said in the language of the reader. On pages with thousands of
figures they are written once, in Dutch, and ``page.js`` rewrites what carries the class ``f``. The same numbers come back
in many sums and places, so that each is put in words once.
What does not belong here: which words go where.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from dagster_project.reading.choices import in_english


class Words(NamedTuple):
    """The same thing said twice."""

    nl: str
    en: str


MINUS = "\u2212"

KINDS = {
    "exploitatie": Words("Lasten en baten", "Expenditure and revenue"),
    "sociaal_domein": Words("Sociaal domein", "Social domain"),
    "reserves": Words("Reserves en voorzieningen", "Reserves and provisions"),
    "indicatoren": Words("Indicatoren", "Indicators"),
    "besparingen": Words("Besparingen en investeringen", "Savings and investments"),
    "doelen": Words("Doelen en prestaties", "Goals and activities"),
    "bedragen": Words("Bedragen", "Amounts"),
}

RULE_KINDS = {
    "subtotaal": Words("Subtotaal: som van de rijen van de groep", "Subtotal: sum of the rows of its group"),
    "totaal": Words("Totaal: som van de groepen of rijen", "Total: sum of the groups or rows"),
    "groepstotaal": Words("Groepstotaal: som van de rijen eronder", "Group total: sum of the rows below it"),
    "kolomtotaal": Words("Kolomtotaal: som van andere kolommen", "Total column: sum of other columns"),
    "saldo": Words("Saldo: lasten en baten samen", "Balance: expenditure and revenue together"),
    "mutatie": Words(
        "Mutatie reserves: toevoeging en onttrekking samen", "Change of reserves: additions and withdrawals"
    ),
    "resultaat": Words(
        "Resultaat: saldo en mutatie reserves samen", "Result: balance and change of reserves"
    ),
    "verschil": Words("Verschil: de ene kolom min de andere", "Difference: one column less another"),
    "potentieel": Words(
        "Potentieel: besparingen en investeringen samen", "Net savings: savings and investments together"
    ),
    "verloop": Words(
        "Verloop: begin, erbij, eraf, eind", "Movement: opening, additions, withdrawals, closing"
    ),
    "aansluiting_jaren": Words(
        "Begin is eind van het jaar ervoor", "Opening equals closing of the year before"
    ),
    "wijziging": Words("Na wijziging: ervoor plus de wijziging", "After the change: before plus the change"),
    "fase": Words("Resterend: oorspronkelijk min ingevuld", "Remaining: planned less done"),
    "formule": Words("Formule: zoals de tabel zelf zegt", "Formula: as the table itself says"),
    "detail": Words("Een rij is het totaal van een andere tabel", "A row is the total of another table"),
    "gelijk": Words("Hetzelfde cijfer, twee keer gedrukt", "The same figure printed twice"),
    "getuige": Words(
        "Getuige: dezelfde tabel, twee keer gepubliceerd", "Witness: the same table published twice"
    ),
    "iv3_saldo": Words("Iv3: baten min lasten", "Iv3: revenue less expenditure"),
    "iv3_reserves": Words("Iv3: mutaties van reserves", "Iv3: changes of reserves"),
    "iv3_resultaat": Words("Iv3: resultaat", "Iv3: result"),
    "iv3_taakveld": Words("Iv3: taakvelden", "Iv3: taakvelden"),
    "iv3_bruto": Words(
        "Iv3: lasten en baten even ver verschoven", "Iv3: expenditure and revenue shifted alike"
    ),
}

VERDICTS = {
    "exact": Words("exact", "exact"),
    "rounding": Words("afronding", "rounding"),
    "break": Words("sluit niet", "break"),
    "not_judged": Words("niet beoordeeld", "not judged"),
}

LEVELS = {
    "proved": Words("bewezen", "proved"),
    "implied": Words("niet bewezen, wel vastgelegd door de andere", "not proved, but implied by the others"),
    "locatable": Words("niet bewezen, wel vindbaar", "not proved, but locatable"),
    "unverifiable": Words(
        "niet bewezen", "not proved"
    ),  # whether any sum says something about it or none does
}
UNPROVED = {
    "in_no_sum": Words("niet toetsbaar: in geen enkele som", "unverifiable: in no sum at all"),
    "in_unjudged_sum": Words(
        "alleen in sommen die niet beoordeeld zijn", "only in sums that were not judged"
    ),
    "in_unsolved_set": Words("in verbanden zonder antwoord", "in connected sets without an answer"),
    "in_infeasible_set": Words("in verbanden die niet kunnen sluiten", "in connected sets that cannot close"),
}
PROVED_ALSO = {
    "implied": Words("bewezen en vastgelegd door de andere", "proved and implied by the others"),
    "locatable": Words("bewezen en vindbaar", "proved and locatable"),
}

MARKS = {
    "locatable": Words(
        "bewezen en vindbaar: een fout in dit getal alleen zou gevonden en bij naam genoemd worden",
        "proved and locatable: an error in this number alone would be found and named",
    ),
    "implied": Words(
        "bewezen en vastgelegd: de andere getallen laten op één gedrukte eenheid na geen andere waarde toe",
        "proved and implied: the other numbers pin it to within one printed unit",
    ),
    "proved": Words(
        "bewezen: past met alle andere getallen in één verband dat sluit",
        "proved: fits with all the others in one set of values that closes",
    ),
    "unproved": Words(
        "niet bewezen: staat in een verband dat niet sluit of niet beoordeeld kon worden",
        "not proved: part of a set that does not close or could not be judged",
    ),
    "rounding": Words(
        "afronding: een som waarin dit getal staat wijkt niet meer af dan afronding verklaart",
        "rounding: a sum that it is in differs by no more than rounding explains",
    ),
    "break": Words(
        "sluit niet: staat in een som of verband dat niet kan kloppen",
        "break: in a sum or a set of sums that cannot hold",
    ),
    "suspect": Words(
        "verdacht: als alleen dit getal fout is, sluit alles; eronder staat wat de andere getallen dan zeggen",
        "suspect: if this number alone is wrong, everything closes; below it stands what the others then say",
    ),
    "not_judged": Words(
        "niet beoordeeld: staat alleen in een som die niet beoordeeld kon worden, want er ontbreekt een getal",
        "not judged: only in a sum that could not be judged, as a number of it is missing",
    ),
    "unverifiable": Words(
        "niet toetsbaar: geen som zegt iets over dit getal",
        "unverifiable: no sum says anything about this number",
    ),
}

EXPECTATION_SEVERITIES = {
    "critical": Words("ons eigen werk: houdt publicatie tegen", "our own work: stops publication"),
    "warning": Words("zo gepubliceerd door de gemeente", "published like this by the municipality"),
}

UNITS = {
    "EUR": Words("in euro's", "in euros"),
    "EUR_1000": Words("x € 1.000", "in thousands of euros"),
    "EUR_MLN": Words("in miljoenen euro's", "in millions of euros"),
}
UNITS_IN_TEXT = {
    "EUR": Words("euro", "euros"),
    "EUR_1000": Words("duizend euro", "thousand euros"),
    "EUR_MLN": Words("miljoen euro", "million euros"),
}
UNIT_PER_ROW = Words("eenheid per rij", "a unit for each row")
UNKNOWN_UNIT = Words("eenheid onbekend", "unit not known")

LAYOUTS = {
    "tab": Words("tekst met tabs", "text with tabs"),
    "pipe": Words("tekst met rechte strepen", "text with bars"),
    "spaces": Words("tekst in kolommen van spaties", "text in columns of blanks"),
    "lines": Words("tekst, één cel per regel", "text, one cell per line"),
    "pdf-text": Words("tekst uit een pdf", "text from a pdf"),
    "html": Words("tabel van een webpagina", "table of a web page"),
    "pdf": Words("pdf", "pdf"),
    "xlsx": Words("werkblad", "worksheet"),
    "csv": Words("csv", "csv"),
}

SOURCES = {
    "caption": Words("uit het opschrift", "from the caption"),
    "header": Words("uit de kop", "from the header"),
    "document.yml": Words("uit document.yml", "from document.yml"),
    "structuur": Words("volgt uit de opbouw van de tabel", "follows from the table's structure"),
    "cijfers": Words("bepaald uit de cijfers", "decided from the figures"),
    "opschrift": Words("uit het opschrift", "from the caption"),
}

CONVENTIONS = {
    "lasten_teken": Words("Teken van lasten", "Sign of expenditure"),
    "baten_teken": Words("Teken van baten", "Sign of revenue"),
    "onttrekking_teken": Words("Teken van onttrekkingen", "Sign of withdrawals"),
    "toevoeging_teken": Words("Teken van toevoegingen", "Sign of additions"),
    "mutatie_richting": Words("Richting van de mutatie reserves", "Direction of the change of reserves"),
    "resultaat_richting": Words("Richting van het resultaat", "Direction of the result"),
    "potentieel_richting": Words("Richting van het potentieel", "Direction of the net savings"),
    "verschil_richting": Words("Richting van het verschil", "Direction of the difference"),
    "incidenteel_richting": Words("Teken van het incidentele deel", "Sign of the incidental part"),
    "saldo_richting": Words("Richting van het saldo", "Direction of the balance"),
    "eenheid": Words("Gedrukte eenheid", "Printed unit"),
    "indeling": Words("Het geld van deze tabel", "The money of this table"),
}

SEVERITIES = {
    "hoog": Words("hoog", "high"),
    "middel": Words("middel", "medium"),
    "laag": Words("laag", "low"),
}

ZEKERHEDEN = {
    "fout_in_het_stuk": Words("fout in het stuk", "error in the document"),
    "onzeker_gelezen": Words("onzeker gelezen", "read with doubt"),
    "bronnen_verschillen": Words("bronnen verschillen", "sources differ"),
    "niet_gecontroleerd": Words("niet gecontroleerd", "not checked"),
}
ZEKERHEDEN_EXPLAINED = {
    "fout_in_het_stuk": Words(
        "de gedrukte getallen of woorden kunnen niet samen waar zijn, en de lezing is zeker",
        "the printed numbers or words cannot be true together, and the reading is sure",
    ),
    "onzeker_gelezen": Words(
        "een vraag aan wie leest, geen fout in het stuk: de meeste sommen van een soort falen in één tabel, of de lezing is gekozen",
        "a question to whoever reads, no error of the document: most sums of a kind fail in one table, or the reading was chosen",
    ),
    "bronnen_verschillen": Words(
        "het stuk en de Iv3 van de gemeente zeggen iets anders; elk van beide kan goed zijn",
        "the document and the Iv3 of the municipality say different things; either may be right",
    ),
    "niet_gecontroleerd": Words(
        "niet gelezen, niet beoordeeld of niet aanwezig", "not read, not judged or not there"
    ),
}
CHANGES = {
    "nieuw": Words("nieuw", "new"),
    "gewijzigd": Words("gewijzigd", "changed"),
    "ongewijzigd": Words("ongewijzigd", "unchanged"),
    "opgelost": Words("opgelost", "resolved"),
    "verdwenen": Words("verdwenen met de tabel of het document", "gone with the table or document"),
}
WIJZIGINGEN = {
    "gewijzigd": Words("gewijzigd", "changed"),
    "verschenen": Words("verschenen", "appeared"),
    "verdwenen": Words("verdwenen", "gone"),
}
UNCHECKED = {
    "tabel_zonder_som": Words("tabellen zonder som", "tables without a sum"),
    "getal_in_geen_som": Words(
        "getallen in geen som, in tabellen met sommen", "numbers in no sum, in tables with sums"
    ),
    "getal_in_onbeoordeelde_som": Words(
        "getallen die alleen in sommen staan die niet beoordeeld konden worden",
        "numbers that are only in sums that could not be judged",
    ),
    "geheel_zonder_antwoord": Words("verbanden zonder antwoord", "connected sets without an answer"),
    "som_niet_beoordeeld": Words("sommen die niet beoordeeld konden worden", "sums that could not be judged"),
    "lezing_gevraagd": Words(
        "tabellen waarvan de lezing gevraagd is, geheel of van rijen",
        "tables whose reading is asked about, in full or of rows",
    ),
    "buiten_feiten": Words(
        "tabellen met getallen buiten de feiten, die niet getoetst zijn",
        "tables with numbers kept out of the facts, which were not checked",
    ),
    "getoetst_buiten_feiten": Words(
        "tabellen met getallen die wel getoetst zijn, maar buiten de feiten staan: onderaan tellen zij niet mee",
        "tables with numbers that were checked, but are kept out of the facts: they are not in the last line",
    ),
    "niet_gelezen": Words("plaatsen die niet gelezen zijn", "places that were not read"),
    "vraag": Words("vragen die op antwoord wachten", "questions that wait for an answer"),
    "alleen_tekst": Words("documenten met alleen tekst", "documents with text only"),
    "niet_naast_iv3": Words(
        "documenten zonder totaal van de hele gemeente, die niet naast Iv3 gelegd konden worden",
        "documents without a total of the whole municipality, which could not be laid beside Iv3",
    ),
}
UNCHECKED_IN_ALL = Words(
    "getallen die niet gecontroleerd zijn, elk één keer", "numbers that were not checked, each once"
)
NORMS = {
    "document": Words("voor dit document", "for this document"),
    "gemeente": Words("voor deze gemeente", "for this municipality"),
    "standaard": Words("standaard", "default"),
}

THINGS = {  # one of them, and more
    "getal": (Words("getal", "number"), Words("getallen", "numbers")),
    "som": (Words("som", "sum"), Words("sommen", "sums")),
    "verband": (Words("verband", "connected set"), Words("verbanden", "connected sets")),
    "tabel": (Words("tabel", "table"), Words("tabellen", "tables")),
    "document": (Words("document", "document"), Words("documenten", "documents")),
    "indicator": (Words("indicator", "indicator"), Words("indicatoren", "indicators")),
    "aanvaarding": (Words("aanvaarding", "acceptance"), Words("aanvaardingen", "acceptances")),
    "plaats": (
        Words("plaats of vraag", "place or question"),
        Words("plaatsen en vragen", "places and questions"),
    ),
    "zonder_bedrag": (
        Words("getal zonder bedrag", "number without an amount"),
        Words("getallen zonder bedrag", "numbers without an amount"),
    ),
}

FINDING_STATUSES = {
    "open": Words("open", "open"),
    "aanvaard": Words("aanvaard", "accepted"),
    "verlopen": Words("aanvaarding verlopen", "acceptance expired"),
}

STANDEN = {
    "begroting": Words("begroting", "budget"),
    "begrotingswijziging": Words("begrotingswijziging", "change of the budget"),
    "begroting_na_wijziging": Words("begroting na wijziging", "budget after changes"),
    "meerjarenraming": Words("meerjarenraming", "estimate"),
    "prognose": Words("prognose", "forecast"),
    "rekening": Words("rekening", "accounts"),
    "onbekend": Words("onbekende stand", "state not known"),
}

SOORTEN = {
    "begroting": Words("begroting", "budget"),
    "jaarstukken": Words("jaarstukken", "annual accounts"),
    "tussenrapportage": Words("tussenrapportage", "interim report"),
}

VORMEN = {
    "web": Words("webpagina", "web page"),
    "pdf": Words("pdf", "pdf"),
    "xlsx": Words("werkboek", "workbook"),
    "csv": Words("csv", "csv"),
}

CLAIM_VERDICTS = {
    "holds": Words("klopt", "holds"),
    "fails": Words("klopt niet", "does not hold"),
    "not_judged": Words("niet beoordeeld", "not judged"),
}

IV3_VERDICTS = {
    "exact": Words("gelijk", "the same"),
    "rounding": Words("gelijk op afronding na", "the same but for rounding"),
    "break": Words("verschilt", "differs"),
    "not_judged": Words("niet beoordeeld", "not judged"),
}

FINDING_KINDS = {
    "som_sluit_niet": Words("een som sluit niet", "a sum does not close"),
    "sommen_sluiten_niet_samen": Words("sommen sluiten niet samen", "sums do not close together"),
    "label_verschilt": Words("hetzelfde met andere woorden", "the same in other words"),
    "tweede_publicatie_wijkt_af": Words("tweede publicatie wijkt af", "second publication differs"),
    "opschrift_tegengesproken": Words("opschrift tegengesproken", "caption contradicted"),
    "bewering_klopt_niet": Words("bewering klopt niet", "claim does not hold"),
    "herrubricering": Words("andere indeling dan eerder", "classified otherwise than before"),
    "wijkt_af_van_iv3": Words("wijkt af van Iv3", "differs from Iv3"),
    "anders_gesaldeerd_dan_iv3": Words("anders gesaldeerd dan Iv3", "netted otherwise than in Iv3"),
    "document_ontbreekt": Words("document ontbreekt", "document missing"),
    "gemeentecode_onbekend": Words("gemeentecode onbekend", "municipality code not known"),
    "vraag": Words("vraag", "question"),
    "niet_gelezen": Words("niet gelezen", "not read"),
    "som_niet_beoordeeld": Words("een som kon niet beoordeeld worden", "a sum could not be judged"),
    "levering_half": Words("halve levering van Iv3", "half a delivery of Iv3"),
    "eenheid_verdacht": Words("bedragen zijn geen duizenden euro's", "amounts are no thousands of euros"),
    "buiten_feiten": Words("buiten de feiten gehouden", "kept out of the facts"),
    "indeling_onzeker": Words(
        "niet meegeteld: misschien hetzelfde geld", "not counted: perhaps the same money"
    ),
}

NAUWKEURIGHEDEN = {
    "exact": Words("precies", "exactly"),
    "afgerond": Words("afgerond", "rounded"),
    "circa": Words("circa", "about"),
    "ruim": Words("ruim", "more than"),
    "bijna": Words("bijna", "nearly"),
}

LEZINGEN = {
    "zeker": Words("zeker", "certain"),
    "sommen": Words("de sommen beslissen", "the sums decide"),
    "antwoord": Words("zoals een mens antwoordde", "as a person answered"),
    "gevraagd": Words(
        "gevraagd: deze getallen tellen nergens mee tot er een antwoord is",
        "asked: these numbers count nowhere until there is an answer",
    ),
}

REJECT_KINDS = {
    "reject": Words("geweigerd", "rejected"),
    "question": Words("vraag", "question"),
    "note": Words("opmerking", "note"),
}


def words(vocabulary: dict[str, Words], key: str | None) -> Words:
    """The words for a key; a key without words is shown as it is rather than hidden."""
    return vocabulary.get(key, Words(str(key), str(key))) if key is not None else Words("–", "–")


@lru_cache(maxsize=65536)
def figure(number: Decimal | None, decimals: int | None = None) -> str:
    """A number in printed units as Dutch documents print it: ``-1234.5`` is ``−1.234,5``."""
    return "–" if number is None else _grouped(number, decimals, ".", ",")


@lru_cache(maxsize=65536)
def figures(number: Decimal | None, decimals: int | None = None) -> Words:
    """A number in printed units in either notation: ``−1.234,5`` and ``−1,234.5``."""
    if number is None:
        return Words("–", "–")
    return Words(_grouped(number, decimals, ".", ","), _grouped(number, decimals, ",", "."))


@lru_cache(maxsize=65536)
def euros(number: Decimal | None) -> Words:
    """A whole amount in euros, rounded half to even: ``€ 90.000`` and ``€ 90,000``."""
    if number is None:
        return Words("–", "–")
    return Words("€\u00a0" + _grouped(number, 0, ".", ","), "€\u00a0" + _grouped(number, 0, ",", "."))


@lru_cache(maxsize=4096)
def choice(keuze: str) -> Words:
    """What a table was found to follow, such as ``lasten - baten``."""
    return Words(keuze, in_english(keuze))


def claimed(text: str | None) -> Words:
    """An amount as a claim is written, ``1,6 miljoen euro``, in either language."""
    if not text:
        return Words("–", "–")
    swapped = text.translate(str.maketrans(".,", ",."))
    return Words(text, swapped.replace(" miljoen", " million").replace(" euro", " euros"))


def things(number: int, thing: str) -> Words:
    """How many of what: ``1 som``, ``2 sommen``."""
    one, many = THINGS[thing]
    told, named = count(number), one if number == 1 else many
    return Words(f"{told.nl} {named.nl}", f"{told.en} {named.en}")


@lru_cache(maxsize=65536)
def count(number: int) -> Words:
    """How many, with groups of thousands in either notation."""
    return Words(f"{number:,}".replace(",", "."), f"{number:,}")


def _grouped(number: Decimal, decimals: int | None, group: str, point: str) -> str:
    number = Decimal(number)
    if decimals is None:
        number = number.normalize()
        decimals = max(0, -int(number.as_tuple().exponent))
    text = f"{abs(number):,.{decimals}f}"
    whole, _, fraction = text.partition(".")
    sign = MINUS if number < 0 and text.strip("0.,") else ""
    return sign + whole.replace(",", group) + (point + fraction if fraction else "")


# What became of an acceptance.
ACCEPTANCE_NOW = {
    "geldt": Words("geldt", "in force"),
    "gewijzigd": Words("geldt niet meer: het is veranderd sinds het is aanvaard", "no longer in force: it changed since it was accepted"),
    "geldt niet meer": Words("geldt niet meer: de termijn is voorbij", "no longer in force: its term has ended"),
    "opgelost": Words("opgelost: wat aanvaard is staat er niet meer", "solved: what was accepted is no longer there"),
    "verdwenen": Words("verdwenen: het stuk of de tabel is er niet meer", "gone: its document or table is no longer there"),
    "hoort bij niets": Words("hoort bij niets wat er nog is", "belongs to nothing that is still there"),
    "ingetrokken": Words("ingetrokken", "withdrawn"),
}  # fmt: skip

# Why an expectation could not be judged, by what ``assets.suites`` stores.
NOT_JUDGED = {
    english: Words(dutch, english)
    for english, dutch in (
        ("the figures that it needs are not there", "de cijfers die nodig zijn, zijn er niet"),
        ("no result came back", "er kwam geen uitslag terug"),
        ("Great Expectations reports a failure, the same SQL finds no failing row",
         "Great Expectations meldt dat er niet aan voldaan is, dezelfde SQL vindt geen rij die niet voldoet"),
    )
}  # fmt: skip
