"""Which machines may be connected to, and the connections that hold to it.

A name is resolved once, every address it stands for is judged, and the connection goes to an address that was
judged: there is no second look-up that could give another one. Whoever fetches what somebody typed would
otherwise fetch from the inside of the network for him.

What does not belong here: what is asked over a connection (``web``).
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterable
from contextlib import suppress

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from dagster_project.language import Written

_UNICAST = ipaddress.IPv6Network("2000::/3")  # all that is given out of IPv6
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 as seen from a network that has only IPv6
Pool = HTTPConnectionPool | HTTPSConnectionPool


class Shut(Exception):
    """An address that may not be connected to; says which."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the public internet.

    An IPv6 address that leads to an IPv4 address is judged by that one.

    >>> is_public("169.254.169.254"), is_public("64:ff9b::10.0.0.1"), is_public("2a02:898:96::5")
    (False, False, True)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast
    if found in _NAT64:
        return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
    inside = [each for each in (found.sixtofour, *(found.teredo or ())) if each]
    return found in _UNICAST and found.is_global and all(is_public(str(each)) for each in inside)


class Door:
    """Makes connections, one at a time, to public addresses and to the hosts that the operator named.

    ``private_hosts``: names or addresses as they stand in an address; they may be anything. ``cut`` ends the
    connection, also while another thread waits for it: that is how a limit on the whole time is kept.
    """

    def __init__(self, private_hosts: Iterable[str] = ()) -> None:
        self._private_hosts = {_plain(host) for host in private_hosts}
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()
        self._is_cut = False

    def pool(self, scheme: str, host: str, port: int | None) -> Pool:
        """Connections to one host, with the certificate checked against its name where it is https."""
        kind = _SecurePool if scheme == "https" else _PlainPool
        return kind(host, port, maxsize=1, retries=False, door=self)

    def connect(self, host: str, port: int, seconds: float | None) -> socket.socket:
        """A connection to the first address of ``host`` that answers within ``seconds``.

        Raises ``Shut`` where any of its addresses is not public, before anything is sent; ``OSError`` where none
        answers.
        """
        host = host.strip("[]")
        found = [each[4] for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if _plain(host) not in self._private_hosts:
            for place in found:
                if not is_public(str(place[0])):
                    raise Shut(
                        Written(
                            "{host} is {address}, which is no address of the public internet",
                            host=host,
                            address=place[0],
                        )
                    )
        trouble = OSError(f"{host} has no address")
        for place in found:
            try:
                connection = socket.create_connection((str(place[0]), int(place[1])), timeout=seconds)
            except OSError as error:
                trouble = error
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._remember(connection)
            return connection
        raise trouble

    def cut(self) -> None:
        """End the connection, and one that is being made, until ``mend``."""
        with self._lock:
            self._is_cut = True
            if self._handle is not None:
                with suppress(OSError):
                    self._handle.shutdown(socket.SHUT_RDWR)

    def mend(self) -> bool:
        """Allow connections again. Gives whether they had been cut."""
        with self._lock:
            was_cut, self._is_cut = self._is_cut, False
            return was_cut

    def forget(self) -> None:
        """Give up the handle on the connection; who uses it closes it."""
        with self._lock:
            if self._handle is not None:
                self._handle.close()
            self._handle = None

    def _remember(self, connection: socket.socket) -> None:
        """Keep a second handle: once wrapped in TLS, the first one is no longer the connection."""
        self.forget()
        with self._lock:
            self._handle = connection.dup()
            if self._is_cut:
                self._handle.shutdown(socket.SHUT_RDWR)


def _plain(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()


class _Guarded:
    """A connection of urllib3 that goes through a door."""

    _dns_host: str  # what the connection beside it in the class has
    port: int
    timeout: float | None

    def __init__(self, *arguments, door: Door, **named) -> None:
        super().__init__(*arguments, **named)
        self._door = door

    def _new_conn(self) -> socket.socket:
        return self._door.connect(self._dns_host, self.port, self.timeout)


class _PlainConnection(_Guarded, HTTPConnection):
    pass


class _SecureConnection(_Guarded, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection
