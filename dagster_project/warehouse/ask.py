"""Questions about earlier states, answered from the chain and from the history in the newest published file.

What does not belong here: how answers are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dagster_project.language import phrase
from dagster_project.settings import Settings, Unusable
from dagster_project.warehouse import manifest
from dagster_project.warehouse.bounded import connect
from dagster_project.warehouse.history import PRINTED
from dagster_project.warehouse.manifest import ManifestEntry

VALUE_COLUMNS = (
    "document_id",
    "table_key",
    "row_path",
    "column_path",
    "key_no",
    "text",
    "value",
    "unit",
    "grootheid",
    "stand",
    "jaar",
    "run_from",
)
CHANGE_COLUMNS = (
    "change",
    "document_id",
    "table_key",
    "row_path",
    "column_path",
    "key_no",
    "old_text",
    "new_text",
    "old_value",
    "new_value",
    "unit",
)


def live_at(entries: Sequence[ManifestEntry], moment: datetime) -> ManifestEntry:
    """The entry that was live at ``moment`` (UTC, without zone), by the clock of that time.

    Raises ``Unusable`` for a moment before the first publication.
    """
    lives = [e for e in entries if e.kind != manifest.RETENTION and manifest.moment(e) <= moment]
    if not lives:
        raise Unusable(f"{manifest.as_text(moment)}: {phrase('nothing was published yet')}")
    return lives[-1]


def values_as_known(settings: Settings, state_no: int) -> list[tuple]:
    """Every value that was published in a state, as VALUE_COLUMNS, by document and table.

    Also for states whose file is gone. Raises ``Unusable`` where no published file has this history.
    """
    return _asked(
        settings,
        state_no,
        f"""
        select {", ".join(VALUE_COLUMNS)}
        from history.toestand($no)
        order by document_id, bron, table_key, row_path, column_path, key_no
        """,
    )


def changes_in(settings: Settings, state_no: int) -> list[tuple]:
    """Every value that appeared, disappeared, changed or was reread in a state, as CHANGE_COLUMNS."""
    is_printed_as_before = " and ".join(f"opened.{c} is not distinct from closed.{c}" for c in PRINTED)
    return _asked(
        settings,
        state_no,
        f"""
        with opened as (select * from history.cell_versions where state_from = $no),
        closed as (select * from history.cell_versions where state_to = $no)
        select
            case
                when closed.cell_key is null then 'appeared'
                when opened.cell_key is null then 'disappeared'
                when {is_printed_as_before} then 'reread'
                else 'changed'
            end as change,
            coalesce(opened.document_id, closed.document_id) as document_id,
            coalesce(opened.table_key, closed.table_key) as table_key,
            coalesce(opened.row_path, closed.row_path) as row_path,
            coalesce(opened.column_path, closed.column_path) as column_path,
            coalesce(opened.key_no, closed.key_no) as key_no,
            closed.text, opened.text, closed.value, opened.value,
            coalesce(opened.unit, closed.unit) as unit
        from opened full join closed using (cell_key)
        order by document_id, table_key, row_path, column_path, key_no
        """,
    )


def _asked(settings: Settings, state_no: int, sql: str) -> list[tuple]:
    import duckdb

    newest = manifest.newest(manifest.read(settings))
    if newest is None:
        raise Unusable(phrase("nothing was published yet"))
    try:
        with connect(settings.snapshots / newest.file, read_only=True) as connection:
            known = connection.execute(
                "select count(*) from history.states where state_no = $no", {"no": state_no}
            ).fetchall()[0][0]
            if not known:
                raise Unusable(
                    phrase(
                        "state {no} is not in the history of {file}; see sluitend history",
                        no=state_no,
                        file=newest.file,
                    )
                )
            return connection.execute(sql, {"no": state_no}).fetchall()
    except duckdb.Error as error:
        raise Unusable(
            phrase("{file}: its history cannot be read: {error}", file=newest.file, error=error)
        ) from error
