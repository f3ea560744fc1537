"""A random table of amounts, printed in each text layout and read back: the same values and paths."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dagster_project.reading.assemble import Around, understand
from dagster_project.reading.formats.text import fragments
from dagster_project.reading.model import join_path

NAMES = ["Bestuur", "Jeugd", "Wonen en bouwen", "Sport", "Groen, water en afval", "Wmo (nieuw)", "Eigen bijdragen",
         "Verkeer", "Cultuur en erfgoed", "Kunst openbare ruimte P4", "Alg. dekkingsmiddelen"]  # fmt: skip
GROUPS = ["Sociaal domein", "Fysieke leefomgeving", "Bedrijfsvoering", "Veiligheid"]
PERIODS = [
    ["Rekening 2022", "Begroting 2023", "Begroting 2024"],
    ["Begroting 2021 na wijziging", "Rekening 2021"],
    ["2024", "2025", "2026", "2027"],
    [
        "Rekening 2020",
        "Primitieve begroting 2021",
        "Begroting 2021 na wijziging",
        "Rekening 2021",
        "Verschil",
    ],
]
BELOW = [[], ["Lasten", "Baten", "Saldo"], ["Lasten", "Baten"]]
TITLE = "Overzicht per programma (bedragen x € 1.000)"


@dataclass(frozen=True)
class Sample:
    """A table: header texts per column, and lines of (heading, label, values); a heading line has no values."""

    periods: list[str]
    below: list[str]
    lines: list[tuple[str | None, str, tuple[int, ...]]]
    minus: str

    @property
    def columns(self) -> list[tuple[str, ...]]:
        return (
            [(p, b) for p in self.periods for b in self.below] if self.below else [(p,) for p in self.periods]
        )

    def printed(self, number: int) -> str:
        text = f"{abs(number):,}".replace(",", ".")
        return self.minus.format(text) if number < 0 else text

    def rows(self) -> list[tuple[str, list[str]]]:
        """Labels with printed values; a heading has none."""
        rows: list[tuple[str, list[str]]] = []
        shown = None
        for group, label, numbers in self.lines:
            if group is not None and group != shown:
                rows.append((group, []))
            shown = group
            rows.append((label, [self.printed(n) for n in numbers]))
        return rows

    def expected(self) -> list[tuple[str, str, int]]:
        return [
            (f"{group} > {label}" if group else label, join_path(column), number)
            for group, label, numbers in self.lines
            for column, number in zip(self.columns, numbers, strict=True)
        ]


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    periods = draw(st.sampled_from(PERIODS))
    below = draw(st.sampled_from(BELOW)) if "Verschil" not in periods and "2024" not in periods else []
    width = len(periods) * (len(below) or 1)
    numbers = st.tuples(*[st.integers(-99_999, 999_999).filter(lambda n: not 1900 < n < 2100)] * width)
    if draw(st.booleans()):
        groups = draw(st.lists(st.sampled_from(GROUPS), min_size=2, max_size=3, unique=True))
        lines = []
        for group in groups:
            for label in draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)):
                lines.append((group, label, draw(numbers)))
            lines.append((group, f"Subtotaal {group.lower()}", draw(numbers)))
        lines.append((None, "Totaal", draw(numbers)))
    else:
        labels = draw(st.lists(st.sampled_from(NAMES), min_size=3, max_size=6, unique=True))
        lines = [(None, label, draw(numbers)) for label in [*labels, "Totaal programma's"]]
    return Sample(periods, below, lines, draw(st.sampled_from(["-{}", "{}-", "({})"])))


def header(sample: Sample) -> list[list[str]]:
    """Header rows with a cell per column, blank under a span."""
    if not sample.below:
        return [["Programma", *sample.periods]]
    span = len(sample.below)
    top = [x for p in sample.periods for x in [p, *[""] * (span - 1)]]
    return [["Programma", *top], ["", *sample.below * len(sample.periods)]]


def as_tab(sample: Sample) -> str:
    width = len(sample.columns)
    rows = [[label, *(values or [""] * width)] for label, values in sample.rows()]
    return "\n".join([TITLE, *("\t".join(r) for r in [*header(sample), *rows])])


def as_pipe(sample: Sample) -> str:
    width = len(sample.columns)
    rows = [[label, *(values or [""] * width)] for label, values in sample.rows()]
    head = [f"| {' | '.join(r)} |" for r in header(sample)]
    rule = "|" + "---|" * (width + 1)
    return "\n".join([TITLE, head[0], rule, *head[1:], *(f"| {' | '.join(r)} |" for r in rows)])


def as_lines(sample: Sample) -> str:
    cells = ["Programma", *sample.periods, *sample.below * len(sample.periods)]
    return "\n\n".join([TITLE, *cells, *(t for label, values in sample.rows() for t in [label, *values])])


def as_spaces(sample: Sample) -> str:
    head = [" ".join(["Programma", *sample.periods])]
    head += [" ".join(sample.below * len(sample.periods))] if sample.below else []
    return "\n".join([TITLE, *head, *(" ".join([label, *values]) for label, values in sample.rows())])


def as_pdf(sample: Sample) -> str:
    return as_spaces(sample).replace("\n", "\n\n")


def as_aligned(sample: Sample) -> str:
    rows = [*header(sample), *([label, *values] for label, values in sample.rows())]
    spans = [14 if not sample.below else 10] * len(sample.columns)
    if any(len(cell) >= spans[0] for row in rows for cell in row[1:]):
        spans = [32] * len(sample.columns)
    lines = [TITLE, ""]
    for row in rows:
        cells = [c.rjust(w) for c, w in zip(row[1:], spans, strict=False)]
        lines.append((row[0].ljust(34) + "".join(cells)).rstrip())
    return "\n".join(lines)


@pytest.mark.parametrize("render", [as_tab, as_pipe, as_lines, as_spaces, as_pdf, as_aligned])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sample=samples())
def test_a_table_printed_in_a_layout_is_read_back(render, sample: Sample) -> None:
    text = render(sample)
    found = understand(fragments(text), Around(), "tabel.txt")
    cells = []
    for table in found.tables:
        rows = {r.no: join_path(r.path) for r in table.rows}
        columns = {c.no: join_path(c.path) for c in table.columns}
        cells += [(rows[c.row], columns[c.column], c.value) for c in table.cells]
        assert table.unit == "EUR_1000"
        assert not table.rejects
    assert cells == sample.expected()
