"""The words of the field as data, patterns and sets, and the only place where they are compiled.

A word says nothing alone: what it means depends on whether it stands in the label of a row or in a header, and on what
stands around it. Each line names the kind of table that needed it. What does not belong here: what follows from a word, and
how numbers, units, dates, pages and footnotes are written.
"""

from __future__ import annotations

import re
from functools import cache, partial
from typing import NamedTuple


class WordMeaning(NamedTuple):
    """``pattern`` means ``meaning`` in ``place``; ``needed`` by such a table.

    ``row`` and ``column`` are ``plain`` words of a label or header, with or without a number in front (``meanings`` of
    claims). The other places hold a text as it is: the ``plain`` words of a ``label``, a ``header`` or a ``heading`` of a table;
    in lower case a ``level`` of a path, a whole ``path`` or a ``legend``; or a text ``as printed``. A ``part`` stands in other
    patterns, by its name in braces.
    """

    meaning: str
    place: str
    pattern: str
    needed: str


@cache
def pattern_of(meaning: str, place: str) -> re.Pattern[str]:
    """Every pattern with this meaning in this place, as one. Raises KeyError where there is none.

    >>> bool(pattern_of("deel", "label").search("waarvan personeel"))
    True
    """
    return re.compile("|".join(_REFERENCE.sub(partial(_part, place), p) for p in _PATTERNS[meaning, place]))


def _part(place: str, name: re.Match[str]) -> str:
    """What stands for a name in braces: a part of patterns, else what has that meaning in the same place."""
    found = pattern_of(name[1], "part" if (name[1], "part") in _PATTERNS else place)
    return f"(?:{found.pattern})"


class WordSet(NamedTuple):
    """``words``, a comma between each two, mean ``meaning`` where one of them is all that is looked at.

    ``header`` and ``label``: a text, or a word of one, in ``plain`` words; ``heading``: what stands in front of a colon.
    """

    meaning: str
    place: str
    words: str
    needed: str


@cache
def words_in(meaning: str, place: str) -> frozenset[str]:
    """The words of the set with this meaning in this place. Raises KeyError where there is none.

    >>> sorted(words_in("totaal", "header"))
    ['eindtotaal', 'subtotaal', 'totaal']
    """
    return _SETS[meaning, place]


_REFERENCE = re.compile(r"\{([a-z_]+)\}")

