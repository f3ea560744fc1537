"""``sluitend bench aggrecol``: sums found from numbers and labels, beside the annotations of a public benchmark.

AggreCol's tables (github.com/lanchiang/AggreCol, Apache-2.0) come from other fields than ours and carry every sum that
people saw in them. They measure which hypotheses about rows and columns are worth trying.

What does not belong here: the search (``sums_by_numbers``).
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from dagster_project.bench.sums_by_numbers import Numbers, sums_of
from dagster_project.settings import PROJECT, Unusable

FILE = PROJECT.parent / "shared" / "benchmarks" / "aggrecol.jsonl.gz"
PUBLISHED = 0.95  # precision and recall of the paper's own detector, about
EVERY = 10  # --small reads one table of so many

Cell = tuple[int, int]  # row, column, from 0
Sum = tuple[Cell, frozenset[Cell]]  # the total and its parts

_SEPARATORS = {  # of thousands, of decimals
    "Comma Point": (",", "."),
    "None Point": ("", "."),
    "Space Point": (" ", "."),
    "Space Comma": (" ", ","),
    "None Comma": ("", ","),
}
_DRESS = re.compile(r"[$€£¥*]")
_MARK = re.compile(r"\s*\W{0,2}\s*|\s*(n/?\.?a\.?|nil|none|x|f|hc|tbd|nm|na|nd)\s*", re.I)  # "no number here"
_STEPS = (1000, 500, 100, 50, 10, 5)


@dataclass(frozen=True)
class Annotated:
    """A table with the sums that people saw in it.

    split: validation or unseen; collection: where it was published, told from the name of its file; rows: texts
    as printed.
    """

    split: str
    collection: str
    name: str
    number_format: str
    rows: Sequence[Sequence[str]]
    sums: frozenset[Sum]


@dataclass
class AggrecolScore:
    """Counts of sums: annotated, found, and both."""

    tables: int = 0
    annotated: int = 0
    found: int = 0
    right: int = 0

    def add(self, annotated: set[Sum], found: set[Sum]) -> None:
        """Count one table."""
        self.tables += 1
        self.annotated += len(annotated)
        self.found += len(found)
        self.right += len(annotated & found)

    @property
    def precision(self) -> float:
        """Share of what was found that is annotated; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is annotated that was found; 1 where nothing is annotated."""
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.annotated + self.found
        return 2 * self.right / both if both else 1.0


def main(*, small: bool = False, file: Path | None = None) -> None:
    """Print precision and recall; says so where the benchmark is not there. Raises Unusable for another file."""
    path = file or FILE
    if file is None and not path.is_file():
        click.echo(f"aggrecol: not measured, {path} is not there (--file PATH)")
        return
    for line in _page(path, every=EVERY if small else 1):
        click.echo(line)


def _page(path: Path, every: int) -> Iterator[str]:
    begun = time.process_time()
    scores = score(table for no, table in enumerate(tables_in(path)) if no % every == 0)
    yield f"{'sums':<24}{'tables':>7}{'annotated':>11}{'found':>8}{'right':>8}{'precision':>11}{'recall':>8}{'F1':>7}"
    for (split, collection), each in sorted(
        scores.items(), key=lambda item: (item[0][0] == "unseen", item[0])
    ):
        yield (
            f"{split:<12}{collection:<12}{each.tables:>7}{each.annotated:>11,}{each.found:>8,}{each.right:>8,}"
            f"{each.precision:>11.3f}{each.recall:>8.3f}{each.f1:>7.3f}"
        )
    yield f"published, about {PUBLISHED:>53.2f}{PUBLISHED:>8.2f}"
    yield f"{time.process_time() - begun:.0f} s of one processor"


def score(tables: Iterator[Annotated]) -> dict[tuple[str, str], AggrecolScore]:
    """(split, collection) and (split, "all") to what was found there."""
    scores: dict[tuple[str, str], AggrecolScore] = {}
    for table in tables:
        found = {_without_blanks(each, table.rows) for each in sums_in(table.rows, table.number_format)}
        annotated = {_without_blanks(each, table.rows) for each in table.sums}
        for collection in (table.collection, "all"):
            scores.setdefault((table.split, collection), AggrecolScore()).add(annotated, found)
    return scores


def tables_in(path: Path) -> Iterator[Annotated]:
    """The tables of a benchmark file (gzip, one JSON object a line); Unusable where a line is none."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for no, line in enumerate(lines, start=1):
                try:
                    yield _table(json.loads(line))
                except (KeyError, TypeError, ValueError) as error:
                    raise Unusable(f"{path}: line {no} is no annotated table: {error!r}") from error
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error}") from error


