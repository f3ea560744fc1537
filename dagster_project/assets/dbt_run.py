"""dbt in this process: the manifest made when it is missing or out of date, and the build of all of it.

Starting dbt as a program costs seconds each time, most of it for importing and parsing what has not
changed. Here it is imported once, and every build takes the manifest that was parsed before.

What does not belong here: Dagster. ``transform`` tells Dagster what came of a build.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from dagster_project.reports.dictionary import mended, mending
from dagster_project.settings import Settings, load
from dagster_project.warehouse.run import BUILD_NAME

BUILD_VARIABLE, MEMORY_VARIABLE = "SLUITEND_BUILD_DB", "SLUITEND_BUILD_MEMORY_MB"

_MANIFEST, _SEMANTIC, _PARSED = "manifest.json", "semantic_manifest.json", "partial_parse.msgpack"
_MARK = "manifest.source"
_MADE_AT_SET_UP = "target/sluitend"  # under the project; in target/ itself dbt puts what others parse
_PASSED = {"success", "pass", "warn"}
_NOTHING_TO_DO = "no-op"  # of exposures: said, not built


class DbtFailed(Exception):
    """dbt could not start or could not read its project. What a model or test did is a ``NodeResult``."""


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What came of one seed, model or test."""

    unique_id: str
    status: str  # success | pass | warn | fail | error | skipped
    seconds: float
    message: str
    failures: int
    rows: int | None
    query: str = ""  # of a test that failed: what gives the rows that it found

    @property
    def is_test(self) -> bool:
        """Whether this is a test (a check), not something that was built."""
        return self.unique_id.startswith(("test.", "unit_test."))

    @property
    def passed(self) -> bool:
        """Whether nothing stands in the way of what comes after."""
        return self.status in _PASSED

    @property
    def is_bad(self) -> bool:
        """Whether this itself went wrong, not something before it."""
        return not self.passed and self.status != "skipped"


def target(settings: Settings) -> Path:
    """Where dbt keeps what it parsed and compiled: with the warehouse, for the project may be read-only."""
    return settings.home / "dbt"


def manifest(settings: Settings) -> Path:
    """The manifest of the dbt project as it is now; where it is missing or out of date that of set-up, or parsed.

    Raises ``DbtFailed`` when the project cannot be parsed.
    """
    kept, made = target(settings), settings.dbt / _MADE_AT_SET_UP
    source = _source(settings.dbt)
    if not _is_of(kept, source):
        kept.mkdir(parents=True, exist_ok=True)
        _forget(kept)
        if _is_of(made, source):
            for name in (_MANIFEST, _SEMANTIC, _PARSED):
                shutil.copyfile(made / name, kept / name)
        else:
            _invoke(settings, ["parse"], settings.build / "parse" / BUILD_NAME)
        (kept / _MARK).write_text(source)
    return kept / _MANIFEST


def parse_at_set_up(settings: Settings) -> None:
    """Parse the project into its own folder, so that no first refresh has to. Raises ``DbtFailed``."""
    made = settings.dbt / _MADE_AT_SET_UP
    source = _source(settings.dbt)
    if not _is_of(made, source):
        made.mkdir(parents=True, exist_ok=True)
        _forget(made)
        _invoke(settings, ["parse"], made / BUILD_NAME, target_path=made)
        (made / _MARK).write_text(source)


def _forget(folder: Path) -> None:
    """Take away what was parsed of another version: from that dbt keeps a unit test where it stood before it was moved."""
    for name in (_MARK, _PARSED):
        (folder / name).unlink(missing_ok=True)


def _is_of(folder: Path, source: str) -> bool:
    """Whether what was parsed there is of the project as it is now, and complete."""
    mark = folder / _MARK
    is_complete = all((folder / name).exists() for name in (_MARK, _MANIFEST, _SEMANTIC, _PARSED))
    return is_complete and mark.read_text() == source


def build(
    settings: Settings,
    database: Path,
    variables: Mapping[str, object],
    selection: Sequence[str] = (),
    with_unit_tests: bool = False,
    one_at_a_time: bool = False,
) -> tuple[NodeResult, ...]:
    """Build and test everything in ``database``, or what ``selection`` (arguments of dbt) names.

    ``one_at_a_time``: one model or test after the other, each of which then has all memory that DuckDB may take.

    Unit tests are about the models and not about the documents: a refresh leaves them out, the tests do not.
    The file may not be open elsewhere in this process, and is closed again on return. Raises
    ``DbtFailed`` when dbt could not run at all.
    """
    manifest(settings)
    without = () if with_unit_tests else ("--exclude-resource-type", "unit_test")
    arguments = ["build", *selection, *without, "--no-write-json", "--vars", json.dumps(dict(variables))]
    arguments += ["--threads", "1"] if one_at_a_time else []
    kept = target(settings) / _PARSED
    outcome = _invoke(settings, arguments, database, _parsed(kept, kept.stat().st_mtime_ns))
    return tuple(_node(r) for r in outcome.results if r.status != _NOTHING_TO_DO)


