"""Every path and every environment variable of the project, in one frozen dataclass.

A value comes from the caller (command line), else from the environment (``SLUITEND_*``), else from the
defaults below. What cannot be used raises ``Unusable`` with a sentence that names the value and where it
came from; the command line turns that into exit status 2.

What does not belong here: anything that reads or writes a file, but for the two checks at the end, which
tell before work starts that it cannot be done.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import gettempdir
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from dagster_project.language import phrase

READERS_FOLDER, READERS_FILE = 0o755, 0o644  # what is published may be read by everyone, whatever the umask
PROJECT = Path(__file__).resolve().parent.parent


class Unusable(Exception):
    """An argument, a setting or a folder that the work cannot start with. Exit status 2."""


class NotPublished(Exception):
    """The work was begun and nothing was published; what was live still is. Exit status 1."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much of them is kept. Paths are absolute."""

    raw: Path  # extracts as published, one folder per document
    home: Path  # everything that is made: published file, snapshots, reports
    keep: int = 30  # published files that stay at most; the live one, the newest and the previous always stay
    keep_days: int = 0  # published files older than this many days go; 0: age does not matter
    workers: int = 1  # processes that read documents
    read_timeout: int = (
        60  # seconds to read one document, and as many again for every 100 kB of it, 15 times at most
    )
    read_memory_mb: int = 1000  # that reading one document may take
    build_memory_mb: int = 600  # that DuckDB may take while it builds; what does not fit waits on disk
    timezone: str = "Europe/Amsterdam"
    schedule: str = "0 2 * * *"  # cron, in `timezone`
    owner: str = "team:sluitend"  # whom Dagster shows as the owner of every asset
    notify: tuple[str, ...] = ()  # Apprise addresses
    notify_above_eur: Decimal = Decimal(100_000)  # a new finding from this amount on is told
    removal_pct: int = (
        20  # of the documents or values that are live; more that disappears is asked about first
    )
    sign_key: Path | None = None  # PEM of an ed25519 key that signs the chain; outside home
    cbs: str = "https://dataderden.cbs.nl"  # where Iv3 is fetched
    fetch_schedule: str = "0 1 * * *"  # cron, in `timezone`: when addresses are looked at again
    fetch_max_mb: int = 100  # of one answer
    fetch_timeout: int = 300  # seconds for one answer, redirects among it
    fetch_tries: int = 4  # of one address
    fetch_wait: Decimal = Decimal(2)  # seconds before the second try; doubles each time
    allow_private: tuple[str, ...] = ()  # hosts inside the network that may be fetched from
    export: Path | None = None  # the folder that is exported to after every publication; None: switched off
    explorer: bool = False  # whether exports get a page that answers SQL, with packages from npm
    publisher: str = ""  # who publishes exports, as their descriptions name it
    contact: str = ""  # a mail address for questions about exports
    license: str = ""  # the address of the licence of exports
    spark: str = ""  # address of a Spark Connect server, for --engine spark
    project: Path = PROJECT  # the checkout: dbt/, expectations/, requirements.lock

    def seconds_to_read(self, size: int) -> float:
        """How long reading a document of ``size`` bytes may take: as much again for every 100 kB, so that large ones are read."""
        return self.read_timeout * min(15.0, 1 + size / 100_000)

    def gives_more(self, bound: str) -> bool:
        """Whether a setting that reading ran into at some value, as in ``read_memory_mb=1000``, is above that now."""
        name, _, value = bound.partition("=")
        return bool(bound) and getattr(self, name) > int(value)

    @property
    def published(self) -> Path:
        """The file that analysts open."""
        return self.home / "sluitend.duckdb"

    @property
    def snapshots(self) -> Path:
        """Published files, immutable, and their manifest."""
        return self.home / "snapshots"

    @property
    def manifest(self) -> Path:
        """The chain of what was published when: one JSON object per line."""
        return self.snapshots / "manifest.jsonl"

    @property
    def landing(self) -> Path:
        """Documents as read, one Parquet file each. A cache: may be deleted."""
        return self.home / "landing"

    @property
    def iv3(self) -> Path:
        """Sources of Iv3 as read, one Parquet file each. A cache: may be deleted."""
        return self.home / "iv3"

    @property
    def plain_home(self) -> Path:
        """HOME by a path of plain letters: itself, or a link to it in the folder for scratch files.

        dbt and Dagster put the path of a database that they write in an address, in which ``#``, ``?`` and ``%`` are
        more than letters. ``require_plain_home`` makes the link.
        """
        if _PLAIN.fullmatch(self.home.as_posix().removeprefix(self.home.drive)):
            return self.home
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        return Path(gettempdir()) / f"sluitend-{os.getuid()}-{mark}"

    @property
    def build(self) -> Path:
        """Private files of the refresh that is running. Empty between runs.

        Not below HOME where its path holds a ``?``: DuckDB follows links and writes its log where none can be.
        """
        plain = self.plain_home
        return plain.with_name(f"{plain.name}-build") if "?" in str(self.home) else plain / "build"

    @property
    def ground(self) -> Path:
        """What the next night grows from beside the published file. A cache: may be deleted."""
        return self.home / "ground"

    @property
    def npm(self) -> Path:
        """Packages of npm that exports take along, as archives. A cache: may be deleted."""
        return self.home / "npm"

    @property
    def reports(self) -> Path:
        """One folder per run, and ``latest``."""
        return self.home / "reports"

    @property
    def runs(self) -> Path:
        """Summaries of refreshes, also of those that published nothing."""
        return self.home / "runs"

    @property
    def dagster(self) -> Path:
        """Dagster's own home: run history."""
        return self.plain_home / "dagster"

    @property
    def lock(self) -> Path:
        """Held by whoever changes anything under ``home``."""
        return self.home / ".lock"

    @property
    def dbt(self) -> Path:
        """The dbt project."""
        return self.project / "dbt"


