"""One address to bytes on disk, within limits: redirects, time, size, kind; tried again where that may help.

Only http and https, without a proxy, without cookies, without a name and password. Every hop of a redirect is
held to the same rules as the first address. What does not belong here: what the bytes say, and where they
are kept.
"""

from __future__ import annotations

import email.utils
import hashlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import tenacity
import urllib3
from urllib3.exceptions import HTTPError, SSLError

from dagster_project.fetch.door import Door, Pool, Shut
from dagster_project.language import Written, joined
from dagster_project.settings import Settings
from dagster_project.warehouse.run import utc_now

NOT_MODIFIED = 304
_REDIRECTS = {301, 302, 303, 307, 308}
_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}
_SHOWN = 200  # characters of an answer that are shown with an error
_AT_ONCE = 1 << 16
_LONGEST_WAIT = 120  # seconds, whatever a server asks for
_Made = TypeVar("_Made")


class NotFetched(Exception):
    """An address that gave nothing to keep: the address, what was answered, why not, the text of the answer.

    ``reason`` is ``Written``, or what a server said; so is the whole.
    """

    def __init__(
        self,
        address: str,
        reason: str,
        *,
        status: int | None = None,
        text: str = "",
        may_pass: bool = False,
        retry_after: float = 0,
    ) -> None:
        shown = _shown(text)
        answered = f"status {status}: " if status is not None else ""
        super().__init__(joined([f"{address}: {answered}", reason, f": {shown!r}" if shown else ""]))
        self.address, self.reason, self.status, self.text = address, reason, status, shown
        self.may_pass, self.retry_after = may_pass, retry_after


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer may take; seconds count one try of one address with its redirects."""

    bytes: int = 100_000_000
    seconds: float = 300
    silence: float = 30  # seconds without a byte
    redirects: int = 5
    tries: int = 4
    wait: float = 2  # seconds before the second try; doubles each time

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the operator set."""
        return cls(
            bytes=settings.fetch_max_mb * 1_000_000,
            seconds=settings.fetch_timeout,
            tries=settings.fetch_tries,
            wait=float(settings.fetch_wait),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave. With status 304 there are no bytes: they are as they were."""

    address: str  # as asked
    via: tuple[str, ...]  # where redirects led, in order; the bytes came from the last
    at: str  # UTC, as 2026-03-01T01:00:00Z
    status: int
    content_type: str = ""  # without parameters, lower case
    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    bytes: int = 0
    path: Path = field(default_factory=Path)


def checked(address: str) -> str:
    """The address, if it is one to fetch from. Raises ``NotFetched`` where it is none."""
    if not address.isprintable() or " " in address:
        raise NotFetched(address, Written("an address holds no blanks or control characters"))
    try:
        parts = urlsplit(address)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError as error:
        raise NotFetched(address, Written("is no address: {error}", error=str(error))) from None
    if parts.scheme.lower() not in ("http", "https"):
        scheme = parts.scheme or Written("a path")
        raise NotFetched(address, Written("only http and https are fetched, not {scheme!r}", scheme=scheme))
    if "@" in parts.netloc:
        raise NotFetched(
            address.replace(parts.netloc.rpartition("@")[0], "..."),
            Written("an address with a name or password in it would be kept and published: leave it out"),
        )
    if not parts.hostname or not port_is_one:
        raise NotFetched(address, Written("names no host"))
    return address


class Client:
    """Fetches addresses one after another; connections to the same host are kept. Use it in a ``with``."""

    def __init__(self, limits: Limits, private_hosts: Collection[str] = ()) -> None:
        self._limits = limits
        self._door = Door(private_hosts)
        self._origin: tuple[str, str, int | None] | None = None
        self._pool: Pool | None = None

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def fetch(
        self,
        address: str,
        into: Path,
        *,
        headers: Mapping[str, str] | None = None,
        welcome: Collection[str] = (),
        then: Callable[[Answer], _Made],
    ) -> _Made:
        """What ``then`` makes of the answer, whose bytes are in the file ``into``.

        ``welcome``: the content types to take (any where empty, and where the server says none). What may pass is
        tried again, also what ``then`` refuses by a ``NotFetched`` that may. Raises ``NotFetched``.
        """
        for attempt in tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._limits.tries),
            wait=self._wait,
            retry=tenacity.retry_if_exception(lambda e: isinstance(e, NotFetched) and e.may_pass),
            reraise=True,
        ):
            with attempt:
                return then(self._once(checked(address), into, dict(headers or {}), welcome))
        raise AssertionError("tenacity ends with an answer or an error")

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """Longer each time, and no shorter than the server asked."""
        error = state.outcome.exception() if state.outcome else None
        longer = tenacity.wait_exponential_jitter(
            initial=self._limits.wait, max=_LONGEST_WAIT, jitter=self._limits.wait / 2
        )
        asked = error.retry_after if isinstance(error, NotFetched) else 0
        return max(longer(state), min(asked, _LONGEST_WAIT))

    def _once(self, address: str, into: Path, headers: dict[str, str], welcome: Collection[str]) -> Answer:
        """One try, redirects and all, within its time."""
        timer = threading.Timer(self._limits.seconds, self._door.cut)
        timer.daemon = True
        timer.start()
        try:
            return self._led(address, into, headers, welcome)
        except NotFetched as error:
            if self._door.mend():
                self._leave()
                raise self._too_slow(error.address) from error
            raise
        finally:
            timer.cancel()
            timer.join()  # or it would cut the next one
            self._door.mend()

    def _too_slow(self, address: str) -> NotFetched:
        told = Written("took longer than {seconds:g} seconds", seconds=self._limits.seconds)
        return NotFetched(address, told, may_pass=True)

    def _led(self, address: str, into: Path, headers: dict[str, str], welcome: Collection[str]) -> Answer:
        """Follow where the address leads, to an answer."""
        via: list[str] = []
        while True:
            here = via[-1] if via else address
            with self._asked(here, headers) as response:
                if response.status in _REDIRECTS:
                    via.append(self._next(here, response, len(via)))
                    continue
                return self._taken(address, tuple(via), response, into, welcome)

    def _next(self, here: str, response: urllib3.BaseHTTPResponse, hops: int) -> str:
        to = response.headers.get("Location", "")
        if not to:
            raise NotFetched(here, Written("redirects to nowhere"), status=response.status)
        if hops >= self._limits.redirects:
            told = Written("redirects more than {times} times", times=self._limits.redirects)
            raise NotFetched(here, told, status=response.status, text=to)
        there = urljoin(here, to)
        if urlsplit(here).scheme.lower() == "https" and urlsplit(there).scheme.lower() == "http":
            raise NotFetched(here, Written("redirects from https to http"), status=response.status, text=to)
        try:
            return checked(there)
        except NotFetched as error:
            told = Written("redirects to what is not fetched: {reason}", reason=error.reason)
            raise NotFetched(here, told, status=response.status, text=to) from error

    @contextmanager
    def _asked(self, address: str, headers: Mapping[str, str]) -> Iterator[urllib3.BaseHTTPResponse]:
        """The answer of one address, its body not yet read. Whatever goes wrong on the way is a NotFetched."""
        own = {"User-Agent": f"sluitend/{version('sluitend')}", "Accept-Encoding": "gzip"}
        try:
            url = urllib3.util.parse_url(address)  # as sent: names in ASCII, the rest escaped
            response = self._to(url.scheme or "", url.host or "", url.port).urlopen(
                "GET",
                url.request_uri,
                headers=own | dict(headers),
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                timeout=urllib3.Timeout(connect=min(10, self._limits.silence), read=self._limits.silence),
            )
        except Shut as error:
            told = Written("{why}; --allow-private HOST allows it", why=error.args[0])
            raise NotFetched(address, told) from error
        except (HTTPError, OSError) as error:
            raise _failed(address, error) from error
        try:
            yield response
        except (HTTPError, OSError) as error:
            raise _failed(address, error, response.status) from error
        finally:
            response.close()

    def _taken(
        self,
        address: str,
        via: tuple[str, ...],
        response: urllib3.BaseHTTPResponse,
        into: Path,
        welcome: Collection[str],
    ) -> Answer:
        here, headers = (via or (address,))[-1], response.headers
        answer = Answer(
            address=address,
            via=via,
            at=f"{utc_now().isoformat(timespec='seconds')}Z",
            status=response.status,
            content_type=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            etag=headers.get("ETag", ""),
            last_modified=headers.get("Last-Modified", ""),
            path=into,
        )
        if response.status == NOT_MODIFIED:
            return answer
        if response.status != 200:
            raise NotFetched(
                here,
                response.reason or Written("no page"),
                status=response.status,
                text=self._beginning(response),
                may_pass=response.status in _MAY_PASS,
                retry_after=_seconds(headers.get("Retry-After", "")),
            )
        if welcome and answer.content_type and answer.content_type not in welcome:
            raise NotFetched(
                here,
                Written("is {kind}, which is no document to read", kind=answer.content_type),
                status=200,
                text=self._beginning(response) if answer.content_type.startswith("text/") else "",
            )
        return self._written(answer, here, response)

    def _written(self, answer: Answer, here: str, response: urllib3.BaseHTTPResponse) -> Answer:
        said, most = response.headers.get("Content-Length", ""), self._limits.bytes
        if said.isdecimal() and int(said) > most:
            raise NotFetched(
                here,
                Written("is {size:,} bytes; at most {most:,} are fetched", size=int(said), most=most),
                status=200,
            )
        digest, size = hashlib.sha256(), 0
        with answer.path.open("wb") as file:
            for piece in response.stream(_AT_ONCE):
                size += len(piece)
                if size > most:
                    told = Written("is more bytes; at most {most:,} are fetched", most=most)
                    raise NotFetched(here, told, status=200)
                digest.update(piece)
                file.write(piece)
        if self._door.mend():  # a body without a length ends where the connection was cut
            raise self._too_slow(here)
        if size == 0:
            raise NotFetched(here, Written("is empty"), status=200, may_pass=True)
        return replace(answer, sha256=digest.hexdigest(), bytes=size)

    @staticmethod
    def _beginning(response: urllib3.BaseHTTPResponse) -> str:
        """The first words of an answer that is not kept."""
        try:
            return response.read(4000).decode("utf-8", "replace")
        except (HTTPError, OSError):
            return ""

    def _to(self, scheme: str, host: str, port: int | None) -> Pool:
        if self._pool is None or self._origin != (scheme, host, port):
            self._leave()
            self._origin = (scheme, host, port)
            self._pool = self._door.pool(scheme, host, port)
        return self._pool

    def _leave(self) -> None:
        if self._pool is not None:
            self._pool.close()
        self._door.forget()
        self._origin = self._pool = None


def _failed(address: str, error: Exception, status: int | None = None) -> NotFetched:
    """A connection that failed, in words; whether it may be otherwise later."""
    if isinstance(error, SSLError | ssl.SSLError):
        return NotFetched(address, Written("no safe connection: {why}", why=_words(error)), status=status)
    if isinstance(error, socket.gaierror):
        may_pass = error.errno == socket.EAI_AGAIN
        told = Written("its host has no address: {why}", why=error.strerror)
        return NotFetched(address, told, status=status, may_pass=may_pass)
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return NotFetched(address, Written("did not answer in time"), status=status, may_pass=True)
    is_final = isinstance(error, urllib3.exceptions.LocationValueError)
    told = Written("the connection failed: {why}", why=_words(error))
    return NotFetched(address, told, status=status, may_pass=not is_final)


def _words(error: BaseException) -> str:
    """What an error says, without the objects of libraries."""
    inner = error.args[-1] if error.args and isinstance(error.args[-1], BaseException) else None
    if inner is not None:
        return _words(inner)
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return re.sub(r"<?\w+(?:Connection|Pool)\([^)]*\)>?:? ?", "", told) or type(error).__name__


def _shown(text: str) -> str:
    """The first words of a text, without tags and line ends."""
    plain = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I)
    words = " ".join((plain if plain.strip() else text).split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."


def _seconds(retry_after: str) -> float:
    """What Retry-After asks for: seconds, or a moment."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    moment = email.utils.parsedate_tz(retry_after)
    return max(0.0, email.utils.mktime_tz(moment) - time.time()) if moment else 0.0