def docs(settings: Settings, database: Path) -> Path:
    """dbt's own pages about the project as one HTML file that needs nothing else, mended; made when the project changed.

    ``database`` is a file in which everything was built. Raises ``DbtFailed`` when dbt could not make them.
    """
    manifest(settings)
    made_of = hashlib.sha256(f"{_source(settings.dbt)}{mending()}".encode()).hexdigest()
    page = target(settings) / "docs" / f"{made_of}.html"
    if not page.exists():
        kept = target(settings) / _PARSED
        arguments = ["docs", "generate", "--static", "--no-compile"]
        _invoke(settings, arguments, database, _parsed(kept, kept.stat().st_mtime_ns))
        page.parent.mkdir(exist_ok=True)
        for old in page.parent.iterdir():
            old.unlink()
        made = target(settings) / "static_index.html"
        # Seeds carry the folder that the project stands in: nobody's business, and another one tomorrow.
        text = made.read_text(encoding="utf-8").replace(str(settings.dbt), "dbt")
        made.write_text(mended(text), encoding="utf-8")
        made.replace(page)
    return page


def _node(result) -> NodeResult:
    rows = (result.adapter_response or {}).get("rows_affected")
    is_found = result.failures and result.status == "fail"
    return NodeResult(
        query=str(getattr(result.node, "compiled_code", None) or "") if is_found else "",
        unique_id=result.node.unique_id,
        status=str(result.status),
        seconds=float(result.execution_time),
        message=str(result.message or ""),
        failures=int(result.failures or 0),
        rows=rows if isinstance(rows, int) and rows >= 0 else None,
    )


def _invoke(
    settings: Settings, arguments: list[str], database: Path, parsed=None, target_path: Path | None = None
):
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner
    from dbt_common.events.event_manager_client import ctx_set_event_manager

    folder = target_path or target(settings)
    where = ["--project-dir", str(settings.dbt), "--profiles-dir", str(settings.dbt)]
    where += ["--target-path", str(folder), "--log-path", str(folder / "logs")]
    quiet = [
        "--quiet",
        "--log-level",
        "none",
        "--log-level-file",
        "none",
        "--no-use-colors",
        "--no-send-anonymous-usage-stats",
    ]
    reset_adapters()
    ctx_set_event_manager(_unheard_events())
    try:
        limit = {MEMORY_VARIABLE: str(settings.build_memory_mb)}
        with _environment({BUILD_VARIABLE: str(database), "DO_NOT_TRACK": "1", **limit}):
            outcome = dbtRunner(manifest=parsed).invoke([*arguments, *where, *quiet])
    finally:
        _let_go()
    if outcome.result is None or outcome.exception is not None:
        raise DbtFailed(f"dbt {arguments[0]}: {outcome.exception or 'no result'}") from outcome.exception
    return outcome.result


def _unheard_events():
    """dbt's own manager of events, which makes a message of each of some thousands only where somebody listens."""
    from dbt_common.events.event_manager import EventManager

    class Unheard(EventManager):
        def add_callback(self, callback) -> None:
            """Of dbt itself, which counts for its makers how it is used: nobody who listens here."""

        def fire_event(self, e, level=None, node=None, force_warn_or_error_handling=False) -> None:
            is_judged = force_warn_or_error_handling or self.require_warn_or_error_handling
            if is_judged or self.loggers or self.callbacks:
                super().fire_event(e, level, node, force_warn_or_error_handling)

    return Unheard()


def _let_go() -> None:
    """Close the file that dbt holds open: no other handle of this process may differ from it."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import cleanup_connections, reset_adapters

    cleanup_connections()
    DuckDBConnectionManager.close_all_connections()
    reset_adapters()


@lru_cache(maxsize=1)
def _parsed(kept: Path, written: int):
    """The project as it was parsed; ``written`` (nanoseconds) tells one parse from the next."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    found = Manifest.from_msgpack(kept.read_bytes(), decoder=extended_mashumuro_decoder)
    found.build_flat_graph()
    return found


def _source(project: Path) -> str:
    """A hash over everything that the manifest is made of, and where it stands: seeds are read by their whole path."""
    digest = hashlib.sha256(f"{version('dbt-core')} {version('dbt-duckdb')} {project}\0".encode())
    for path in sorted(project.rglob("*")):
        inside = path.relative_to(project)
        if path.is_file() and inside.parts[0] not in ("target", "logs"):
            digest.update(f"{inside}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


if __name__ == "__main__":  # of set-up
    parse_at_set_up(load())