def load(environ: Mapping[str, str] = os.environ, **arguments: object) -> Settings:
    """Settings from ``arguments`` (None counts as not given), else ``environ``, else defaults.

    Raises ``Unusable`` for a value that is none of its kind, and for folders inside each other. That the
    folder of extracts exists is checked by ``require_raw``: not every command needs it.
    """

    def chosen(name: str, default: object) -> tuple[object, str]:
        if arguments.get(name) is not None:
            return arguments[name], f"--{name.replace('_', '-')}"
        variable = f"SLUITEND_{name.upper()}"
        if environ.get(variable, "").strip():
            return environ[variable].strip(), variable
        return default, "default"

    unknown = set(arguments) - set(Settings.__dataclass_fields__)
    if unknown:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")

    settings = Settings(
        raw=_folder(*chosen("raw", PROJECT / "raw")),
        home=_home(*chosen("home", PROJECT / "warehouse")),
        keep=_whole(*chosen("keep", 30), least=1),
        keep_days=_whole(*chosen("keep_days", 0), least=0),
        workers=_whole(*chosen("workers", os.cpu_count() or 1), least=1),
        read_timeout=_whole(*chosen("read_timeout", 60), least=1),
        read_memory_mb=_whole(*chosen("read_memory_mb", 1000), least=300),
        build_memory_mb=_whole(*chosen("build_memory_mb", 600), least=300),
        timezone=_timezone(*chosen("timezone", "Europe/Amsterdam")),
        schedule=_schedule(*chosen("schedule", "0 2 * * *")),
        owner=_matching(*chosen("owner", "team:sluitend"), _OWNER, "mail address, nor team:NAME"),
        notify=tuple(str(chosen("notify", "")[0]).split()),
        notify_above_eur=_amount(*chosen("notify_above_eur", Decimal(100_000))),
        removal_pct=_whole(*chosen("removal_pct", 20), least=0),
        sign_key=_file(*chosen("sign_key", "")),
        cbs=str(chosen("cbs", "https://dataderden.cbs.nl")[0]),
        fetch_schedule=_schedule(*chosen("fetch_schedule", "0 1 * * *")),
        fetch_max_mb=_whole(*chosen("fetch_max_mb", 100), least=1),
        fetch_timeout=_whole(*chosen("fetch_timeout", 300), least=1),
        fetch_tries=_whole(*chosen("fetch_tries", 4), least=1),
        fetch_wait=_seconds(*chosen("fetch_wait", Decimal(2))),
        allow_private=_words(chosen("allow_private", "")[0]),
        export=_optional_folder(*chosen("export", None)),
        explorer=_switch(*chosen("explorer", False)),
        publisher=str(chosen("publisher", "")[0]),
        contact=_matching(*chosen("contact", ""), r"[^@\s]+@[^@\s]+", "mail address"),
        license=_matching(*chosen("license", ""), r"https?://\S+", "address of a licence"),
        spark=_matching(
            *chosen("spark", ""), r"sc://[^\s/:]+:\d+(?:/\S*)?", "address such as sc://host:15002"
        ),
        project=_folder(*chosen("project", PROJECT)),
    )
    if settings.raw == settings.home or settings.raw in settings.home.parents:
        raise Unusable(
            phrase(
                "{home}: what is made may not stand inside the extracts, {raw}",
                home=settings.home,
                raw=settings.raw,
            )
        )
    if settings.home in settings.raw.parents:
        raise Unusable(
            phrase(
                "{raw}: the extracts may not stand inside what is made, {home}",
                raw=settings.raw,
                home=settings.home,
            )
        )
    _require_export_apart(settings)
    if settings.sign_key is not None and settings.home in settings.sign_key.parents:
        raise Unusable(
            phrase(
                "{sign_key}: the key may not stand inside what it signs, {home}",
                sign_key=settings.sign_key,
                home=settings.home,
            )
        )
    return settings


