"""Invented documents, with what they print: a few made by hand, and as many at random as a test asks for.

A random gemeente has programmas, each with posten under taakvelden, and prints that money along several cuts: an overview of
all programmas, the posten of some of them under a heading, some with a part of theirs below them (waarvan), the whole by
taakveld or by beleidsveld; in two phases of the year; and some gemeenten print it again in a report, with other amounts, under
other names or along another cut. What does not belong here: what a warehouse must make of them.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml

from tests.conftest import refresh_here

Printed = dict[tuple[str, int, str, str], Decimal]  # (gemeente, jaar, kant, programma or "") -> euros

OVERVIEW = """
Overzicht van lasten en baten per programma

bedragen x € 1.000 | Lasten begroting {jaar} | Baten begroting {jaar} |
---|---|---|
"""

RESERVES = """
Verloop van de reserves

bedragen x € 1.000 | Saldo 1-1-2024 | Toevoegingen 2024 | Onttrekkingen 2024 | Saldo 31-12-2024 |
---|---|---|---|---|
{} | 5.001 | 101 | 202 | 4.900 |
Bestemmingsreserves | 3.001 | 303 | 204 | 3.100 |
Totaal | 8.002 | 404 | 406 | 8.000 |
"""

BY_HAND = {
    "wierhaven-2024": (
        {"gemeente": "Wierhaven", "jaar": 2024},
        OVERVIEW.format(jaar=2024)
        + """Programma 1. Bestuur | 1.204 | 211 |
Programma 2. Zorg | 2.617 | 803 |
Programma 3. Wonen | 1.932 | 1.120 |
Programma 4. Groen | 877 | 95 |
Totaal | 6.630 | 2.229 |

Programma 2. Zorg

Wat mag het kosten?

bedragen x € 1.000 | Lasten begroting 2024 | Baten begroting 2024 |
---|---|---|
Jeugdhulp | 1.318 | 402 |
Maatwerk Wmo | 1.024 | 390 |
Groen | 275 | 11 |
Totaal | 2.617 | 803 |

Programma 3.

bedragen x € 1.000 | Lasten begroting 2024 | Baten begroting 2024 |
---|---|---|
Grondexploitatie | 1.451 | 1.006 |
Volkshuisvesting | 411 | 114 |
Totaal | 1.862 | 1.120 |
""",
    ),
    "zwartewaal-2024": (
        {"gemeente": "Zwartewaal", "jaar": 2024},
        """
Lasten per programma

bedragen x € 1.000 | Begroting 2024 | Begroting 2025 |
---|---|---|
Veilig samenleven | 1.204 | 1.300 |
Vitale kernen | 2.617 | 2.709 |
Totaal lasten | 3.821 | 4.009 |

Lasten per taakveld

bedragen x € 1.000 | Begroting 2024 |
---|---|
1.1 Crisisbeheersing en brandweer | 1.204 |
5.2 Sportaccommodaties | 1.617 |
5.3 Cultuurpresentatie | 1.000 |
Totaal lasten | 3.821 |
""",
    ),
    "zwartewaal-2025": (
        {"gemeente": "Zwartewaal", "jaar": 2025},
        """
Lasten per programma

bedragen x € 1.000 | Begroting 2025 | Raming 2026 |
---|---|---|
1. Veilig samenleven | 1.333 | 1.350 |
2. Vitale kernen | 2.709 | 2.800 |
Totaal lasten | 4.042 | 4.150 |
""",
    ),
    "lekdijk-2024": (
        {"gemeente": "Lekdijk", "jaar": 2024},
        """
Lasten per product

bedragen x € 1.000 | Begroting 2024 | Rekening 2024 | Verschil |
---|---|---|---|
Wegen | 1.311 | 1.290 | 21 |
Water | 2.048 | 2.108 | -60 |
Riool | 977 | 961 | 16 |
Totaal | 4.336 | 4.395 | -23 |
""",
    ),
    "steenbergh-2024": (
        {"gemeente": "Steenbergh", "jaar": 2024},
        """
