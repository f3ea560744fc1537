"""Where Dagster keeps what happened in runs: one SQLite file, whose connections are kept open.

Dagster's own storage opens a file and waits for the disk for each of some five hundred events of a
refresh, in two files: a fifth of the time of a small refresh. This one reuses its connections and lets
the disk follow; a power failure can cost the last events of a run, never the file. Named in dagster.yaml.

A refresh builds everything beside what is live. What it made counts as made from the moment that the file goes live:
until then its materialisations wait here, and where nothing is published they never were, so that no table looks
fresher than what analysts read.

What does not belong here: what is kept (Dagster decides).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

import dagster as dg
from dagster import DagsterEventType, EventLogEntry
from dagster._core.storage.event_log.sqlite import ConsolidatedSqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from sqlalchemy import Connection, Engine, create_engine, event

PUBLISHED = dg.AssetKey(["published", "sluitend"])
_ON_THEIR_OWN = ("fetched", "read", "exported")  # assets that live as soon as their step has made them
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
        for earlier in held if made == PUBLISHED else []:
            super().store_event(earlier)
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
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def dispose(self) -> None:
        """Let go of the file."""
        super().dispose()
        self._engine.dispose()


def _is_made(event: EventLogEntry) -> bool:
    """Whether a step of a run made something; what a person says by hand was made, was."""
    return event.dagster_event_type == DagsterEventType.ASSET_MATERIALIZATION and event.step_key is not None


def _is_end(event: EventLogEntry) -> bool:
    return event.dagster_event_type in _ENDED
