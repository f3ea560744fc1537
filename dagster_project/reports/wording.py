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


class Bilingual(NamedTuple):
    """The same thing said twice."""

    nl: str
    en: str


MINUS = "\u2212"

KINDS = {
    "exploitatie": Bilingual("Lasten en baten", "Expenditure and revenue"),
    "sociaal_domein": Bilingual("Sociaal domein", "Social domain"),
    "reserves": Bilingual("Reserves en voorzieningen", "Reserves and provisions"),
    "indicatoren": Bilingual("Indicatoren", "Indicators"),
    "besparingen": Bilingual("Besparingen en investeringen", "Savings and investments"),
    "doelen": Bilingual("Doelen en prestaties", "Goals and activities"),
    "bedragen": Bilingual("Bedragen", "Amounts"),
}

RULE_KINDS = {
    "subtotaal": Bilingual(
        "Subtotaal: som van de rijen van de groep", "Subtotal: sum of the rows of its group"
    ),
    "totaal": Bilingual("Totaal: som van de groepen of rijen", "Total: sum of the groups or rows"),
    "groepstotaal": Bilingual(
        "Groepstotaal: som van de rijen eronder", "Group total: sum of the rows below it"
    ),
    "kolomtotaal": Bilingual("Kolomtotaal: som van andere kolommen", "Total column: sum of other columns"),
    "saldo": Bilingual("Saldo: lasten en baten samen", "Balance: expenditure and revenue together"),
    "mutatie": Bilingual(
        "Mutatie reserves: toevoeging en onttrekking samen", "Change of reserves: additions and withdrawals"
    ),
    "resultaat": Bilingual(
        "Resultaat: saldo en mutatie reserves samen", "Result: balance and change of reserves"
    ),
    "verschil": Bilingual("Verschil: de ene kolom min de andere", "Difference: one column less another"),
    "potentieel": Bilingual(
        "Potentieel: besparingen en investeringen samen", "Net savings: savings and investments together"
    ),
    "verloop": Bilingual(
        "Verloop: begin, erbij, eraf, eind", "Movement: opening, additions, withdrawals, closing"
    ),
    "aansluiting_jaren": Bilingual(
        "Begin is eind van het jaar ervoor", "Opening equals closing of the year before"
    ),
    "wijziging": Bilingual(
        "Na wijziging: ervoor plus de wijziging", "After the change: before plus the change"
    ),
    "fase": Bilingual("Resterend: oorspronkelijk min ingevuld", "Remaining: planned less done"),
    "formule": Bilingual("Formule: zoals de tabel zelf zegt", "Formula: as the table itself says"),
    "detail": Bilingual("Een rij is het totaal van een andere tabel", "A row is the total of another table"),
    "gelijk": Bilingual("Hetzelfde cijfer, twee keer gedrukt", "The same figure printed twice"),
    "getuige": Bilingual(
        "Getuige: dezelfde tabel, twee keer gepubliceerd", "Witness: the same table published twice"
    ),
    "iv3_saldo": Bilingual("Iv3: baten min lasten", "Iv3: revenue less expenditure"),
    "iv3_reserves": Bilingual("Iv3: mutaties van reserves", "Iv3: changes of reserves"),
    "iv3_resultaat": Bilingual("Iv3: resultaat", "Iv3: result"),
    "iv3_taakveld": Bilingual("Iv3: taakvelden", "Iv3: taakvelden"),
    "iv3_bruto": Bilingual(
        "Iv3: lasten en baten even ver verschoven", "Iv3: expenditure and revenue shifted alike"
    ),
}

VERDICTS = {
    "exact": Bilingual("exact", "exact"),
    "rounding": Bilingual("afronding", "rounding"),
    "break": Bilingual("sluit niet", "break"),
    "not_judged": Bilingual("niet beoordeeld", "not judged"),
}

