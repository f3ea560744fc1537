"""Sentences about proofs, in Dutch and in English, with numbers in the notation of the language.

What does not belong here: what is true. These functions only say it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from dagster_project.number_text import dutch, english
from dagster_project.proof.certificate import Certificate
from dagster_project.proof.conflicts import Conflict
from dagster_project.proof.diagnosis import SLIPS, Diagnosis
from dagster_project.proof.suspects import Freed, Search
from dagster_project.proof.system import Component, PrintedCell

_NAMED_RULES = 3


Write = Callable[..., str]  # dutch or english


def in_print(steps: int, decimals: int, write: Write = dutch) -> str:
    """A number of steps as it would be printed."""
    return write(Decimal(steps).scaleb(-decimals), decimals)


def cell_name(cell: PrintedCell) -> str:
    """What a reader calls the cell: its row and its column."""
    return ", ".join(part for part in (cell.row_label, cell.column_label) if part) or cell.cell_id


def certificate_sentences(
    component: Component, certificate: Certificate, conflicts: Sequence[Conflict], found: Search | None
) -> tuple[str, str]:
    """What the certificate says, in Dutch and in English."""
    cells, rules = len(component.cells), len(component.rules)
    if certificate.feasible is None:
        return (
            f"{cells} getallen en {rules} regels: niet beoordeeld, de oplosser gaf geen antwoord "
            f"({certificate.status}).",
            f"{cells} numbers and {rules} rules: not judged, the solver gave no answer ({certificate.status}).",
        )
    if certificate.feasible and certificate.min_half_width == 0:
        return (
            f"{cells} getallen en {rules} regels: alle sommen kloppen precies.",
            f"{cells} numbers and {rules} rules: all sums hold exactly.",
        )
    if certificate.feasible:
        assert certificate.min_half_width is not None
        least_nl, least_en = dutch(certificate.min_half_width, 2), english(certificate.min_half_width, 2)
        return (
            f"{cells} getallen en {rules} regels: er zijn onafgeronde waarden die zo worden afgedrukt en alle "
            f"regels tegelijk halen; een afrondingsmarge van {least_nl} van de laatste eenheid volstaat.",
            f"{cells} numbers and {rules} rules: unrounded values exist that print like this and keep all rules "
            f"at once; a rounding margin of {least_en} of the last unit suffices.",
        )
    count, (found_nl, found_en) = len(conflicts), _found(found)
    return (
        f"{cells} getallen en {rules} regels: geen onafgeronde waarden halen alle regels tegelijk. "
        f"{_count(count, 'tegenspraak', 'tegenspraken')}. {found_nl}",
        f"{cells} numbers and {rules} rules: no unrounded values keep all rules at once. "
        f"{_count(count, 'contradiction', 'contradictions')}. {found_en}",
    )


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


_LOOKED = {  # what came of a search that explains nothing; anything else is what the solver said
    "": ("Er is niet gezocht naar een verklaring.", "No explanation was looked for."),
    "capped": (
        "Geen verklaring gevonden; er is niet verder gezocht, want daarvoor is er te veel te doorzoeken.",
        "No explanation found; it was not searched further, for there is too much to search.",
    ),
    "none": ("Er is geen verklaring.", "There is no explanation."),
    "none up to three": (
        "Geen verklaring uit hooguit drie getallen gevonden.",
        "No explanation of at most three numbers found.",
    ),
}


def _found(found: Search | None) -> tuple[str, str]:
    """What came of the search, in Dutch and in English."""
    if found is None or not found.explanations:
        outcome = found.outcome if found else ""
        return _LOOKED.get(outcome) or (
            f"Er is geen verklaring gezocht: de oplosser gaf geen antwoord ({outcome}).",
            f"No explanation was looked for: the solver gave no answer ({outcome}).",
        )
    count, figures = len(found.explanations), len(found.explanations[0].freed)
    is_capped = found.outcome == "capped"
    nl, en = ("; er is niet verder gezocht", "; it was not searched further") if is_capped else ("", "")
    return (
        f"{_count(count, 'verklaring', 'verklaringen')} uit {_count(figures, 'getal', 'getallen')}{nl}.",
        f"{_count(count, 'explanation', 'explanations')} of {_count(figures, 'number', 'numbers')}{en}.",
    )


def conflict_sentences(component: Component, conflict: Conflict) -> tuple[str, str]:
    """Why these rules cannot hold together, with their numbers, in Dutch and in English."""
    if conflict.witness is not None:
        groups = component.groups[conflict.witness]
        nl, en = _published(component, groups, dutch), _published(component, groups, english)
        name = cell_name(component.cells[component.members[conflict.witness][0]])
        return (
            f"{name} is tweemaal gepubliceerd met verschillende getallen: {' tegenover '.join(nl)}.",
            f"{name} was published twice with different numbers: {' against '.join(en)}.",
        )
    if len(conflict.rows) == 1:
        return _single_clash(component, conflict)
    nl, en = [], []
    for k, y in conflict.rows:
        rule, places = component.rule_by_id[component.rows[k].rule_ids[0]], 0 if y.denominator == 1 else 2
        nl.append(
            f"{dutch(y, places)} x [{rule.nl or rule.rule_id}: {_written_out(component, rule.rule_id, dutch)}]"
        )
        en.append(
            f"{english(y, places)} x [{rule.en or rule.rule_id}: {_written_out(component, rule.rule_id, english)}]"
        )
    off, room = abs(conflict.off), conflict.room
    return (
        f"Samen kunnen deze {len(nl)} regels niet gelden: opgeteld blijft {dutch(off, 2)} over, afronding verklaart "
        f"hooguit {dutch(room, 2)}. " + "; ".join(nl) + ".",
        f"Together these {len(en)} rules cannot hold: added up they leave {english(off, 2)}, rounding explains at most "
        f"{english(room, 2)}. " + "; ".join(en) + ".",
    )


def _single_clash(component: Component, conflict: Conflict) -> tuple[str, str]:
    rule = component.rule_by_id[component.rows[conflict.rows[0][0]].rule_ids[0]]
    terms = component.terms[rule.rule_id]
    off = abs(sum((a * Fraction(component.cells[i].number) for i, a in terms), Fraction(0)))
    room = sum((abs(a) * Fraction(component.cells[i].half_width) for i, a in terms), Fraction(0))
    places = max(component.cells[i].decimals for i, _ in terms)
    return (
        f"{rule.nl or rule.rule_id}: {_written_out(component, rule.rule_id, dutch)}. Dat scheelt {dutch(off, places)}; afronding verklaart hooguit "
        f"{dutch(room, places + 1)}.",
        f"{rule.en or rule.rule_id}: {_written_out(component, rule.rule_id, english)}. That is off by {english(off, places)}; "
        f"rounding explains at most {english(room, places + 1)}.",
    )


def _published(component: Component, groups: Sequence[Sequence[int]], write: Write) -> list[str]:
    return [
        f"{in_print(component.values[group[0]], component.cells[group[0]].decimals, write)} "
        f"({', '.join(component.cells[i].table_id for i in group)})"
        for group in groups
    ]


def _written_out(component: Component, rule_id: str, write: Write) -> str:
    """The parts added up against the total as printed: ``1 + 2 + ... = 3, printed 4``."""
    terms = component.terms[rule_id]
    parts, totals = [], []
    for i, a in terms:
        cell = component.cells[i]
        number = in_print(component.values[i], cell.decimals, write)
        if component.values[i] < 0:
            number = f"({number})"
        if a == -1:
            totals.append(number)
        else:
            parts.append(number if a == 1 else f"{write(a, 0 if a.denominator == 1 else 6)} x {number}")
    return f"{' + '.join(parts) or '0'} ≠ {' + '.join(totals) or '0'}"


def suspect_sentences(component: Component, cell: int, freed: Freed, diagnosis: Diagnosis) -> tuple[str, str]:
    """What the others say about one suspect cell, in Dutch and in English."""
    decimals = component.cells[cell].decimals
    name, printed = cell_name(component.cells[cell]), component.values[cell]
    _, slip_nl, slip_en = SLIPS[diagnosis.kind]
    if diagnosis.truth is not None and freed.low != freed.high:
        slip_nl += f" ({in_print(diagnosis.truth, decimals)})"
        slip_en += f" ({in_print(diagnosis.truth, decimals, english)})"
    rules = [component.rule_by_id[r] for r, terms in component.rule_cells if any(i == cell for i, _ in terms)]
    from_nl = "; ".join(rule.nl or rule.rule_id for rule in rules[:_NAMED_RULES])
    from_en = "; ".join(rule.en or rule.rule_id for rule in rules[:_NAMED_RULES])
    more = len(rules) - _NAMED_RULES
    if more > 0:
        from_nl, from_en = f"{from_nl}; en {more} meer", f"{from_en}; and {more} more"
    if freed.low is None or freed.high is None:
        implied_nl, implied_en = "de andere getallen laten dit open", "the other numbers leave this open"
    else:
        (low, high), (low_en, high_en) = (
            (in_print(freed.low, decimals, write), in_print(freed.high, decimals, write))
            for write in (dutch, english)
        )
        until_nl = low if low == high else f"{low} tot en met {high}"
        until_en = low_en if low == high else f"{low_en} to {high_en}"
        implied_nl, implied_en = (
            f"uit de andere getallen volgt {until_nl}",
            f"the other numbers imply {until_en}",
        )
    return (
        f"{name} gedrukt {in_print(printed, decimals)}: {implied_nl}, {slip_nl}. Op grond van: {from_nl}.",
        f"{name} printed {in_print(printed, decimals, english)}: {implied_en}, {slip_en}. Concluded from: {from_en}.",
    )
