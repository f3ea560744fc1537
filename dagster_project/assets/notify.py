"""What the operator is told: only what needs a person.

Six things do: a refresh that failed, a published file that was altered or gone, a kind of source of which nothing
is left, a document that was rejected, a new finding that involves many euros, and the first success after a failure. Each is told once. What does not belong here: the summary
of a run, which is written whether or not anyone is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dagster_project.assets.summary import FAILED, RunSummary, Told, new_since

_AT_MOST = 20  # findings or rejects that are listed in one message


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``kind`` is failure, warning or success, in the words of Apprise."""

    kind: str
    title: str
    body: str


def messages(summary: RunSummary, before: Sequence[RunSummary]) -> list[Message]:
    """What to tell about a run, given the runs before it, newest first; each with the hash of the chain, so that
    someone else holds it."""
    chain = f"\n\nHash of the chain: {summary.chain}" if summary.chain else ""
    return [replace(message, body=message.body + chain) for message in _news(summary, before)]


def _news(summary: RunSummary, before: Sequence[RunSummary]) -> list[Message]:
    if summary.status == FAILED:
        if before and before[0].status == FAILED and before[0].errors == summary.errors:
            return []  # it was told, and nothing is new
        return [
            Message("failure", f"Sluitend: {summary.run_id} published nothing", "\n".join(summary.lines()))
        ]
    last_good = next((s for s in before if s.status != FAILED), None)
    told = []
    if summary.mended:
        altered = "\n".join(summary.mended)
        told.append(Message("warning", "Sluitend: what was live was not what was published", altered))
    if summary.gone:
        told.append(
            Message("warning", "Sluitend: a whole kind of source has disappeared", "\n".join(summary.gone))
        )
    rejected = new_since(summary.rejected_documents, last_good.rejected_documents if last_good else ())
    if rejected:
        told.append(Message("warning", f"Sluitend: {len(rejected)} documents rejected", _listed(rejected)))
    findings = new_since(summary.large_findings, last_good.large_findings if last_good else ())
    if findings:
        told.append(Message("warning", f"Sluitend: {len(findings)} new large findings", _listed(findings)))
    if before and before[0].status == FAILED:
        told.append(Message("success", "Sluitend: publishes again", "\n".join(summary.lines())))
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
            problems.append(f"notification address {number}: Apprise does not know this kind of address")
            continue
        for message in told:
            if not channel.notify(body=message.body, title=message.title, notify_type=message.kind):
                problems.append(f"notification address {number}: {message.title!r} could not be delivered")
    return problems


def _listed(things: Sequence[Told]) -> str:
    lines = [f"* {_amount(t)}{t.document_id}: {t.message}" for t in things[:_AT_MOST]]
    more = len(things) - _AT_MOST
    return "\n".join(lines + ([f"* and {more} more, in the report"] if more > 0 else []))


def _amount(told: Told) -> str:
    return f"EUR {told.amount_eur:,.0f}, " if told.amount_eur is not None else ""