LEVELS = {
    "proved": Bilingual("bewezen", "proved"),
    "implied": Bilingual(
        "niet bewezen, wel vastgelegd door de andere", "not proved, but implied by the others"
    ),
    "locatable": Bilingual("niet bewezen, wel vindbaar", "not proved, but locatable"),
    "unverifiable": Bilingual(
        "niet bewezen", "not proved"
    ),  # whether any sum says something about it or none does
}
UNPROVED = {
    "in_no_sum": Bilingual("niet toetsbaar: in geen enkele som", "unverifiable: in no sum at all"),
    "in_unjudged_sum": Bilingual(
        "alleen in sommen die niet beoordeeld zijn", "only in sums that were not judged"
    ),
    "in_unsolved_set": Bilingual("in verbanden zonder antwoord", "in connected sets without an answer"),
    "in_infeasible_set": Bilingual(
        "in verbanden die niet kunnen sluiten", "in connected sets that cannot close"
    ),
}
PROVED_ALSO = {
    "implied": Bilingual("bewezen en vastgelegd door de andere", "proved and implied by the others"),
    "locatable": Bilingual("bewezen en vindbaar", "proved and locatable"),
}

MARKS = {
    "locatable": Bilingual(
        "bewezen en vindbaar: een fout in dit getal alleen zou gevonden en bij naam genoemd worden",
        "proved and locatable: an error in this number alone would be found and named",
    ),
    "implied": Bilingual(
        "bewezen en vastgelegd: de andere getallen laten op één gedrukte eenheid na geen andere waarde toe",
        "proved and implied: the other numbers pin it to within one printed unit",
    ),
    "proved": Bilingual(
        "bewezen: past met alle andere getallen in één verband dat sluit",
        "proved: fits with all the others in one set of values that closes",
    ),
    "unproved": Bilingual(
        "niet bewezen: staat in een verband dat niet sluit of niet beoordeeld kon worden",
        "not proved: part of a set that does not close or could not be judged",
    ),
    "rounding": Bilingual(
        "afronding: een som waarin dit getal staat wijkt niet meer af dan afronding verklaart",
        "rounding: a sum that it is in differs by no more than rounding explains",
    ),
    "break": Bilingual(
        "sluit niet: staat in een som of verband dat niet kan kloppen",
        "break: in a sum or a set of sums that cannot hold",
    ),
    "suspect": Bilingual(
        "verdacht: als alleen dit getal fout is, sluit alles; eronder staat wat de andere getallen dan zeggen",
        "suspect: if this number alone is wrong, everything closes; below it stands what the others then say",
    ),
    "not_judged": Bilingual(
        "niet beoordeeld: staat alleen in een som die niet beoordeeld kon worden, want er ontbreekt een getal",
        "not judged: only in a sum that could not be judged, as a number of it is missing",
    ),
    "unverifiable": Bilingual(
        "niet toetsbaar: geen som zegt iets over dit getal",
        "unverifiable: no sum says anything about this number",
    ),
}

EXPECTATION_SEVERITIES = {
    "critical": Bilingual("ons eigen werk: houdt publicatie tegen", "our own work: stops publication"),
    "warning": Bilingual("zo gepubliceerd door de gemeente", "published like this by the municipality"),
}

UNITS = {
    "EUR": Bilingual("in euro's", "in euros"),
    "EUR_1000": Bilingual("x € 1.000", "in thousands of euros"),
    "EUR_MLN": Bilingual("in miljoenen euro's", "in millions of euros"),
}
UNITS_IN_TEXT = {
    "EUR": Bilingual("euro", "euros"),
    "EUR_1000": Bilingual("duizend euro", "thousand euros"),
    "EUR_MLN": Bilingual("miljoen euro", "million euros"),
}
UNIT_PER_ROW = Bilingual("eenheid per rij", "a unit for each row")
UNKNOWN_UNIT = Bilingual("eenheid onbekend", "unit not known")

