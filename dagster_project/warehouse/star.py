"""The star that the marts form: what names a row of a mart, where a fact leads, and both declared in DuckDB.

DuckDB takes a foreign key only where a table is made, and drops no dimension that a fact refers to, whereas every night
makes the dimensions of documents anew and facts grow from night to night. So the keys of facts are declared as the last thing
before publication, in a file from which none grows (``ground``). A fact is written anew for that, and takes its blocks twice
while that lasts. The keys of dimensions are in their contracts (dbt).

The facts of Iv3 lead only to dimensions that follow from the lists of CBS, which stay as they are while the code does: their
keys are in their contracts too, and where other code makes everything anew these facts go first. What a second engine made
comes without keys: those of its dimensions are declared here, its facts of Iv3 stay without. Their rows have no name of
one column, and one of those that name one may be empty, so that they have no primary key.

What does not belong here: what a key means, and whether it holds; dbt's tests say so before anything is declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MARTS = "marts"
_KEYS = {  # what names a row, where that is not the first column of a dimension or the cell of a fact
    "dim_gemeente_grenzen": ["gemeentecode", "jaar"],
    "dim_gemeente_jaar": ["gemeente_id", "jaar"],
    "dim_iv3_reeks": ["periode", "reeks_code", "taakveld_code", "van_jaar"],
    "fct_vermeldingen": ["vermelding_id"],
    "fct_wijzigingen": ["wijziging_id"],
}
_IV3 = "fct_iv3"  # with what these facts are called
_LEADS_TO = ("gemeente", "document", "programma", "beleidsterrein", "taakveld", "reserve", "indicator")
_REWRITING = "_without_keys"


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns of a fact that lead to the columns ``to`` of another table, in the same order."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


def key_of(mart: str, columns: Sequence[str]) -> list[str]:
    """The columns that name a row of a mart; empty where it has none."""
    if mart in _KEYS:
        return _KEYS[mart]
    return [columns[0]] if mart.startswith("dim_") or columns[0] == "cell_id" else []


def leads_of(mart: str, columns: Iterable[str], marts: Iterable[str]) -> list[ForeignKey]:
    """Where the keys of a fact lead; a dimension that is not among ``marts`` is passed over."""
    if not mart.startswith("fct_") or mart == "fct_wijzigingen":
        return []  # a change may be that a document went
    if mart.startswith(_IV3):  # figures of CBS come from sources of their own, which are no documents
        leads = [ForeignKey(("gemeentecode", "boekjaar"), "dim_gemeente_grenzen", ("gemeentecode", "jaar"))]
        leads += [_same("taakveld_id", "dim_taakveld")]
    else:
        leads = [_same(f"{what}_id", f"dim_{what}") for what in _LEADS_TO]
        leads += [_same(what, f"dim_{what}") for what in ("jaar", "stand")]
    return [lead for lead in leads if set(lead.columns) <= set(columns) and lead.table in set(marts)]


def _same(column: str, table: str) -> ForeignKey:
    return ForeignKey((column,), table, (column,))


def declare_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Declare the primary and foreign keys of every fact of documents of the open database that has none yet.

    Raises duckdb.ConstraintException where two rows have one key or a fact names what its dimension does not hold;
    that fact is then as it was.
    """
    marts = _marts(connection)
    for mart in sorted(_of_documents(marts) - _keyed(connection)):
        columns = [name for name, _, _ in marts[mart]]
        key = key_of(mart, columns)
        keys = [f"primary key ({_names(key)})"] if key else []
        keys += [
            f"foreign key ({_names(lead.columns)}) references {MARTS}.{_name(lead.table)} ({_names(lead.to)})"
            for lead in leads_of(mart, columns, marts)
        ]
        if keys:
            _write_anew(connection, mart, marts[mart], keys)


def declare_keys_of_dimensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Declare what names a row of every dimension of the open database that does not: those that dbt did not make here.

    Raises duckdb.ConstraintException where two rows have one key.
    """
    marts = _marts(connection)
    for mart in sorted(marts.keys() - _keyed(connection)):
        if mart.startswith("dim_"):
            key = key_of(mart, [name for name, _, _ in marts[mart]])
            connection.execute(f"alter table {MARTS}.{_name(mart)} add primary key ({_names(key)})")


def drop_facts_of_iv3(connection: duckdb.DuckDBPyConnection) -> None:
    """Make place for the facts of Iv3 and for the lists that they lead to, where all of these are made anew."""
    for mart in _marts(connection):
        if mart.startswith(_IV3):
            connection.execute(f"drop table {MARTS}.{_name(mart)}")


def _marts(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str, str | None]]]:
    """The columns of every mart of the open database: name, type and description."""
    found = connection.execute(
        """
        select table_name, column_name, data_type, comment
        from duckdb_columns()
        where database_name = current_database() and schema_name = ?
        order by table_name, column_index
        """,
        [MARTS],
    ).fetchall()
    marts: dict[str, list[tuple[str, str, str | None]]] = {}
    for mart, *column in found:
        marts.setdefault(mart, []).append(tuple(column))
    return marts


def _keyed(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute(
        """
        select distinct table_name
        from duckdb_constraints()
        where
            database_name = current_database() and schema_name = ?
            and constraint_type in ('PRIMARY KEY', 'FOREIGN KEY')
        """,
        [MARTS],
    ).fetchall()
    return {mart for (mart,) in found}


def _write_anew(
    connection: duckdb.DuckDBPyConnection,
    mart: str,
    columns: Sequence[tuple[str, str, str | None]],
    keys: Sequence[str],
) -> None:
    """Replace a mart by one with the same rows and descriptions and with these keys: as a whole or not at all."""
    own, other = (f"{MARTS}.{_name(name)}" for name in (mart, mart + _REWRITING))
    parts = ", ".join([*(f"{_name(name)} {kind}" for name, kind, _ in columns), *keys])
    (comment,) = connection.execute(
        "select comment from duckdb_tables() where database_name = current_database() and schema_name = ? and table_name = ?",
        [MARTS, mart],
    ).fetchall()[0]
    comments = [f"comment on table {own} is {_text(comment)}"] if comment else []
    comments += [
        f"comment on column {own}.{_name(name)} is {_text(described)}"
        for name, _, described in columns
        if described
    ]
    steps = [f"alter table {own} rename to {_name(mart + _REWRITING)}", f"create table {own} ({parts})"]
    steps += [f"insert into {own} from {other}", f"drop table {other}"]
    connection.begin()
    try:
        for step in (*steps, *comments):
            connection.execute(step)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    connection.execute("checkpoint")  # what the old table took is free for the next


def _of_documents(marts: Iterable[str]) -> set[str]:
    return {mart for mart in marts if mart.startswith("fct_") and not mart.startswith(_IV3)}


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
