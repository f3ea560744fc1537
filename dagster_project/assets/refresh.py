"""``sluitend refresh``: from the extracts to the published file, with progress, and what came of it.

Dagster, dbt and Great Expectations are imported only when there is something to do: a night on which
nothing changed ends before. What does not belong here: the steps, and the command line.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from dagster_project.assets import summary
from dagster_project.assets.conduct import conclude, conducting, not_begun
from dagster_project.assets.runs import DUCKDB, SPARK, Live, Refresh
from dagster_project.assets.summary import RunSummary
from dagster_project.language import Written, phrase, spoken
from dagster_project.settings import Settings, Unusable, require_raw
from dagster_project.warehouse import manifest, second_engine
from dagster_project.warehouse.acceptances import has_expired, read_acceptances
from dagster_project.warehouse.manifest import ManifestEntry
from dagster_project.warehouse.norms import read_norms, told_of_norm
from dagster_project.warehouse.run import Busy, utc_now
from dagster_project.warehouse.scan import Scan, scan
from dagster_project.warehouse.unchanged import fingerprint, published_already


def run(
    settings: Settings,
    *,
    strict: bool = False,
    full: bool = False,
    accept_removal: bool = False,
    engine: str = DUCKDB,
    say: Callable[[str], None] = print,
) -> RunSummary:
    """Refresh the warehouse. ``exit_status`` of the summary says what came of it, see DESIGN's contract.

    ``strict``: findings that nobody accepted and rejects forbid publication. ``full``: read, prove and
    build everything again. ``accept_removal``: a person confirmed that much disappears. ``engine``: what builds the models. Raises ``Unusable`` where it cannot begin; the operator has then been told,
    unless another refresh is at work (``Busy``).
    """
    try:
        require_raw(settings)
        _require_norms(settings)
        if engine == SPARK:
            second_engine.require(settings)
        with conducting(
            settings, say, strict=strict, full=full, accept_removal=accept_removal, engine=engine
        ) as refresh:
            if not _is_up_to_date(refresh):
                _carry_out(refresh)
    except Busy:
        raise
    except Unusable as error:
        conclude(settings, not_begun(settings, str(error)), lambda line: None)
        raise
    assert refresh.notes.ended is not None, "a refresh that ends without an error is summed up"
    return refresh.notes.ended


def _require_norms(settings: Settings) -> None:
    """Raises ``Unusable`` with every line of the auditor's tolerances that cannot be meant."""
    _, wrong = read_norms(settings)
    if wrong:
        raise Unusable("; ".join(spoken(Written.in_both(*told_of_norm(reject))) for reject in wrong))


def still_right(settings: Settings, now: datetime) -> tuple[Scan, ManifestEntry | None]:
    """The extracts as they are, and the publication that is still what they give; None: there is work to do.

    ``now`` in UTC without zone. Raises ``Unusable`` where nothing can be read.
    """
    try:
        found = scan(settings.raw)
    except OSError as error:
        raise Unusable(
            phrase(
                "{raw}: the folder of extracts cannot be read: {strerror}",
                raw=settings.raw,
                strerror=error.strerror,
            )
        ) from error
    if not found.documents:
        raise Unusable(
            phrase(
                "{raw}: holds no document (a folder with a document.yml); nothing was begun", raw=settings.raw
            )
        )
    newest = published_already(settings, fingerprint(settings, found, now))
    if newest is not None:
        since = datetime.fromisoformat(str(newest.facts["started_at"])).date()
        if has_expired(read_acceptances(found.documents)[0], since, now.date()):
            return found, None
    return found, newest


def note_unchanged(settings: Settings, say: Callable[[str], None]) -> ManifestEntry | None:
    """Sum up a night on which what is published is still right, and give that publication; None: there is work to do.

    Raises ``Unusable`` where it cannot be looked at (``Busy`` while another is at work).
    """
    found, newest = still_right(settings, utc_now())
    if newest is not None:
        with conducting(settings, say) as refresh:
            refresh.notes.unchanged = _unchanged(settings, found, newest)
    return newest


def _is_up_to_date(refresh: Refresh) -> bool:
    """Whether what is published is what this refresh would make; then there is a note of it."""
    found, newest = still_right(refresh.settings, refresh.run.started_at)
    if newest is None or refresh.full or refresh.strict:
        refresh.seen.append(found)
        return False
    refresh.notes.unchanged = _unchanged(refresh.settings, found, newest)
    return True


def _unchanged(settings: Settings, found: Scan, newest: ManifestEntry) -> Live:
    last = summary.latest(settings)
    entries = manifest.read(settings)
    live = manifest.live(entries) or newest
    return Live(
        counts=summary.counted_then(entries, live),
        large_causes=last.large_causes if last else (),
        rejected_documents=last.rejected_documents if last else (),
        raw_sha256=found.sha256,
        warnings=_put_back(live, newest),
    )


def _put_back(live: ManifestEntry, newest: ManifestEntry) -> tuple[str, ...]:
    """What to say where a person put another file back than the one that the extracts give."""
    if live.file == newest.file:
        return ()
    return (
        phrase(
            "{live} is live, put back on {day} in place of {replaced}; the extracts give {newest}. It stays until an extract or"
            " the code changes, or with sluitend rollback {no}",
            live=live.run_id,
            day=live.at[:10],
            replaced=live.facts["replaced"],
            newest=newest.run_id,
            no=newest.no,
        ),
    )


def _carry_out(refresh: Refresh) -> None:
    from dagster_project.assets import dagster_home, left_behind
    from dagster_project.assets.automation import JOB
    from dagster_project.assets.wiring import definitions

    logging.getLogger("dagster").setLevel(logging.CRITICAL)
    job = definitions(refresh.settings).resolve_job_def(JOB)
    with dagster_home.opened(refresh.settings, refresh.say) as instance:
        left_behind.close(instance, refresh.settings, refresh.say, refresh.run.run_id)
        job.execute_in_process(
            instance=instance,
            resources={"refresh": refresh},
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            tags={left_behind.RUN_TAG: refresh.run.run_id},
        )
