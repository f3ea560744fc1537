"""Two published files compared row for row, table by table: by key where a table has one, else as bags of rows.

What a key is, the dbt project says (its tests named ``key``); a key that names two rows in either file is none.
Everything is compared in DuckDB, which keeps to little memory however large the files are.

What does not belong here: what changed in a document between two nights (``history``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dagster_project.language import Written, joined, phrase, spoken
from dagster_project.settings import Settings, Unusable
from dagster_project.warehouse import manifest

if TYPE_CHECKING:
    import duckdb

OF_THE_RUN = ("meta", "history")  # schemas that tell of the run itself, and differ between any two
RUN_COLUMN = "run_id"
_OLD, _NEW = "oud", "nieuw"
_SHOWN = 60  # characters of a value
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in one table, in rows. ``key`` is empty where rows are compared whole; ``examples`` are lines,
    each beginning with - (in the old file only), + (in the new one only) or ~ (both, with other values). Sentences and
    lines are English, and can be ``spoken``."""

    table: str
    key: tuple[str, ...] = ()
    removed: int = 0
    added: int = 0
    changed: int = 0
    columns: tuple[str, ...] = ()  # a sentence for each column that is in one file only, or of another type
    examples: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not (self.removed or self.added or self.changed or self.columns)


def file_of(settings: Settings, named: str) -> Path:
    """The file that a person means: a path, or the number or run id of a published file that is kept.

    Raises ``Unusable`` where there is none.
    """
    path = Path(named).expanduser()
    if path.is_file():
        return path
    if settings.manifest.exists():
        for entry in manifest.kept(manifest.examine(settings)[0]):
            if named in (str(entry.no), entry.run_id, entry.file):
                return settings.snapshots / entry.file
    raise Unusable(
        phrase(
            "{named}: no such file, and no published file of that number or run is kept under {home}",
            named=named,
            home=settings.home,
        )
    )


def compare(
    settings: Settings,
    old: Path,
    new: Path,
    *,
    tables: Sequence[str] = (),
    without: Sequence[str] = (RUN_COLUMN,),
    everything: bool = False,
    examples: int = 5,
) -> tuple[TableDiff, ...]:
    """Every table and view of either file, compared; those of the run itself only with ``everything``.

    ``tables``: only these, as schema.name. ``without``: columns that are not compared. ``examples``: at most so many
    lines per table. Raises ``Unusable`` where a file is no DuckDB file, or a table is in neither.
    """
    import duckdb

    keys = _keys(settings)
    try:
        with duckdb.connect(config={"memory_limit": _MEMORY}) as connection:
            for path, name in ((old, _OLD), (new, _NEW)):
                _attach(connection, path, name)
            here, there = _columns(connection, _OLD), _columns(connection, _NEW)
            wanted = [
                table
                for table in sorted({*here, *there})
                if (table in tables if tables else everything or table.partition(".")[0] not in OF_THE_RUN)
            ]
            lacking = sorted(set(tables) - set(wanted))
            if lacking:
                raise Unusable(phrase("{tables}: in neither file", tables=", ".join(lacking)))
            return tuple(
                _table(
                    connection,
                    table,
                    here.get(table),
                    there.get(table),
                    keys.get(table, ()),
                    without,
                    examples,
                )
                for table in wanted
            )
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise Unusable(
            phrase("{old} and {new} cannot be compared: {why}", old=old, new=new, why=why)
        ) from error


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    import duckdb

    try:
        connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")
    except duckdb.Error as error:
        why = str(error).splitlines()[0]
        raise Unusable(
            phrase("{path}: is no DuckDB file that can be read: {why}", path=path, why=why)
        ) from error


def _keys(settings: Settings) -> dict[str, tuple[str, ...]]:
    """The key of each model of the dbt project that has one, by schema and name (the folder is the schema)."""
    import yaml

    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((settings.dbt / "models").glob("*/*.yml")):
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models") or ():
            for test in model.get("data_tests") or ():
                columns = (
                    test.get("key", {}).get("arguments", {}).get("columns")
                    if isinstance(test, dict)
                    else None
                )
                if columns:
                    found.setdefault(f"{path.parent.name}.{model['name']}", tuple(columns))
    return found


def _columns(connection: duckdb.DuckDBPyConnection, file: str) -> dict[str, dict[str, str]]:
    """Name -> type of the columns of every table and view of a file, by schema and name."""
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name = ? and not internal order by all",
        [file],
    ).fetchall()
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    here: dict[str, str] | None,
    there: dict[str, str] | None,
    key: tuple[str, ...],
    without: Sequence[str],
    examples: int,
) -> TableDiff:
    if here is None or there is None:
        file = _NEW if here is None else _OLD
        told = (
            Written("the table is in the new file only")
            if here is None
            else Written("the table is in the old file only")
        )
        rows = connection.execute(f"select count(*) from {_name(file, table)}").fetchall()[0][0]
        counts = {"added" if here is None else "removed": rows}
        return TableDiff(table, columns=(told,), **counts)
    columns = tuple(
        [Written("{name}: in the old file only", name=c) for c in sorted(here.keys() - there.keys())]
        + [Written("{name}: in the new file only", name=c) for c in sorted(there.keys() - here.keys())]
        + [
            Written("{name}: {old} became {new}", name=c, old=here[c], new=there[c])
            for c in sorted(here.keys() & there.keys())
            if here[c] != there[c]
        ]
    )
    common = [c for c in here if c in there and c not in without]
    if not common:
        return TableDiff(table, columns=columns)
    if (
        key
        and set(key) <= set(common)
        and all(_is_key(connection, _name(f, table), key) for f in (_OLD, _NEW))
    ):
        return _by_key(connection, table, key, [c for c in common if c not in key], columns, examples)
    return _whole(connection, table, common, columns, examples)


