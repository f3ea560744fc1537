"""What the warehouse promises about each table, as records that an auditor can read.

One module per mart or audit table, named after it; what several facts promise alike stands once, in ``_amounts``. A
module says which ``TABLE`` it judges and lists its ``EXPECTATIONS``: a sentence in English and in Dutch, how bad it is when it does not hold, and the
test itself. What must hold for a number to be trusted is written here and nowhere else.

Two severities, and the difference decides what happens at night:

* ``critical``: our own work went wrong (a number lost, doubled, without a verdict). What rows of one document break
  keeps that document out, or as it was published last; where no document is to blame nothing is published.
* ``warning``: the published document says something that cannot be right, or does not say enough. It is
  published as it was printed, and told.

What does not belong here: how an expectation is run. That is ``dagster_project.assets.suites``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

CRITICAL = "critical"
WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One promise about one table.

    ``test`` names the kind: rows (no row may come out of ``sql``), filled, between, one_of or
    unique. ``{table}`` in ``sql`` stands for the judged table. Rows that come out of ``sql`` should
    carry ``document_id`` and ``cell_id`` where there is one, so that a person can find the number.
    ``judged_on`` selects what the promise is judged on; where that is nothing it is not judged: it does not hold.
    """

    id: str
    sentence: str
    sentence_nl: str
    severity: str
    test: str
    columns: tuple[str, ...] = ()
    sql: str = ""
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    judged_on: str = ""

    def failing_rows(self, table: str) -> str:
        """SQL for every row of ``table`` (schema.name) that breaks the promise."""
        column = self.columns[0] if self.columns else ""
        match self.test:
            case "rows":
                return self.sql.replace("{table}", table).strip()
            case "filled":
                return f"select * from {table} where {column} is null"
            case "between":
                bounds = [f"{column} < {self.low}"] * (self.low is not None)
                bounds += [f"{column} > {self.high}"] * (self.high is not None)
                return f"select * from {table} where {' or '.join(bounds)}"
            case "one_of":
                allowed = ", ".join("'" + value.replace("'", "''") + "'" for value in self.values)
                return f"select * from {table} where {column} not in ({allowed})"
            case "unique":
                key = ", ".join(self.columns)
                counted = f"select *, count(*) over (partition by {key}) as times from {table}"
                return f"select * from ({counted}) as counted where times > 1"
        raise ValueError(f"expectation {self.id}: unknown test {self.test!r}")


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations of one table; ``name`` is the module's, ``table`` is schema.name."""

    name: str
    table: str
    purpose: str
    expectations: tuple[Expectation, ...]


def no_rows(
    id: str, sentence: str, sentence_nl: str, sql: str, severity: str = CRITICAL, judged_on: str = ""
) -> Expectation:
    """Promise that ``sql`` finds nothing; its rows are the offenders.

    Where ``judged_on`` is given and finds nothing, the promise is not judged.
    """
    return Expectation(id, sentence, sentence_nl, severity, "rows", sql=sql, judged_on=judged_on)


def filled(column: str, sentence: str, sentence_nl: str, severity: str = CRITICAL) -> Expectation:
    """Promise that ``column`` is never null."""
    return Expectation(f"{column}_filled", sentence, sentence_nl, severity, "filled", (column,))


def between(
    column: str,
    low: float | None,
    high: float | None,
    sentence: str,
    sentence_nl: str,
    severity: str = CRITICAL,
) -> Expectation:
    """Promise that ``column`` lies within ``low`` and ``high``, both included; null is let through."""
    return Expectation(
        f"{column}_plausible", sentence, sentence_nl, severity, "between", (column,), low=low, high=high
    )


def one_of(
    column: str, values: tuple[str, ...], sentence: str, sentence_nl: str, severity: str = CRITICAL
) -> Expectation:
    """Promise that ``column`` holds one of ``values``; null is let through."""
    return Expectation(
        f"{column}_known", sentence, sentence_nl, severity, "one_of", (column,), values=tuple(values)
    )


def unique(
    columns: tuple[str, ...], sentence: str, sentence_nl: str, severity: str = CRITICAL
) -> Expectation:
    """Promise that no two rows agree in all of ``columns`` (one or more)."""
    name = "_".join(columns) + "_unique"
    return Expectation(name, sentence, sentence_nl, severity, "unique", tuple(columns))


def names() -> tuple[str, ...]:
    """The suites there are, sorted, from the names of the files: nothing is imported."""
    return tuple(sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_")))


@cache
def suite(name: str) -> Suite:
    """The suite of that name. Raises ModuleNotFoundError where there is none."""
    module = import_module(f"{__name__}.{name}")
    purpose = (module.__doc__ or "").strip().splitlines()[0]
    return Suite(name, module.TABLE, purpose, tuple(module.EXPECTATIONS))