LAYOUTS = {
    "tab": Bilingual("tekst met tabs", "text with tabs"),
    "pipe": Bilingual("tekst met rechte strepen", "text with bars"),
    "spaces": Bilingual("tekst in kolommen van spaties", "text in columns of blanks"),
    "lines": Bilingual("tekst, één cel per regel", "text, one cell per line"),
    "pdf-text": Bilingual("tekst uit een pdf", "text from a pdf"),
    "html": Bilingual("tabel van een webpagina", "table of a web page"),
    "pdf": Bilingual("pdf", "pdf"),
    "xlsx": Bilingual("werkblad", "worksheet"),
    "csv": Bilingual("csv", "csv"),
}

SOURCES = {
    "caption": Bilingual("uit het opschrift", "from the caption"),
    "header": Bilingual("uit de kop", "from the header"),
    "document.yml": Bilingual("uit document.yml", "from document.yml"),
    "structuur": Bilingual("volgt uit de opbouw van de tabel", "follows from the table's structure"),
    "cijfers": Bilingual("bepaald uit de cijfers", "decided from the figures"),
    "opschrift": Bilingual("uit het opschrift", "from the caption"),
}

CONVENTIONS = {
    "lasten_teken": Bilingual("Teken van lasten", "Sign of expenditure"),
    "baten_teken": Bilingual("Teken van baten", "Sign of revenue"),
    "onttrekking_teken": Bilingual("Teken van onttrekkingen", "Sign of withdrawals"),
    "toevoeging_teken": Bilingual("Teken van toevoegingen", "Sign of additions"),
    "mutatie_richting": Bilingual("Richting van de mutatie reserves", "Direction of the change of reserves"),
    "resultaat_richting": Bilingual("Richting van het resultaat", "Direction of the result"),
    "potentieel_richting": Bilingual("Richting van het potentieel", "Direction of the net savings"),
    "verschil_richting": Bilingual("Richting van het verschil", "Direction of the difference"),
    "incidenteel_richting": Bilingual("Teken van het incidentele deel", "Sign of the incidental part"),
    "saldo_richting": Bilingual("Richting van het saldo", "Direction of the balance"),
    "eenheid": Bilingual("Gedrukte eenheid", "Printed unit"),
    "indeling": Bilingual("Het geld van deze tabel", "The money of this table"),
}

SEVERITIES = {
    "hoog": Bilingual("hoog", "high"),
    "middel": Bilingual("middel", "medium"),
    "laag": Bilingual("laag", "low"),
}

