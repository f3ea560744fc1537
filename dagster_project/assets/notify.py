"""What the operator is told: only what needs a person.

Six things do: a refresh that failed, a published file that was altered or gone, a kind of source of which nothing
is left, a document that was rejected, a new cause of findings that involves many euros, and the first success after a
failure. Each is told once, and again when it changed; the municipality and its euros come first. What does not belong
here: the summary of a run, which is written whether or not anyone is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagster_project.assets.summary import FAILED, NewsItem, RunSummary, new_since
from dagster_project.language import numeral, phrase

_AT_MOST = 20  # causes or rejects that are listed in one message
_OF_THE_RUN = re.compile(r"\b\d{6}-\d{8}T\d{6}Z\b|\bprocess \d+|\b\d+\.\d+ s\b|0x[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``kind`` is failure, warning or success, in the words of Apprise."""

    kind: str
    title: str
    body: str


def messages(summary: RunSummary, before: Sequence[RunSummary]) -> list[Message]:
    """What to tell about a run, given the runs before it, newest first; each with the hash of the chain, so that
    someone else holds it."""
    chain = "\n\n" + phrase("Hash of the chain: {hash}", hash=summary.chain) if summary.chain else ""
    return [replace(message, body=message.body + chain) for message in _news(summary, before)]


def _news(summary: RunSummary, before: Sequence[RunSummary]) -> list[Message]:
    if summary.status == FAILED:
        if before and before[0].status == FAILED and _reasons(before[0]) == _reasons(summary):
            return []  # it was told, and nothing is new
        title = phrase("Sluitend: {run} published nothing", run=summary.run_id)
        if summary.exit_status == 2:
            title = phrase("Sluitend: a refresh could not begin")
        return [Message("failure", title, "\n".join(summary.lines()))]
    last_good = next((s for s in before if s.status != FAILED), None)
    told = []
    if summary.mended:
        altered = "\n".join(summary.mended)
        title = phrase("Sluitend: what was live was not what was published")
        told.append(Message("warning", title, altered))
    if summary.gone:
        title = phrase("Sluitend: a whole kind of source has disappeared")
        told.append(Message("warning", title, "\n".join(summary.gone)))
    rejected = new_since(summary.rejected_documents, last_good.rejected_documents if last_good else ())
    if rejected:
        told.append(_listed(phrase("document rejected"), phrase("documents rejected"), rejected))
    causes = new_since(summary.large_causes, last_good.large_causes if last_good else ())
    if causes:
        told.append(_listed(phrase("new or changed cause"), phrase("new or changed causes"), causes))
    if before and before[0].status == FAILED:
        told.append(Message("success", phrase("Sluitend: publishes again"), "\n".join(summary.lines())))
    return told


def send(addresses: Sequence[str], told: Sequence[Message]) -> list[str]:
    """Send messages through Apprise. Returns a sentence for each address that did not take one.

    An address is not repeated in such a sentence: it may hold a password.
    """
    if not addresses or not told:
        return []
    import apprise

    problems = []
    for number, address in enumerate(addresses, start=1):
        channel = apprise.Apprise()
        if not channel.add(address):
            problems.append(
                phrase(
                    "notification address {number}: Apprise does not know this kind of address", number=number
                )
            )
            continue
        for message in told:
            if not channel.notify(body=message.body, title=message.title, notify_type=message.kind):
                problems.append(
                    phrase(
                        "notification address {number}: {title!r} could not be delivered",
                        number=number,
                        title=message.title,
                    )
                )
    return problems


def _reasons(summary: RunSummary) -> frozenset[str]:
    """Why a run failed, without what differs from run to run though the reason is the same."""
    return frozenset(_OF_THE_RUN.sub("", error) for error in summary.errors)


def _listed(one: str, many: str, things: Sequence[NewsItem]) -> Message:
    """A message about causes or rejects: whose, how many euros, what."""
    lines = [f"* {_whose(t)}{_euros(t.amount_eur)}: {t.message} ({t.document_id})" for t in things[:_AT_MOST]]
    more = len(things) - _AT_MOST
    body = "\n".join(
        lines + ([f"* {phrase('and {more} more, in the report', more=more)}"] if more > 0 else [])
    )
    others = len({_whose(t) for t in things}) - 1
    whose = _whose(things[0]) + (phrase(" and {more} more", more=others) if others else "")
    amounts = [t.amount_eur for t in things if t.amount_eur is not None]
    euros = _euros(sum(map(abs, amounts)) if amounts else None)
    return Message(
        "warning", f"Sluitend: {whose}{euros}: {len(things)} {one if len(things) == 1 else many}", body
    )


def _whose(told: NewsItem) -> str:
    return told.gemeente or told.document_id


def _euros(amount: float | None) -> str:
    return "" if amount is None else f", EUR {numeral(round(amount))}"
