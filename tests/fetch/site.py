"""A web site on loopback that does what a test says, and remembers what it was asked."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Reply:
    """One answer. ``headers`` may take back a Content-Length by giving it as None."""

    body: bytes | str = b""
    status: int = 200
    content_type: str | None = "text/html"
    headers: dict[str, str | None] = field(default_factory=dict)


Page = Reply | Callable[["Handler"], Reply | None]


class Handler(BaseHTTPRequestHandler):
    """Sends the reply of a path; a page that is a function may write to the connection itself and give None."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append(self.path)
        self.site.headers.append(dict(self.headers))
        reply = self.site.reply(self)
        if reply is None:
            self.close_connection = True
            return
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        headers = {"Content-Length": str(len(body)), "Content-Type": reply.content_type} | reply.headers
        self.send_response(reply.status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # whoever asked may have had enough
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Site:
    """What is at which path, what was asked in order, and with which headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.address = ""

    def reply(self, handler: Handler) -> Reply | None:
        """The answer to one request; a site with rules of its own makes it here."""
        page = self.pages.get(handler.path.partition("?")[0], Reply("no such page", 404))
        return page if isinstance(page, Reply) else page(handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A connection that a test breaks off is no news."""


@contextmanager
def served(site: Site, context=None) -> Iterator[Site]:
    """The site at ``site.address`` for as long as it is needed; ``context`` makes it https."""
    handler = type("OfSite", (Handler,), {"site": site})
    with _Server(("127.0.0.1", 0), handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme, host = ("https", "localhost") if context else ("http", "127.0.0.1")
        site.address = f"{scheme}://{host}:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def command(*arguments: object) -> tuple[list[str], dict[str, str]]:
    """The command and environment of ``sluitend`` in a process of its own; loopback is allowed, nobody waits."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("SLUITEND_")}
    quick = {"SLUITEND_ALLOW_PRIVATE": "127.0.0.1", "SLUITEND_FETCH_WAIT": "0.01"}
    return [sys.executable, "-m", "dagster_project.cli", *map(str, arguments)], own | quick


def sluitend(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    line, own = command(*arguments)
    return subprocess.run(line, capture_output=True, text=True, cwd=ROOT, env=own | environ, timeout=60)
