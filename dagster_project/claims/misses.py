"""How far off the readings are of which none holds: what a person wants to know who is asked which one it is.

Told beside a question, and never a verdict: a sum that nobody claims is no sum. Which reading holds belongs to ``readings``,
what would close a sum that was claimed to ``near_misses``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from dagster_project.claims.families import ClaimedSum, FamilyReading
from dagster_project.claims.readings import Evidence, judged, nearest_of
from dagster_project.claims.rule_sentences import Names
from dagster_project.judgement import BREAK, NOT_JUDGED
from dagster_project.number_text import dutch, english, places_of
from dagster_project.reading.choices import in_english
from dagster_project.reading.model import Reject


class _Off(NamedTuple):
    """A sum of a reading with what it leaves, in printed units: its parts less the printed total."""

    claim: ClaimedSum
    residual: Decimal


def with_difference(
    question: Reject, readings: Sequence[FamilyReading], evidence: Evidence, names: Names
) -> Reject:
    """The question with how far the nearest of these readings is off, or with why there is no difference."""
    fitting = nearest_of(readings, evidence)
    if fitting is None:
        return replace(
            question,
            toelichting="Een verschil is niet te berekenen, want aan elke lezing ontbreekt een getal.",
            toelichting_en="A difference cannot be computed, as every reading lacks a number.",
        )
    outcomes = [(claim, judged(claim, evidence.numbers)) for claim in fitting.claims]
    told = [(claim, found) for claim, found in outcomes if found.verdict != NOT_JUDGED]
    off = [_Off(claim, found.residual) for claim, found in told if found.verdict == BREAK]
    if not off:
        return question
    worst = max(off, key=lambda miss: abs(miss.residual))
    where = names.row(worst.claim.total) if worst.claim.scope == "row" else names.column(worst.claim.total)
    places = max(0, places_of(worst.residual))
    return replace(
        question,
        toelichting=f"Het minst scheelt {fitting.keuze}: {len(off)} van de {len(told)} sommen sluiten dan niet, het meest"
        f" {dutch(worst.residual, places)} in gedrukte eenheden ({where}).",
        toelichting_en=f"The nearest is {in_english(fitting.keuze)}: {len(off)} of the {len(told)} sums do not close then, off by"
        f" {english(worst.residual, places)} at most in printed units ({where}).",
        verschil=abs(worst.residual),
        delen=_parts(fitting),
    )


def _parts(reading: FamilyReading) -> str:
    """The rows or columns that all sums of a reading add up, and that of their total; empty where they are not of one line."""
    found = {_line(claim) for claim in reading.claims}
    return found.pop() if len(found) == 1 else ""


def _line(claim: ClaimedSum) -> str:
    at = {"column": 1, "row": 2}.get(claim.scope)
    if at is None or any(p[0] != claim.total[0] for p, _ in claim.parts):
        return ""
    parts = " ".join(f"{'+' if sign > 0 else '-'}{p[at]}" for p, sign in claim.parts)
    return f"{'rijen' if at == 1 else 'kolommen'}: {parts} = {claim.total[at]}"
