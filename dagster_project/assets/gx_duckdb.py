"""Great Expectations on a DuckDB file, judged inside the database.

Great Expectations has no engine for DuckDB. Its SQL engine gives a connection back before it has
fetched the rows, and DuckDB drops the result with it; here one connection lives as long as the engine.
The engine holds the file open, so a session must be closed before anything else opens it otherwise.

Importing this module imports Great Expectations, which takes seconds: import it only where a suite
is run. What does not belong here: suites, results as tables, Dagster.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from dagster_project.warehouse.bounded import memory_mb

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


class _Later(ModuleType):
    """Stands for a module until somebody asks something of it.

    Great Expectations loads what draws charts and what compares distributions, a second of a processor, for
    expectations that no suite has.
    """

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # of the import system, which looks whether it is loaded
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


for _name in ("altair", "scipy.stats"):
    sys.modules.setdefault(_name, _Later(_name))

import great_expectations as gx  # noqa: E402
from great_expectations.datasource.fluent import SQLDatasource  # noqa: E402
from great_expectations.execution_engine import SqlAlchemyExecutionEngine  # noqa: E402
from great_expectations.expectations import UnexpectedRowsExpectation  # noqa: E402


class NoSuchRows(UnexpectedRowsExpectation):
    """That a query finds no rows: they are counted, and not fetched as well, for which the query would run twice.

    Whoever wants to see the rows asks for them where there are any.
    """

    metric_dependencies = ("unexpected_rows_query.row_count",)

    def _validate(self, metrics: dict, runtime_configuration=None, execution_engine=None) -> dict:
        found = metrics["unexpected_rows_query.row_count"]
        return {"success": found == 0, "result": {"observed_value": found}}


class HoldingEngine(SqlAlchemyExecutionEngine):
    """The SQL engine, with one connection for its whole life."""

    _held = None

    @contextmanager
    def get_connection(self):
        """The one connection, opened at first use and left open for the caller that comes next.

        A statement that fails aborts the transaction of all that follow: it is rolled back at once.
        """
        if self._held is None:
            self._held = self.engine.connect()
        try:
            yield self._held
        except BaseException:
            self._held.rollback()
            raise

    def release(self) -> None:
        """Let go of the file."""
        if self._held is not None:
            self._held.close()
            self._held = None
        self.engine.dispose()


class SluitendDuckdbDatasource(SQLDatasource):
    """A DuckDB file as a data source of Great Expectations."""

    type: Literal["sluitend_duckdb"] = "sluitend_duckdb"  # type: ignore[assignment]  # the name by which GE finds the class

    @property
    def execution_engine_type(self) -> builtins.type[SqlAlchemyExecutionEngine]:
        """The engine that keeps its connection."""
        return HoldingEngine

    def release(self) -> None:
        """Close what this source opened: its engine's connection and its own pool."""
        if self._execution_engine is not None:
            self._execution_engine.release()
        if self._engine is not None:
            self._engine.dispose()


class Session:
    """One batch, which serves all suites: they name their tables themselves."""

    def __init__(self, batch) -> None:
        self._batch = batch

    @property
    def dialect(self):
        """The dialect of SQLAlchemy through which a file is judged."""
        return self._batch.datasource.get_engine().dialect

    def run(self, suites: dict[str, list[dict]]) -> dict[str, list[dict]]:
        """Judge ``suites``: name -> the arguments of each of its expectations, as a ``NoSuchRows``.

        Nothing is kept in the context, which would take as long as judging. Returns per suite one dict per expectation: id
        (from meta), success, error (empty when it ran).
        """
        return {name: self._judged(name, expectations) for name, expectations in suites.items()}

    def _judged(self, name: str, expectations: list[dict]) -> list[dict]:
        made = [NoSuchRows(**arguments) for arguments in expectations]
        suite = gx.ExpectationSuite(name=name, expectations=made)
        return [_plain(result) for result in self._batch.validate(suite, result_format="SUMMARY").results]


def new_context() -> Any:
    """A context of Great Expectations without anything on disk."""
    context = gx.get_context(mode="ephemeral")
    # GE looks names up in it, as in a dictionary, and declares it to be of a class that is none.
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]  # see above
    context.delete_data_docs_site("local_site")
    return context


@contextmanager
def session(database: Path) -> Iterator[Session]:
    """A session on ``database`` (read-only)."""
    limit = {"memory_limit": f"{memory_mb()}MB"}
    source = new_context().data_sources.add_sluitend_duckdb(
        name="sluitend",
        # The path is an argument and no part of the address, in which %, ?, # and $ of a folder's name mean something.
        connection_string="duckdb:///",
        kwargs={"connect_args": {"database": str(database), "read_only": True, "config": limit}},
    )
    try:
        asset = source.add_query_asset(name="sluitend", query="select 1")
        yield Session(asset.add_batch_definition_whole_table("all").get_batch())
    finally:
        source.release()


def _plain(result) -> dict:
    raised = [
        info.get("exception_message") or "unknown"
        for info in _exceptions(result.exception_info)
        if info.get("raised_exception")
    ]
    return {
        "id": result.expectation_config.meta["id"],
        "success": bool(result.success),
        "error": "; ".join(raised),
    }


def _exceptions(info: dict | None) -> list[dict]:
    """Great Expectations gives one dict, or one per metric: here always a list."""
    if not info:
        return []
    return [info] if "raised_exception" in info else [v for v in info.values() if isinstance(v, dict)]
