"""How figures changed between published states. Every value has versions; a state is a set of versions.

Tables in the schema ``history`` of the file that is being built, made from the newest published file and
the new landing tables, before dbt runs:

    states(state_no, run_id, kind, known_from)
        one row per published state, kind publish or rollback; state_no is the number in the manifest and
        grows always; known_from (UTC) is what the clock said when the run began
    cell_versions(cell_key, document_id, bron, table_key, row_path, column_path, key_no,
                  text, value, is_nil, is_missing, sign, decimals, unit, eenheid, comparator, noot,
                  kind, grootheid, stand, jaar, rol, cell_id, table_id,
                  state_from, state_to, run_from, run_to, valid_from, valid_to)
        one row per version of a value. bron is cell or mention. table_key is the caption (else the section,
        else the kind), with #2, #3 where a document has more of the same; key_no counts values whose labels
        are all equal. cell_key is the md5 of these. state_to, run_to and valid_to are null while it stands.
        cell_id is where it stood in the last state that had it.
        as known in state n: state_from <= n and (state_to is null or state_to > n)
        a change in state n: a version with state_to = n, one with state_from = n and the same cell_key, or
        both: gone, new, changed. What came in the first state of all is no change.
    document_versions(document_id, gemeente, gemeentecode, titel, onderdeel, soort, jaar, vorm, versie,
                  sha256, state_from, state_to, run_from, run_to, valid_from, valid_to)
    toestand(nummer), zoals_bekend(moment)
        table macros: the values of a state (an error that names those there are where there is no such state),
        and of the last state that began by a moment (UTC); none where that is before the first
    findings_seen(finding_id, first_seen, first_run_id, last_seen, last_run_id)
        every finding of any published state; made from audit.findings of the newest published file
    causes_seen(cause_id, first_seen, first_run_id, last_seen, last_run_id, is_current, and as it was last seen:
                fingerprint, zekerheid, soort, status, document_id, table_id, amount_eur, message, message_en)
        every cause of any published state, from audit.causes; is_current: the newest published state has it
    acceptances_seen(document_id, finding_id, fingerprint, wie, wanneer, waarom, tot, message, message_en, last_seen,
                last_run_id)
        every acceptance of any published state, with what it was of: one that is withdrawn stays in the trail
    runs(run_id, started_at, finished_at, code_version, counts, verdicts)
        every published run with what it counted, as its own meta.run has it

Only documents whose content or reader changed are compared, so a night costs what changed.

What does not belong here: what a change means in euros (dbt), and when a state was live (the manifest).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

_KEY = {
    "document_id": "varchar",
    "bron": "varchar",
    "table_key": "varchar",
    "row_path": "varchar",
    "column_path": "varchar",
    "key_no": "integer",
}
_CONTENT = {
    "text": "varchar",
    "value": "decimal(24,6)",
    "is_nil": "boolean",
    "is_missing": "boolean",
    "sign": "integer",
    "decimals": "integer",
    "unit": "varchar",
    "eenheid": "varchar",
    "comparator": "varchar",
    "noot": "varchar",
    "kind": "varchar",
    "grootheid": "varchar",
    "stand": "varchar",
    "jaar": "integer",
    "rol": "varchar",
}
PRINTED = ("text", "value", "is_nil", "is_missing", "sign", "unit", "eenheid", "comparator")
_PLACE = {"cell_id": "varchar", "table_id": "varchar"}
_SPAN = {
    "state_from": "integer",
    "state_to": "integer",
    "run_from": "varchar",
    "run_to": "varchar",
    "valid_from": "timestamp",
    "valid_to": "timestamp",
}
_AS_LAST_SEEN = {
    "fingerprint": "varchar",
    "zekerheid": "varchar",
    "soort": "varchar",
    "status": "varchar",
    "document_id": "varchar",
    "table_id": "varchar",
    "amount_eur": "decimal(18,2)",
    "message": "varchar",
    "message_en": "varchar",
}
_ACCEPTANCE = {
    "document_id": "varchar",
    "finding_id": "varchar",
    "fingerprint": "varchar",
    "wie": "varchar",
    "wanneer": "date",
    "waarom": "varchar",
    "tot": "date",
}
_DOCUMENT = {
    "gemeente": "varchar",
    "gemeentecode": "varchar",
    "titel": "varchar",
    "onderdeel": "varchar",
    "soort": "varchar",
    "jaar": "integer",
    "vorm": "varchar",
    "versie": "varchar",
    "sha256": "varchar",
}

TABLES = {
    "states": {"state_no": "integer", "run_id": "varchar", "kind": "varchar", "known_from": "timestamp"},
    "cell_versions": {"cell_key": "varchar"} | _KEY | _CONTENT | _PLACE | _SPAN,
    "document_versions": {"document_id": "varchar"} | _DOCUMENT | _SPAN,
    "findings_seen": {
        "finding_id": "varchar",
        "first_seen": "timestamp",
        "first_run_id": "varchar",
        "last_seen": "timestamp",
        "last_run_id": "varchar",
    },
    "causes_seen": {
        "cause_id": "varchar",
        "first_seen": "timestamp",
        "first_run_id": "varchar",
        "last_seen": "timestamp",
        "last_run_id": "varchar",
        "is_current": "boolean",
    }
    | _AS_LAST_SEEN,
    "acceptances_seen": _ACCEPTANCE
    | {
        "message": "varchar",
        "message_en": "varchar",
        "last_seen": "timestamp",
        "last_run_id": "varchar",
    },
    "runs": {
        "run_id": "varchar",
        "started_at": "timestamp",
        "finished_at": "timestamp",
        "code_version": "varchar",
        "counts": "varchar",
        "verdicts": "varchar",
    },
}

# What an analyst asks in SQL: the values of one state, and those of the state that was the last one at a moment.
# A state that is not there is an error that names those that are: nothing would look like an answer. Before the
# first state nothing was known, and that is the answer.
_ASKED = (
    """
    toestand(nummer) as table
    select * exclude (state_from, state_to, valid_to, run_to)
    from history.cell_versions
    where
        state_from <= (
            select case when count(*) > 0 or nummer is null then nummer else error(
                'stand ' || cast(nummer as varchar) || ' is er niet; er zijn: '
                || (select string_agg(cast(state_no as varchar), ', ' order by state_no) from history.states)
            ) end
            from history.states
            where state_no = nummer
        )
        and (state_to is null or state_to > nummer)
    """,
    """
    zoals_bekend(moment) as table
    select *
    from history.toestand((select max(state_no) from history.states where known_from <= moment))
    """,
)


@dataclass(frozen=True, slots=True)
class State:
    """One published state: ``catalog`` is the attached database that holds its landing tables."""

    no: int
    run_id: str
    kind: str
    at: datetime  # UTC, without zone
    catalog: str


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty history tables in the database that is open."""
    connection.execute("create schema if not exists history")
    for name, columns in TABLES.items():
        listed = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        connection.execute(f"create table history.{name} ({listed})")
    for macro in _ASKED:
        connection.execute(f"create macro history.{macro}")
    connection.execute("create or replace temp table known_documents (document_id varchar, key varchar)")


