"""Which troubles may pass when one waits, and which will not.

A file that another process has locked, a network share that hiccups: worth another try. A broken
document, a wrong figure, a full disk, a folder that may not be written: trying again costs time and
tells nobody anything. What does not belong here: how often is tried (the assets say so).
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from dagster_project.assets.runs import Refresh
from dagster_project.warehouse.disk import causes

RETRIES = dg.RetryPolicy(max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)

_PASSING = {
    errno.EAGAIN,
    errno.EBUSY,
    errno.EINTR,
    errno.EIO,
    errno.ETIMEDOUT,
    errno.ESTALE,
    errno.ECONNRESET,
    errno.ECONNABORTED,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.ENETRESET,
    errno.ENOLCK,
}
_REASONS = 10  # that are told at once
_PASSING_WORDS = ("could not set lock", "conflicting lock", "database is locked", "resource temporarily")


def may_pass(error: BaseException) -> bool:
    """Whether the same work may succeed a little later."""
    for cause in causes(error):
        if isinstance(cause, OSError) and cause.errno in _PASSING:
            return True
        if isinstance(cause, TimeoutError):
            return True
        if any(words in str(cause).lower() for words in _PASSING_WORDS):
            return True
    return False


@contextmanager
def sorted_by_hope() -> Iterator[None]:
    """Let through what may pass, so that Dagster tries again; make a final Failure of everything else."""
    try:
        yield
    except (dg.Failure, dg.RetryRequested):
        raise
    except Exception as error:
        if may_pass(error):
            raise
        description = f"{type(error).__name__}: {error}"
        raise dg.Failure(description=description, allow_retries=False) from error


def refuse(refresh: Refresh, step: str, reasons: list[str]) -> None:
    """End the step for good when there are reasons to: our own work failed, nothing may be published."""
    if not reasons:
        return
    more = f" (and {len(reasons) - _REASONS} more)" if len(reasons) > _REASONS else ""
    refresh.troubles[step] = f"{step}: {'; '.join(reasons[:_REASONS])}{more}"
    raise dg.Failure(description=refresh.troubles[step], allow_retries=False)


def refuse_a_part(context: dg.AssetExecutionContext, refresh: Refresh, step: str) -> None:
    """End the step in words when a person selected some of its tables: they would be made and thrown away.

    Dagster would otherwise show the trace of an error of its own.
    """
    selected, all_of_them = (
        set(context.selected_asset_keys),
        set(context.assets_def.node_keys_by_output_name.values()),
    )
    if selected != all_of_them:
        told = (
            f"not begun: {len(selected)} of its {len(all_of_them)} tables were selected. A refresh builds"
            " everything beside what is live and swaps it in whole: start the job 'refresh'. Nothing was published"
        )
        refuse(refresh, step, [told])