def _is_key(connection: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...]) -> bool:
    listed = _listed(key)
    found = connection.execute(
        f"select 1 from {table} group by {listed} having count(*) > 1 limit 1"
    ).fetchone()
    return found is None


def _by_key(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    key: tuple[str, ...],
    others: Sequence[str],
    columns: tuple[str, ...],
    examples: int,
) -> TableDiff:
    joined = " and ".join(f"o.{_quoted(c)} is not distinct from n.{_quoted(c)}" for c in key)
    differs = " or ".join(f"o.{_quoted(c)}::varchar is distinct from n.{_quoted(c)}::varchar" for c in others)
    states = f"""
        select
            case when o.is_old is null then '+' when n.is_new is null then '-' else '~' end as what,
            {", ".join(f"coalesce(o.{_quoted(c)}::varchar, n.{_quoted(c)}::varchar) as k{i}" for i, c in enumerate(key))}
            {"".join(f", o.{_quoted(c)}::varchar as o{i}, n.{_quoted(c)}::varchar as n{i}" for i, c in enumerate(others))}
        from (select *, true as is_old from {_name(_OLD, table)}) as o
        full join (select *, true as is_new from {_name(_NEW, table)}) as n on {joined}
        where o.is_old is null or n.is_new is null or {differs or "false"}
    """
    counts = dict(connection.execute(f"select what, count(*) from ({states}) group by what").fetchall())
    ordered = ", ".join(f"k{i}" for i in range(len(key)))
    rows = (
        connection.execute(f"select * from ({states}) order by {ordered} limit {examples}").fetchall()
        if counts
        else ()
    )
    return TableDiff(
        table,
        key,
        removed=counts.get("-", 0),
        added=counts.get("+", 0),
        changed=counts.get("~", 0),
        columns=columns,
        examples=tuple(_example(row, key, others) for row in rows),
    )


def _example(row: tuple, key: Sequence[str], others: Sequence[str]) -> str:
    what, named = row[0], row[1 : 1 + len(key)]
    values = row[1 + len(key) :]
    told = ", ".join(f"{c} {_shown(v)}" for c, v in zip(key, named, strict=True))
    if what != "~":
        return f"{what} {told}"
    pairs = zip(others, values[::2], values[1::2], strict=True)
    changes = [
        Written("{name} {old} became {new}", name=c, old=_shown(o), new=_shown(n))
        for c, o, n in pairs
        if o != n
    ]
    return joined([f"~ {told}: ", joined(changes, "; ")])


def _whole(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    common: Sequence[str],
    columns: tuple[str, ...],
    examples: int,
) -> TableDiff:
    listed = ", ".join(f"{_quoted(c)}::varchar as {_quoted(c)}" for c in common)
    old, new = (f"select {listed} from {_name(file, table)}" for file in (_OLD, _NEW))
    counts, lines = {}, []
    for sign, one, other in (("-", old, new), ("+", new, old)):
        only = f"({one}) except all ({other})"
        counts[sign] = connection.execute(f"select count(*) from ({only})").fetchall()[0][0]
        if counts[sign]:
            rows = connection.execute(f"select * from ({only}) order by all limit {examples}").fetchall()
            lines += [
                f"{sign} "
                + ", ".join(f"{c} {_shown(v)}" for c, v in zip(common, row, strict=True) if v is not None)
                for row in rows
            ]
    return TableDiff(
        table, removed=counts["-"], added=counts["+"], columns=columns, examples=tuple(lines[:examples])
    )


def lines_of(found: Iterable[TableDiff]) -> list[str]:
    """The differences as a person reads them; one line per table that differs, and its examples below it."""
    found = tuple(found)
    differing = [d for d in found if not d.is_same]
    told: list[str] = []
    for one in differing:
        by = (
            phrase("by {columns}", columns=", ".join(one.key))
            if one.key
            else phrase("whole rows, it has no key")
        )
        counts = {"removed": one.removed, "added": one.added, "changed": one.changed}
        rows = phrase("-{removed:,} +{added:,} ~{changed:,} rows", **counts)
        told.append(f"{one.table}: {rows} ({by})")
        told += [f"    {phrase('column')} {spoken(sentence)}" for sentence in one.columns]
        told += [f"    {spoken(example)}" for example in one.examples]
        more = sum(counts.values()) - len(one.examples)
        told += [f"    {phrase('and {more:,} more', more=more)}"] if one.examples and more > 0 else []
    if differing:
        return [
            *told,
            phrase("{differing} of {tables} tables differ", differing=len(differing), tables=len(found)),
        ]
    return [phrase("{tables} tables, all the same", tables=len(found))]


def _shown(value: str | None) -> str:
    if value is None:
        return "null"
    return repr(value) if len(value) <= _SHOWN else f"{value[:_SHOWN]!r}..."


def _name(file: str, table: str) -> str:
    schema, _, name = table.partition(".")
    return f"{file}.{_quoted(schema)}.{_quoted(name)}"


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
