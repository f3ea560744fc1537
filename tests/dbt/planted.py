"""What is planted in one night beside the miniature, for two rooms of tests that each look at gemeenten of their own.

What does not belong here: what must come of it.
"""

from __future__ import annotations

YEARS = [("2018", "begroting", 2018), ("2019", "begroting", 2019), ("2020", "begroting", 2020)]
TWICE = [("2018", "begroting", 2018), ("2018 actueel", "begroting", 2018), ("2019", "begroting", 2019)]
GOUDA = {"gemeente": "Gouda", "gemeentecode": "GM0513"}
ASSEN = {"gemeente": "Assen", "gemeentecode": "GM0106"}
WOERDEN = {"gemeente": "Woerden", "gemeentecode": "GM0632"}


def lasten(*rows: str) -> list[tuple]:
    """Rows of lasten, each "label: numbers"."""
    return [(label, "lasten", "item", numbers) for label, numbers in (row.split(": ") for row in rows)]


TABLES = [
    ("unlabelled total", lasten("Wegen: 1104 1215 1330", "Water: 2041 2102 2203", "Samen: 3145 3317 3533")),
    ("total first", lasten("10 Inkomen: 3146 3316 3533", "Bijstand: 1104 1215 1330", "Minima: 2041 2102 2203")),
    ("grand total", lasten("A: 1104 1215 1330", "B: 2041 2102 2203", "AB: 3145 3317 3533", "C: 510 622 731",
                           "D: 811 822 835", "CD: 1321 1444 1566", "ABCD: 4466 4761 5099")),
    ("named total", lasten("Wegen: 1104 1215 1330", "Totaalsaldo: 7000 8000 9000")),
    ("named and equal", lasten("Wegen: 1104 1215 1330", "Water: 2041 2102 2203", "Totaal: 3145 3317 3533")),
    ("no total", lasten("Wegen: 10 10 10", "Water: 20 20 20", "Groen: 30 30 30")),
    ("parts", lasten("Zorg: 3145 3317 3533", "waarvan jeugd: 1104 1215 1330", "w.v. ouderen: 2041 2102 2203", "Wegen: 811 822 835")),
    ("part of nothing", lasten("waarvan jeugd: 1104 1215 1330", "Wegen: 811 822 835")),
]  # fmt: skip


def programma(number: str, *amounts: int) -> tuple:
    rows = [(f"Programma {number} > Lasten", "lasten", "item", " ".join(map(str, amounts)))]
    return ("exploitatie", "EUR_1000", YEARS, rows)


def reserves(*names: str) -> tuple:
    rows = [(name, "onttrekking", "item", "101 102 103") for name in names]
    return ("reserves", "EUR_1000", YEARS, rows)


# Documents without a code, by name and year.
NAMED = [("Appingedam", 2018), ("Appingedam", 2024), ("Bergen", 2018), ("Hengelo", 2025)]


def documents() -> list[tuple]:
    """A document of Woerden, in which totals stand; documents that give the same years more than once; those without a code."""
    tables = [("exploitatie", "EUR_1000", YEARS, rows) for _, rows in TABLES]
    tables += [("exploitatie", "EUR_1000", TWICE, lasten("Wegen: 1104 1215 1330", "Water: 2041 2102 2203"))]
    thema = ("sociaal_domein", "EUR_1000", YEARS, lasten("Jeugd > Zorg: 7 8 9"))
    of_codes = [
        ("woerden", WOERDEN, tables),
        ("begroting-2018", GOUDA, [programma("1", 10, 20, 30), programma("2", 1, 2, 3), thema]),
        ("rapportage-2018", GOUDA | {"soort": "tussenrapportage", "onderdeel": "1 Wonen"}, [programma("1", 11, 21, 31)]),
        ("reserves-2018", ASSEN, [reserves("Algemene reserve", "Reserve wonen")]),
        ("reserves-later", ASSEN | {"soort": "tussenrapportage"}, [reserves("Vrije reserve", "Bestemmingsreserve wonen")]),
        ("elders", {"gemeente": "Delft", "gemeentecode": "GM0503"}, [programma("1", 5, 6, 7)]),
    ]  # fmt: skip
    amounts = [
        ("exploitatie", "EUR_1000", [("2018", "begroting", 2018)], [("Wegen", "lasten", "item", "10")])
    ]
    without = [
        (f"{gemeente}-{jaar}", {"gemeente": gemeente, "jaar": jaar}, amounts) for gemeente, jaar in NAMED
    ]
    return [*of_codes, *without]