def _table(record: dict) -> Annotated:
    if record["number_format"] not in _SEPARATORS:
        raise ValueError(f"number_format {record['number_format']}")
    return Annotated(
        split=record["set"],
        collection=_collection(record["set"], record["file_name"]),
        name=record["file_name"],
        number_format=record["number_format"],
        rows=record["table_array"],
        sums=frozenset(
            (tuple(each["aggregator_index"]), frozenset(map(tuple, each["aggregatee_indices"])))
            for each in record["aggregation_annotations"]
            if each["operator"] == "Sum"
        ),
    )


def _collection(split: str, name: str) -> str:
    if split == "validation":
        return "Troy" if re.fullmatch(r"C\d{5}", name) else "EUSES"
    if re.match(r"\d\ds\d{4}", name):
        return "SAUS"
    return "Enron" if re.search(r"__\d+__", name) else "CIUS"


def number(text: str, number_format: str) -> tuple[float, float] | None:
    """(value, what its last printed digit is worth); None for anything else. Shares are divided by 100."""
    thousands, point = _SEPARATORS[number_format]
    text = _DRESS.sub("", text.replace("\xa0", " ")).strip()
    is_bracketed = text.startswith("(") and text.endswith(")")
    text = text.strip("() ")
    scale = 100 if text.endswith("%") else 1
    grouped = rf"\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+|" if thousands else ""
    found = re.fullmatch(rf"([-+]?)\s*({grouped}\d+)?(?:{re.escape(point)}(\d+))?", text.rstrip("% "))
    if not found or not (found[2] or found[3]):
        return None
    whole, fraction = (found[2] or "0").replace(thousands or " ", ""), found[3] or ""
    value = float(f"{whole}.{fraction or 0}") / scale
    return -value if is_bracketed or found[1] == "-" else value, 10.0 ** -len(fraction) / scale


def sums_in(rows: Sequence[Sequence[str]], number_format: str) -> set[Sum]:
    """The sums of a table in both directions; a part without a number is kept where its text is a mark."""
    width = max(map(len, rows), default=0)
    texts = [[*row, *[""] * (width - len(row))] for row in rows]
    values = np.full((len(rows), width), np.nan)
    units = np.zeros_like(values)
    for i, row in enumerate(texts):
        for j, text in enumerate(row):
            if (read := number(text, number_format)) is not None:
                values[i, j], units[i, j] = read
    is_number = ~np.isnan(values)
    across = Numbers(values, _rounded(values, units), _heads(texts, is_number), _stubs(texts, is_number))
    may = [
        [bool(is_number[i, j] or _MARK.fullmatch(t)) for j, t in enumerate(row)]
        for i, row in enumerate(texts)
    ]
    in_rows = {
        ((place, each.total), frozenset((place, part) for part in each.parts if may[place][part]))
        for each in sums_of(across)
        for place in each.places
    }
    in_columns = {
        ((each.total, place), frozenset((part, place) for part in each.parts if may[part][place]))
        for each in sums_of(across.turned())
        for place in each.places
    }
    return in_rows | in_columns


def _rounded(values: np.ndarray, units: np.ndarray) -> np.ndarray:
    """The units, larger where nearly all whole numbers of a table are multiples of 5, 10, ... 1,000."""
    is_whole = (units == 1) & ~np.isnan(values)
    large = values[is_whole & (np.abs(np.nan_to_num(values)) > 100)]
    for step in _STEPS:
        if len(large) > 10 and (large % step == 0).mean() > 0.95:
            return np.where(is_whole & (np.nan_to_num(values) % step == 0), float(step), units)
    return units


def _heads(texts: Sequence[Sequence[str]], is_number: np.ndarray) -> list[str]:
    """The words of each column: the last text above its first numbers."""
    heads = []
    for j in range(is_number.shape[1]):
        first = int(is_number[:, j].argmax()) if is_number[:, j].any() else len(texts)
        above = [row[j].strip() for i, row in enumerate(texts[: first + 3]) if not is_number[i, j]]
        heads.append(next((text for text in reversed(above) if text), ""))
    return heads


def _stubs(texts: Sequence[Sequence[str]], is_number: np.ndarray) -> list[str]:
    """The words of each row: all its texts that are no numbers."""
    return [
        " ".join(text.strip() for j, text in enumerate(row) if text.strip() and not is_number[i, j])
        for i, row in enumerate(texts)
    ]


def _without_blanks(one: Sum, rows: Sequence[Sequence[str]]) -> Sum:
    """Blank cells among the parts make no difference, as in the paper."""
    total, parts = one
    return total, frozenset((i, j) for i, j in parts if j < len(rows[i]) and rows[i][j] != "")