ZEKERHEDEN = {
    "fout_in_het_stuk": Bilingual("fout in het stuk", "error in the document"),
    "onzeker_gelezen": Bilingual("onzeker gelezen", "read with doubt"),
    "bronnen_verschillen": Bilingual("bronnen verschillen", "sources differ"),
    "niet_gecontroleerd": Bilingual("niet gecontroleerd", "not checked"),
}
ZEKERHEDEN_EXPLAINED = {
    "fout_in_het_stuk": Bilingual(
        "de gedrukte getallen of woorden kunnen niet samen waar zijn, en de lezing is zeker",
        "the printed numbers or words cannot be true together, and the reading is sure",
    ),
    "onzeker_gelezen": Bilingual(
        "een vraag aan wie leest, geen fout in het stuk: de meeste sommen van een soort falen in één tabel, of de lezing is gekozen",
        "a question to whoever reads, no error of the document: most sums of a kind fail in one table, or the reading was chosen",
    ),
    "bronnen_verschillen": Bilingual(
        "het stuk en de Iv3 van de gemeente zeggen iets anders; elk van beide kan goed zijn",
        "the document and the Iv3 of the municipality say different things; either may be right",
    ),
    "niet_gecontroleerd": Bilingual(
        "niet gelezen, niet beoordeeld of niet aanwezig", "not read, not judged or not there"
    ),
}
CHANGES = {
    "nieuw": Bilingual("nieuw", "new"),
    "gewijzigd": Bilingual("gewijzigd", "changed"),
    "ongewijzigd": Bilingual("ongewijzigd", "unchanged"),
    "opgelost": Bilingual("opgelost", "resolved"),
    "verdwenen": Bilingual("verdwenen met de tabel of het document", "gone with the table or document"),
}
WIJZIGINGEN = {
    "gewijzigd": Bilingual("gewijzigd", "changed"),
    "verschenen": Bilingual("verschenen", "appeared"),
    "verdwenen": Bilingual("verdwenen", "gone"),
}
UNCHECKED = {
    "tabel_zonder_som": Bilingual("tabellen zonder som", "tables without a sum"),
    "getal_in_geen_som": Bilingual(
        "getallen in geen som, in tabellen met sommen", "numbers in no sum, in tables with sums"
    ),
    "getal_in_onbeoordeelde_som": Bilingual(
        "getallen die alleen in sommen staan die niet beoordeeld konden worden",
        "numbers that are only in sums that could not be judged",
    ),
    "geheel_zonder_antwoord": Bilingual("verbanden zonder antwoord", "connected sets without an answer"),
    "som_niet_beoordeeld": Bilingual(
        "sommen die niet beoordeeld konden worden", "sums that could not be judged"
    ),
    "lezing_gevraagd": Bilingual(
        "tabellen waarvan de lezing gevraagd is, geheel of van rijen",
        "tables whose reading is asked about, in full or of rows",
    ),
    "buiten_feiten": Bilingual(
        "tabellen met getallen buiten de feiten, die niet getoetst zijn",
        "tables with numbers kept out of the facts, which were not checked",
    ),
    "getoetst_buiten_feiten": Bilingual(
        "tabellen met getallen die wel getoetst zijn, maar buiten de feiten staan: onderaan tellen zij niet mee",
        "tables with numbers that were checked, but are kept out of the facts: they are not in the last line",
    ),
    "niet_gelezen": Bilingual("plaatsen die niet gelezen zijn", "places that were not read"),
    "vraag": Bilingual("vragen die op antwoord wachten", "questions that wait for an answer"),
    "alleen_tekst": Bilingual("documenten met alleen tekst", "documents with text only"),
    "niet_naast_iv3": Bilingual(
        "documenten zonder totaal van de hele gemeente, die niet naast Iv3 gelegd konden worden",
        "documents without a total of the whole municipality, which could not be laid beside Iv3",
    ),
}
UNCHECKED_IN_ALL = Bilingual(
    "getallen die niet gecontroleerd zijn, elk één keer", "numbers that were not checked, each once"
)
NORMS = {
    "document": Bilingual("voor dit document", "for this document"),
    "gemeente": Bilingual("voor deze gemeente", "for this municipality"),
    "standaard": Bilingual("standaard", "default"),
}

THINGS = {  # one of them, and more
    "getal": (Bilingual("getal", "number"), Bilingual("getallen", "numbers")),
    "som": (Bilingual("som", "sum"), Bilingual("sommen", "sums")),
    "verband": (Bilingual("verband", "connected set"), Bilingual("verbanden", "connected sets")),
    "tabel": (Bilingual("tabel", "table"), Bilingual("tabellen", "tables")),
    "document": (Bilingual("document", "document"), Bilingual("documenten", "documents")),
    "indicator": (Bilingual("indicator", "indicator"), Bilingual("indicatoren", "indicators")),
    "aanvaarding": (Bilingual("aanvaarding", "acceptance"), Bilingual("aanvaardingen", "acceptances")),
    "plaats": (
        Bilingual("plaats of vraag", "place or question"),
        Bilingual("plaatsen en vragen", "places and questions"),
    ),
    "zonder_bedrag": (
        Bilingual("getal zonder bedrag", "number without an amount"),
        Bilingual("getallen zonder bedrag", "numbers without an amount"),
    ),
}

FINDING_STATUSES = {
    "open": Bilingual("open", "open"),
    "aanvaard": Bilingual("aanvaard", "accepted"),
    "verlopen": Bilingual("aanvaarding verlopen", "acceptance expired"),
}