def _require_export_apart(settings: Settings) -> None:
    """The export is replaced as a whole: it may hold nothing else, nor stand where something else is read or made."""
    export = settings.export
    if export is None:
        return
    for folder, what in ((settings.raw, "the extracts"), (settings.home, "what is made")):
        if export == folder or export in folder.parents or folder in export.parents:
            raise Unusable(
                phrase(
                    "{export}: the export may not stand inside or around {what}, {folder}",
                    export=export,
                    what=phrase(what),
                    folder=folder,
                )
            )


def require_raw(settings: Settings) -> None:
    """Raise ``Unusable`` unless the folder of extracts is there and can be listed."""
    raw = settings.raw
    if not raw.exists():
        raise Unusable(
            phrase("{raw}: there is no such folder of extracts (--raw or SLUITEND_RAW names it)", raw=raw)
        )
    if not raw.is_dir():
        raise Unusable(
            phrase("{raw}: is a file; --raw or SLUITEND_RAW must name the folder of extracts", raw=raw)
        )
    if not os.access(raw, os.R_OK | os.X_OK):
        raise Unusable(phrase("{raw}: the folder of extracts may not be read by this user", raw=raw))


def require_home(settings: Settings) -> None:
    """Make ``home`` and its folders where they are missing; raise ``Unusable`` unless they can be written."""
    try:
        for folder in (settings.home, settings.snapshots, settings.landing):
            _make_writable(folder, is_published=folder != settings.landing)
        require_plain_home(settings)
        _make_writable(settings.build)
    except OSError as error:
        raise Unusable(
            phrase(
                "{home}: the warehouse folder cannot be written: {why} ({file}; --home or SLUITEND_HOME names it)",
                home=settings.home,
                why=error.strerror,
                file=error.filename,
            )
        ) from error


def _make_writable(folder: Path, is_published: bool = False) -> None:
    """Make a folder unless it is there, and see that a file can be made in it. Raises OSError where not."""
    if not folder.exists():
        folder.mkdir(parents=True)
        if is_published:
            folder.chmod(READERS_FOLDER)
    probe = folder / f".write-{os.getpid()}"
    probe.touch()
    probe.unlink()


def require_plain_home(settings: Settings) -> None:
    """Make the link that ``plain_home`` may be; raise ``Unusable`` where something else stands in its place."""
    link = settings.plain_home
    if link == settings.home:
        return
    with suppress(FileExistsError):
        link.symlink_to(settings.home)
    settings.build.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_ours = all(path.lstat().st_uid == os.getuid() for path in (link, settings.build))
    if (
        not is_ours
        or not link.is_symlink()
        or link.readlink() != settings.home
        or settings.build.is_symlink()
    ):
        raise Unusable(
            phrase(
                "{link}: stands where a link to {home} must come; remove it, or name another TMPDIR",
                link=link,
                home=settings.home,
            )
        )


_OWNER = r"team:[\w-]+|[\w.+-]+@[\w-]+(\.[\w-]+)+"
_PLAIN = re.compile(r"[\w/.,=+~@ -]*")


