"""Rows that may as well stand under other headings: what is asked of them, and what a person answered.

What does not belong here: placing rows and pricing their places (``hierarchy``, ``moves``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from .hierarchy import Placed, Rival
from .judge import CLEAR_ROW
from .model import Reject, Row, Table, join_path

_KEY = re.compile(r"(\d{3})\.plaats_rij_(\d+)")
NOWHERE = "-"  # under no heading


def said_under(answers: Mapping[str, str], table_no: int) -> dict[int, str]:
    """The headings that a person put rows of a table under, joined as a path, by number of the row.

    >>> said_under({"001.plaats_rij_4": "Lasten > Jeugd", "001.plaats_rij_9": "-", "002.plaats_rij_1": "Baten"}, 1)
    {4: 'Lasten > Jeugd', 9: ''}
    """
    found = {}
    for key, said in answers.items():
        match = _KEY.fullmatch(key)
        if match is not None and int(match[1]) == table_no:
            found[int(match[2])] = "" if said.strip() == NOWHERE else said.strip()
    return found


def where_rows_stand(
    table: Table, placed: Placed, said: Mapping[int, str]
) -> tuple[frozenset[int], list[Reject]]:
    """The numbers of the rows whose place must be asked, and the questions and notes about them.

    ``said`` are the headings that a person put rows under (``said_under``). Rows below each other that would go from the
    same headings to the same others are one question, at the first.
    """
    rows = {row.no: row for row in table.rows}
    unsure = {
        no: rival
        for no, rival in enumerate(placed.rivals, start=1)
        if rival is not None and round(rival.margin, 6) < CLEAR_ROW and no in rows and no not in said
    }
    refused = {no + 1 for no in placed.refused} & set(rows)
    told = [_told(table, rows[no], said[no], no in refused) for no in sorted(set(said) & set(rows))]
    return frozenset(unsure) | refused, [*told, *_asked(table, rows, unsure)]


def _asked(table: Table, rows: Mapping[int, Row], unsure: Mapping[int, Rival]) -> Iterator[Reject]:
    front = len(table.prefix)

    def choice(no: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return rows[no].path[front:-1], unsure[no].place.path[:-1]

    order = {no: place for place, no in enumerate(rows)}
    by_choice = groupby(enumerate(unsure), key=lambda item: (order[item[1]] - item[0], choice(item[1])))
    for (_, (one, other)), run in by_choice:
        (_, first), *others = run
        row, n = rows[first], len(others)
        and_nl, and_en = (f" en de {n} daarna kunnen", f" and the {n} after it") if n else (" kan", "")
        yield Reject(
            table.path,
            row.line,
            f"rij {row.no} van tabel {table.no}{and_nl} onder {_quoted(join_path(one))} staan of onder {_quoted(join_path(other))}",
            row.path[-1],
            "question",
            _key(table, row),
            f"row {row.no} of table {table.no}{and_en} may stand under {_quoted(join_path(one))} or under {_quoted(join_path(other))}",
        )


def _told(table: Table, row: Row, under: str, is_refused: bool) -> Reject:
    key, where = _key(table, row), _quoted(under)
    if is_refused:
        nl, en = (
            f"kan niet onder {where} staan, zoals in document.yml",
            f"cannot stand under {where}, as document.yml says",
        )
    else:
        nl, en = f"staat onder {where}, volgens document.yml", f"stands under {where}, as document.yml says"
    return Reject(
        table.path,
        row.line,
        f"rij {row.no} van tabel {table.no} {nl}",
        row.path[-1],
        "question" if is_refused else "note",
        key,
        f"row {row.no} of table {table.no} {en}",
    )


def _quoted(under: str) -> str:
    return f"'{under or NOWHERE}'"


def _key(table: Table, row: Row) -> str:
    return f"antwoorden.{table.no:03d}.plaats_rij_{row.no}"