WORDS = (
    # --- what the rows and columns of every table say: quantities, states, roles ---
    WordMeaning("totaal_aaneen", "label", r"\btotaal(?=(?:saldo|lasten|baten|uitgaven|inkomsten|kosten|opbrengsten|resultaat|reserves|voorzieningen)\b)", "meerjarenoverzicht: totaalsaldo"),
    WordMeaning("toevoeging", "label", r"\btoevoeging(?:en)?\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\btoev\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\bstorting(?:en)?\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\bdotaties?\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\bgestort\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\bvermeerdering(?:en)?\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\btoename\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\bbijschrijving(?:en)?\b", "reserves"),
    WordMeaning("toevoeging", "label", r"\bvoeding\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bonttrekking(?:en)?\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bontr\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bonttr\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bonttrokken\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\baanwending(?:en)?\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bvermindering(?:en)?\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bafname\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bbeschikking(?:en)?\b(?! over)", "reserves"),
    WordMeaning("onttrekking", "label", r"\bbesteding(?:en)?\b", "reserves"),
    WordMeaning("onttrekking", "label", r"\bvrijval\b", "reserves"),
    WordMeaning("beginstand", "label", r"\bbeginst?and\b", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\bbegin stand\b", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\bbeginsaldo\b", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"^begin(?: 20\d\d)?$", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\bbeginbalans\b", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\bopeningssaldo\b", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\b{voorraad}\b.*(?:{eerste_dag})", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"^(?:per |op )?(?:{eerste_dag})", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"^[a-z][a-z -]+ per (?:{eerste_dag})(?: ?20\d\d)?$", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\bstand primo\b", "reserves: stand per 1 januari"),
    WordMeaning("beginstand", "label", r"\bprimo\b", "reserves: stand per 1 januari"),
    WordMeaning("eindstand", "label", r"\beindst?and\b", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"\beind stand\b", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"\beindsaldo\b", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"^eindwaarde\b", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"^einde?(?: 20\d\d)?$", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"\beindbalans\b", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"\bslotsaldo\b", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"\b{voorraad}\b.*(?:{laatste_dag})", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"^(?:per |op )?(?:{laatste_dag})", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"^[a-z][a-z -]+ per (?:{laatste_dag})(?: ?20\d\d)?$", "reserves: stand per 31 december"),
    WordMeaning("eindstand", "label", r"\bultimo\b", "reserves: stand per 31 december"),
    WordMeaning("mutatie", "header", r"(?<!\bvoor )(?<!\bna )\bmutaties?\b.*\b(?:{reserves})\b", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "header", r"\breservemutaties?\b", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "header", r"\bsaldo\b(?! (?:voor|na|excl|incl)).*\b(?:{reserves})\b", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "header", r"(?<!\bvoor )(?<!\bna )\bverrekening(?:en)?\b.*\b(?:{reserves})\b", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "header", r"^(?:saldo |totaal |totale )?mutaties?$", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "header", r"\btoevoeging(?:en)?\b.*\bonttrekking(?:en)?\b", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "header", r"\bstorting(?:en)?\b.*\bonttrekking(?:en)?\b", "programma's: mutaties reserves"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\bsaldo (?:van )?(?:de )?(?:baten|lasten) (?:en|min|minus|-|/) (?:de )?(?:baten|lasten)\b", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\bsaldo\b.*\b(?:baten|lasten)\b.*\b(?:baten|lasten)\b", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\bsaldo\b.*\b(?:voor|vóór) (?:mutaties?|bestemming|resultaatbestemming|verrekening)", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"^saldo (?:exclusief|excl\.?) (?:mutaties? )?(?:in |van )?(?:de )?reserves?\b", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\bresultaat (?:voor|vóór) (?:bestemming|resultaatbestemming|mutaties?|verrekening)", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\bbaten (?:min|minus|-/-|-) lasten\b", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\blasten (?:min|minus|-/-|-) baten\b", "programma's: saldo van baten en lasten"),
    WordMeaning("saldo_van_baten_en_lasten", "label", r"\bexploitatiesaldo\b", "programma's: saldo van baten en lasten"),
    WordMeaning("resultaat", "label", r"\b(?:eind)?resultaat\b(?! bestemming\b)", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\bresultaten\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\bbegrotingssaldo\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\bbegrotingsresultaat\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\brekeningresultaat\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\brekeningsaldo\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\brekeningssaldo\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\bsaldo (?:van )?(?:de )?(?:\w+)?(?:begroting|rekening|jaarrekening)\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\bsaldo (?:na|inclusief|incl) (?:mutaties?|bestemming|resultaatbestemming|verrekening|reserves?)\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\bbegrotingsruimte\b", "programma's: resultaat"),
    WordMeaning("resultaat", "label", r"\beindsaldo begroting\b", "programma's: resultaat"),
    WordMeaning("lasten", "label", r"\blasten\b", "programma's"),
    WordMeaning("lasten", "label", r"\blast\b", "programma's"),
    WordMeaning("lasten", "label", r"\buitgaven\b", "programma's"),
    WordMeaning("lasten", "label", r"\bkosten\b", "programma's"),
    WordMeaning("lasten", "label", r"\blst\b", "programma's"),
    WordMeaning("baten", "label", r"\bbaten\b", "programma's"),
    WordMeaning("baten", "label", r"\bbaat\b", "programma's"),
    WordMeaning("baten", "label", r"\bopbrengsten\b", "programma's"),
    WordMeaning("baten", "label", r"\binkomsten\b", "programma's"),
    WordMeaning("baten", "label", r"\bontvangsten\b", "programma's"),
    WordMeaning("baten", "label", r"\bbtn\b", "programma's"),
    WordMeaning("saldo", "header", r"\bsaldo\b", "programma's"),
    WordMeaning("saldo", "header", r"\bsaldi\b", "programma's"),
    WordMeaning("saldo", "header", r"\bper saldo\b", "programma's"),
    WordMeaning("saldo", "header", r"\bnetto\b$", "programma's"),
    WordMeaning("verschil", "label", r"\bverschil(?:len)?\b", "programmarekening: afwijking"),
    WordMeaning("verschil", "label", r"\b(?:begrotings)?afwijking(?:en)?\b", "programmarekening: afwijking"),
    WordMeaning("verschil", "label", r"^versch\b", "programmarekening: afwijking"),
    WordMeaning("verschil", "label", r"^afw\b", "programmarekening: afwijking"),
    WordMeaning("verschil", "label", r"^v ?/ ?n$", "programmarekening: afwijking"),
    WordMeaning("verschil", "label", r"\bonder(?:schrijding)?/over(?:schrijding)\b", "programmarekening: afwijking"),
    WordMeaning("verschil_of_rest", "label", r"{verschil}", "kredieten: restant"),
    WordMeaning("verschil_of_rest", "label", r"\brestant(?:krediet|budget)?\b", "kredieten: restant"),
    WordMeaning("verschil_of_rest", "label", r"\bresterend\w*\b(?! periode\b)", "kredieten: restant"),
    WordMeaning("verschil_of_rest", "label", r"\bnog beschikbaar\b", "kredieten: restant"),
    WordMeaning("verschil_of_rest", "label", r"\bnog (?:in )?te (?:besteden|realiseren|behalen|ontvangen|betalen|vullen|verdelen)$", "kredieten: restant"),
    WordMeaning("ruimte", "label", r"^(?:resterende |vrije |beschikbare |onbenutte )?ruimte\b", "kengetallen: ruimte"),
    WordMeaning("besparingspotentieel", "label", r"\bbesparingspotentieel\b", "transformatieplan"),
    WordMeaning("besparingspotentieel", "label", r"\bnetto besparing(?:en)?\b", "transformatieplan"),
    WordMeaning("besparing", "label", r"\bbesparing(?:en)?\b", "transformatieplan"),
    WordMeaning("besparing", "label", r"\bombuiging(?:en)?\b", "transformatieplan"),
    WordMeaning("investering", "label", r"\binvestering(?:en)?\b", "transformatieplan"),
    WordMeaning("vernauwing", "label", r"\b(?:sub|eind)?(?:totaal|totale|totalen|saldo|som|der|de|van|aan|uit|het|en|in|op|per|t\.?l\.?v|excl|exclusief|incl|inclusief|bruto|netto|programma|programmas|deelprogramma|taakveld|product|beleidsveld|beleidsterrein|thema|opgave|pijler|reserves?|bestemmingsreserves?|voorzieningen|voorziening|structurele|incidentele|structureel|incidenteel|geraamde?|begrote?|gerealiseerde?|werkelijke?|directe|primaire|overige|eigen|mutaties?|lasten|baten|overhead|l|b|begroting|rekening|\d+[a-z]?|[a-z])\b|[^\w ]", "programma's: totale lasten programma 1"),
    WordMeaning("eind_van_naam", "label as printed", r"(?<=\w )Samen$", "subsidies: Stichting Welzijn Samen"),
    WordMeaning("noemt_totaal", "label", r"^(?:eind|generaal |algemeen |groot)?(?:totaal|totale|totalen)(?:generaal)?\b|\b(?:eind)?totaal$|^som\b|^total\b|^tot\.? |^alle \w+(?: samen)?$|\b(?:te)?samen$", "programma's"),
    WordMeaning("noemt_subtotaal", "label", r"^(?:sub|deel|tussen|groeps) ?(?:totaal|totalen|telling)\b|\b(?:subtotaal|tussentelling)$|^subtot\b|^telling\b", "reserves: subtotaal"),
    WordMeaning("noemt_saldo", "label", r"^(?:totaal |totale |geraamde? |gerealiseerde? |begrote? )*(?:saldo|saldi|per saldo|resultaat|resultaten|begrotingssaldo|exploitatiesaldo|rekeningresultaat|nadelig|voordelig|batig)\b|\bsaldo$", "programma's: geraamd resultaat"),
    WordMeaning("saldo_van_iets", "label", r"^saldo (?:van )?(?:de |het )?(?:financierings?\w*|kostenplaats\w*|treasury|grondexploitaties?|btw\b|compensabele)|^saldo tussen\b|^resultaat (?:van )?(?:de )?(?:grondexploitaties?|verkoop|deelnemingen|financiering\w*)", "kapitaallasten: saldo kostenplaatsen"),
    WordMeaning("zonder_of_met", "label", r"\((?:excl|incl|exclusief|inclusief)\b[^()]*\)", "programma's: lasten (excl. loonkosten)"),
    WordMeaning("noemt_totaal", "header", r"^(?:eind|sub)?(?:totaal|totalen|totale)\b|\btotaal$", "programma's"),
    WordMeaning("gevolg_voor", "header", r"\b(?:effect(?:en)?|gevolg(?:en)?|invloed) (?:op|voor) (?:de |het )?\w+", "meicirculaire: effect op de begroting"),
    WordMeaning("indicator", "header", r"indicator|streefwaarde|\bambitie|nulmeting|\bmeting\b|benchmark|\bstreef\b|effectindicat|kengetal|meetwaarde|doelstelling 20", "beleidsindicatoren"),
    WordMeaning("besparing", "heading", r"besparing|bezuiniging|ombuiging|taakstelling", "ombuigingen"),
    WordMeaning("sociaal_domein", "heading", r"\bjeugd|\bwmo\b|\bparticipatie|\bbeschermd wonen|sociaal domein|\b3d\b|decentralisatie|\bwsw\b", "sociaal domein"),
    WordMeaning("reserve", "heading", r"\breserves?\b|\bvoorziening(?:en)?\b|\w+reserves?\b|\bfonds", "reserves en voorzieningen"),
    WordMeaning("andere_stand", "heading", r"\bactiva\b|\bpassiva\b|\b(?:geld)?lening(?:en)?\b|\bgeldgever\b|\bgrondexploitaties?\b|\bcomplex(?:en)?\b", "balans, leningen, grondexploitaties"),
    WordMeaning("doel", "heading", r"doel(?:en|stelling(?:en)?)?|wat willen we bereiken\??|maatschappelijk effect|beoogd(?:e)? effect(?:en)?", "doelen en prestaties"),
    WordMeaning("prestatie", "heading", r"prestaties?|wat gaan we (?:er ?voor |daarvoor )?doen\??|activiteit(?:en)?|inspanning(?:en)?|maatregel(?:en)?", "doelen en prestaties"),
    WordMeaning("veld_met_code", "heading as printed", r"(?i:^(?:Beleidss?terrein|Beleidsveld|Deelprogramma|Programma|Taakveld)\s+(?P<code>\d{1,2}[A-Z]?(?:\.\d+)?)\.?\s+(?P<name>\S.*)$)", "programma's: Beleidsterrein 9A Jeugd"),
    WordMeaning("programma", "heading as printed", r"(?:\d+(?:\.\d+)*\.?\s+)?[Pp](?:rogramma|ROGRAMMA)\s+(?:\d{1,2}(?:\s*[.:]?|\s*[.:–-]?\s+[^\W\d_a-z][^|]{0,80})|[^\W\d_a-z][^|\d]{0,60})(?<![^\d\s][.:;?])", "programma's: Programma 9 Zorg"),
    WordMeaning("buiten_programma", "heading as printed", r"(?i:(?:\d+(?:\.\d+)*\.?\s+)?(?:paragra(?:af|fen)|hoofdstuk|bijlagen?|deel|overzicht(?:en)?|recapitulatie|totaaloverzicht|meerjaren\w+|financiële (?:begroting|positie)|uiteenzetting|balans|algemene dekkingsmiddelen|jaarrekening)\b)", "programmabegroting: hoofdstuk paragrafen"),
    WordMeaning("andere_verdeling", "heading as printed", r"(?i:\b(?:per|naar)\s+(?:\w*taakveld|beleidsveld|beleidss?terrein|product|onderwerp|thema|\w*categorie|kostensoort|portefeuille))", "lasten per taakveld"),
    WordMeaning("titel", "document as printed", r"(?i:(?:programma|beleids|meerjaren|concept)?-? ?(?:begroting|jaarstukken|jaarrekening|jaarverslag|jaarrapportage|kadernota|voorjaarsnota|najaarsnota) (?P<year>(?:19|20)\d\d)(?:[-–/ ]+(?:19|20)\d\d)?)", "programmabegroting 2024"),
    WordMeaning("documentnaam", "part", r"(?:(?:programma|beleids)?begroting|jaarstukken|jaarrekening|jaarverslag|voorjaarsnota|najaarsnota|bestuursrapportage|kadernota)\s+(?:19|20)\d\d(?:-(?:19|20)?\d\d)?", "programmabegroting 2024"),
    WordMeaning("pagina", "part", r"(?:pagina|blz\.?)\s*\d{1,4}(?:\s*(?:van|/)\s*\d{1,4})?", "pagina 12 van 90"),
    WordMeaning("paginarand", "line as printed", r"(?i:(?:\d{1,3}\s*\W?\s*)?(?:gemeente\b[^\d]{0,60}?)?{documentnaam}(?:,? (?:van de )?gemeente\b.{0,60}?)?(?:\s*\W?\s*(?:(?:pagina|blz\.?)\s*)?\d{1,3}(?:\s*(?:van|/)\s*\d{1,3})?)?)", "programmabegroting 2024 | pagina 12"),
    WordMeaning("paginarand", "line as printed", r"(?i:(?:[^\d]{0,60}\s)?{documentnaam}(?:\s[^\d]{0,60})?\W?\s*{pagina})", "jaarrekening 2022 met de naam van de gemeente en pagina 112 van 168"),
    WordMeaning("paginarand", "line as printed", r"(?i:{pagina})", "pagina 12 van 90"),
    WordMeaning("paginarand_of_stand", "line as printed", r"(?i:(?:begroting|jaarrekening) (?:19|20)\d\d(?: \d{1,3})?)", "programmabegroting 2024"),
    WordMeaning("streefwaarde", "header", r"streef|ambitie|doel|target|norm|begroting|raming|prognose|begroot", "beleidsindicatoren"),
    WordMeaning("realisatie", "header", r"realisatie|werkelijk|meting|waarde|rekening|stand|score|resultaat|20\d\d", "beleidsindicatoren"),
    WordMeaning("klasse_van_reserves", "label", r"(?:overige )?(?:algemene|bestemmings|egalisatie|dekkings|beklemde|vrije|geoormerkte)? ?(?:reserves?|voorzieningen|voorziening|reserves en voorzieningen)", "reserves: algemene reserves"),
    WordMeaning("volgens", "header as printed", r"(?i:volgens\b)", "gemeentefonds: volgens begroting 2024"),
    WordMeaning("raming", "header as printed", r"(?i:raming(?: (?:19|20)\d\d)?$)", "meerjarenraming"),
    WordMeaning("gewijzigde_rekening", "header as printed", r"(?i:(?:(?:jaar)?rekening|realisatie|verschil|afwijking)(?: (?:19|20)\d\d)? (?:na|voor|vóór|incl\.?|excl\.?) \w*\s?\w*wijz)", "programmarekening: rekening na wijziging"),
    WordMeaning("kop_van_tabel", "header as printed", r"(?i:(?:overzicht|tabel|bijlage|paragraaf)\b|totaaloverzicht|.+\bper (?:programma|taakveld|product|thema)\b)", "overzicht per programma"),
    WordMeaning("legenda", "note as printed", r"(?i:=|voordeel|nadeel)", "afwijkingen: - = nadeel"),
    WordMeaning("buiten_veld", "heading as printed", r"(?i:programma(?:kosten|begroting)?\b|totaal programma|wat (?:mag|heeft) het (?:gekost|kosten))", "programma's: wat mag het kosten"),
    WordMeaning("doel", "label as printed", r"^Doel\s+", "doelen en prestaties: Doel 9A1"),
    WordMeaning("bron", "note as printed", r"(?i:^bron(?:nen)?\s*:)", "beleidsindicatoren: bron"),
    WordMeaning("deel", "label as printed", r"(?i:\W*(?:waarvan|w\.v\.|waaronder|wv)\b)", "baten en lasten: waarvan"),
    WordMeaning("niveau", "label", r"^(doel|programma|deelprogramma|beleidsterrein|beleidsveld|pijler|thema|taakveld|product|hoofdstuk|opgave|onderdeel)\s+\S", "programma's: programma 1"),
    WordMeaning("totaal_van", "label", r"(?:sub)?tota(?:al|le|len)\b(?: van(?: de)?\b)?\s*", "programma's: totaal van de programma's"),
    WordMeaning("deel_of_bij", "label as printed", r"(?i:(?:waarvan|daarvan|w\.?v\.?|af:|bij:)\b)", "baten en lasten: waarvan, af, bij"),
    WordMeaning("voor_of_na_wijziging", "header as printed", r"(?i:(?:v[oó][oó]r|na|incl\.?|excl\.?)\s+(?:begrotings)?wijz\S*)", "begroting na wijziging"),
    WordMeaning("legenda", "header as printed", r"(?i:^\(?\s*(?:[-+−/]+|[VN]|[vn]|[a-z]+teken)\s*(?:=|is\b|:)|^\(?(?:positief|negatief|voordelig|nadelig|voordeel|nadeel)\b.*(?:=|is)|(?:=|\bis)\s*(?:een\s+)?(?:voordelig|nadelig|voordeel|nadeel))", "afwijkingen: - = nadeel"),
    WordMeaning("ramingen", "header", r"meerjaren(?!\w+plan\b)|\bramingen?\b|\braming\b|\bjaren\b|streefwaarden\b|\bjaarschijven\b", "meerjarenraming"),
    WordMeaning("rij", "header as printed", r"(?i:^(?:sub|eind)?-?\s?tota(?:al|le)\b \S+ \S+|^saldo (?:van|programma)|^subtota)", "programma's: totaal programma 1"),
    WordMeaning("woord_van_indicator", "header", r"streefwaarde|\bambitie|\bdoelstelling|\bmeting\b|nulmeting|benchmark|\bwaarde\b|\bnorm\b|realisatie|\bnederland\b|\bstand\b|\bgemeenten\b|\bgemiddeld", "beleidsindicatoren"),
    WordMeaning("verandering_in", "header", r"^(?:stijging|daling|groei|toename|afname|ontwikkeling|index|aandeel|percentage)\b|^%|\bin (?:%|procenten)", "beleidsindicatoren: stijging in %"),
    WordMeaning("voor_of_nadeel", "header as printed", r"(?i:\(?v\s*/\s*n\)?|n\s*/\s*v|v of n|voor(?:-|deel)\s?/\s?nadeel)", "programmarekening: V/N"),
    WordMeaning("wijziging", "header as printed", r"(?i:(?:na|voor|vóór|incl\.?|excl\.?) (?:\w+ )?(?:begrotings)?wijz)", "begroting na wijziging"),
    WordMeaning("eindigt_op_wijziging", "header", r"wijz(?:iging(?:en)?|\.)?$", "begroting na wijziging"),
    WordMeaning("legenda", "header", r"\((?=[^()]*(?:=|voordeel|nadeel|bedragen))[^()]*\)", "afwijkingen: (- = nadeel)"),
    WordMeaning("vergelijking", "header", r"benchmark|nederland|landelijk|gemeenten|regio|provincie|gemiddeld|referentie|vergelijk", "beleidsindicatoren: Nederland"),
    WordMeaning("kop_van_tabel", "line as printed", r"(?i:tabel\b|overzicht\b)", "overzicht per programma"),
    WordMeaning("reserves", "part", r"(?:bestemmings)?reserves?|voorzieningen|voorziening", "reserves"),
    WordMeaning("voorraad", "part", r"(?:stand|saldo|restant|restschuld|schuldrest(?:ant)?|boekwaarde|omvang|balans|balanswaarde)", "reserves"),
    WordMeaning("eerste_dag", "part", r"0?1[-/ ](?:0?1|jan(?:uari)?)\b|1e? januari|\bprimo\b|begin(?: van)? (?:het )?(?:dienst|begrotings|boek)?jaar", "reserves"),
    WordMeaning("laatste_dag", "part", r"31[-/ ](?:12|dec(?:ember)?)\b|31 december|\bultimo\b|(?:einde?|ultimo)(?: van)? (?:het )?(?:dienst|begrotings|boek)?jaar", "reserves"),
    WordMeaning("mutatie", "label", r"\bsaldo (?:van )?(?:de )?(?:mutaties?|verrekening(?:en)?)\b", "programma's: saldo mutaties"),
    WordMeaning("mutatie", "label", r"^(?:totale? |totaal )?mutaties? (?:in |van |aan |op |op de |in de )?reserves?\b", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "label", r"^reservemutaties?$", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "label", r"^(?:netto )?mutaties?$", "programma's: mutaties reserves"),
    WordMeaning("mutatie", "label", r"^(?:saldo )?(?:toevoeging|storting)(?:en)? ?(?:aan )?(?:en|/|-) ?onttrekking(?:en)?\b", "programma's: toevoegingen en onttrekkingen"),
    WordMeaning("toevoeging_vooraan", "label", r"^(?:totaal |totale |{bij_of_af})?{toevoeging}", "programma's: toevoegingen aan reserves"),
    WordMeaning("onttrekking_vooraan", "label", r"^(?:totaal |totale |{bij_of_af})?{onttrekking}", "programma's: onttrekkingen aan reserves"),
    WordMeaning("resultaat_vooraan", "label", r"^(?:{bijvoeglijk}[ .:]+)*{resultaat}", "programma's: geraamd resultaat"),
    WordMeaning("besparing_vooraan", "label", r"^(?:\w+ )?{besparing}", "transformatieplan"),
    WordMeaning("investering_vooraan", "label", r"^(?:\w+ )?{investering}", "transformatieplan"),
    WordMeaning("verschil_vooraan", "label", r"^{verschil}", "programmarekening: afwijking"),
    WordMeaning("kaal_saldo", "label", r"^(?:totaal |per )?(?:saldo|saldi)$|\bsaldo$", "programma's: saldo"),
    WordMeaning("om_een_saldo", "label", r"\b(?:sald[oi]|resultaat|resultaten|{bijvoeglijk})\b", "programma's: geraamd saldo"),
    WordMeaning("bij_of_af", "part", r"(?:bij|af|plus|min|minus|-/-|\+) ?:? ", "reserves: bij: toevoeging"),
    WordMeaning("bijvoeglijk", "part", r"(?:geraamde?|begrote?|begroot|gerealiseerde?|werkelijke?|verwachte?|voorlopige?|bijgestelde?|totaal|totale|saldo|per saldo|nadelige?|voordelige?|negatieve?|positieve?|batige?|netto|bruto|financiee?le?|structure(?:el|le)|incidente(?:el|le)|het|eind|programma|jaar|exploitatie|operationeel|bedrijfs|\d+|[ivx]+)", "programma's: geraamd resultaat"),
    WordMeaning("begroting_na_wijziging", "header", r"\bna (?:\w+ )?(?:wijz|wijziging(?:en)?)\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"\bbijgestelde?\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"\bgewijzigde?\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"\bact(?:uele)?\.? begr(?:oting)?\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"\bbijgest\.? begr(?:oting)?\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"\bna (?:\w+ ){0,2}begrotingswijziging(?:en)?\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"\bbegr\w* ?nw\b", "begroting na wijziging"),
    WordMeaning("begroting_na_wijziging", "header", r"^gb(?: 20\d\d)?$", "taakvelden: PB 2022, GB 2022"),
    WordMeaning("begroting_na_wijziging", "header", r"^actueel(?: 20\d\d)?$", "begroting na wijziging"),
    WordMeaning("begroting_voor_wijziging", "header", r"\b(?:voor|vóór) (?:\w+ )?(?:wijz|wijziging(?:en)?)\b", "primitieve begroting"),
    WordMeaning("begroting_voor_wijziging", "header", r"\bprimiti(?:eve?|ef)\b", "primitieve begroting"),
    WordMeaning("begroting_voor_wijziging", "header", r"\binitie(?:el|le)\b", "primitieve begroting"),
    WordMeaning("begroting_voor_wijziging", "header", r"\bprimaire?\b", "primitieve begroting"),
    WordMeaning("begroting_voor_wijziging", "header", r"\boorspronkelijke?\b", "primitieve begroting"),
    WordMeaning("begroting_voor_wijziging", "header", r"\bvastgestelde begroting\b", "primitieve begroting"),
    WordMeaning("begrotingswijziging", "header", r"\b(?:begrotings)?wijziging(?:en)?\b", "begrotingswijziging"),
    WordMeaning("begrotingswijziging", "header", r"\bmutatie begroting\b", "begrotingswijziging"),
    WordMeaning("begrotingswijziging", "header", r"\bbijstelling(?:en)?\b", "begrotingswijziging"),
    WordMeaning("begrotingswijziging", "header", r"^wijz\b", "begrotingswijziging"),
    WordMeaning("meerjarenraming", "header", r"\bmeerjaren(?!\w+plan\b)\w*\b", "meerjarenraming"),
    WordMeaning("meerjarenraming", "header", r"\braming\b", "meerjarenraming"),
    WordMeaning("meerjarenraming", "header", r"\bmjr\b", "meerjarenraming"),
    WordMeaning("meerjarenraming", "header", r"\bmjb\b", "meerjarenraming"),
    WordMeaning("meerjarenraming", "header", r"\bmjp\b", "meerjarenraming"),
    WordMeaning("meerjarenraming", "header", r"\bmpb\b", "meerjarenraming"),
    WordMeaning("prognose", "header", r"\bprognose\b", "tussenrapportage"),
    WordMeaning("prognose", "header", r"\bverwachting\b", "tussenrapportage"),
    WordMeaning("prognose", "header", r"\bverwacht(?:e)?\b", "tussenrapportage"),
    WordMeaning("prognose", "header", r"\bturap\b", "tussenrapportage"),
    WordMeaning("prognose", "header", r"\bburap\b", "tussenrapportage"),
    WordMeaning("prognose", "header", r"\bmarap\b", "tussenrapportage"),
    WordMeaning("rekening", "header", r"\b(?:jaar)?rekening\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\brek\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\bjaarstukken\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\brealisaties?\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\brealisatiecijfers\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\bgerealiseerde?\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\bwerkelijke?\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\bwerkelijkheid\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\bjaarverslag\b", "programmarekening"),
    WordMeaning("rekening", "header", r"\bactuals?\b", "programmarekening"),
    WordMeaning("rekening", "header", r"^jr\b", "programmarekening"),
    WordMeaning("begroting", "header", r"\b(?:programma|beleids)?begroting\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"\bbegrote?\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"\bbegroot\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"\bbegr\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"^pb(?: 20\d\d)?$", "taakvelden: PB 2022, GB 2022"),
    WordMeaning("begroting", "header", r"\bbudget\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"\bramingen\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"\bgeraamde?\b", "primitieve begroting"),
    WordMeaning("begroting", "header", r"\bkadernota\b", "primitieve begroting"),
    WordMeaning("aandeel", "header", r"%|\bpercentage\b|\bprocent\b", "beleidsindicatoren"),
    WordMeaning("misschien_aandeel", "header", r"\baandeel\b", "beleidsindicatoren"),
    WordMeaning("per_inwoner", "header", r"\bper (?:\d[\d.]* )?inwoners?\b", "beleidsindicatoren"),
    WordMeaning("index", "header", r"\bindex\b", "kengetallen"),
    WordMeaning("misschien_gemiddelde", "header", r"\bgemiddelde?\b", "beleidsindicatoren"),
    WordMeaning("ratio", "header", r"\bratio\b|\bquote\b|\bsolvabiliteit\w*\b", "kengetallen"),
    WordMeaning("fte", "header", r"\bfte'?s?\b", "formatie"),
    WordMeaning("misschien_fte", "header", r"\bformatie\b", "formatie"),
    WordMeaning("aantal", "header", r"\baantal\b", "beleidsindicatoren"),
    WordMeaning("misschien_aantal", "header", r"\binwoners\b", "beleidsindicatoren"),
    WordMeaning("balans_zijde", "label", r"(?:activa|passiva){achter_balanspost}", "balans"),
    WordMeaning("balans_deel", "label", r"(?:vaste|vlottende) (?:activa|passiva){achter_balanspost}", "balans"),
    WordMeaning("balans_post", "label", r"{post_van_balans}{achter_balanspost}", "balans"),
    WordMeaning("post_van_balans", "part", r"(?:immateri[eë]le|materi[eë]le|financi[eë]le) (?:vaste )?activa", "balans"),
    WordMeaning("post_van_balans", "part", r"voorraden", "balans"),
    WordMeaning("post_van_balans", "part", r"uitzettingen (?:.* )?(?:korter|<).*", "balans"),
    WordMeaning("post_van_balans", "part", r"liquide middelen", "balans"),
    WordMeaning("post_van_balans", "part", r"overlopende (?:activa|passiva)", "balans"),
    WordMeaning("post_van_balans", "part", r"eigen vermogen", "balans"),
    WordMeaning("post_van_balans", "part", r"voorzieningen", "balans"),
    WordMeaning("post_van_balans", "part", r"(?:vaste|langlopende) schulden", "balans"),
    WordMeaning("post_van_balans", "part", r"(?:netto[ -])?(?:vlottende|kortlopende) schulden", "balans"),
    WordMeaning("achter_balanspost", "part", r"(?:$|:| ?[(<>≤≥]| (?:met|korter|langer|looptijd|rentetypische)\b.*).*", "balans"),
    WordMeaning("eenheid", "attribute header", r"^eenheid|^meeteenheid|^unit", "beleidsindicatoren"),
    WordMeaning("bron", "attribute header", r"^bron(?:nen)?\b|^herkomst", "beleidsindicatoren"),
    WordMeaning("periode", "attribute header", r"^(?:peil|meet)?(?:periode|jaar|datum|moment)$|^jaar(?:tal)?\b|^peil|^verslagjaar", "beleidsindicatoren"),
    WordMeaning("toelichting", "attribute header", r"^toelichting|^opmerking|^noot|^verklaring|^bijzonderhe|^i\s?/\s?s$|^s\s?/\s?i$|^inc\.?\s?/\s?struct|^portefeuille|^grondslag$|^wettelijke grondslag|^artikel$|^vestigingsplaats|^plaats\b|^rechtsvorm|^locatie|^wethouder|^verantwoordelijk", "subsidies"),
    WordMeaning("rij_of_kop", "header", r"(?:sub-?\s?)?tota|^saldo .+|^tabel\b|overzicht|programma\b", "overzicht per programma"),
    WordMeaning("kop", "header", r"tabel\b|overzicht|programma|paragraaf|hoofdstuk", "overzicht per programma"),
    WordMeaning("programma_of_taakveld", "heading", r"\bprogramma\b|taakveld", "programma's"),
    WordMeaning("exploitatie", "heading", r"\bprogramma'?s?\b|taakveld|exploitatie|\blasten\b|\bbaten\b|\bsaldo\b", "programma's"),
    # --- what sums look for ---
    # a row that sums, though it does not say "totaal"
    WordMeaning("som", "row", r"^netto (?:lasten|kosten|uitgaven)\b", "heffingen: netto kosten taakveld"),
    # a balance that sums signed items where there is nothing to set off
    WordMeaning("som", "row", r"^(?:berekend |totaal )?emu ?saldo\b", "EMU-saldo"),
    WordMeaning("emu", "row", r"\bemu ?saldo\b", "EMU-saldo"),
    WordMeaning("som", "row", r"^totaa?l ?saldo\b|^eindsaldo\b", "meerjarenoverzicht: totaalsaldo"),
    WordMeaning("som", "row", r"^(?:uitgangs|start)positie\b", "kadernota: van begroting en wijzigingen"),
    # a group that sums the groups before it row by row, though it does not say "totaal"
    WordMeaning("samen", "row", r"\bsamen$|^alle (?:\w+ ){1,2}(?:samen|tezamen|bijeen)$|^gezamenlijke? ", "verloop per reserve: alle reserves samen"),
    # a class of its own beside the rows of another: "Sub-totaal bestemmingsreserves" does not hold it
    WordMeaning("eigen_klasse", "row", r"^algemene reserves?\b", "reserves"),
    # a stock within a list, after the flows in front of it
    WordMeaning("tussenstand", "row", r"^(?:nieuwe |voorlopige )?(?:begin ?|tussen ?)?stand(?: na\b.*| jaar)?$|^(?:vrije|resterende) ruimte\b", "verloop van een reserve"),
    # where a list of changes begins and where it has come to, named after what was decided
    WordMeaning("stand", "row", r"^(?:[a-z][.)] )?(?:nieuwe )?stand\b", "gemeentefonds: stand meicirculaire"),
    # what a total is more than what was budgeted for it, where both stand right in front
    WordMeaning("effect", "row", r"^effect\b", "gemeentefonds: effect meicirculaire"),
    # what changed the stock that it names
    WordMeaning("verandering", "row", r"^(?:netto )?(?:mutaties?|toename|verandering)\b", "kasstroomoverzicht: mutatie liquide middelen"),
    # a stock of what the label names first, printed below what changed it
    WordMeaning("beginstand", "row", r"\b(?:per |op )?(?:1 januari|1 ?- ?1|begin (?:boek)?jaar)\b", "kasstroomoverzicht: liquide middelen"),
    WordMeaning("eindstand", "row", r"\b(?:per |op )?(?:31 december|31 ?- ?12|einde? (?:boek)?jaar)\b", "kasstroomoverzicht: liquide middelen"),
    # the two sides of a balance sheet, whose totals are equal
    WordMeaning("activa", "row", r"^(?:totaal |totale |balans |balanstotaal )?(?:activa|bezittingen)$|^activa\b", "balans"),
    WordMeaning("passiva", "row", r"^(?:totaal |totale |balans |balanstotaal )?passiva$|^passiva\b", "balans"),
    # a column that holds years and no amounts, where every number in it may be one
    WordMeaning("jaartal", "column", r"^(?:eind|start|begin)(?:e|jaar|datum)?$|^jaar(?:tal)?(?: van \w+)?$|^(?:jaar )?gereed$|^looptijd(?: tot)?$", "grondexploitaties: eindjaar, leningen: einde"),
    # a column that sums the columns of years beside it, or is set off against them
    WordMeaning("jarensom", "column", r"^(?:krediet(?:bedrag)?|investering(?:s?bedrag)?|raming)(?: totaal| bruto)?$", "investeringsplan"),
    # the same money before a change, the change, and after it
    WordMeaning("voor_wijziging", "column", r"\b(?:was|oud)$", "begrotingswijziging: begroting was, mutatie, wordt"),
    WordMeaning("wijziging", "column", r"^(?:begrotings)?(?:mutaties?|wijziging(?:en)?)$|^bijstelling(?:en)?$", "begrotingswijziging"),
    WordMeaning("na_wijziging", "column", r"\b(?:wordt|nieuw)$", "begrotingswijziging"),
    # what was to be done, what was done, and what is left of it, as rows
    WordMeaning("opgave", "row", r"\boorspronkelijke?\b|\btaakstelling\b|\bopgave\b", "ombuigingen"),
    WordMeaning("gedaan", "row", r"\bingevulde?\b|\bdoorgevoerde?\b|\bgerealiseerde?\b|\b(?:al )?behaalde?\b|\binvulling\b", "ombuigingen"),
    WordMeaning("rest", "row", r"\bresterende?\b|\brestant\b|\bresteert\b|\bnog (?:te|in te)\b|\bopenstaande?\b", "ombuigingen"),
    # the questions of the form for the EMU balance whose answers are taken off, printed without a sign
    WordMeaning("emu_af", "row", r"^(?:uitgaven aan )?investeringen\b|\baankoop (?:van )?grond|^lasten\b.*\bvoorziening|^betalingen\b", "EMU-saldo"),
    WordMeaning("emu_af", "row", r"^(?:verwachte )?boekwinst\b", "EMU-saldo: 6b, 8b, 11"),
    WordMeaning("emu_af", "row", r"^mutaties? (?:\(?im\)?)?materi.le vast|^mutaties? (?:in )?voorraden\b", "EMU-saldo in vijf vragen"),
    # what interest is left over on the taakveld treasury, set off one way or the other
    WordMeaning("renteresultaat", "row", r"^renteresultaat\b", "renteschema: renteresultaat"),
    # what interest the taakvelden bear, below what was taken off it
    WordMeaning("som", "row", r"^(?:de )?aan taakvelden (?:door|toe) te rekenen\b", "renteschema: aan taakvelden toe te rekenen rente"),
    # --- labels, in plain words ---
    # a row that repeats a part of the row above it
    WordMeaning("deel", "label", r"^[-–•> ]*(?:waarvan|w\.?v\.?|waaronder|daarvan|hiervan|o\.?a\.?|onder andere|te weten)\b", "baten en lasten: waarvan"),
    # a total, of what it says or of all that is open
    WordMeaning("totaal", "label", r"^(?:sub ?)?tota?al(?:en)?\b(?: van\b)?|^totale\b| (?:sub)?totaal$", "programma's: totaal bestuur"),
    WordMeaning("kaal_totaal", "label", r"^(?:(?:eind|generaal |algemeen |groot)?(?:totaal|totalen|totale)(?: ?generaal| begroting| gemeente)?)(?: (?:van )?(?:de )?(?:lasten|baten|saldo))?(?: \(?(?:lasten|baten|saldo)\)?)?$", "programma's: totaal lasten"),
    WordMeaning("eindtotaal", "label", r"^(?:eind|generaal |algemeen |groot)totaal|^totaal ?generaal", "programma's: totaal generaal"),
    WordMeaning("inclusief", "label", r"\binclusief\b|\bincl\b|\bna\b", "programma's: totaal inclusief reserves"),
    WordMeaning("zijde", "label", r"(?:lasten|baten|uitgaven|inkomsten)\b(?! (?:en|min|minus) )", "programma's: totaal lasten diversen"),
    # a balance that says nothing but that it is one
    WordMeaning("heel_saldo", "label", r"(?:totaal |totale |geraamde? |begrote? |gerealiseerde? )*(?:saldo|saldi|resultaat)(?: (?:van )?(?:de )?(?:baten en lasten|lasten en baten|begroting|rekening|programma'?s?))?", "programma's: saldo van baten en lasten"),
    # the whole that a table is of, where a row is called after it
    WordMeaning("geheel", "label", r"(?:programma|gemeente|begroting|exploitatie)(?: \w{1,3})?", "programma's: programma 1"),
    # what numbers a heading, in words without marks
    WordMeaning("nummering", "label", r"^(?:(?:programma|deelprogramma|taakveld|thema|pijler|beleidsveld|beleidsterrein|product) )?(?:(?:\d{1,2}[a-z]?\d?|[a-z]) )?", "programma's: programma 1 onderwijs"),
    # what is set off, and what takes off a stock without being called a withdrawal
    WordMeaning("af", "label", r"^(?:af|minus|min|-/-)\b ?:?", "kapitaallasten: af: afschrijving"),
    WordMeaning("afname", "label", r"^(?:af|min|minus|-/-)\b|afschrijving|\baflossing|\bdesinvestering|\bafwaardering|\bafboeking|\bverko(?:op|cht)", "vaste activa: verloop"),
    WordMeaning("afname", "label", r"\bopbrengst|\binkomsten\b|\bbaten\b|\bbijdragen? (?:van )?derden\b", "grondexploitaties: verloop"),
    # a row of numbers that are no amounts
    WordMeaning("geen_bedrag", "label", r"^(?:%|percentage|procent|aantal|index|ratio)\b|^%|(?<!\d)(?<!\d )%\)?$|\bin (?:%|procenten|fte)|\bper inwoner\b|\bper huishouden\b", "beleidsindicatoren"),
    WordMeaning("geen_bedrag", "label", r"\(?\bfte'?s?\)?$|^(?:fte|inwoners|formatie)$", "formatie"),
    WordMeaning("geen_bedrag", "label", r"^\w*(?:index|ratio|quote)$|^(?:netto )?schuldquote\b|^solvabiliteit\w*$", "kengetallen"),
    # a balance parted into what comes back and what does not
    WordMeaning("incidenteel", "label", r"^(?:waarvan|w\.?v\.?|af|minus)?:? ?(?:saldo )?incidente(?:le|el)\b", "structureel evenwicht"),
    WordMeaning("structureel", "label", r"^(?:het )?structure(?:le|el)\b.*(?:saldo|resultaat|ruimte|evenwicht)\b", "structureel evenwicht"),
    # how far savings are, as titles of tables or groups
    WordMeaning("oorspronkelijk", "label", r"\boorspronkelijke?\b|\btaakstelling(?:en)?\b|\bopgave\b", "ombuigingen"),
    WordMeaning("ingevuld", "label", r"\bingevulde?\b|\bdoorgevoerde?\b|\bgerealiseerde?\b|\bal behaalde?\b|\binvulling\b", "ombuigingen"),
    WordMeaning("resterend", "label", r"\bresterende?\b|\brestant\b|\bnog (?:te|in te)\b|\bopenstaande?\b|\bstand van\b", "ombuigingen"),
    # --- headers, in plain words ---
    WordMeaning("restant", "header", r"\brest(?:ant|eert|erend)\w*|\bnog (?:te|beschikbaar)\b", "kredieten: restant"),
    WordMeaning("in_tijd", "header", r"(?:waarvan |w\.?v\.? )?(i)ncidente(?:el|le)\b|(?:waarvan |w\.?v\.? )?(s)tructure(?:el|le)\b", "mutaties: totaal, incidenteel, structureel"),
    # words of a quantity that say nothing of the period: "saldo voor bestemming", "toevoeging aan reserves"
    WordMeaning("geen_periode", "header", r"\b(?:voor|na|incl|excl|inclusief|exclusief) (?:resultaat)?(?:bestemming|verrekening|mutaties?)\b", "programmarekening: saldo na bestemming"),
    WordMeaning("geen_periode", "header", r"\b(?:aan|uit|in|van)? ?(?:de )?(?:bestemmings)?reserves?\b|\bmutaties?\b", "programmarekening: onttrekking aan reserves"),
    # --- headings of tables, in plain words ---
    WordMeaning("eenheid", "heading", r"(?i:[\s(\[]*(?:bedragen|in euro|x ?€|x 1|\(x|€).*$)", "elke tabel: (bedragen x € 1.000)"),
    WordMeaning("hele_rekening", "heading", r"\b(?:baten en lasten|lasten en baten|per programma|recapitulatie|programmarekening|programmabegroting|exploitatie\w*)\b", "overzicht van baten en lasten"),
    WordMeaning("deel_van_rekening", "heading", r"incident|structure|afwijk|wijzig|ombuig|bezuinig|invest|subsid|verschil|overhead|kapitaal", "overzicht van incidentele baten en lasten"),
    WordMeaning("per_taakveld", "heading", r"\btaakveld(?:en)?\b", "baten en lasten per taakveld"),
    WordMeaning("resterend", "heading", r"resterend|stand van|nog in te vullen", "ombuigingen"),
    WordMeaning("ingevuld", "heading", r"ingevuld|doorgevoerd|gerealiseerd", "ombuigingen"),
    WordMeaning("oorspronkelijk", "heading", r"oorspronkelijk", "ombuigingen"),
    WordMeaning("programmanummer", "heading", r"programma +([0-9]{1,2})(?: |[.:,)]|\Z)", "wat mag het kosten: programma 1"),
    WordMeaning("laatste_programmanummer", "heading", r".*programma +([0-9]{1,2})(?: |[.:,)]|\Z)", "wat mag het kosten: programma 1"),
    WordMeaning("onder_programma", "heading", r"(?:^| > )(?:[0-9.]+ +)?programma +[^ ]", "wat mag het kosten: 2.1 programma zorg"),
    WordMeaning("alle_programmas", "heading", r"(?:(?:per|naar) programma|programma.?s)(?: |[.:,)]|\Z)", "lasten per programma"),
    WordMeaning("programma_en_meer", "heading", r"programma *(?:en|,) |programma.?s +(?:en|met) ", "lasten per programma en product"),
    WordMeaning("andere_indeling", "heading", r"taakveld|kostensoort|categorie|hoofdfunctie|portefeuille", "lasten per kostensoort"),
    # --- levels of a path, in lower case ---
    WordMeaning("totaal", "level", r"^(?:sub ?)?tota(?:al|le)\b|\btotaal$", "overzicht van baten en lasten"),
    WordMeaning("saldo", "level", r"\bsaldo van (?:de )?(?:baten en (?:de )?lasten|lasten en (?:de )?baten)\b", "overzicht van baten en lasten"),
    WordMeaning("geen_programma", "level", r"^(?:programma +)?[0-9(]|totaal|totale|saldo|resultaat|(?:^| )reserves?(?: |\Z)", "lasten per programma"),
    WordMeaning("programma", "level", r"^programma *", "lijst van programma's: programma 9"),
    # what only says what is counted: what a row is about stands above it
    WordMeaning("grootheid", "level", r"lasten|baten|saldo(?: van baten en lasten)?|toevoeging(?:en)?|onttrekking(?:en)?|tota(?:al|le) (?:lasten|baten)", "programma's: lasten en baten onder elkaar"),
    # what stands beside all programmas, as the BBV says
    WordMeaning("apart", "level", r"((?:(?:kosten|heffing|post|bedrag|overzicht|totaal) +)*(?:overhead|algemene dekkingsmiddelen|onvoorzien|vennootschapsbelasting|vpb)(?: |\Z))", "overzicht van baten en lasten: overhead"),
    WordMeaning("totaal", "path", r"(?:^| > )(?:(?:sub[- ]?|eind)?totaal|totale |totalen)", "programma's: eindtotaal"),
    # --- legends about signs, in lower case ---
    WordMeaning("teken_is", "legend", r"(?:(?P<minus>-/-|[-–−]|negatief|min(?:teken)?)|\+/\+|\+|positief|plus)\)?\s*(?:=|is|betekent|staat voor)\s*(?:een )?(?:(?P<good>voordeel|voordelig|overschot)|nadeel|nadelig|tekort)", "afwijkingen: - = nadeel"),
    WordMeaning("is_teken", "legend", r"(?:(?P<good>voordeel|voordelig|overschot)|nadeel|nadelig|tekort)\s*(?:=|is|met|staat met)\s*(?:een )?(?:(?P<minus>-/-|[-–−]|negatief|min(?:teken)?)|\+/\+|\+|positief|plus)(?![\w-])", "afwijkingen: nadeel is negatief"),
    # --- as printed ---
    WordMeaning("programma", "document as printed", r"(?:[Pp]rogramma *)?([0-9]{1,2})[.:]? +([^0-9 ].*)\Z", "onderdeel: 9 Maatschappelijke Ondersteuning"),
    WordMeaning("programmanaam", "caption as printed", r"(?:[0-9]+(?:[.][0-9]+)*[.]? +)?(?:Programma|programma|PROGRAMMA) +(?:[0-9]{1,2} *[.:–-]? *)?([^0-9a-z .:,>–-][^0-9>]*?)(?: > .*)?\Z", "wat mag het kosten: Programma Zorg"),
    WordMeaning("programmanaam", "section as printed", r"(?:.* > )?(?:[0-9]+(?:[.][0-9]+)*[.]? +)?(?:Programma|programma|PROGRAMMA) +(?:[0-9]{1,2} *[.:–-]? *)?([^0-9a-z .:,>–-][^0-9>]*?)(?: > .*)?\Z", "wat mag het kosten: Programma Zorg"),
    WordMeaning("programmanummer", "label as printed", r"[Pp]rogramma +([0-9]{1,2})[.:]?(?: |\Z)", "lasten per programma: Programma 9 Zorg"),
    WordMeaning("programmanaam", "label as printed", r"[Pp]rogramma +[0-9]{1,2}[.:]? +(.+)\Z", "lasten per programma: Programma 9 Zorg"),
    WordMeaning("programma_met_code", "label as printed", r"^(?:[Pp]rogramma *)?[0-9]{1,2}[.:]? +", "lasten per programma: Programma 9 Zorg"),
    WordMeaning("woord_programma", "label as printed", r"^[Pp]rogramma +", "lasten per programma: Programma Zorg"),
    WordMeaning("beleidsterrein", "label as printed", r"(?:[Bb]eleidss?terrein |[Dd]eelprogramma )?([0-9]{1,2}[A-Z])[.:]?(?: |\Z)", "lasten per beleidsterrein: 9A Jeugd"),
    WordMeaning("beleidsterreinnaam", "label as printed", r"(?:[Bb]eleidss?terrein |[Dd]eelprogramma )?[0-9]{1,2}[A-Z][.:]? +(.+)\Z", "lasten per beleidsterrein: 9A Jeugd"),
    WordMeaning("beleidsterrein_met_code", "label as printed", r"^(?:[Bb]eleidss?terrein *)?[0-9]{1,2}[A-Za-z][.:]? +", "lasten per beleidsterrein: 9A Jeugd"),
    WordMeaning("niveau", "label as printed", r"^([Dd]oel|[Pp]restatie|[Ii]ndicator|[Bb]eleidss?terrein|[Pp]rogramma|[Tt]aakveld) +", "doelen en prestaties: Doel 9A1"),
)  # fmt: skip

_PATTERNS: dict[tuple[str, str], list[str]] = {}
for _word in WORDS:
    _PATTERNS.setdefault((_word.meaning, _word.place), []).append(_word.pattern)

WORD_SETS = (
    WordSet("naam_van_rijen", "header", (
        "omschrijving, programma, programma's, taakveld, taakvelden, product, producten, pijler, reserve, reserves, voorziening, "
        "voorzieningen, thema, onderdeel, beleidsterrein, beleidsveld, deelprogramma, indicator, indicatoren, effectindicator, "
        "prestatie-indicator, beleidsindicator, naam, post, onderwerp, categorie, nr., nr, code, cluster, budget, project, kostensoort, "
        "soort, domein, doel, maatregel, hoofdstuk, portefeuille, begrotingsonderdeel, exploitatie, activa, passiva, kengetal, kengetallen, "
        "complex, complexen, team, afdeling, risico, risico's, regeling, subsidie, subsidies, subsidieregeling, tarief, tarieven, "
        "belasting, heffing, partij, verbonden partij, organisatie, fonds, voorstel, activiteit, functie, lening, functiegegevens, lasten "
        "en baten, baten en lasten"
    ), "elke tabel: wat boven de labels staat"),
    WordSet("naam_van_rijen_of_kolom", "header", (
        "subsidie, subsidies, budget, tarief, tarieven, belasting, heffing, doel, exploitatie, reserve, reserves, voorziening, "
        "voorzieningen, lening, stichting, programma, lasten en baten, baten en lasten"
    ), "subsidies: subsidie per jaar"),
    # of several words that all name rows, besides those
    WordSet("ook_naam_van_rijen", "header", (
        "instelling, ontvanger, kerngegevens, groep, tv, investering, verloop, rubriek, kostenplaats, beleidsindicatoren, prestatie, "
        "thema's, maatregelen, projecten, reservering, object, locatie, gemeente"
    ), "subsidies: ontvanger"),
    # what a text begins with that stands above no values
    WordSet("alleen_naam_van_rijen", "header", (
        "programma, taakveld, omschrijving, product, indicator, onderdeel, thema, naam, code, nr., nr, groep, kengetal, kengetallen, "
        "instelling, hoofdstuk, beleidsterrein, maatregel, project"
    ), "lijst van programma's en taakvelden"),
    # between words that name rows
    WordSet("tussen_namen_van_rijen", "header", "van, de, het, en, per, der, /, -, naam, nr, nummer", "reserves: naam van de reserve"),
    # what stands above columns and is the name of no quantity or state
    WordSet("naam_van_kolom", "header", (
        "incidenteel, structureel, totaal, eindtotaal, krediet, besteed, restant, dekking, looptijd, rente, hoofdsom, aflossing, bijdrage, "
        "kosten, inkomsten, opbrengst, tarief, aantal, percentage, bestemming resultaat, effect, investeringen, investering, subsidie, "
        "kapitaallasten, bedrag, bedragen, jaarschijf, verplicht, gemeente, nederland, provincie, waarde, norm, score, voordeel, nadeel, "
        "mutatie, mutaties, bijstelling, eigen vermogen, vreemd vermogen, formatie, bezetting, verzuim, loonkosten, bestuursrapportage, "
        "voortgangsrapportage, tussenrapportage, berap, burap, begrotingswijziging, wijziging, bijdragen, bijdragen derden, opbrengsten, "
        "winstneming, eindresultaat"
    ), "kredieten: krediet, besteed, restant"),
    # words before the name of a column
    WordSet("voor_naam_van_kolom", "header", (
        "primaire, primitieve, oorspronkelijke, actuele, bijgestelde, gewijzigde, vastgestelde, geraamde, begrote, gerealiseerde, "
        "werkelijke, totale, netto, bruto, incidentele, structurele, laatste, vorige, geprognosticeerd, geprognosticeerde, verwacht, "
        "verwachte, definitieve, herziene"
    ), "programma's: bijgestelde begroting"),
    # between words of headers and years
    WordSet("tussen_koppen", "header", (
        "na, voor, van, en, de, het, per, t/m, tot, incl., excl., wijziging, wijz, primitieve, primaire, actuele, bijgestelde, jan, "
        "januari, december, dec"
    ), "programma's: begroting na wijziging"),
    # joins two words of one header; of these, what is a preposition; what a column that says when may end in
    WordSet("verbindt", "header", (
        "van, en, na, voor, vóór, ná, per, t/m, tot, met, incl., excl., inclusief, exclusief, o.b.v., t.o.v., t.o.v, op, in, de, het, /, -, "
        "x, &, of, aan, uit, ten"
    ), "programma's: saldo van baten en lasten"),
    WordSet("voorzetsel", "header", "van, en, na, ná, voor, vóór, per, t/m, tot, met, t.o.v., op, in, de, het, aan, uit", "programma's: saldo van baten en lasten"),
    WordSet("tot_wanneer", "header", "tot, t/m, in, per, vanaf", "leningen: looptijd tot"),
    # a total, and nothing else
    WordSet("totaal", "header", "totaal, subtotaal, eindtotaal", "elke tabel: totaal"),
    # what stands over numbers that are no amounts: they say where something else belongs or is told
    WordSet("verwijzing", "header", "progr., progr, prog., pgm, programma, taakveld, tv, hoofdstuk, blz., pagina, bijlage, noot, toel., prioriteit", "lijst van reserves: programma 3, blz. 12"),
    # what stands with a colon in front of what is said of a table: "Doel: opvangen van tegenvallers"
    WordSet("zegt_iets_van_tabel", "heading", (
        "doel, doelstelling, looptijd, aard, functie, ondergrens, bovengrens, voeding, bestemming, besluit, instelling, peildatum, "
        "portefeuillehouder"
    ), "reserves: doel, looptijd, voeding"),
    # the last row of a table
    WordSet("laatste_rij", "label", "totaal, eindtotaal, totaal generaal, saldo", "elke tabel: totaal"),
    # words of a label that name nothing
    WordSet("noemt_niets", "label", (
        "totaal, totale, totalen, subtotaal, subtotalen, sub, deel, som, van, der, de, het, den, en, in, op, per, generaal, eindtotaal, "
        "eind, saldo, saldi, tot, groepstotaal, overige, alle"
    ), "programma's: totaal generaal"),
    # what has a number behind it that is no value
    WordSet("geteld", "label", "programma, deelprogramma, paragraaf, hoofdstuk, fase, per, afd., afd, artikel, nr, nr., thema, pijler, deel, lijn", "programma's: programma 1"),
    # what columns are called by a letter, a sign or a small word alone
    WordSet("lasten", "short header", "l", "programma's: L, B, S"),
    WordSet("baten", "short header", "b", "programma's: L, B, S"),
    WordSet("saldo", "short header", "s", "programma's: L, B, S"),
    WordSet("toevoeging", "short header", "t, +, bij", "reserves: bij, af"),
    WordSet("onttrekking", "short header", "o, -, af", "reserves: bij, af"),
    # what documents call themselves, by their kind
    WordSet("begroting", "name of a document", "begroting", "begroting en jaarrekening van een document"),
    WordSet("rekening", "name of a document", "jaarrekening", "begroting en jaarrekening van een document"),
)  # fmt: skip

_SETS = {(one.meaning, one.place): frozenset(one.words.split(", ")) for one in WORD_SETS}
