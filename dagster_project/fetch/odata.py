"""The open data of CBS as pages of rows (OData 3, JSON): one page as served, and the address of the next.

Numbers stay the text that was served, blanks stay in keys, and null stays None: nothing becomes another thing on the
way. What does not belong here: which table is asked for (``iv3``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from dagster_project.fetch.web import Answer, Client, NotFetched
from dagster_project.language import Written

_HEADERS = {"Accept": "application/json"}  # else Atom comes back


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its rows by column, with numbers as the text that was served, and where the next one is."""

    address: str
    sha256: str
    rows: tuple[dict[str, object], ...]
    next: str | None


def address_of(root: str, *steps: str, **options: str) -> str:
    """An address below ``root`` that asks for JSON; ``options`` without their ``$``.

    >>> address_of("https://cbs.example", "ODataApi", "x", filter="Key eq 'GM1680  '")
    "https://cbs.example/ODataApi/x?$format=json&$filter=Key%20eq%20'GM1680%20%20'"
    """
    asked = "".join(f"&${name}={quote(value, safe=chr(39))}" for name, value in options.items())
    return f"{root.rstrip('/')}/{'/'.join(steps)}?$format=json{asked}"


def page(client: Client, address: str, scratch: Path) -> Page:
    """One page, whose bytes pass through the file ``scratch``. Raises ``NotFetched``; no JSON may pass."""
    return client.fetch(
        address,
        scratch,
        headers=_HEADERS,
        then=lambda answer: parsed(answer.path.read_bytes(), address, answer),
    )


def every_row(client: Client, address: str, scratch: Path) -> list[dict[str, object]]:
    """The rows of all pages from ``address`` on: for lists that are short."""
    return [row for each in pages(client, address, scratch) for row in each.rows]


def pages(client: Client, address: str, scratch: Path) -> Iterator[Page]:
    """All pages from ``address`` on. Raises ``NotFetched`` where they lead back to one that was seen."""
    seen: set[str] = set()
    following: str | None = address
    while following is not None:
        if following in seen:
            raise NotFetched(address, Written("its pages go round"), text=following)
        seen.add(following)
        found = page(client, following, scratch)
        yield found
        following = found.next


def parsed(data: bytes, address: str, answer: Answer | None = None) -> Page:
    """The page in these bytes. Raises ``NotFetched`` where they are none, with what they say."""
    status = answer.status if answer else None
    text = data.decode("utf-8-sig", "replace")
    if "\ufffd" in text and not _is_utf8(data):
        told = Written("answered with what is no UTF-8")
        raise NotFetched(address, told, status=status, text=text, may_pass=True)
    if not text.lstrip().startswith("{"):  # whatever the status and the content type
        told = Written("answered with what is no JSON")
        raise NotFetched(address, told, status=status, text=text, may_pass=True)
    try:
        said = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        told = Written("answered with JSON that is broken ({error})", error=str(error))
        raise NotFetched(address, told, status=status, text=text[-200:], may_pass=True) from error
    rows = said.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        told = Written("answered without rows")
        raise NotFetched(address, told, status=status, text=_error_in(said) or text)
    further = said.get("odata.nextLink") or said.get("@odata.nextLink")
    if not (further is None or isinstance(further, str)):
        raise NotFetched(address, Written("names no next page"), status=status, text=str(further))
    return Page(
        address,
        hashlib.sha256(data).hexdigest(),
        tuple(rows),
        _next(address, further) if further else None,
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _next(address: str, further: str) -> str:
    """The address of the next page: on the same host, by the same scheme."""
    there, here = urlsplit(urljoin(address, further)), urlsplit(address)
    if there.hostname != here.hostname:
        raise NotFetched(address, Written("its next page is on another host"), text=further)
    if (there.scheme, here.scheme) == ("http", "https"):  # the server does not know that it is asked safely
        there = there._replace(scheme="https", netloc=here.netloc)
    return urlunsplit(there)


def _error_in(said: dict[str, object]) -> str:
    error = said.get("odata.error") or said.get("error")
    return json.dumps(error, ensure_ascii=False) if error else ""
