"""A refresh from its beginning to its end, however it was started: held, carried out, summed up, told.

What does not belong here: the steps (the assets), what is in a summary (``summary``) and what is worth
telling (``notify``).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from dagster_project.assets import notify, summary
from dagster_project.assets.runs import DUCKDB, Live, Refresh
from dagster_project.assets.summary import FAILED, MENDED, PUBLISHED, UNCHANGED, RunSummary
from dagster_project.language import phrase
from dagster_project.settings import Settings, Unusable
from dagster_project.warehouse import manifest
from dagster_project.warehouse.mend import put_sound_file_back
from dagster_project.warehouse.run import Run, refreshing, utc_now

Say = Callable[[str], None]
# At the usual 700 a sixth of a small night goes into that search.
_ALLOCATIONS_PER_COLLECTION = (200_000, 50, 100)


@contextmanager
def conducting(
    settings: Settings,
    say: Say,
    *,
    strict: bool = False,
    full: bool = False,
    accept_removal: bool = False,
    engine: str = DUCKDB,
) -> Iterator[Refresh]:
    """Hold the warehouse and begin a refresh; at the end sum it up and tell who must know.

    Raises ``Unusable`` (``Busy`` among it) where it cannot begin. What went wrong in the steps is in the
    refresh itself and in the summary, ``refresh.notes.ended``.
    """
    with _few_collections(), refreshing(settings, full=full) as run:
        refresh = Refresh(settings, run, strict, full, accept_removal, say, engine)
        try:
            yield refresh
        except Unusable:
            raise
        except BaseException as error:
            refresh.troubles.setdefault("refresh", f"{type(error).__name__}: {error}")
            _stand_in(refresh)
            conclude(settings, summed_up(refresh), say)
            raise
        _stand_in(refresh)
        refresh.notes.ended = conclude(settings, summed_up(refresh), say)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Search for cycles seldom: libraries are loaded and parsed projects held, hardly any of which ever becomes free."""
    before = gc.get_threshold()
    gc.set_threshold(*_ALLOCATIONS_PER_COLLECTION)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _stand_in(refresh: Refresh) -> None:
    """Nothing was published: an altered file must not stay live for that."""
    if refresh.run.mended and not (refresh.notes.published or refresh.notes.unchanged):
        told = put_sound_file_back(refresh.settings, utc_now())
        if told:
            refresh.troubles["live"] = told


def summed_up(refresh: Refresh) -> RunSummary:
    """What came of a refresh, from what its steps found."""
    errors = tuple(dict.fromkeys(refresh.troubles.values()))
    if refresh.notes.published is not None:
        gone = refresh.landing.removal.gone
        return _summary(
            refresh.settings, refresh.run, PUBLISHED, refresh.notes.published, errors=errors, gone=gone
        )
    if refresh.notes.unchanged is not None:
        return _summary(refresh.settings, refresh.run, UNCHANGED, refresh.notes.unchanged)
    errors = errors or (phrase("the refresh ended before it was done"),)
    return _summary(refresh.settings, refresh.run, FAILED, None, errors=errors, exit_status=1)


def not_begun(settings: Settings, reason: str) -> RunSummary:
    """The summary of a refresh that could not begin: unusable arguments, settings or folders."""
    now = utc_now().isoformat(timespec="seconds")
    return RunSummary("not begun", FAILED, 2, f"{now}Z", f"{now}Z", 0.0, None, None, None, errors=(reason,))


def silenced(run_id: str, began: datetime, reason: str) -> RunSummary:
    """The summary of a refresh that ended without one; ``began`` with its zone."""
    start = began.astimezone(UTC).replace(tzinfo=None)
    now = utc_now()
    seconds = round((now - start).total_seconds(), 1)
    started, finished = (f"{moment.isoformat(timespec='seconds')}Z" for moment in (start, now))
    return RunSummary(run_id, FAILED, 1, started, finished, seconds, None, None, None, errors=(reason,))


def conclude(settings: Settings, ended: RunSummary, say: Say) -> RunSummary:
    """Keep the summary and tell the operator what needs a person. Neither undoes what was published.

    Returns the summary, with a warning for each thing that could not be kept or told.
    """
    problems: list[str] = []
    try:
        problems += notify.send(
            settings.notify, notify.messages(_as_kept(settings, ended), summary.before(settings, ended))
        )
    except Exception as error:  # whatever a channel does, the night is over and its result stands
        why = f"{type(error).__name__}: {error}"
        problems.append(phrase("nobody could be told: {why}", why=why))
    ended = replace(ended, warnings=(*ended.warnings, *problems))
    try:
        summary.write(settings, ended)
    except OSError as error:
        kept = phrase("the summary could not be kept: {why}", why=error.strerror or error)
        ended = replace(ended, warnings=(*ended.warnings, kept))
    for line in ended.lines():
        say(line)
    return ended


def _chain(settings: Settings) -> str | None:
    entries = manifest.inspect(settings.manifest)[0]
    return entries[-1].hash if entries else None


def _as_kept(settings: Settings, ended: RunSummary) -> RunSummary:
    """The summary with its reasons as they are kept, so that a failure of the night before is recognised."""
    return replace(ended, errors=summary.without_places(settings, ended).errors)


def _summary(
    settings: Settings,
    run: Run,
    status: str,
    live: Live | None,
    *,
    errors: tuple[str, ...] = (),
    gone: tuple[str, ...] = (),
    exit_status: int = 0,
) -> RunSummary:
    now = utc_now()
    pages = settings.reports / run.run_id / "index.html"
    shown = settings.reports / "latest" / "index.html"
    return RunSummary(
        run_id=run.run_id,
        status=status,
        exit_status=exit_status or (MENDED if run.mended else 0),
        started_at=f"{run.started_at.isoformat(timespec='seconds')}Z",
        finished_at=f"{now.isoformat(timespec='seconds')}Z",
        seconds=round((now - run.started_at).total_seconds(), 1),
        counts=live.counts if live else None,
        published=str(settings.published) if status != FAILED else None,
        report=str(shown) if status != FAILED else str(pages) if pages.exists() else None,
        raw_sha256=live.raw_sha256 if live else None,
        errors=errors,
        warnings=(*run.warnings, *(live.warnings if live else ())),
        mended=run.mended,
        chain=_chain(settings),
        gone=gone,
        large_causes=live.large_causes if live else (),
        rejected_documents=live.rejected_documents if live else (),
    )