Baten per programma

bedragen x € 1.000 | Begroting 2024 primitief | Begroting 2024 actueel | Rekening 2024 |
---|---|---|---|
1. Bestuur | 204 | 304 | 297 |
2. Zorg | 617 | 717 | 702 |
Totaal baten | 821 | 1.021 | 999 |

Lasten

bedragen x € 1.000 | Lasten begroting 2024 |
---|---|
Grond | 1.451 |
waarvan rente | 300 |
Zorg | 2.617 |
waaronder jeugd | 1.317 |
Totaal | 4.068 |
""" + RESERVES.format("Algemene reserve") + """
Bestemmingsreserves

bedragen x € 1.000 | Saldo 1-1-2024 | Toevoegingen 2024 | Onttrekkingen 2024 | Saldo 31-12-2024 |
---|---|---|---|---|
Reserve wonen | 2.001 | 203 | 104 | 2.100 |
Reserve groen | 1.000 | 100 | 100 | 1.000 |
Totaal | 3.001 | 303 | 204 | 3.100 |
""",
    ),
}  # fmt: skip

# Per gemeente what somebody answered of a table with posten that come to something else than their programma.
ANSWERED = {"Tolbeek": "zelfde geld", "Ruigenhoek": "ander geld", "Smalland": "hoofdindeling"}
BY_HAND |= {
    f"{name.lower()}-2024": (
        {"gemeente": name, "jaar": 2024, "antwoorden": {"003.indeling": answer}},
        BY_HAND["wierhaven-2024"][1],
    )
    for name, answer in ANSWERED.items()
}


@dataclass
class Gemeente:
    """A random gemeente: its name, its documents and what one of these prints at most of a cut."""

    name: str
    text: str
    jaar: int = 2024
    printed: Printed = field(default_factory=dict)
    later: str = ""  # a report that prints the same year again; empty: there is none
    totals: dict[str, Decimal] = field(
        default_factory=dict
    )  # kant -> what the last overview of all programmas prints


def put(raw: Path, name: str, about: dict[str, object], text: str) -> None:
    """One document on disk."""
    folder = raw / name
    folder.mkdir(parents=True)
    description = {
        "titel": f"Programmabegroting {about['jaar']}",
        "soort": "begroting",
        "vorm": "web",
    } | about
    (folder / "document.yml").write_text(yaml.safe_dump(description, allow_unicode=True), encoding="utf-8")
    (folder / "begroting.txt").write_text(text, encoding="utf-8")


def publish(home: Path, gemeenten: list[Gemeente], refreshed: Path) -> Path:
    """Refresh a warehouse of all invented documents in ``home``; the published file. What dbt says of the project it
    said before, in ``refreshed``."""
    shutil.copytree(refreshed / "dbt", home / "home" / "dbt")
    for name, (about, text) in BY_HAND.items():
        put(home / "raw", name, about, text)
    for no, one in enumerate(gemeenten):
        put(home / "raw", f"rand-{no:03d}", {"gemeente": one.name, "jaar": one.jaar}, one.text)
        if one.later:
            about = {
                "gemeente": one.name,
                "jaar": one.jaar,
                "soort": "tussenrapportage",
                "titel": "Rapportage",
            }
            put(home / "raw", f"rand-{no:03d}-later", about, one.later)
    done = refresh_here(home / "home", home / "raw")
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return home / "home" / "sluitend.duckdb"


def gemeenten(seed: int, count: int) -> list[Gemeente]:
    """So many random gemeenten, the same for the same seed."""
    return [gemeente(random.Random(seed * 1000 + no), f"Randgemeente {no}") for no in range(count)]


OVERVIEW_OF_ALL = "Overzicht van lasten en baten per programma"
NAMES = ("Bestuur", "Zorg", "Wonen", "Groen", "Veiligheid", "Onderwijs", "Verkeer", "Cultuur")
POSTEN = ("Beheer", "Beleid", "Subsidies", "Onderhoud", "Inkoop", "Advies", "Handhaving", "Projecten")
RESERVES = ("Algemene reserve", "Reserve wonen", "Reserve groen", "Reserve onderwijs", "Reserve wegen")
TAAKVELDEN = ("0.1 Bestuur", "1.2 Openbare orde en veiligheid", "2.1 Verkeer en vervoer", "4.2 Onderwijshuisvesting",
              "5.2 Sportaccommodaties", "5.7 Openbaar groen", "6.1 Samenkracht", "8.3 Wonen en bouwen")  # fmt: skip


def gemeente(rng: random.Random, name: str) -> Gemeente:
    """A gemeente whose money is printed along at least one cut, in an order and with headings as chance has it."""
    programmas = rng.sample(NAMES, rng.randint(2, 5))
    posten = {p: rng.sample(POSTEN, rng.randint(2, 4)) for p in programmas}
    money = {
        (p, post): (rng.randint(101, 9800), rng.randint(11, 980)) for p in programmas for post in posten[p]
    }
    whole = _sum(money.values())
    made = Gemeente(name, "")
    for p in programmas:
        for kant, amount in zip(("lasten", "baten"), _sum(money[p, post] for post in posten[p]), strict=True):
            made.printed[name, made.jaar, kant, p] = Decimal(1000 * amount)
    for kant, amount in zip(("lasten", "baten"), whole, strict=True):
        made.printed[name, made.jaar, kant, ""] = Decimal(1000 * amount)
    is_numbered, tables = rng.random() < 0.7, []
    if rng.random() < 0.8:
        labels = _labels(rng, programmas, is_numbered)
        rows = [(labels[p], *_sum(money[p, post] for post in posten[p])) for p in programmas]
        tables.append(_table(OVERVIEW_OF_ALL, rows))
    detailed = rng.sample(programmas, rng.randint(0 if tables else 1, len(programmas)))
    is_of_one = not tables and len(detailed) == 1  # then all that it prints is of that programma
    for p in detailed:
        heading = _labels(rng, programmas, is_numbered)[p]
        heading = heading if heading.startswith("Programma") else f"Programma {heading}"
        rows = [(f"{post} {p.lower()}", *money[p, post]) for post in posten[p]]
        if (own := random.Random(f"{name} {p}")).random() < 0.3:
            at = own.randrange(len(rows))
            rows.insert(at + 1, ("waarvan incidenteel", *(own.randint(1, amount) for amount in rows[at][1:])))
        between = "\n\nWat mag het kosten?" if rng.random() < 0.5 else ""
        tables.append(_table(heading + between, rows))
    if rng.random() < 0.5 and not is_of_one:
        rows = [(taakveld, *part) for taakveld, part in zip(TAAKVELDEN, _parts(rng, whole), strict=False)]
        tables.append(_table("Lasten en baten per taakveld", rows))
    if rng.random() < 0.4 and not is_of_one:
        rows = [(f"Beleidsveld {n}", *part) for n, part in zip("ABCD", _parts(rng, whole), strict=False)]
        tables.append(_table("Lasten en baten per beleidsveld", rows))
    if rng.random() < 0.3:
        rng.shuffle(tables)
    if (chance := random.Random(name)).random() < 0.5:  # its own chance: what is above stays as it was
        tables.append(_reserves(chance, made))
    made.text = "\n".join(tables)
    if OVERVIEW_OF_ALL in made.text:
        made.totals = {kant: made.printed[name, made.jaar, kant, ""] for kant in ("lasten", "baten")}
    if chance.random() < 0.4 and not is_of_one:
        made.later = _again(chance, made, {p: _sum(money[p, post] for post in posten[p]) for p in programmas})
    if chance.random() < 0.4:  # a year that is not over: its budget, and what was decided since
        made.text, made.later = (
            text.replace("rekening 2024", "begroting 2024 na wijziging") for text in (made.text, made.later)
        )
    return made


def _again(rng: random.Random, made: Gemeente, money: dict[str, tuple[int, int]]) -> str:
    """A report on the same year: every programma with other amounts, one under another name, or the whole by taakveld."""
    revised = {p: tuple(amount + rng.randint(-9, 99) for amount in amounts) for p, amounts in money.items()}
    if rng.random() < 0.5:
        was = rng.choice(list(revised))
        revised = {f"{p} en meer" if p == was else p: amounts for p, amounts in revised.items()}
    whole = _sum(revised.values())
    for p, amounts in [*revised.items(), ("", whole)]:
        for kant, amount in zip(("lasten", "baten"), amounts, strict=True):
            key = made.name, made.jaar, kant, p
            made.printed[key] = max(made.printed.get(key, Decimal(0)), Decimal(1000 * amount))
    if rng.random() < 0.3:
        parts = zip(TAAKVELDEN, _parts(rng, whole), strict=False)
        return _table("Lasten en baten per taakveld", [(taakveld, *part) for taakveld, part in parts])
    labels = _labels(rng, list(revised), rng.random() < 0.7)
    made.totals = {k: Decimal(1000 * amount) for k, amount in zip(("lasten", "baten"), whole, strict=True)}
    return _table(OVERVIEW_OF_ALL, [(labels[p], *amounts) for p, amounts in revised.items()])


def _reserves(rng: random.Random, made: Gemeente) -> str:
    """A table of what the reserves hold at both ends of the year, and what goes in and comes out."""
    rows = []
    for reserve in rng.sample(RESERVES, rng.randint(2, 4)):
        begin, put, taken = rng.randint(1001, 9800), rng.randint(11, 980), rng.randint(11, 980)
        rows.append((reserve, begin, put, taken, begin + put - taken))
    total = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
    for what, amount in zip(("begin", "toevoeging", "onttrekking", "eind"), total, strict=True):
        made.printed[made.name, made.jaar, what, ""] = Decimal(1000 * amount)
    lines = [
        " | ".join([label, *(f"{n:,}".replace(",", ".") for n in amounts), ""])
        for label, *amounts in [*rows, ("Totaal", *total)]
    ]
    columns = "Saldo 1-1-2024 | Toevoegingen 2024 | Onttrekkingen 2024 | Saldo 31-12-2024 |"
    return "\n".join(
        ["", "Verloop van de reserves", "", f"bedragen x € 1.000 | {columns}", "---|" * 5, *lines, ""]
    )


def _labels(rng: random.Random, programmas: list[str], is_numbered: bool) -> dict[str, str]:
    form = rng.choice(("Programma {}. {}", "{}. {}", "Programma {} {}")) if is_numbered else "{1}"
    return {p: form.format(no, p) for no, p in enumerate(programmas, 1)}


def _sum(amounts) -> tuple[int, int]:
    lasten, baten = zip(*amounts, strict=True)
    return sum(lasten), sum(baten)


def _parts(rng: random.Random, whole: tuple[int, int]) -> list[tuple[int, int]]:
    """The whole in four parts."""
    cuts = [sorted(rng.sample(range(1, amount), 3)) for amount in whole]
    ends = [[0, *cut, amount] for cut, amount in zip(cuts, whole, strict=True)]
    return [(ends[0][i + 1] - ends[0][i], ends[1][i + 1] - ends[1][i]) for i in range(4)]


def _table(heading: str, rows: list[tuple[str, int, int]]) -> str:
    """A table of the budget, and beside it of accounts that came out as budgeted."""
    states = "Lasten begroting 2024 | Baten begroting 2024 | Lasten rekening 2024 | Baten rekening 2024 |"
    total = ("Totaal", *_sum(row[1:] for row in rows if not row[0].startswith("waarvan")))
    lines = [
        " | ".join([label, *(f"{amount:,}" for amount in amounts * 2), ""])
        for label, *amounts in [*rows, total]
    ]
    return "\n".join(
        [
            "",
            heading,
            "",
            f"bedragen x € 1.000 | {states}",
            "---|" * 5,
            *(line.replace(",", ".") for line in lines),
            "",
        ]
    )
