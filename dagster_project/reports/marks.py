"""The one thing to say about a printed value, and how often each thing is said.

A mark is the worst that is known of a value: suspect, then break, then rounding, then how well the
others pin it down. What does not belong here: colours and signs (``page.css``), or finding anything out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from dagster_project.reports.views import Share
from dagster_project.reports.wording import LEVELS, VERDICTS, words

COVERAGE_ORDER = ("proved", "implied", "locatable", "unverifiable")  # the statuses of audit.verifiability
VERDICT_ORDER = ("exact", "rounding", "break", "not_judged")


def level_of(status, is_in_a_sum: bool = False) -> str:
    """The mark for what is known of a number, strongest first, from its row of ``queries.VERIFIABILITY``.

    One that is in a sum but in no set of sums stands in sums that could not be judged.
    """
    if status is None or status.component_id is None:
        return "not_judged" if is_in_a_sum else "unverifiable"
    if not status.is_proved:
        return "unproved"
    return "locatable" if status.is_locatable else "implied" if status.is_implied else "proved"


def mark_of(is_suspect: bool, verdicts: Collection[str], in_conflict: bool, level: str) -> str:
    """The mark of a value that counts in rules with these verdicts and of which ``level`` is known."""
    if is_suspect:
        return "suspect"
    if in_conflict or "break" in verdicts:
        return "break"
    if "rounding" in verdicts:
        return "rounding"
    return level


def coverage_shares(statuses: Iterable[str] | Mapping[str, int]) -> tuple[Share, ...]:
    """How many values have each status (or these counts), strongest first, absent ones left out."""
    return _shares(statuses, COVERAGE_ORDER, LEVELS)


def verdict_shares(verdicts: Iterable[str] | Mapping[str, int]) -> tuple[Share, ...]:
    """How many rules have each verdict, absent ones left out."""
    return _shares(verdicts, VERDICT_ORDER, VERDICTS)


def _shares(
    names: Iterable[str] | Mapping[str, int], order: tuple[str, ...], vocabulary
) -> tuple[Share, ...]:
    counted = Counter(names)
    shown = [name for name in order if counted.get(name)]
    if len(shown) < len(counted):
        shown += sorted(name for name, number in counted.items() if number and name not in order)
    return tuple(Share(name, words(vocabulary, name), counted[name]) for name in shown)
