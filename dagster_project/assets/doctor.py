"""``sluitend doctor``: what a refresh needs and what it left, looked at one by one, with what to do about each.

Nothing is changed, nothing is sent unless asked for, and one look that fails does not hide the others. What does
not belong here: mending (the refresh, ``settle``), and proving that no published file was altered (``verify``).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from dagster_project.language import numeral, phrase, speaks_dutch, spoken
from dagster_project.reports.plain import plain
from dagster_project.settings import READERS_FILE, READERS_FOLDER, Settings, load

FINE, LOOK, WRONG = "fine", "look", "wrong"
_LEAST_FREE = 500_000_000  # bytes, where nothing was published yet
_BUILDS = 4  # a night has the build, a copy that it grows from, what dbt spills, and the reports
_LEAST_INODES = 10_000
_REST_MB = 600  # what a refresh takes beside what DuckDB builds with
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Checkup:
    """One thing that was looked at: what was found and, unless it is fine, what to do."""

    about: str
    state: str  # FINE | LOOK (a refresh goes on) | WRONG (a refresh or its readers fail on it)
    found: str
    todo: str = ""


@click.command("doctor")
@click.option("--raw", metavar="DIR", help="The folder of extracts (SLUITEND_RAW; default raw/).")
@click.option("--home", metavar="DIR", help="The warehouse folder (SLUITEND_HOME; default warehouse/).")
@click.option(
    "--tell", is_flag=True, help="Send a message to every address of SLUITEND_NOTIFY, to see that it comes."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per look.")
def command(tell: bool, as_json: bool, **arguments: Any) -> None:
    """Look at everything that a refresh needs, and say what to do about what is not right.

    Folders, permissions, space, versions, Dagster's run store, the chain of published files, who is told, when
    refreshes begin, and the limits. Nothing is changed.

    Exit status: 0 nothing is wrong (what is only worth a look is told); 1 something is wrong; 2 a setting cannot
    be used.
    """
    settings = load(**arguments)
    found = tuple(examine(settings, tell=tell))
    for one in found:
        click.echo(json.dumps(asdict(one), ensure_ascii=False) if as_json else plain(_line(one)))
    if not as_json:
        wrong, worth = (sum(one.state == state for one in found) for state in (WRONG, LOOK))
        counted = {"looks": len(found), "wrong": wrong, "worth": worth}
        click.echo(phrase("{looks} looks: {wrong} wrong, {worth} worth a look", **counted))
    sys.exit(1 if any(one.state == WRONG for one in found) else 0)


def _line(one: Checkup) -> str:
    todo = f"\n{'':<20}-> {one.todo}" if one.todo else ""
    return f"{phrase(one.state):<6} {phrase(one.about):<12} {one.found}{todo}"


def examine(settings: Settings, *, tell: bool = False) -> Iterator[Checkup]:
    """Every look in order. Never raises: a look that fails says so as its finding."""
    looks: tuple[tuple[str, Callable[[Settings], Iterator[Checkup]]], ...] = (
        ("extracts", _extracts),
        ("folders", _folders),
        ("permissions", _permissions),
        ("space", _space),
        ("versions", _versions),
        ("run store", _run_store),
        ("chain", _chain),
        ("notifier", lambda given: _notifier(given, tell)),
        ("schedule", _schedule),
        ("limits", _limits),
    )
    for about, look in looks:
        try:
            for one in look(settings):
                yield Checkup(about, one.state, one.found, one.todo)
        except Exception as error:
            told = phrase(
                "could not be looked at: {kind}: {why}",
                kind=type(error).__name__,
                why=str(error).partition(chr(10))[0],
            )
            yield Checkup(
                about,
                WRONG,
                told,
                "read the reason; if it is no folder or right of this machine, it is a mistake of ours",
            )


def _fine(found: str) -> Checkup:
    return Checkup("", FINE, found)


def _look(found: str, todo: str) -> Checkup:
    return Checkup("", LOOK, found, todo)


def _wrong(found: str, todo: str) -> Checkup:
    return Checkup("", WRONG, found, todo)


def _extracts(settings: Settings) -> Iterator[Checkup]:
    from dagster_project.warehouse.iv3.sources import divide
    from dagster_project.warehouse.scan import scan

    raw = settings.raw
    if not raw.is_dir() or not os.access(raw, os.R_OK | os.X_OK):
        what = phrase("cannot be read by this user") if raw.is_dir() else phrase("is no folder")
        yield _wrong(
            f"{raw}: {what}",
            phrase("name the folder of extracts with --raw or SLUITEND_RAW, or give this user rights"),
        )
        return
    found, sources = divide(scan(raw))
    told = phrase(
        "{raw}: {documents} documents, {sources} sources of Iv3",
        raw=raw,
        documents=len(found.documents),
        sources=len(sources),
    )
    if not found.documents:
        yield _wrong(told, phrase("put a folder with a document.yml there, or use sluitend add"))
        return
    yield _fine(told)
    unread = [
        f"{d.document_id}/{i.path}: {i.trouble}"
        for d in (*found.documents, *sources)
        for i in d.inputs
        if i.trouble
    ]
    unread += [f"{s.document_id}: {s.reason if speaks_dutch() else s.reason_en}" for s in found.strays]
    if unread:
        more = phrase(" and {more} more", more=len(unread) - _LISTED) if len(unread) > _LISTED else ""
        yield _look(
            f"{'; '.join(unread[:_LISTED])}{more}",
            phrase("give rights, move it into a folder with a document.yml, or leave it"),
        )


def _folders(settings: Settings) -> Iterator[Checkup]:
    home = settings.home
    if not home.exists():
        parent = next(p for p in home.parents if p.exists())
        if os.access(parent, os.W_OK | os.X_OK):
            yield _look(
                phrase("{home}: is not there yet", home=home), phrase("nothing: the first refresh makes it")
            )
        else:
            yield _wrong(
                phrase("{home}: is not there, and {parent} cannot be written", home=home, parent=parent),
                phrase("make it, and give this user rights"),
            )
        return
    closed = [
        folder
        for folder in (
            home,
            settings.snapshots,
            settings.landing,
            settings.build,
            settings.runs,
            settings.dagster,
        )
        if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK))
    ]
    if closed:
        yield _wrong(
            phrase("{folders}: cannot be written", folders=", ".join(map(str, closed))),
            phrase("give the user that refreshes the whole of HOME"),
        )
    else:
        yield _fine(phrase("{home}: can be written", home=home))
    scratch = Path(tempfile.gettempdir())
    if not os.access(scratch, os.W_OK):
        yield _wrong(
            phrase("{scratch}: the folder for scratch files cannot be written", scratch=scratch),
            phrase("name another with TMPDIR"),
        )
    left = sorted(p.name for p in settings.build.iterdir()) if settings.build.is_dir() else []
    note = home / ".running.json"
    if note.exists():
        yield _look(
            phrase("at work, or stopped in the middle: {note}", note=note.read_text()[:200]),
            phrase("wait; after a crash nothing, the next refresh cleans up"),
        )
    elif left:
        yield _look(
            phrase("build/ holds {files} of a run that stopped", files=", ".join(left[:_LISTED])),
            phrase("nothing: the next refresh removes it"),
        )


def _permissions(settings: Settings) -> Iterator[Checkup]:
    if not settings.published.exists():
        yield _look(phrase("nothing was published yet"), "sluitend refresh")
        return
    closed = []
    for path, needed in (
        (settings.home, READERS_FOLDER),
        (settings.snapshots, READERS_FOLDER),
        (settings.published, READERS_FILE),
        (settings.manifest, READERS_FILE),
        (settings.reports, READERS_FOLDER),
        (settings.reports / "latest", READERS_FOLDER),
        (settings.reports / "latest" / "index.html", READERS_FILE),
    ):
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        if mode is None:
            closed.append(phrase("{path} is not there", path=path))
        elif mode & needed & 0o555 != needed & 0o555:
            closed.append(f"{path} is {mode:04o}")
    if closed:
        yield _wrong(
            phrase("not every reader can open what is published: {paths}", paths="; ".join(closed)),
            phrase("chmod a+rX, or refresh again"),
        )
    else:
        yield _fine(phrase("everyone may read what is published"))


def _space(settings: Settings) -> Iterator[Checkup]:
    folder = settings.home if settings.home.exists() else next(p for p in settings.home.parents if p.exists())
    free = shutil.disk_usage(folder).free
    live = settings.published.stat().st_size if settings.published.exists() else 0
    needed = max(_LEAST_FREE, _BUILDS * live)
    told = phrase(
        "{free:,.1f} GB free, a night may need {needed:,.1f} GB", free=free / 1e9, needed=needed / 1e9
    )
    if free < needed:
        yield _wrong(told, phrase("free some, or keep fewer published files with --keep or --keep-days"))
    elif free < 3 * needed:
        yield _look(told, phrase("free some before it is full"))
    else:
        yield _fine(told)
    inodes = os.statvfs(folder)
    if inodes.f_files and inodes.f_favail < _LEAST_INODES:
        yield _wrong(
            phrase("{files} files can still be made here", files=numeral(inodes.f_favail)),
            phrase("remove small files on this disk"),
        )


def _versions(settings: Settings) -> Iterator[Checkup]:
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        yield _wrong(f"Python {sys.version.split()[0]}", phrase("use 3.11, 3.12 or 3.13"))
    other = []
    pinned = _pinned(settings.project / "requirements.lock")
    for name, wanted in pinned.items():
        try:
            there = version(name)
        except PackageNotFoundError:
            there = phrase("missing")
        if there != wanted:
            other.append(f"{name} {there} (lock: {wanted})")
    told = phrase(
        "Python {python}, {pinned} packages as in requirements.lock",
        python=sys.version.split()[0],
        pinned=len(pinned),
    )
    if other:
        more = phrase(" and {more} more", more=len(other) - _LISTED) if len(other) > _LISTED else ""
        yield _wrong(
            phrase(
                "not as in requirements.lock: {packages}{more}",
                packages=", ".join(other[:_LISTED]),
                more=more,
            ),
            "make setup",
        )
    elif not pinned:
        yield _look(
            phrase("requirements.lock is not there: versions were not checked"),
            phrase("use the checkout that make setup made"),
        )
    else:
        yield _fine(told)


def _pinned(lock: Path) -> dict[str, str]:
    """Name and version of the packages that the lock asks for on this machine."""
    from packaging.markers import Marker

    if not lock.exists():
        return {}
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]*))?", line)
        if match and (not match[3] or Marker(match[3].strip()).evaluate()):
            found[match[1]] = match[2]
    return found


def _run_store(settings: Settings) -> Iterator[Checkup]:
    from dagster_project.assets import dagster_home

    if not settings.dagster.exists():
        yield _fine(phrase("Dagster has no history yet"))
        return
    trouble = dagster_home.damage(settings)
    if trouble:
        yield _look(
            phrase("Dagster's history is damaged: {trouble}", trouble=trouble),
            phrase("nothing: the next refresh puts it aside and begins a new one"),
        )
    else:
        size = sum(p.stat().st_size for p in settings.dagster.rglob("*") if p.is_file())
        yield _fine(phrase("Dagster's history can be read, {size:,.0f} MB", size=size / 1e6))


def _chain(settings: Settings) -> Iterator[Checkup]:
    from dagster_project.warehouse import manifest, snapshots

    entries, problems = manifest.examine(settings)
    if problems:
        yield _wrong(
            "; ".join(map(spoken, problems[:_LISTED])),
            phrase("sluitend verify, then sluitend settle --who NAME --why REASON"),
        )
        return
    live = manifest.live(entries)
    if live is None:
        yield _fine(phrase("nothing was published yet"))
        return
    if not snapshots.is_live(settings, live) or not snapshots.is_intact(settings, live):
        yield _wrong(
            phrase("what analysts open is not {file} as it was published", file=live.file),
            phrase("sluitend refresh puts it back; find out who altered it"),
        )
        return
    lost = [e.file for e in manifest.kept(entries) if not (settings.snapshots / e.file).exists()]
    if lost:
        yield _wrong(
            phrase("kept and not there: {files}", files=", ".join(lost[:_LISTED])),
            "sluitend settle --who NAME --why REASON",
        )
        return
    yield _fine(
        phrase(
            "{entries} entries, {run} is live; every hash: sluitend verify",
            entries=len(entries),
            run=live.run_id,
        )
    )


def _notifier(settings: Settings, tell: bool) -> Iterator[Checkup]:
    if not settings.notify:
        yield _look(
            phrase("nobody is told when a refresh fails"),
            phrase("set SLUITEND_NOTIFY, unless something else watches the exit status"),
        )
        return
    import apprise

    from dagster_project.assets.notify import Message, send

    unknown = [str(no) for no, one in enumerate(settings.notify, 1) if not apprise.Apprise().add(one)]
    if unknown:
        yield _wrong(
            phrase(
                "address {numbers} of SLUITEND_NOTIFY is none that Apprise knows", numbers=", ".join(unknown)
            ),
            phrase("see its list of addresses"),
        )
    if tell:
        problems = send(
            settings.notify,
            [Message("info", phrase("Sluitend: a test"), phrase("Sent by sluitend doctor --tell."))],
        )
        yield from (
            _wrong(problem, phrase("try the address by hand; is it reachable from this machine?"))
            for problem in problems
        )
        if problems:
            return
    if not unknown:
        told = phrase("a message was taken by each") if tell else phrase("not tried; --tell sends a message")
        yield _fine(phrase("{notify} addresses, {told}", notify=len(settings.notify), told=told))


def _schedule(settings: Settings) -> Iterator[Checkup]:
    from dagster_project.assets import summary
    from dagster_project.assets.on_time import late

    told = phrase(
        "Dagster's daemon would refresh at {schedule} ({timezone})",
        schedule=settings.schedule,
        timezone=settings.timezone,
    )
    last = max((p for p in settings.runs.glob("*.json")), default=None) if settings.runs.is_dir() else None
    if last is None:
        yield _look(
            phrase("{told}; no refresh has begun here yet", told=told),
            phrase("sluitend refresh, then a timer, cron or the daemon: see docs/operator.md"),
        )
        return
    began = datetime.strptime(last.name[:16], "%Y%m%dT%H%M%SZ")
    missed = late(settings, datetime.now(UTC))
    if missed:
        yield _wrong(
            missed,
            phrase("is the timer, cron or the daemon running? SLUITEND_SCHEDULE must say when it begins"),
        )
    else:
        yield _fine(phrase("{told}; the last began {began:%Y-%m-%d %H:%M} UTC", told=told, began=began))
    newest = summary.latest(settings)
    if newest is None or not last.name.startswith(newest.started_at.replace("-", "").replace(":", "")):
        yield _wrong(
            phrase("the last refresh published nothing"), phrase("read {file}", file=last.with_suffix(".txt"))
        )


def _limits(settings: Settings) -> Iterator[Checkup]:
    needed = settings.workers * settings.read_memory_mb + settings.build_memory_mb + _REST_MB
    told = phrase(
        "{workers} readers of {read_memory_mb} MB and {read_timeout} s per document and per 100 kB; {build_memory_mb} MB to build; {removal_pct} % may disappear unasked; {keep} published files stay",
        workers=settings.workers,
        read_memory_mb=settings.read_memory_mb,
        read_timeout=settings.read_timeout,
        build_memory_mb=settings.build_memory_mb,
        removal_pct=settings.removal_pct,
        keep=settings.keep,
    )
    memory = _memory_mb()
    if memory is not None and memory < needed:
        yield _look(
            phrase(
                "{told}; {memory} MB of memory is free, {needed} may be asked for",
                told=told,
                memory=numeral(memory),
                needed=numeral(needed),
            ),
            phrase("fewer --workers, or more memory"),
        )
    else:
        yield _fine(told)
    try:
        import resource
    except ImportError:
        return
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if files != resource.RLIM_INFINITY and files < 256:
        yield _wrong(
            phrase("a process may open {files} files", files=files),
            phrase("ulimit -n 1024, or LimitNOFILE in the unit"),
        )


def _memory_mb() -> int | None:
    try:
        found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    except OSError:
        return None
    return int(found[1]) // 1_000 if found else None
