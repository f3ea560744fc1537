"""What the mutation bench found, as a page of Markdown, and how it compares with what it must be.

What does not belong here: measuring (``mutation_figures``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dagster_project.bench.mutation_figures import ErrorFigures, Growth, MutationOutcome
from dagster_project.bench.mutation_subjects import TextFigures
from dagster_project.bench.mutations import FAR_OFF, MUTATION_NAMES

DRIE_D = "leiden-jaarstukken-2017-web"
TWICE = "leiden-jaarstukken-2017-web + leiden-jaarstukken-2017-pdf"
KOSTEN = "leiden-programmabegroting-2018"
LOCATABLE = {DRIE_D: 83, TWICE: 294, KOSTEN: 192}  # what an exact solution of these tables allows
_INTRODUCTION = (
    "Made by `sluitend bench mutations > docs/mutations.md`. Errors are planted one at a time, in every number of "
    "every table: a few of each kind, and in the two documents that must reach a share all that are different."
)
ALWAYS_FOUND = ("cijfers_verwisseld", "teken", "duizendtal_kwijt", "tien_ernaast")


@dataclass(frozen=True, slots=True)
class Target:
    """One thing the proof must reach: shares are between 0 and 1."""

    what: str
    least: float
    found: float

    @property
    def is_met(self) -> bool:
        """Whether it is reached."""
        return self.found >= self.least


def targets(outcome: MutationOutcome, published: Iterable[str], is_sample: bool = False) -> list[Target]:
    """The targets as far as this outcome measures them. ``published``: the documents in which nothing is wrong.

    Of a sample only what must hold without exception can be judged.
    """
    out = []

    def share(subject: str, kind: str, field: str, of: str) -> float | None:
        figures = outcome.figures.get((subject, kind))
        return _share(getattr(figures, field), getattr(figures, of)) if figures else None

    def add(what: str, least: float, found: float | None) -> None:
        if found is not None and (least == 1.0 or not is_sample):
            out.append(Target(what, least, found))

    clean = sum(shown for shown, _ in outcome.clean.values())
    alarms = sum(wrong for _, wrong in outcome.clean.values())
    if clean:
        add(f"no false alarm on {clean:,} simulated clean tables", 1.0, 1 - alarms / clean)
    judged = [outcome.published[name] for name in published if name in outcome.published]
    if judged:
        components = sum(count for count, *_ in judged)
        wrong = sum(broken + unjudged for _, broken, unjudged in judged)
        add("no false alarm on the published tables of the documents in raw/", 1.0, 1 - wrong / components)
    for subject, changed, by_three in ((DRIE_D, 0.91, 0.70), (KOSTEN, 0.93, 1.0)):
        for kind in ALWAYS_FOUND:
            add(
                f"{subject}: {MUTATION_NAMES[kind]}, detected",
                1.0,
                share(subject, kind, "detected", "planted"),
            )
        for kind, least in (("cijfer_anders", changed), ("drie_ernaast", by_three)):
            add(
                f"{subject}: {MUTATION_NAMES[kind]}, detected",
                least,
                share(subject, kind, "detected", "planted"),
            )
    everything = sum(outcome.figures.values(), ErrorFigures())
    add("true cell among the suspects, of all detected", 1.0, _share(everything.among, everything.detected))
    for subject, expected in LOCATABLE.items():
        if subject in outcome.locatable:
            located = outcome.locatable[subject][0]
            add(f"{subject}: {expected} numbers that the rules allow to be located", 1.0, located / expected)
            found = share(subject, FAR_OFF, "alone_allowed", "allowed")
            add(f"{subject}: each of these is named alone", 1.0, found)
    for subject, least in ((DRIE_D, 0.84), (KOSTEN, 0.99)):
        found = share(subject, "cijfers_verwisseld", "first", "detected")
        add(f"{subject}: digits swapped, true cell ranked first", least, found)
    return out


def markdown(
    outcome: MutationOutcome, met: Sequence[Target], grown: Sequence[Growth], texts: Sequence[TextFigures]
) -> str:
    """The whole page."""
    lines = [
        "# What the proof finds",
        "",
        _INTRODUCTION,
        "",
    ]
    lines += ["## What must be reached", "", "| | at least | reached | |", "|---|---:|---:|---|"]
    lines += [
        f"| {t.what} | {_percent(t.least)} | {_percent(t.found)} | {'yes' if t.is_met else '**no**'} |"
        for t in met
    ]
    lines += [
        "",
        "## By document and kind of error",
        "",
        "*Detected*: no unrounded values satisfy all rules any more. Of the detected errors: *among*: the wrong "
        "number is among the suspects; *alone*: it is the only suspect; *first*: it leads the ranking. Small "
        "errors can be alone in fewer cases than the rules allow, because rounding can hide them elsewhere. The "
        "last kind is an error that no rounding hides: its *alone* is what the rules allow. A shifted row is "
        "named where suspects stand in that row, in every set of rules that it breaks.",
        "",
        "| document | error | planted | detected | among | alone | first |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for (name, kind), f in outcome.figures.items():
        of = f.detected
        lines.append(
            f"| {name} | {MUTATION_NAMES[kind]} | {f.planted} | {_percent(_share(f.detected, f.planted))} "
            f"| {_percent(_share(f.among, of))} | {_percent(_share(f.alone, of))} | {_percent(_share(f.first, of))} |"
        )
    lines += [
        "",
        "## By document",
        "",
        "| document | sets | broken as published | numbers in rules | locatable | clean tables | false alarms |",
    ]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    for name, (components, broken, unjudged) in outcome.published.items():
        located, cells = outcome.locatable[name]
        clean, alarms = outcome.clean.get(name, (0, 0))
        told = f"{broken}" + (f" (and {unjudged} not judged)" if unjudged else "")
        lines.append(f"| {name} | {components} | {told} | {cells} | {located} | {clean} | {alarms} |")
    lines += [
        "",
        "A set that is broken as published is a finding of its own; errors are planted in the others only.",
        "",
    ]
    if texts:
        lines += [
            "## In the text itself",
            "",
            "The number is changed in the extract, which is then read, settled and proved. *Moved*: something else "
            "than that number came out otherwise (a place, a rule, a convention).",
            "",
            "| document | error | planted | moved | detected | true cell named |",
            "|---|---|---:|---:|---:|---:|",
        ]
        lines += [
            f"| {t.document} | {MUTATION_NAMES[t.kind]} | {t.planted} | {t.moved} | {t.detected} | {t.named} |"
            for t in texts
        ]
        lines.append("")
    if grown:
        lines += [
            "## Time",
            "",
            "Copies of programmakosten with reserves, one in ten with an error, proved from records to rows in one "
            "process.",
            "",
            "| documents | numbers | seconds | seconds per document |",
            "|---:|---:|---:|---:|",
        ]
        lines += [
            f"| {g.documents:,} | {g.cells:,} | {g.seconds:.2f} | {g.seconds / g.documents:.3f} |"
            for g in grown
        ]
        lines.append("")
    return "\n".join(lines)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _percent(share: float) -> str:
    """A share rounded down, so that 100 % means all."""
    return f"{int(share * 1000) / 10:.1f} %"