def carry(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    """Take over the history that the newest published file, attached as ``base``, holds."""
    for name, columns in TABLES.items():
        if not _has(connection, base, f"history.{name}"):
            continue
        there = {row[0] for row in connection.execute(f"describe {base}.history.{name}").fetchall()}
        listed = ", ".join(column for column in columns if column in there)
        connection.execute(f"insert into history.{name} by name select {listed} from {base}.history.{name}")


def look_back(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    """Note which documents and findings the newest published file, attached as ``base``, has.

    Once before the states that follow it are added. ``base`` may be the open database itself, when that
    is a copy of the published file in which meta and audit are still as they were.
    """
    connection.execute(f"create or replace temp table known_documents as {_published(base)}")
    _carry_findings(connection, base)
    _carry_acceptances(connection, base)  # before the causes: they still have the words of the state before
    _carry_causes(connection, base)
    _carry_run(connection, base)


def advance(connection: duckdb.DuckDBPyConnection, state: State) -> None:
    """Add one state: close the versions that it does not have, open those that are new in it."""
    connection.execute(
        f"""
        create or replace temp table affected as
        select coalesce(before.document_id, now.document_id) as document_id
        from known_documents as before
        full join ({_published(state.catalog)}) as now using (document_id)
        where before.key is distinct from now.key
        """
    )
    connection.execute(f"create or replace temp table present_cells as {_cells(state.catalog)}")
    connection.execute(f"create or replace temp table present_documents as {_documents(state.catalog)}")
    _advance(connection, state, "cell_versions", "present_cells", "cell_key", tuple(_CONTENT))
    _advance(connection, state, "document_versions", "present_documents", "document_id", tuple(_DOCUMENT))
    connection.execute(
        """
        update history.cell_versions as v
        set cell_id = p.cell_id, table_id = p.table_id
        from present_cells as p
        where v.state_to is null
            and v.document_id in (select document_id from affected)
            and v.cell_key = p.cell_key
            and v.cell_id <> p.cell_id
        """
    )
    connection.execute(
        "insert into history.states values (?, ?, ?, ?)", [state.no, state.run_id, state.kind, state.at]
    )
    connection.execute("delete from known_documents")
    connection.execute(f"insert into known_documents {_published(state.catalog)}")


def changes(connection: duckdb.DuckDBPyConnection, state_no: int) -> dict[str, int]:
    """How many values appeared, disappeared and changed in one state, and in how many documents.

    ``reread`` counts values that are printed as before and are understood otherwise.
    """
    is_printed_as_before = " and ".join(f"opened.{c} is not distinct from closed.{c}" for c in PRINTED)
    counted = connection.execute(
        f"""
        with opened as (select * from history.cell_versions where state_from = $no),
        closed as (select * from history.cell_versions where state_to = $no),
        pairs as (
            select
                coalesce(opened.document_id, closed.document_id) as document_id,
                case
                    when closed.cell_key is null then 'appeared'
                    when opened.cell_key is null then 'disappeared'
                    when {is_printed_as_before} then 'reread'
                    else 'changed'
                end as change
            from opened full join closed using (cell_key)
        )
        select
            count(*) filter (where change = 'appeared'),
            count(*) filter (where change = 'disappeared'),
            count(*) filter (where change = 'changed'),
            count(*) filter (where change = 'reread'),
            count(distinct document_id)
        from pairs
        """,
        {"no": state_no},
    ).fetchall()
    return dict(zip(("appeared", "disappeared", "changed", "reread", "documents"), counted[0], strict=True))


def _advance(
    connection: duckdb.DuckDBPyConnection,
    state: State,
    table: str,
    present: str,
    key: str,
    content: tuple[str, ...],
) -> None:
    same = " and ".join(f"p.{column} is not distinct from v.{column}" for column in content)
    connection.execute(
        f"""
        update history.{table} as v
        set state_to = $no, run_to = $run, valid_to = $at
        where v.state_to is null
            and v.document_id in (select document_id from affected)
            and not exists (select 1 from {present} as p where p.{key} = v.{key} and {same})
        """,
        {"no": state.no, "run": state.run_id, "at": state.at},
    )
    made = [c for c in TABLES[table] if c not in _SPAN]
    connection.execute(
        f"""
        insert into history.{table}
        select {", ".join(f"p.{column}" for column in made)}, $no, null, $run, null, $at, null
        from {present} as p
        where not exists (select 1 from history.{table} as v where v.{key} = p.{key} and v.state_to is null)
        order by p.position
        """,
        {"no": state.no, "run": state.run_id, "at": state.at},
    )


def _published(catalog: str) -> str:
    return f"select document_id, key from {catalog}.meta.inputs where state = 'read'"


def _documents(catalog: str) -> str:
    return f"""
    select document_id, {", ".join(_DOCUMENT)}, document_id as position
    from {catalog}.landing.documents
    where document_id in (select document_id from affected)
    """


def _cells(catalog: str) -> str:
    """Every value of the affected documents under its natural key, in order of position."""
    return f"""
    with named as (
        select
            table_id, document_id, kind, unit, table_no,
            coalesce(nullif(caption, ''), nullif(section, ''), kind) as name
        from {catalog}.landing.tables
        where document_id in (select document_id from affected)
    ),
    tables as (
        select *, row_number() over (partition by document_id, name order by table_no) as name_no from named
    ),
    found as (
        select
            c.document_id,
            'cell' as bron,
            t.name || case when t.name_no > 1 then ' #' || t.name_no else '' end as table_key,
            c.row_path, c.column_path,
            c.text, c.value, c.is_nil, c.is_missing, c.sign, c.decimals, t.unit, c.eenheid,
            c.comparator, c.noot, t.kind, c.grootheid, c.stand, c.jaar, c.rol, c.cell_id, c.table_id,
            row_number() over (
                order by c.document_id, t.table_no, c.row_no, c.column_no, c.occurrence
            ) as position
        from {catalog}.landing.cells as c
        inner join tables as t on c.table_id = t.table_id
        union all by name
        select
            document_id,
            'mention' as bron,
            path as table_key,
            vermelding as row_path,
            'bedrag' as column_path,
            bedrag_text as text, bedrag as value, false as is_nil, bedrag is null as is_missing, 1 as sign,
            null as decimals, eenheid as unit, null as eenheid, null as comparator, null as noot,
            'vermelding' as kind, aard as grootheid, null as stand, jaar, 'item' as rol,
            null as cell_id, null as table_id,
            row_number() over (order by document_id, path, line) + 1000000000 as position
        from {catalog}.landing.mentions
        where document_id in (select document_id from affected)
    ),
    keyed as (
        select
            *,
            row_number() over (
                partition by document_id, bron, table_key, row_path, column_path order by position
            )::integer as key_no
        from found
    )
    select
        md5(concat_ws('|', document_id, bron, table_key, row_path, column_path, key_no)) as cell_key,
        {", ".join([*_KEY, *_CONTENT, *_PLACE])},
        position
    from keyed
    """


def _has(connection: duckdb.DuckDBPyConnection, base: str, table: str) -> bool:
    """Whether ``base`` has a table, ``schema.name``: older code, and a build that stopped, may lack it."""
    counted = connection.execute(
        "select count(*) from information_schema.tables where table_catalog = ? and table_schema || '.' || table_name = ?",
        [base, table],
    )
    return bool(counted.fetchall()[0][0])


def _carry_findings(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    """Findings seen before, with those of the newest published state added."""
    if not _has(connection, base, "audit.findings"):
        return
    connection.execute(
        f"""
        create or replace temp table seen as
        with last_run as (select run_id, started_at from {base}.meta.run),
        last as (
            select finding_id, min(cast(first_seen as timestamp)) as first_seen
            from {base}.audit.findings group by finding_id
        )
        select
            coalesce(s.finding_id, l.finding_id) as finding_id,
            coalesce(s.first_seen, l.first_seen, r.started_at) as first_seen,
            coalesce(s.first_run_id, r.run_id) as first_run_id,
            case when l.finding_id is null then s.last_seen else r.started_at end as last_seen,
            case when l.finding_id is null then s.last_run_id else r.run_id end as last_run_id
        from history.findings_seen as s
        full join last as l on s.finding_id = l.finding_id
        cross join last_run as r
        """
    )
    connection.execute("delete from history.findings_seen")
    connection.execute("insert into history.findings_seen select * from seen order by finding_id")


def _carry_causes(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    """Causes seen before, with those of the newest published state as they are there."""
    if not _has(connection, base, "audit.causes"):
        return
    latest = ", ".join(
        f"case when l.cause_id is null then s.{c} else l.{c} end as {c}" for c in _AS_LAST_SEEN
    )
    connection.execute(
        f"""
        create or replace temp table seen as
        select
            coalesce(s.cause_id, l.cause_id) as cause_id,
            coalesce(s.first_seen, cast(l.first_seen as timestamp), r.started_at) as first_seen,
            coalesce(s.first_run_id, r.run_id) as first_run_id,
            case when l.cause_id is null then s.last_seen else r.started_at end as last_seen,
            case when l.cause_id is null then s.last_run_id else r.run_id end as last_run_id,
            l.cause_id is not null as is_current,
            {latest}
        from history.causes_seen as s
        full join {base}.audit.causes as l on s.cause_id = l.cause_id
        cross join {base}.meta.run as r
        """
    )
    connection.execute("delete from history.causes_seen")
    connection.execute("insert into history.causes_seen by name select * from seen order by cause_id")


def _carry_acceptances(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    """Acceptances seen before, with those of the newest published state and the words that were accepted.

    The words of other numbers are not what was accepted: then those stay that were known before, if any."""
    if not _has(connection, base, "landing.acceptances") or not _has(connection, base, "audit.causes"):
        return
    listed = ", ".join(f"a.{c}" for c in _ACCEPTANCE)
    same = " and ".join(f"s.{c} is not distinct from l.{c}" for c in _ACCEPTANCE)
    known = " and ".join(f"s.{c} is not distinct from a.{c}" for c in _ACCEPTANCE)
    connection.execute(
        f"""
        create or replace temp table seen as
        with last as (
            select distinct
                {listed}, coalesce(f.message, c.message, w.message, s.message) as message,
                coalesce(f.message_en, c.message_en, w.message_en, s.message_en) as message_en,
                r.started_at as last_seen, r.run_id as last_run_id
            from {base}.landing.acceptances as a
            left join {base}.audit.causes as c
                on a.finding_id = c.cause_id and a.fingerprint is not distinct from c.fingerprint
            left join {base}.audit.findings as f
                on a.finding_id = f.finding_id and a.fingerprint is not distinct from f.fingerprint
            left join history.causes_seen as w
                on a.finding_id = w.cause_id and a.fingerprint is not distinct from w.fingerprint
            left join history.acceptances_seen as s on {known}
            cross join {base}.meta.run as r
        )
        select * from last
        union all by name
        select s.* from history.acceptances_seen as s where not exists (select 1 from last as l where {same})
        """
    )
    connection.execute("delete from history.acceptances_seen")
    connection.execute(
        "insert into history.acceptances_seen by name select * from seen order by document_id, finding_id, wanneer"
    )


def _carry_run(connection: duckdb.DuckDBPyConnection, base: str) -> None:
    """The run that made the newest published state, with what it counted."""
    listed = ", ".join(TABLES["runs"])
    connection.execute(
        f"""
        insert into history.runs
        select {listed} from {base}.meta.run where run_id not in (select run_id from history.runs)
        """
    )
