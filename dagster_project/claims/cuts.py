"""What a person says of the money of a table beside other tables of its document: the same, other money, or the main cut.

Answered in document.yml as ``"003.indeling": zelfde geld``. What does not belong here: which tables count where nobody
said so, which follows from what all documents give (dbt/macros/indeling.sql).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dagster_project.reading.model import Convention, Reject, Table

CUT = "indeling"
CHOICES = ("hoofdindeling", "ander geld", "zelfde geld")


def answered_cuts(tables: Iterable[Table], answers: Mapping[str, object]) -> Iterator[Convention]:
    """The answers that say what the money of a table is, as conventions of these tables."""
    for table in tables:
        given = answers.get(_key(table))
        if given in CHOICES:
            yield Convention(table.no, CUT, str(given), "document.yml", hypotheses=len(CHOICES), survived=1)


def refused_cuts(tables: Iterable[Table], answers: Mapping[str, object]) -> Iterator[Reject]:
    """A question again for each answer that is none of the choices, or that names a table that is not there."""
    known = {_key(table): table for table in tables}
    for key, given in answers.items():
        if not (key == CUT or key.endswith(f".{CUT}")):
            continue
        table = known.get(key)
        if table is not None and given in CHOICES:
            continue
        yield Reject(
            table.path if table else "document.yml",
            table.first_line if table else None,
            f"het antwoord {key}: {given} zegt niet van een tabel die er is of zij {' of '.join(CHOICES)} is",
            table.caption if table else "",
            "question",
            f"antwoorden.{key}",
            f"the answer {key}: {given} does not say of a table that is there whether it is {' or '.join(CHOICES)}",
        )


def _key(table: Table) -> str:
    return f"{table.no:03d}.{CUT}"
