"""The words that rules over sums look for, as one table of data, compiled here and nowhere else.

A word says nothing alone: what it means depends on whether it stands in the label of a row or in a header,
and on what stands around it. Each line names the kind of table that needed it. What does not belong here:
quantities, states and years, which rows, columns and readers share (``meaning``), and what follows from a
word.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from dagster_project.reading.meaning import plain


class WordMeaning(NamedTuple):
    """``pattern`` means ``meaning`` in ``place``; ``needed`` by such a table.

    ``row`` and ``column`` are ``plain`` words of a label or header, with or without a number in front (``meanings``). The
    other places hold a text as it is (``pattern_of``): the ``plain`` words of a ``label``, a ``header`` or a ``heading`` of a
    table; in lower case a ``level`` of a path, a whole ``path`` or a ``legend``; or a text ``as printed``.
    """

    meaning: str
    place: str
    pattern: str
    needed: str


WORDS = (
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
_STEM = 5  # letters of a word that singular and plural share
_NUMBERED = re.compile(r"^(?:\d{1,2}[a-z]?|[ivx]+)[.)]? ?(?=\D)")


@lru_cache(maxsize=1 << 14)
def meanings(label: str, place: str) -> frozenset[str]:
    """What the table of words says of a label or header; a number in front of a label is no word.

    >>> sorted(meanings("Berekend EMU-saldo", "row")), sorted(meanings("Krediet", "column"))
    (['emu', 'som'], ['jarensom'])
    """
    words = plain(label)
    bare = _NUMBERED.sub("", words)
    return frozenset(
        w.meaning
        for w, pattern in _COMPILED
        if w.place == place and (pattern.search(bare) or pattern.search(words))
    )


@cache
def pattern_of(meaning: str, place: str) -> re.Pattern[str]:
    """Every pattern with this meaning in this place, as one. Raises KeyError where there is none.

    >>> bool(pattern_of("deel", "label").search("waarvan personeel"))
    True
    """
    found = [w.pattern for w in WORDS if (w.meaning, w.place) == (meaning, place)]
    if not found:
        raise KeyError(meaning, place)
    return re.compile("|".join(found))


def is_alike(one: str, other: str) -> bool:
    """Whether two names, in words, begin alike word for word: singular and plural are one name.

    >>> is_alike("algemene reserves", "algemene reserve"), is_alike("ozb", "gemeentefonds")
    (True, False)
    """
    pairs = list(zip(one.split(), other.split(), strict=False))
    return bool(pairs) and all(a[:_STEM] == b[:_STEM] for a, b in pairs)


_COMPILED = tuple((w, re.compile(w.pattern)) for w in WORDS if w.place in ("row", "column"))
