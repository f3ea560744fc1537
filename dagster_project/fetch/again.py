"""Looking at every address under raw/ again: what changed, what did not, what could not be fetched.

One address that cannot be fetched keeps nobody else from being looked at. What does not belong here: what one
look does (``by_address``, ``iv3_from_cbs``), and who is told (``assets.fetching``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from dagster_project.fetch import by_address, iv3_from_cbs
from dagster_project.fetch import origin as origins
from dagster_project.fetch.iv3_from_cbs import Wish
from dagster_project.fetch.origin import NoRecord, Origin
from dagster_project.fetch.web import Client, Limits, NotFetched
from dagster_project.language import Written, phrase, spoken
from dagster_project.settings import Settings, Unusable, require_home
from dagster_project.warehouse.run import Busy, utc_now

NEW, CHANGED, UNCHANGED, FAILED = "new", "changed", "unchanged", "failed"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Look:
    """What came of one address. ``outcome``: new, changed, unchanged or failed."""

    document_id: str
    address: str
    outcome: str
    kind: str = "document"
    status: int | None = None  # of the server, where it failed with one
    message: str = ""  # why it failed, as ``Written``
    is_news: bool = False  # it failed, and did not for this reason the time before
    sha256: str = ""
    bytes: int = 0

    def line(self) -> str:
        """For a person."""
        if self.outcome == FAILED:
            return phrase("{document}: failed: {why}", document=self.document_id, why=spoken(self.message))
        return phrase(
            "{document}: {outcome}, {bytes:,} bytes, sha256 {sha256}",
            document=self.document_id,
            outcome=phrase(self.outcome),
            bytes=self.bytes,
            sha256=self.sha256[:12],
        )

    def as_dict(self) -> dict[str, object]:
        """For a script."""
        return asdict(self)


def all_again(
    settings: Settings,
    only: Collection[str] = (),
    *,
    kinds: Collection[str] = (),
    again: bool,
    say: Say,
) -> Iterator[Look]:
    """Look at everything under raw/ that was fetched, or at the documents ``only``; a Look as each is done.

    ``kinds``: at nothing but documents, or Iv3. ``again``: fetch Iv3 tables also where CBS did not change them.
    Raises ``Unusable`` where one of ``only`` was not fetched, and ``Busy`` while another process fetches.
    """
    with alone(settings), _client(settings) as client:
        folders = {str(f.relative_to(settings.raw)): f for f in origins.fetched(settings.raw)}
        if unknown := sorted(set(only) - folders.keys()):
            raise Unusable(
                phrase(
                    "{documents}: was not fetched from an address; nothing was begun",
                    documents=", ".join(unknown),
                )
            )
        for document_id, folder in folders.items():
            if (not only or document_id in only) and (not kinds or _kind(folder) in kinds):
                yield _looked(client, settings, document_id, folder, again, say)


def one_table(settings: Settings, wish: Wish, *, again: bool, say: Say) -> Look:
    """Fetch one part of Iv3. Raises ``Busy`` while another process fetches."""
    with alone(settings), _client(settings) as client:
        folder = settings.raw / wish.document_id
        return _recorded(
            wish.document_id,
            folder,
            settings.cbs,
            lambda: iv3_from_cbs.fetch(
                client, settings.raw, scratch(settings), settings.cbs, wish, again=again, say=say
            ),
            kind="iv3",
        )


def scratch(settings: Settings) -> Path:
    """Where pages wait until all of them are there."""
    return settings.home / "fetch"


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the only one who fetches. Raises ``Busy`` at once when another process does."""
    require_home(settings)
    scratch(settings).mkdir(exist_ok=True)
    lock = FileLock(scratch(settings) / ".lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Busy(
            phrase("{raw}: another process is fetching; nothing was begun", raw=settings.raw)
        ) from None
    try:
        yield
    finally:
        lock.release()


def _client(settings: Settings) -> Client:
    return Client(Limits.of(settings), settings.allow_private)


def _kind(folder: Path) -> str:
    """What was fetched into a folder; a document where its record cannot be read."""
    try:
        origin = origins.read(folder)
    except NoRecord:
        return "document"
    return origin.kind if origin else "document"


def _looked(
    client: Client, settings: Settings, document_id: str, folder: Path, again: bool, say: Say
) -> Look:
    try:
        origin = origins.read(folder)
        assert origin is not None
        if origin.kind == "document":
            return _recorded(
                document_id,
                folder,
                origin.address,
                lambda: by_address.look_again(client, folder, origin, settings),
            )
        wish = iv3_from_cbs.wish_of(origin)
    except NoRecord as error:
        return Look(document_id, "", FAILED, message=error.args[0], is_news=True)
    if wish.document_id != document_id:
        told = Written(
            "{folder}: was fetched as {document}; a folder of Iv3 is not renamed",
            folder=folder,
            document=wish.document_id,
        )
        return Look(document_id, origin.address, FAILED, "iv3", message=told, is_news=True)
    return _recorded(
        document_id,
        folder,
        origin.address,
        lambda: iv3_from_cbs.fetch(
            client, settings.raw, scratch(settings), settings.cbs, wish, again=again, say=say
        ),
        kind="iv3",
    )


def _recorded(
    document_id: str, folder: Path, address: str, look: Callable[[], Origin], kind: str = "document"
) -> Look:
    """Carry out one look and write down what came of it."""
    before = None
    try:
        before = origins.read(folder) if folder.is_dir() else None
        after = replace(look(), trouble="", trouble_since="")
        origins.write(folder, after)
    except (NotFetched, NoRecord, OSError) as error:
        return _failed(document_id, folder, address, error, kind)
    outcome = NEW if before is None else UNCHANGED if after.sha256 == before.sha256 else CHANGED
    return Look(document_id, after.address, outcome, kind, sha256=after.sha256, bytes=after.bytes)


def _failed(document_id: str, folder: Path, address: str, error: Exception, kind: str) -> Look:
    """Write down that a look failed, where there is a record to write it in."""
    status = error.status if isinstance(error, NotFetched) else None
    told = error.args[0] if isinstance(error, NotFetched | NoRecord) else str(error)
    trouble, now = str(told), f"{utc_now().isoformat(timespec='seconds')}Z"
    is_news = True
    try:
        if origin := origins.read(folder):
            is_news = not origin.trouble
            since = origin.trouble_since or now
            origins.write(folder, replace(origin, looked_at=now, trouble=trouble, trouble_since=since))
    except (NoRecord, OSError):  # then the error itself says it
        pass
    return Look(document_id, address, FAILED, kind, status, told, is_news)
