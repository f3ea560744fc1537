"""Where Dagster keeps what happened in runs: one SQLite file, whose connections are kept open.

Dagster's own storage opens a file and waits for the disk for each of some fourteen hundred events of a
refresh, in two files: a fifth of the time of a small refresh. This one reuses its connections, lets
the disk follow, and stores what comes by the hundred (what a run is going to make, what a step made) in one transaction
with the event behind it; a failure of power or of the process can cost the last events of a run, never the file. Named in
dagster.yaml.

A refresh builds everything beside what is live. What it made counts as made from the moment that the file goes live:
until then its materialisations wait here, and where nothing is published they never were, so that no table looks
fresher than what analysts read.

What does not belong here: what is kept (Dagster decides).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from threading import RLock, local

import dagster as dg
from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.event_log.base import AssetRecord
from dagster._core.storage.event_log.sqlite import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import Connection, Engine, create_engine, event

PUBLISHED = dg.AssetKey(["published", "sluitend"])
_ON_THEIR_OWN = ("fetched", "read", "exported")  # assets that live as soon as their step has made them
_BY_THE_HUNDRED = {
    DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED,
    DagsterEventType.ASSET_CHECK_EVALUATION,
    DagsterEventType.ASSET_MATERIALIZATION,
    DagsterEventType.STEP_OUTPUT,
    DagsterEventType.HANDLED_OUTPUT,
}
_ENDED = {DagsterEventType.RUN_SUCCESS, DagsterEventType.RUN_FAILURE, DagsterEventType.RUN_CANCELED}


class EventLog(ConsolidatedSqliteEventLogStorage):
    """Dagster's storage in one file, with connections that stay open."""

    @cached_property
    def _waiting(self) -> dict[str, list[EventLogEntry]]:
        """By run: what its steps made while nothing of it is published."""
        return defaultdict(list)

    def store_event(self, event: EventLogEntry) -> None:
        """Keep an event; what a step of a refresh made, when it goes live."""
        dagster_event = event.dagster_event
        made = dagster_event.asset_key if dagster_event and _is_made(event) else None
        if made is not None and made != PUBLISHED and made.path[0] not in _ON_THEIR_OWN:
            self._waiting[event.run_id].append(event)
            return
        held = self._waiting.pop(event.run_id, []) if made == PUBLISHED or _is_end(event) else []
        if made is not None or held:
            self._records.clear()
        with self._one_at_a_time:
            self._together += [*(held if made == PUBLISHED else []), event]
            if not (event.run_id and event.dagster_event_type in _BY_THE_HUNDRED):
                self._store_together()

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[AssetRecord]:
        """What is kept of these assets. While a refresh goes on in this process nothing that it made is: what is kept of all
        is then looked up once, where Dagster asks the file anew for each asset that another was made from."""
        if asset_keys is None or not self._waiting:
            return super().get_asset_records(asset_keys)
        if not self._records:
            self._records.update(
                {record.asset_entry.asset_key: record for record in super().get_asset_records()}
            )
        return [self._records[key] for key in asset_keys if key in self._records]

    @cached_property
    def _records(self) -> dict[dg.AssetKey, AssetRecord]:
        """By asset: what was kept of it when it was last looked up; empty after something else was kept."""
        return {}

    def has_asset_key_col(self, column_name: str) -> bool:
        """Whether assets have that column: Dagster asks the file anew for each check of a refresh, three times."""
        if column_name not in self._columns_seen and super().has_asset_key_col(column_name):
            self._columns_seen.add(column_name)
        return column_name in self._columns_seen

    @cached_property
    def _columns_seen(self) -> set[str]:
        return set()

    @cached_property
    def _together(self) -> list[EventLogEntry]:
        """Events in their order that are stored with the next one that comes alone, or before anything is looked up."""
        return []

    @cached_property
    def _one_at_a_time(self) -> RLock:
        return RLock()

    @cached_property
    def _in_use(self) -> local:
        """By thread: the connection whose transaction is open."""
        return local()

    def _store_together(self) -> None:
        with self._one_at_a_time:
            events = self._together.copy()
            self._together.clear()
            if events:
                with self._connect():
                    for event in events:
                        super().store_event(event)

    @cached_property
    def _engine(self) -> Engine:
        engine = create_engine(
            self._conn_string,
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )

        @event.listens_for(engine, "connect")
        def follow(connection, _) -> None:
            connection.execute("pragma synchronous = normal")

        return engine

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        """A transaction; within one, that one. What waits to be stored is stored before anything else is done."""
        if open_already := getattr(self._in_use, "connection", None):
            yield open_already
            return
        if self._together:
            self._store_together()
        with self._engine.connect() as connection, connection.begin():
            self._in_use.connection = connection
            try:
                yield connection
            finally:
                self._in_use.connection = None

    def dispose(self) -> None:
        """Let go of the file."""
        self._store_together()
        super().dispose()
        self._engine.dispose()


def _is_made(event: EventLogEntry) -> bool:
    """Whether a step of a run made something; what a person says by hand was made, was."""
    return event.dagster_event_type == DagsterEventType.ASSET_MATERIALIZATION and event.step_key is not None


def _is_end(event: EventLogEntry) -> bool:
    return event.dagster_event_type in _ENDED
