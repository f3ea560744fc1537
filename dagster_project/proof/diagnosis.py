"""What kind of slip turns the number that the others imply into the one that was printed.

Each kind of slip is a function from a true number to the numbers that the slip makes of it. A suspect is
weighed by the chance that its printed number is such a slip of one of the numbers it could have been:
how common the slip is, in how many ways it could have gone, how near the number lies to the middle of
what rounding leaves open, and whether a number is likely there because the row repeats it. Suspects
are ranked by that weight. The weights order explanations; they prove nothing and change nothing.

What does not belong here: which cells are suspects (``suspects``), sentences (``sentences``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dagster_project.proof.system import Component

# kind: (how common among slips, name in Dutch, in English)
SLIPS = {
    "cijfers_verwisseld": (0.30, "twee cijfers verwisseld", "two digits swapped"),
    "cijfer_anders": (0.22, "een ander cijfer", "one digit different"),
    "teken": (0.10, "ander teken", "sign flipped"),
    "cijfer_kwijt": (0.06, "een cijfer weggevallen", "one digit lost"),
    "cijfer_dubbel": (0.05, "een cijfer dubbel", "one digit doubled"),
    "duizendtal_kwijt": (0.06, "een groep van drie cijfers weggevallen", "a group of thousands lost"),
    "duizendtal_dubbel": (0.03, "een groep van drie cijfers dubbel", "a group of thousands doubled"),
    "factor_10": (0.03, "factor 10", "a factor of 10"),
    "factor_1000": (0.03, "factor 1.000", "a factor of 1,000"),
    "buurcel": (0.05, "het getal van de buurcel", "the number of the neighbouring cell"),
    "rij_erboven": (0.03, "het getal van de rij erboven", "the number of the row above"),
    "rij_eronder": (0.02, "het getal van de rij eronder", "the number of the row below"),
    "kolom_verschoven": (
        0.05,
        "wat er moet staan, staat één kolom verder: de rij is misschien verschoven",
        "what belongs here stands one column further: the row may have shifted",
    ),
    "rij_verschoven": (0.05, "de hele rij één kolom verschoven", "the whole row moved by one column"),
    "andere_druk": (
        0.0,
        "de andere publicatie drukt iets anders",
        "the other publication prints another number",
    ),
    "onbekend": (0.02, "geen bekende vergissing", "no known slip"),
}
_REACH = 4.0  # standard deviations of rounding looked at around the middle


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What matters about a suspect cell: its number in steps, its neighbours' numbers, how often rows repeat."""

    printed: int
    left: int | None = None
    right: int | None = None
    above: int | None = None
    below: int | None = None
    repeats: float = 0.1


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The likeliest slip, the true number it starts from (None if no known slip), and the weight of all."""

    kind: str
    truth: int | None
    weight: float


def place_of(component: Component, cell: int, repeats: float) -> Neighbourhood:
    """The place of a cell of a component."""
    around = component.surroundings[cell]
    decimals = component.cells[cell].decimals

    def steps(neighbour) -> int | None:
        same = neighbour is not None and neighbour.value is not None and neighbour.decimals == decimals
        return neighbour.steps if same else None

    return Neighbourhood(
        component.values[cell],
        steps(around.left),
        steps(around.right),
        steps(around.above),
        steps(around.below),
        repeats,
    )


def share_of_repeats(component: Component) -> float:
    """How often a number of this component equals the one to its left: between 0.02 and 0.9."""
    pairs = [
        (cell.value, around.left.value)
        for cell, around in zip(component.cells, component.surroundings, strict=True)
        if around.left is not None and around.left.value is not None
    ]
    same = sum(a == b for a, b in pairs)
    return min(0.9, max(0.02, same / len(pairs))) if pairs else 0.02


def diagnose(place: Neighbourhood, low: int | None, high: int | None, half: float) -> Diagnosis:
    """The likeliest slip from a true number between ``low`` and ``high`` to the printed one.

    half: the half-width in steps. Where the others leave the number open there is nothing to compare.
    """
    if low is None or high is None:
        return Diagnosis("onbekend", None, SLIPS["onbekend"][0] / _scale(place.printed))
    by_kind: dict[str, tuple[float, int]] = {}
    total = 0.0
    for truth, share in _likely(low, high, half):
        if truth == place.printed:
            continue
        share *= _density(truth, place) / _density(place.printed, place)
        total += share * SLIPS["onbekend"][0] / _scale(place.printed)
        for kind, chance in _chances(truth, place):
            weight = share * chance * SLIPS[kind][0]
            if weight > 0:
                total += weight
                if weight > by_kind.get(kind, (0.0, 0))[0]:
                    by_kind[kind] = (weight, truth)
    if not by_kind:
        return Diagnosis("onbekend", None, total)
    kind = max(by_kind, key=lambda k: (by_kind[k][0], k))
    return Diagnosis(kind, by_kind[kind][1], total)


def _likely(low: int, high: int, half: float) -> Iterable[tuple[int, float]]:
    """The numbers near the middle of the interval with their shares, which sum to 1.

    The rounding of n numbers adds up to nearly a normal with variance n / 12, and the interval is n wide.
    """
    middle = (low + high) / 2
    width = (high - low) / 2 if half else 0.0
    deviation = math.sqrt(max(width, 0.5) / 6)
    first = max(low, math.floor(middle - _REACH * deviation))
    last = min(high, math.ceil(middle + _REACH * deviation))
    shares = [math.exp(-(((p - middle) / deviation) ** 2) / 2) for p in range(first, last + 1)]
    total = sum(shares)
    return [(p, s / total) for p, s in zip(range(first, last + 1), shares, strict=True)]


def _scale(number: int) -> float:
    return float(max(abs(number), 10))


def _density(number: int, place: Neighbourhood) -> float:
    """How likely a number is at this place before looking at sums: rows repeat, the rest is spread out."""
    spread = (1 - place.repeats) / _scale(number)
    return spread + (place.repeats if number in (place.left, place.right) else 0.0)


def _chances(truth: int, place: Neighbourhood) -> Iterable[tuple[str, float]]:
    """Per kind the chance that this slip of ``truth`` prints what was printed."""
    for kind, slips in _DIGIT_SLIPS.items():
        outcomes = slips(truth)
        if place.printed in outcomes:
            yield kind, 1 / len(outcomes)
    if place.printed in (place.left, place.right):
        yield "buurcel", 0.5
    if place.printed == place.above:
        yield "rij_erboven", 1.0
    if place.printed == place.below:
        yield "rij_eronder", 1.0
    if truth in (place.left, place.right):
        yield "kolom_verschoven", 1 / _scale(truth)


def swapped(number: int) -> set[int]:
    """Two digits that stand next to each other swapped: 48.217 becomes 48.127."""
    digits = str(abs(number))
    out = {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)}
    return _signed(number, out)


def one_digit_changed(number: int) -> set[int]:
    """One digit replaced by another."""
    digits = str(abs(number))
    out = {digits[:i] + d + digits[i + 1 :] for i in range(len(digits)) for d in "0123456789"}
    return _signed(number, out)


def sign_flipped(number: int) -> set[int]:
    """The other sign."""
    return {-number} - {number}


def one_digit_lost(number: int) -> set[int]:
    """One digit left out."""
    digits = str(abs(number))
    return _signed(number, {digits[:i] + digits[i + 1 :] for i in range(len(digits))})


def one_digit_doubled(number: int) -> set[int]:
    """One digit printed twice."""
    digits = str(abs(number))
    return _signed(number, {digits[:i] + digits[i] + digits[i:] for i in range(len(digits))})


def thousands_lost(number: int) -> set[int]:
    """One group of three digits left out: 48.217 becomes 48 or 217."""
    groups = _groups(number)
    if len(groups) < 2:
        return set()
    return _signed(number, {"".join(groups[:i] + groups[i + 1 :]) for i in range(len(groups))})


def thousands_doubled(number: int) -> set[int]:
    """One full group of three digits printed twice."""
    groups = _groups(number)
    return _signed(number, {"".join(groups[: i + 1] + groups[i:]) for i in range(1, len(groups))})


def _groups(number: int) -> list[str]:
    return f"{abs(number):,}".split(",")


def _signed(number: int, digits: Iterable[str]) -> set[int]:
    sign = -1 if number < 0 else 1
    return {sign * int(d) for d in digits if d} - {number}


def _times(*factors: int) -> Callable[[int], set[int]]:
    def slip(number: int) -> set[int]:
        up = {number * factor for factor in factors}
        down = {number // factor for factor in factors if number % factor == 0}
        return (up | down) - {number}

    return slip


_DIGIT_SLIPS: dict[str, Callable[[int], set[int]]] = {
    "cijfers_verwisseld": swapped,
    "cijfer_anders": one_digit_changed,
    "teken": sign_flipped,
    "cijfer_kwijt": one_digit_lost,
    "cijfer_dubbel": one_digit_doubled,
    "duizendtal_kwijt": thousands_lost,
    "duizendtal_dubbel": thousands_doubled,
    "factor_10": _times(10, 100),
    "factor_1000": _times(1000),
}