STANDEN = {
    "begroting": Bilingual("begroting", "budget"),
    "begrotingswijziging": Bilingual("begrotingswijziging", "change of the budget"),
    "begroting_na_wijziging": Bilingual("begroting na wijziging", "budget after changes"),
    "meerjarenraming": Bilingual("meerjarenraming", "estimate"),
    "prognose": Bilingual("prognose", "forecast"),
    "rekening": Bilingual("rekening", "accounts"),
    "onbekend": Bilingual("onbekende stand", "state not known"),
}

SOORTEN = {
    "begroting": Bilingual("begroting", "budget"),
    "jaarstukken": Bilingual("jaarstukken", "annual accounts"),
    "tussenrapportage": Bilingual("tussenrapportage", "interim report"),
}

VORMEN = {
    "web": Bilingual("webpagina", "web page"),
    "pdf": Bilingual("pdf", "pdf"),
    "xlsx": Bilingual("werkboek", "workbook"),
    "csv": Bilingual("csv", "csv"),
}

CLAIM_VERDICTS = {
    "holds": Bilingual("klopt", "holds"),
    "fails": Bilingual("klopt niet", "does not hold"),
    "not_judged": Bilingual("niet beoordeeld", "not judged"),
}

IV3_VERDICTS = {
    "exact": Bilingual("gelijk", "the same"),
    "rounding": Bilingual("gelijk op afronding na", "the same but for rounding"),
    "break": Bilingual("verschilt", "differs"),
    "not_judged": Bilingual("niet beoordeeld", "not judged"),
}

FINDING_KINDS = {
    "som_sluit_niet": Bilingual("een som sluit niet", "a sum does not close"),
    "sommen_sluiten_niet_samen": Bilingual("sommen sluiten niet samen", "sums do not close together"),
    "label_verschilt": Bilingual("hetzelfde met andere woorden", "the same in other words"),
    "tweede_publicatie_wijkt_af": Bilingual("tweede publicatie wijkt af", "second publication differs"),
    "opschrift_tegengesproken": Bilingual("opschrift tegengesproken", "caption contradicted"),
    "bewering_klopt_niet": Bilingual("bewering klopt niet", "claim does not hold"),
    "herrubricering": Bilingual("andere indeling dan eerder", "classified otherwise than before"),
    "wijkt_af_van_iv3": Bilingual("wijkt af van Iv3", "differs from Iv3"),
    "anders_gesaldeerd_dan_iv3": Bilingual("anders gesaldeerd dan Iv3", "netted otherwise than in Iv3"),
    "document_ontbreekt": Bilingual("document ontbreekt", "document missing"),
    "gemeentecode_onbekend": Bilingual("gemeentecode onbekend", "municipality code not known"),
    "vraag": Bilingual("vraag", "question"),
    "niet_gelezen": Bilingual("niet gelezen", "not read"),
    "som_niet_beoordeeld": Bilingual("een som kon niet beoordeeld worden", "a sum could not be judged"),
    "levering_half": Bilingual("halve levering van Iv3", "half a delivery of Iv3"),
    "eenheid_verdacht": Bilingual("bedragen zijn geen duizenden euro's", "amounts are no thousands of euros"),
    "buiten_feiten": Bilingual("buiten de feiten gehouden", "kept out of the facts"),
    "indeling_onzeker": Bilingual(
        "niet meegeteld: misschien hetzelfde geld", "not counted: perhaps the same money"
    ),
}

NAUWKEURIGHEDEN = {
    "exact": Bilingual("precies", "exactly"),
    "afgerond": Bilingual("afgerond", "rounded"),
    "circa": Bilingual("circa", "about"),
    "ruim": Bilingual("ruim", "more than"),
    "bijna": Bilingual("bijna", "nearly"),
}

LEZINGEN = {
    "zeker": Bilingual("zeker", "certain"),
    "sommen": Bilingual("de sommen beslissen", "the sums decide"),
    "antwoord": Bilingual("zoals een mens antwoordde", "as a person answered"),
    "gevraagd": Bilingual(
        "gevraagd: deze getallen tellen nergens mee tot er een antwoord is",
        "asked: these numbers count nowhere until there is an answer",
    ),
}

