"""The nouns of derivation: a claim at positions, its readings, and the families that share one answer.

A *claim* is a sum that words and structure state, before it is known which of its positions carry a
number. A *family* is one open question (which sign do baten carry here, which columns does ``verschil``
compare, how far does this total reach) with the claims that follow from each of its answers. What the
answer is, is decided elsewhere; here is only what can be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

Position = tuple[int, int, int]  # table no, row no, column no
Part = tuple[Position, int]


@dataclass(frozen=True, slots=True)
class ClaimedSum:
    """total = sum(coefficient x part), at positions that may turn out to be blank."""

    kind: str  # vocabulary.RULE_KINDS
    scope: str  # row | column | table | document
    total: Position
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class FamilyReading:
    """One answer and the claims that follow from it."""

    keuze: str
    claims: tuple[ClaimedSum, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """One question about one table (or a few), its answers in order of preference.

    ``is_sure`` says that the words leave no doubt that *some* reading holds: then a table in which none
    does is in error. Where it is False and no reading fits, the table never claimed it.
    """

    naam: str  # name of the convention, see model.Convention
    table_no: int  # the table whose convention it is
    readings: tuple[FamilyReading, ...]
    is_sure: bool = True
    is_convention: bool = False  # to be stored: a choice about signs or directions
    is_asked: bool = False  # called a total: where it mostly fails and no one slip explains that, a person says what it sums
    is_thin: bool = False  # its one reading was chosen by its own numbers


@dataclass(frozen=True, slots=True)
class Formula:
    """A claim without its cross direction: rows to be summed in every column, or columns in every row.

    ``slots`` name what a part is (lasten, baten, ...), so that a reading can give it its sign.
    """

    kind: str
    total: int
    slots: tuple[tuple[int, str], ...]


Signs = Mapping[str, int]

# What a balance may mean, by the sign of its parts; the first is preferred when numbers do not decide.
SIGN_READINGS: dict[str, tuple[tuple[str, Signs], ...]] = {
    "saldo": (
        ("baten - lasten", {"lasten": -1, "baten": 1}),
        ("lasten + baten", {"lasten": 1, "baten": 1}),
        ("lasten - baten", {"lasten": 1, "baten": -1}),
        ("-(lasten + baten)", {"lasten": -1, "baten": -1}),
    ),
    "mutatie": (
        ("toevoeging + onttrekking", {"toevoeging": 1, "onttrekking": 1}),
        ("toevoeging - onttrekking", {"toevoeging": 1, "onttrekking": -1}),
        ("onttrekking - toevoeging", {"toevoeging": -1, "onttrekking": 1}),
        ("-(toevoeging + onttrekking)", {"toevoeging": -1, "onttrekking": -1}),
    ),
    "resultaat": (
        ("saldo + mutaties", {"saldo": 1, "mutatie": 1, "toevoeging": 1, "onttrekking": 1}),
        ("saldo - mutaties", {"saldo": 1, "mutatie": -1, "toevoeging": -1, "onttrekking": -1}),
        ("saldo - toevoeging + onttrekking", {"saldo": 1, "mutatie": 1, "toevoeging": -1, "onttrekking": 1}),
        ("saldo + toevoeging - onttrekking", {"saldo": 1, "mutatie": 1, "toevoeging": 1, "onttrekking": -1}),
        # beside lasten and baten themselves, without their balance
        ("baten - lasten + mutaties", {"lasten": -1, "baten": 1}),
        (
            "baten - lasten - toevoeging + onttrekking",
            {"lasten": -1, "baten": 1, "toevoeging": -1, "onttrekking": 1},
        ),
        (
            "baten - lasten - mutaties",
            {"lasten": -1, "baten": 1, "toevoeging": -1, "onttrekking": -1, "mutatie": -1},
        ),
        (
            "lasten - baten + toevoeging - onttrekking",
            {"lasten": 1, "baten": -1, "toevoeging": 1, "onttrekking": -1},
        ),
        (
            "-(lasten + baten + mutaties)",
            {"lasten": -1, "baten": -1, "toevoeging": -1, "onttrekking": -1, "mutatie": -1},
        ),
    ),
    "verloop": (
        ("begin + toevoeging - onttrekking", {"begin": 1, "toevoeging": 1, "onttrekking": -1}),
        ("begin + toevoeging + onttrekking", {"begin": 1, "toevoeging": 1, "onttrekking": 1}),
        ("begin - toevoeging + onttrekking", {"begin": 1, "toevoeging": -1, "onttrekking": 1}),
    ),
    "verschil": (
        ("begroting - realisatie", {"eerste": 1, "tweede": -1}),
        ("realisatie - begroting", {"eerste": -1, "tweede": 1}),
    ),
    "formule": (
        ("zoals het opschrift zegt", {"plus": 1, "min": -1}),
        ("alles opgeteld", {"plus": 1, "min": 1}),
    ),
    "fase": (
        ("opgave - ingevuld", {"opgave": 1, "gedaan": -1}),
        ("opgave + ingevuld", {"opgave": 1, "gedaan": 1}),
    ),
    "potentieel": (
        ("besparing + investering", {"besparing": 1, "investering": 1}),
        ("besparing - investering", {"besparing": 1, "investering": -1}),
    ),
}

# What a result beside lasten and baten of both budget and accounts may be: (kind, reading, signs of the balance, factors
# of budget and accounts).
BALANCES_OF_STATES: tuple[tuple[str, str, Signs, tuple[int, int]], ...] = (
    ("verschil", "(baten - lasten) rekening - begroting", {"baten": 1, "lasten": -1}, (-1, 1)),
    ("saldo", "baten - lasten, rekening", {"baten": 1, "lasten": -1}, (0, 1)),
    ("verschil", "(baten - lasten) begroting - rekening", {"baten": 1, "lasten": -1}, (1, -1)),
    ("saldo", "lasten + baten, rekening", {"baten": 1, "lasten": 1}, (0, 1)),
    ("verschil", "(lasten + baten) begroting - rekening", {"baten": 1, "lasten": 1}, (1, -1)),
)

# What a result behind a stock and the lasten and baten still to come may be: a stock is printed as what was spent, or below
# zero; where all are printed as what they cost, baten and a result below zero, they add up.
RESULTS_OF_STOCKS: tuple[tuple[str, Signs], ...] = (
    ("baten - lasten - boekwaarde", {"baten": 1, "lasten": -1, "boekwaarde": -1}),
    ("baten - lasten + boekwaarde", {"baten": 1, "lasten": -1, "boekwaarde": 1}),
    ("boekwaarde + lasten + baten", {"baten": 1, "lasten": 1, "boekwaarde": 1}),
)

# what a balance is made of, of rows as of columns: its kind and its quantities, the fullest way first
OPERANDS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "saldo": (("saldo", ("lasten", "baten")), ("mutatie", ("toevoeging", "onttrekking"))),
    "mutatie": (("mutatie", ("toevoeging", "onttrekking")),),
    "resultaat": (
        ("resultaat", ("saldo", "mutatie")),
        ("resultaat", ("saldo", "toevoeging", "onttrekking")),
        ("resultaat", ("lasten", "baten", "toevoeging", "onttrekking")),
        ("resultaat", ("lasten", "baten", "mutatie")),
        *(
            ("resultaat", (*sides, one))
            for one in ("onttrekking", "toevoeging")
            for sides in (("saldo",), ("lasten", "baten"))
        ),
        ("saldo", ("lasten", "baten")),
    ),
}

# states of what is meant to be spent or earned
BUDGETS = frozenset(["begroting", "begroting_na_wijziging", "meerjarenraming"])

# which states a difference without further words compares, most likely first
COMPARED = (
    ("begroting_na_wijziging", "rekening"),
    ("begroting", "rekening"),
    ("begroting_na_wijziging", "prognose"),
    ("begroting", "prognose"),
    ("prognose", "rekening"),
    ("begroting", "begroting_na_wijziging"),
)

_UNNAMED = {"overig": 1, "afname": -1}  # flows of a stock by the sign that their words suggest

CONVENTION_OF_KIND = {
    "verschil": "verschil_richting",
    "wijziging": "wijziging",
    "saldo": "saldo_richting",
    "mutatie": "mutatie_richting",
    "resultaat": "resultaat_richting",
    "verloop": "verloop_richting",
    "potentieel": "potentieel_richting",
    "formule": "formule_teken",
    "fase": "fase_richting",
}


def sign_readings(kind: str, slots: Iterable[str]) -> list[tuple[str, Signs]]:
    """The readings of ``kind`` that differ for a sum with these slots; unknown slots count as +1, 0 leaves out."""
    present, seen, distinct = set(slots), set(), []
    for keuze, signs in _with_unnamed_flows(SIGN_READINGS.get(kind, (("som", {}),)), present):
        key = tuple(sorted((s, signs.get(s, 1)) for s in present))
        if key not in seen:
            seen.add(key)
            distinct.append((keuze, signs))
    return distinct


@cache
def signs_by_reading(kind: str) -> Mapping[str, Signs]:
    """Of every reading of ``kind``, by its name: the sign of each part."""
    flows = ("mutatie", *_UNNAMED)
    of_states = {keuze: signs for _, keuze, signs, _ in BALANCES_OF_STATES} if kind == "saldo" else {}
    return dict(_with_unnamed_flows(SIGN_READINGS[kind], flows)) | of_states


def _with_unnamed_flows(
    readings: Iterable[tuple[str, Signs]], present: Iterable[str]
) -> Iterator[tuple[str, Signs]]:
    """Each reading with each sign of flows that are neither addition nor withdrawal: interest, depreciation.

    They may also stand beside the flow and be no part of it, as the interest on a loan does.
    """
    unnamed = [s for s in ("overig", "afname") if s in present]
    has_flow = not unnamed or bool({"toevoeging", "onttrekking", "mutatie"} & set(present))
    for keuze, signs in readings:
        for turned in product((1, -1, 0), repeat=len(unnamed)):
            if not (has_flow or any(turned)):
                continue
            own = {s: turn * _UNNAMED[s] for s, turn in zip(unnamed, turned, strict=True)}
            said = "".join(f" {'+' if sign > 0 else '-'} {s}" for s, sign in own.items() if sign)
            yield keuze + said, {**signs, **own}


def in_columns(table_no: int, formula: Formula, columns: Iterable[int], signs: Signs) -> list[ClaimedSum]:
    """The claims of a formula over rows, one per column."""
    return [
        ClaimedSum(
            formula.kind,
            "column",
            (table_no, formula.total, c),
            tuple(((table_no, row, c), sign) for row, slot in formula.slots if (sign := signs.get(slot, 1))),
        )
        for c in columns
    ]


def in_rows(table_no: int, formula: Formula, rows: Iterable[int], signs: Signs) -> list[ClaimedSum]:
    """The claims of a formula over columns, one per row."""
    return [
        ClaimedSum(
            formula.kind,
            "row",
            (table_no, r, formula.total),
            tuple(((table_no, r, c), sign) for c, slot in formula.slots if (sign := signs.get(slot, 1))),
        )
        for r in rows
    ]