def _folder(value: object, source: str) -> Path:
    text = str(value)
    if "\0" in text:
        raise Unusable(phrase("{source}: {text!r} is no path", source=source, text=text))
    return Path.cwd() / Path(os.path.normpath(Path(text).expanduser()))


def _home(value: object, source: str) -> Path:
    folder = _folder(value, source)
    if "\\" in folder.as_posix():
        raise Unusable(
            phrase(
                "{source}: {folder!r}: DuckDB opens no file below a folder with a backslash in its name",
                source=source,
                folder=str(folder),
            )
        )
    return folder


def _optional_folder(value: object, source: str) -> Path | None:
    return None if value is None else _folder(value, source)


def _file(value: object, source: str) -> Path | None:
    return _folder(value, source) if str(value) else None


def _whole(value: object, source: str, least: int) -> int:
    try:
        number = int(str(value))
    except ValueError:
        raise Unusable(phrase("{source}: {value!r} is no whole number", source=source, value=value)) from None
    if number < least:
        raise Unusable(
            phrase("{source}: {value!r} is less than {least}", source=source, value=value, least=least)
        )
    return number


def _switch(value: object, source: str) -> bool:
    words = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if str(value).lower() not in words:
        raise Unusable(phrase("{source}: {value!r} is neither yes nor no", source=source, value=value))
    return words[str(value).lower()]


def _amount(value: object, source: str) -> Decimal:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        raise Unusable(
            phrase(
                "{source}: {value!r} is no amount in euros (write 100000 or 100000.50)",
                source=source,
                value=value,
            )
        ) from None
    if not amount.is_finite() or amount < 0:
        raise Unusable(
            phrase("{source}: {value!r} is no amount in euros from zero on", source=source, value=value)
        )
    return amount


def _seconds(value: object, source: str) -> Decimal:
    try:
        seconds = Decimal(str(value))
    except InvalidOperation:
        seconds = Decimal("nan")
    if not seconds.is_finite() or seconds < 0:
        raise Unusable(
            phrase("{source}: {value!r} is no number of seconds from zero on", source=source, value=value)
        )
    return seconds


def _words(value: object) -> tuple[str, ...]:
    """Several arguments, or one text with blanks between."""
    parts = value.split() if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        raise Unusable(phrase("{value!r} is no list of words", value=value))
    return tuple(map(str, parts))


def _matching(value: object, source: str, pattern: str, what: str) -> str:
    """The text as it was given, when it was, checked to look like what it is."""
    text = str(value)
    if text and not re.fullmatch(pattern, text):
        raise Unusable(phrase("{source}: {text!r} is no {what}", source=source, text=text, what=phrase(what)))
    return text


def _timezone(value: object, source: str) -> str:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError):
        raise Unusable(
            phrase(
                "{source}: {value!r} is no known time zone (write Europe/Amsterdam)",
                source=source,
                value=value,
            )
        ) from None
    return str(value)


def _schedule(value: object, source: str) -> str:
    fields = str(value).split()
    if len(fields) != 5:
        raise Unusable(
            phrase(
                "{source}: {value!r} is no cron line of five fields (write 0 2 * * *)",
                source=source,
                value=value,
            )
        )
    for at, (text, (what, least, most)) in enumerate(zip(fields, _CRON, strict=True)):
        if not _is_cron(*"*" * at, text, *"*" * (4 - at)):
            raise Unusable(
                phrase(
                    "{source}: {value!r}: {text!r} is no {what} ({least} to {most}, as in 0 2 * * *)",
                    source=source,
                    value=value,
                    text=text,
                    what=phrase(what),
                    least=least,
                    most=most,
                )
            )
    if not _is_cron(*fields):
        raise Unusable(
            phrase(
                "{source}: {value!r}: day {day} of month {month} never comes",
                source=source,
                value=value,
                day=fields[2],
                month=fields[3],
            )
        )
    return str(value)


_CRON = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 0, 7),
)
_OF_SOME = re.compile(r"#|\bLW?\b|\dL", re.IGNORECASE)  # the second Monday, the last day: not of every cron


def _is_cron(*fields: str) -> bool:
    """Whether five fields are a schedule that every cron takes, and that some day has."""
    line = " ".join(fields)
    try:
        CronSim(line, datetime.min)
    except CronSimError:
        return False
    return _OF_SOME.search(line) is None
