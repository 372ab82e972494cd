"""Websites on this machine for the tests of fetching, and a clock that only sleeping moves."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from onrecord.intake.fetching import Fetcher, Pace
from onrecord.intake.kinds import UnreadableError

PAGE = b"<!DOCTYPE html><title>Ferry talks</title><p>The ferry treaty is ready, the minister said.</p>"
HTML = ("Content-Type", "text/html; charset=ISO-8859-1")
PLAIN = ("Content-Type", "text/plain")


class Hours:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def pace(self) -> Pace:
        return Pace(lambda: self.now, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@dataclass
class Reply:
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (HTML,)
    body: bytes = PAGE


@dataclass
class Site:
    """A server on this machine that answers as it is told to, and keeps what it was asked."""

    replies: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def reply(self, path: str) -> Any:
        found = self.replies.get(path, Reply(404, (PLAIN,), b"gone"))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


@contextmanager
def serving(site: Site, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name is the library's
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = site.reply(self.path)
            try:
                if isinstance(reply, Reply):
                    self.send_response_only(reply.status)
                    for name, value in reply.headers:
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(reply.body)
                else:
                    for piece in reply():
                        self.wfile.write(piece)
                        self.wfile.flush()
            except OSError:
                pass  # the client has seen enough

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that gave up

        block_on_close = False

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    site.port = server.server_address[1]
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def robots(*lines: str, status: int = 200) -> Reply:
    return Reply(status, (PLAIN,), "\n".join(lines).encode())


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(UnreadableError) as refused:
        fetcher.fetched(url)
    return str(refused.value)
