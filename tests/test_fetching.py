"""Pages from the web: what is fetched and how politely, what is refused and why, and where no connection is made."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onrecord.intake.fetch_exchange import Times
from onrecord.intake.fetching import Fetched, Fetcher
from onrecord.intake.limits import LIMIT
from onrecord.intake.urls import is_url
from websites import HTML, PAGE, Hours, Reply, Site, refusal, robots, serving

# What comes back


def test_a_page_comes_back_as_it_was_received(site: Site, fetcher: Fetcher) -> None:
    site.replies["/news?id=7"] = Reply()
    found = fetcher.fetched(site.url("/news?id=7#comments"))
    assert found == Fetched(site.url("/news?id=7"), PAGE, "text/html", "iso-8859-1", found.received)
    assert abs(datetime.fromisoformat(found.received + "T12:00Z") - datetime.now(UTC)) < timedelta(days=1)
    assert site.asked == ["/robots.txt", "/news?id=7"]


def test_the_program_says_who_it_is_and_nothing_of_its_user(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    site.replies["/a"] = Reply(headers=(HTML, ("Set-Cookie", "who=you")))
    fetcher.fetched(site.url("/a"))
    fetcher.fetched(site.url("/a"))
    for headers in site.headers:
        assert headers["user-agent"].startswith("OnRecord/")
        assert "http" not in headers["user-agent"]
        assert set(headers) == {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}


@pytest.mark.parametrize(
    ("coding", "compressed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE, mtime=0)),
        ("identity", PAGE),
    ],
)
def test_the_coding_of_the_transfer_is_undone(site: Site, fetcher: Fetcher, coding: str, compressed: bytes) -> None:
    site.replies["/a"] = Reply(headers=(HTML, ("Content-Encoding", coding)), body=compressed)
    assert fetcher.fetched(site.url("/a")).data == PAGE


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (None, ("", "")),
        ("TEXT/HTML", ("text/html", "")),
        ('text/html;Charset="Windows-1251"', ("text/html", "windows-1251")),
        ("application/octet-stream", ("application/octet-stream", "")),
        (";;=", ("", "")),
    ],
)
def test_what_the_server_declares_is_handed_on(
    site: Site, fetcher: Fetcher, declared: str | None, expected: tuple[str, str]
) -> None:
    site.replies["/a"] = Reply(headers=(("Content-Type", declared),) if declared else ())
    found = fetcher.fetched(site.url("/a"))
    assert (found.content_type, found.charset) == expected


# What is refused


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(404), "the server answered 404 (Not Found)"),
        (Reply(410), "the server answered 410 (Gone)"),
        (Reply(500), "the server answered 500 (Internal Server Error)"),
        (Reply(799), "the server answered 799"),
        (Reply(304, body=b""), "the server answered 304 (Not Modified)"),
        (Reply(302), "the server answered 302 (Found)"),
        (Reply(headers=(("Content-Type", "application/pdf"),)), "a PDF document, not a page"),
        (Reply(headers=(("Content-Type", "image/webp"),)), "an image, not a page"),
        (
            Reply(headers=(("Content-Type", "Application/Vnd.MS-Excel; x=1"),)),
            "a Microsoft Office document, not a page",
        ),
        (Reply(headers=(HTML, ("Content-Encoding", "br"))), "compressed in a way that was not asked for"),
        (Reply(headers=(HTML, ("Content-Encoding", "gzip, gzip"))), "compressed in a way that was not asked for"),
        (
            Reply(headers=(HTML, ("Content-Encoding", "gzip"))),
            "damaged: its compressed data cannot be undone",
        ),
        (
            Reply(headers=(HTML, ("Content-Length", "5000"))),
            "the server broke off, or its answer is no proper HTTP",
        ),
    ],
)
def test_what_is_no_page_is_named(site: Site, fetcher: Fetcher, reply: Reply, reason: str) -> None:
    site.replies["/a"] = reply
    assert refusal(fetcher, site.url("/a")) == reason


def test_what_is_no_page_is_not_downloaded(site: Site, fetcher: Fetcher) -> None:
    sent = []

    def video() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"
        for _ in range(10_000):
            sent.append(1)
            yield bytes(2**16)

    site.replies["/a"] = video
    assert refusal(fetcher, site.url("/a")) == "a video, not a page"
    assert len(sent) < 1000


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "something that is no URL of a page (http or https)"),
        ("http://", "something that is no URL of a page (http or https)"),
        ("/a/page.html", "something that is no URL of a page (http or https)"),
        ("http://user:word@example.org/", "a URL with a user's name or password in it, which is not fetched"),
        ("http://user@example.org/", "a URL with a user's name or password in it, which is not fetched"),
        ("http://example.org:99999/", "a URL with a port that does not exist"),
        ("http://example.org:0/", "a URL with a port that does not exist"),
        ("http://exam\nple.org/", "something that is no URL"),
        ("http://[::1/", "something that is no URL"),
    ],
)
def test_what_is_no_url_is_never_asked_for(hours: Hours, url: str, reason: str) -> None:
    def never(*args: object) -> Any:
        raise AssertionError(args)

    assert refusal(Fetcher(pace=hours.pace(), resolve=never, connect=never), url) == reason


def test_a_url_is_told_from_a_file() -> None:
    assert is_url("https://example.org/")
    assert is_url("HTTP://EXAMPLE.ORG")
    assert not any(map(is_url, ("http.txt", "http:/example.org", "pages/http://x", "ftp://example.org", "-", "")))


def test_a_server_that_is_not_there_is_named(hours: Hours) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        reason = refusal(Fetcher(private=True, pace=hours.pace()), url)
    assert reason == "no connection with the server (connection refused)"


def test_a_server_without_encryption_is_named(site: Site, fetcher: Fetcher) -> None:
    reason = refusal(fetcher, site.url("/").replace("http:", "https:"))
    assert reason == "no secure connection with the server could be made"


def test_a_name_that_nobody_has_is_named(hours: Hours) -> None:
    def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def later(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    assert refusal(Fetcher(pace=hours.pace(), resolve=nobody), "http://a.example/") == "no such host"
    reason = refusal(Fetcher(pace=hours.pace(), resolve=later), "http://a.example/")
    assert reason == "the name of its host could not be looked up"
    assert refusal(Fetcher(pace=hours.pace()), f"http://{'a' * 70}..example/") == "no such host"


# Bounds of size and time


def test_an_endless_page_is_given_up_at_the_limit(site: Site, fetcher: Fetcher) -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        while True:
            sent.append(2**20)
            yield b"word " * (2**20 // 5)

    site.replies["/a"] = endless
    assert refusal(fetcher, site.url("/a")) == "larger than 16 MiB, too large for a page"
    assert sum(sent) < 2 * LIMIT


def test_a_bomb_is_given_up_at_the_limit(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(bytes(20 * 2**20), 1)
    site.replies["/a"] = Reply(headers=(HTML, ("Content-Encoding", "gzip")), body=bomb)
    assert refusal(fetcher, site.url("/a")) == "larger than 16 MiB, too large for a page"


def test_a_page_that_says_it_is_too_large_is_not_downloaded(site: Site, fetcher: Fetcher) -> None:
    site.replies["/a"] = Reply(headers=(HTML, ("Content-Length", str(LIMIT + 1))), body=b"")
    assert refusal(fetcher, site.url("/a")) == "larger than 16 MiB, too large for a page"


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX-", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"]
)
def test_a_server_that_lets_bytes_drip_is_given_up(site: Site, start: bytes) -> None:
    def drip() -> Iterator[bytes]:
        yield start
        for _ in range(60):
            time.sleep(0.05)
            yield b"x"

    site.replies["/a"] = drip
    fetcher = Fetcher(private=True, pace=Hours().pace(), times=Times(1, 0.2, 0.3))
    begun = time.monotonic()
    assert refusal(fetcher, site.url("/a")) == "not there within 0.3 seconds"
    assert time.monotonic() - begun < 1


def test_a_server_that_never_comes_to_the_point_is_given_up(site: Site) -> None:
    def hold() -> Iterator[bytes]:
        for _ in range(60):
            yield b"HTTP/1.1 100 Continue\r\n\r\n" * 100
            time.sleep(0.02)

    site.replies["/a"] = hold
    fetcher = Fetcher(private=True, pace=Hours().pace(), times=Times(1, 0.2, 0.3))
    assert refusal(fetcher, site.url("/a")) == "not there within 0.3 seconds"


def test_a_server_that_says_nothing_is_given_up(site: Site) -> None:
    def silent() -> Iterator[bytes]:
        time.sleep(1)
        yield b""

    site.replies["/a"] = silent
    assert refusal(
        Fetcher(private=True, pace=Hours().pace(), times=Times(1, 0.1, 10)), site.url("/a")
    ) == "the server sent nothing for 0.1 seconds"  # fmt: skip


# Redirects


def test_redirects_are_followed(site: Site, fetcher: Fetcher) -> None:
    for number, status in enumerate((301, 302, 303, 307, 308)):
        site.replies[f"/{number}"] = Reply(status, (("Location", f"{number + 1}#part"),))
    site.replies["/5"] = Reply()
    assert fetcher.fetched(site.url("/0")).url == site.url("/5")
    site.replies["/start"] = Reply(302, (("Location", site.url("/0")),))
    assert refusal(fetcher, site.url("/start")) == f"more than 5 redirects (redirected to {site.url('/5')})"


def test_each_hop_is_checked_again(site: Site, fetcher: Fetcher) -> None:
    with serving(Site({"/robots.txt": robots("User-agent: *", "Disallow: /")})) as closed:
        site.replies["/a"] = Reply(302, (("Location", closed.url("/b")),))
        reason = refusal(fetcher, site.url("/a"))
        assert reason == f"the site's robots.txt asks programs not to fetch it (redirected to {closed.url('/b')})"
        assert closed.asked == ["/robots.txt"]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("file:///etc/hostname", "redirected to something that is no URL of a page (http or https)"),
        ("javascript:alert(1)", "redirected to something that is no URL of a page (http or https)"),
        ("http://a:b@c.example/", "redirected to a URL with a user's name or password in it, which is not fetched"),
        ("http://c.example:70000/", "redirected to a URL with a port that does not exist"),
        ("http://[::1/", "redirected to something that is no URL"),
    ],
)
def test_a_redirect_to_what_is_no_page_is_not_followed(site: Site, fetcher: Fetcher, place: str, reason: str) -> None:
    site.replies["/a"] = Reply(302, (("Location", place),))
    assert refusal(fetcher, site.url("/a")) == reason
