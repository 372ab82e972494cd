"""Where a fetch may connect to, and for how long: public addresses only, checked at the moment of connecting.

The address that was checked is the address that is connected to, so that a name which resolves differently a second
time (DNS rebinding) gains nothing. The ranges are those of the IANA special-purpose address registries (RFC 6890), as
`ipaddress` knows them, and the forms in which IPv6 carries an IPv4 address.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2

from onrecord.intake.kinds import UnreadableError

#: Of the addresses of one host, so many are tried.
_TRIED = 4
#: What the IANA gives out for hosts; everything else of IPv6 is for some special purpose.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")

#: From a host's name or address and a port to its numeric addresses; raises OSError or UnicodeError where it has none.
Resolve = Callable[[str, int], list[str]]
#: Connects to a numeric address: address, port, seconds.
Connect = Callable[[str, int, float], httpcore2.NetworkStream]


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to a host of the public internet.

    Not public are loopback, private, link-local, shared, multicast and reserved addresses, and the IPv6 addresses that
    carry such an IPv4 address (mapped, NAT64, 6to4, Teredo).
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not found.is_reserved
    carried = _carried(found)
    if found not in _GLOBAL_UNICAST:
        return carried is not None and is_public(str(carried))
    return found.is_global and (carried is None or is_public(str(carried)))


def _carried(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def resolved(host: str, port: int) -> list[str]:
    """The numeric addresses of a host, as this machine resolves it; `0x7f.1` and the like are addresses, too."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connected(address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
    """A connection to a numeric address."""
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout=seconds)


class UnreachableError(UnreadableError):
    """A host cannot be connected to, or must not be; the message says why, for people."""


class Guard(httpcore2.NetworkBackend):
    """Connects for an HTTP client: only to public addresses unless `private`, and never beyond the time allowed."""

    def __init__(
        self,
        *,
        private: bool = False,
        resolve: Resolve = resolved,
        connect: Connect = connected,
    ) -> None:
        self._private = private
        self._resolve = resolve
        self._connect = connect
        self._end = 0.0

    def allow(self, seconds: float) -> None:
        """From now on, everything together may take this long."""
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left of those allowed; not above zero when the time is over."""
        return self._end - time.monotonic()

    def at_most(self, seconds: float | None) -> float:
        """`seconds`, or what is left if that is less. Raises `httpcore2.ReadTimeout` when the time is over."""
        left = self.left()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time is over")
        return left if seconds is None else min(seconds, left)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to one of the host's addresses. Raises UnreachableError where it has none that may be used."""
        try:
            addresses = self._resolve(host, port)
        except socket.gaierror as error:
            unknown = error.errno == socket.EAI_NONAME
            raise UnreachableError(
                "no such host" if unknown else "the name of its host could not be looked up"
            ) from None
        except (OSError, UnicodeError):
            raise UnreachableError("no such host") from None
        usable = [address for address in addresses if self._private or is_public(address)]
        if not usable:
            if not addresses:
                raise UnreachableError("no such host")
            raise UnreachableError(
                f"its host has a private address ({addresses[0]}), which is not fetched from unasked"
            )
        failed: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in usable[:_TRIED]:
            try:
                return _Timed(self._connect(address, port, self.at_most(timeout)), self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = failed or error
        raise failed or httpcore2.ConnectError("no address")


class _Timed(httpcore2.NetworkStream):
    """A connection on which no single wait goes past the end of the time allowed, however slowly bytes drip in."""

    def __init__(self, stream: httpcore2.NetworkStream, guard: Guard) -> None:
        self._stream = stream
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._guard.at_most(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._guard.at_most(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._guard.at_most(timeout)), self._guard)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