REJECT_KINDS = {
    "reject": Bilingual("geweigerd", "rejected"),
    "question": Bilingual("vraag", "question"),
    "note": Bilingual("opmerking", "note"),
}


def words(vocabulary: dict[str, Bilingual], key: str | None) -> Bilingual:
    """The words for a key; a key without words is shown as it is rather than hidden."""
    return vocabulary.get(key, Bilingual(str(key), str(key))) if key is not None else Bilingual("–", "–")


@lru_cache(maxsize=65536)
def figure(number: Decimal | None, decimals: int | None = None) -> str:
    """A number in printed units as Dutch documents print it: ``-1234.5`` is ``−1.234,5``."""
    return "–" if number is None else _grouped(number, decimals, ".", ",")


@lru_cache(maxsize=65536)
def figures(number: Decimal | None, decimals: int | None = None) -> Bilingual:
    """A number in printed units in either notation: ``−1.234,5`` and ``−1,234.5``."""
    if number is None:
        return Bilingual("–", "–")
    return Bilingual(_grouped(number, decimals, ".", ","), _grouped(number, decimals, ",", "."))


@lru_cache(maxsize=65536)
def euros(number: Decimal | None) -> Bilingual:
    """A whole amount in euros, rounded half to even: ``€ 90.000`` and ``€ 90,000``."""
    if number is None:
        return Bilingual("–", "–")
    return Bilingual("€\u00a0" + _grouped(number, 0, ".", ","), "€\u00a0" + _grouped(number, 0, ",", "."))


@lru_cache(maxsize=4096)
def choice(keuze: str) -> Bilingual:
    """What a table was found to follow, such as ``lasten - baten``."""
    return Bilingual(keuze, in_english(keuze))


def claimed(text: str | None) -> Bilingual:
    """An amount as a claim is written, ``1,6 miljoen euro``, in either language."""
    if not text:
        return Bilingual("–", "–")
    swapped = text.translate(str.maketrans(".,", ",."))
    return Bilingual(text, swapped.replace(" miljoen", " million").replace(" euro", " euros"))


def things(number: int, thing: str) -> Bilingual:
    """How many of what: ``1 som``, ``2 sommen``."""
    one, many = THINGS[thing]
    told, named = count(number), one if number == 1 else many
    return Bilingual(f"{told.nl} {named.nl}", f"{told.en} {named.en}")


@lru_cache(maxsize=65536)
def count(number: int) -> Bilingual:
    """How many, with groups of thousands in either notation."""
    return Bilingual(f"{number:,}".replace(",", "."), f"{number:,}")


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
    "geldt": Bilingual("geldt", "in force"),
    "gewijzigd": Bilingual("geldt niet meer: het is veranderd sinds het is aanvaard", "no longer in force: it changed since it was accepted"),
    "geldt niet meer": Bilingual("geldt niet meer: de termijn is voorbij", "no longer in force: its term has ended"),
    "opgelost": Bilingual("opgelost: wat aanvaard is staat er niet meer", "solved: what was accepted is no longer there"),
    "verdwenen": Bilingual("verdwenen: het stuk of de tabel is er niet meer", "gone: its document or table is no longer there"),
    "hoort bij niets": Bilingual("hoort bij niets wat er nog is", "belongs to nothing that is still there"),
    "ingetrokken": Bilingual("ingetrokken", "withdrawn"),
}  # fmt: skip

# Why an expectation could not be judged, by what ``assets.suites`` stores.
NOT_JUDGED = {
    english: Bilingual(dutch, english)
    for english, dutch in (
        ("the figures that it needs are not there", "de cijfers die nodig zijn, zijn er niet"),
        ("no result came back", "er kwam geen uitslag terug"),
        ("Great Expectations reports a failure, the same SQL finds no failing row",
         "Great Expectations meldt dat er niet aan voldaan is, dezelfde SQL vindt geen rij die niet voldoet"),
    )
}  # fmt: skip
