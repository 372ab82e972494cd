"""One HTTP request and its answer, within bounds of time and size, with every failure in a few plain words."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version

import httpcore2
import httpx2

from onrecord.intake.fetch_guard import Guard, UnreachableError
from onrecord.intake.fetch_robots import PRODUCT
from onrecord.intake.kinds import UnreadableError

#: The content codings that are asked for and undone.
_CODINGS = ("gzip", "deflate")
_PLAIN = ("", "identity")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that fetching may take: to connect, between two pieces of an answer, and all in all for one page."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: its status, its headers, and the body, or as much of it as was wanted."""

    status: int
    headers: httpx2.Headers
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the answer is what was asked for."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """The status as a reason for not reading a page."""
        try:
            return f"the server answered {self.status} ({HTTPStatus(self.status).phrase})"
        except ValueError:
            return f"the server answered {self.status}"


#: Reads the body of a success, or raises UnreadableError where the headers say that it is not wanted.
Reader = Callable[[httpx2.Headers, Iterator[bytes]], bytes]


def headers() -> dict[str, str]:
    """How this program introduces itself, and what it asks for."""
    return {
        "User-Agent": f"{PRODUCT}/{version('onrecord')} (reads news pages at a user's request; keeps to robots.txt)",
        "Accept": "text/html, application/xhtml+xml, text/plain, application/rss+xml, application/atom+xml, */*;q=0.5",
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": ", ".join(_CODINGS),
        "Connection": "close",
    }


def ask(url: httpx2.URL, read: Reader, guard: Guard, times: Times, tls: ssl.SSLContext | None) -> Answer:
    """Send a GET request through `guard`, whose time must be running, and give the answer to it.

    Raises UnreachableError where there is no connection, and UnreadableError for every other failure.
    """
    try:
        with httpcore2.ConnectionPool(tls, network_backend=guard) as pool, _sent(url, pool, times) as response:
            body = read(response.headers, _decoded(response)) if response.is_success else b""
            return Answer(response.status_code, response.headers, body)
    except (httpcore2.TimeoutException, TimeoutError) as error:
        if guard.left() <= 0:
            raise UnreadableError(f"not there within {times.total:g} seconds") from None
        if isinstance(error, httpcore2.ConnectTimeout):
            raise UnreachableError(f"no connection within {times.connect:g} seconds") from None
        raise UnreadableError(f"the server sent nothing for {times.read:g} seconds") from None
    except httpcore2.ConnectError as error:
        raise UnreachableError(_unconnected(error)) from None
    except httpx2.DecodingError:
        raise UnreadableError("damaged: its compressed data cannot be undone") from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError):
        raise UnreadableError("the server broke off, or its answer is no proper HTTP") from None


@contextmanager
def _sent(url: httpx2.URL, pool: httpcore2.ConnectionPool, times: Times) -> Iterator[httpx2.Response]:
    with pool.stream(
        "GET",
        httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=[("Host", url.netloc), *headers().items()],
        extensions={"timeout": {"connect": times.connect, "read": times.read, "write": times.read}},
    ) as answer:
        yield httpx2.Response(answer.status, headers=answer.headers, stream=_Stream(answer.iter_stream()))


class _Stream(httpx2.SyncByteStream):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


def _decoded(response: httpx2.Response) -> Iterator[bytes]:
    """The body in pieces, its content coding undone a bounded piece at a time."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in (*_PLAIN, *_CODINGS):
        raise UnreadableError("compressed in a way that was not asked for")
    yield from response.iter_bytes()


def _unconnected(error: BaseException | None) -> str:
    """Why a connection failed."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"the server's certificate does not hold ({getattr(error, 'verify_message', error)})"
        if isinstance(error, ssl.SSLError):
            return "no secure connection with the server could be made"
        if isinstance(error, OSError) and error.strerror:
            return f"no connection with the server ({error.strerror.lower()})"
        error = error.__cause__ or error.__context__
    return "no connection with the server"
