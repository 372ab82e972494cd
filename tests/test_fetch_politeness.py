"""How politely pages are fetched: robots.txt, pauses, and servers that ask for time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.fetch_robots import Rules
from onrecord.intake.fetching import Fetcher
from websites import PAGE, Hours, Reply, Site, refusal, robots, serving


def test_what_robots_txt_does_not_allow_is_not_fetched(site: Site, fetcher: Fetcher) -> None:
    site.replies = {
        "/robots.txt": robots("User-agent: *", "Disallow: /private/", "Allow: /private/press$"),
        "/private/a": Reply(),
        "/private/press": Reply(),
    }
    assert refusal(fetcher, site.url("/private/a")) == "the site's robots.txt asks programs not to fetch it"
    assert fetcher.fetched(site.url("/private/press")).data == PAGE
    assert site.asked == ["/robots.txt", "/private/press"]


def test_rules_for_this_program_outrank_those_for_all(site: Site, fetcher: Fetcher) -> None:
    site.replies = {
        "/robots.txt": robots("User-Agent: otherbot", "user-agent: ONRECORD # the reader", "Disallow: /a", "",
                              "User-agent: *", "Disallow: /b"),
        "/a": Reply(),
        "/b": Reply(),
    }  # fmt: skip
    assert fetcher.fetched(site.url("/b")).data == PAGE
    assert "robots.txt" in refusal(fetcher, site.url("/a"))


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_without_rules_everything_may_be_fetched(site: Site, fetcher: Fetcher, status: int) -> None:
    site.replies = {"/robots.txt": robots("User-agent: *", "Disallow: /", status=status), "/a": Reply()}
    assert fetcher.fetched(site.url("/a")).data == PAGE


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(500), "the server answered 500 (Internal Server Error)"),
        (Reply(503), "the server answered 503 (Service Unavailable)"),
        (Reply(429), "the server answered 429 (Too Many Requests)"),
        (Reply(headers=(("Content-Length", "900"),)), "the server broke off, or its answer is no proper HTTP"),
        (Reply(301, (("Location", "ftp://a.example/"),)),
         "redirected to something that is no URL of a page (http or https)"),
    ],
)  # fmt: skip
def test_where_the_rules_cannot_be_read_nothing_is_fetched(
    site: Site, fetcher: Fetcher, hours: Hours, reply: Reply, reason: str
) -> None:
    site.replies = {"/robots.txt": [reply, robots()], "/a": Reply()}
    whole = f"the site's robots.txt could not be read, so nothing is fetched from there: {reason}"
    assert refusal(fetcher, site.url("/a")) == whole
    assert refusal(fetcher, site.url("/a")) == whole
    assert site.asked == ["/robots.txt"]
    hours.now += 3600
    assert fetcher.fetched(site.url("/a")).data == PAGE


def test_rules_that_lie_elsewhere_are_followed(site: Site, fetcher: Fetcher) -> None:
    site.replies = {
        "/robots.txt": Reply(301, (("Location", "/rules"),)),
        "/rules": robots("User-agent: *", "Disallow: /a"),
        "/loop": Reply(),
    }
    assert "robots.txt" in refusal(fetcher, site.url("/a"))
    site.replies["/rules"] = Reply(301, (("Location", "/rules"),))
    assert Fetcher(private=True, pace=Hours().pace()).fetched(site.url("/loop")).data == PAGE


def test_the_rules_of_a_site_are_fetched_once_a_day(site: Site, fetcher: Fetcher, hours: Hours) -> None:
    site.replies = {"/a": Reply(), "/b": Reply()}
    for path in ("/a", "/b", "/a"):
        fetcher.fetched(site.url(path))
    assert site.asked == ["/robots.txt", "/a", "/b", "/a"]
    hours.now += 25 * 3600
    fetcher.fetched(site.url("/a"))
    assert site.asked[4:] == ["/robots.txt", "/a"]


def test_robots_txt_is_read_to_its_bound_only(site: Site, fetcher: Fetcher) -> None:
    sent = []

    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /a\n"
        while True:
            sent.append(1)
            yield b"# more to come\n" * 4096

    site.replies = {"/robots.txt": endless, "/a": Reply(), "/b": Reply()}
    assert "robots.txt" in refusal(fetcher, site.url("/a"))
    assert fetcher.fetched(site.url("/b")).data == PAGE
    assert len(sent) < 1000


def test_one_host_is_asked_once_a_second_and_others_need_not_wait(hours: Hours) -> None:
    fetcher = Fetcher(private=True, pace=hours.pace(), resolve=lambda host, port: ["127.0.0.1"])
    with serving(Site({"/a": Reply(), "/b": Reply()})) as one, serving(Site({"/a": Reply()})) as other:
        fetcher.fetched(one.url("/a"))
        assert hours.slept == [1]
        hours.now += 0.25
        fetcher.fetched(one.url("/b"))
        assert hours.slept == [1, 0.75]
        fetcher.fetched(other.url("/a", host="a.example"))
        assert hours.slept == [1, 0.75, 1]
        hours.now += 5
        fetcher.fetched(other.url("/a", host="A.EXAMPLE."))
        # Another name for the host is another site for robots.txt, but the same host for the pace.
        assert hours.slept == [1, 0.75, 1, 1]


def test_two_fetchers_of_one_pace_are_one_visitor(site: Site, hours: Hours) -> None:
    site.replies["/a"] = Reply()
    pace = hours.pace()
    for _ in range(2):
        Fetcher(private=True, pace=pace).fetched(site.url("/a"))
    assert hours.slept == [1, 1, 1]


@pytest.mark.parametrize(("asked", "slept"), [("3", 3), ("0.1", 1), ("7200", 30), ("nan", 1), ("-4", 1), ("soon", 1)])
def test_a_site_may_ask_for_longer_pauses(site: Site, fetcher: Fetcher, hours: Hours, asked: str, slept: float) -> None:
    site.replies = {"/robots.txt": robots("User-agent: *", f"Crawl-delay: {asked}"), "/a": Reply()}
    fetcher.fetched(site.url("/a"))
    assert hours.slept == [slept]


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_asks_for_time_is_asked_again_once(
    site: Site, fetcher: Fetcher, hours: Hours, status: int
) -> None:
    busy = Reply(status, (("Retry-After", "20"),))
    site.replies = {"/a": [busy, Reply()], "/b": busy}
    assert fetcher.fetched(site.url("/a")).data == PAGE
    assert hours.slept == [1, 20]
    assert refusal(fetcher, site.url("/b")).endswith(" and wants to be asked again in 20 seconds")
    assert site.asked == ["/robots.txt", "/a", "/a", "/b", "/b"]


@pytest.mark.parametrize(
    ("wait", "reason"),
    [
        ("86400", "the server answered 503 (Service Unavailable) and wants to be asked again in 86400 seconds"),
        ("9" * 5000, "the server answered 503 (Service Unavailable) and wants to be asked again in 999999999 seconds"),
        ("presently", "the server answered 503 (Service Unavailable)"),
        ("Wed, 99 Foo 2031", "the server answered 503 (Service Unavailable)"),
    ],
)
def test_a_server_is_not_waited_for_long(site: Site, fetcher: Fetcher, hours: Hours, wait: str, reason: str) -> None:
    site.replies["/a"] = Reply(503, (("Retry-After", wait),))
    assert refusal(fetcher, site.url("/a")) == reason
    assert hours.slept == [1]


def test_the_time_to_ask_again_may_be_a_date(site: Site, fetcher: Fetcher, hours: Hours) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    site.replies["/a"] = [Reply(503, (("Retry-After", until),)), Reply()]
    assert fetcher.fetched(site.url("/a")).data == PAGE
    assert 30 < hours.slept[-1] <= 40


def test_each_url_is_announced_before_it_is_asked_for(site: Site, hours: Hours) -> None:
    site.replies = {"/a": Reply(301, (("Location", "/b"),)), "/b": Reply()}
    told: list[str] = []
    Fetcher(private=True, pace=hours.pace(), starting=told.append).fetched(site.url("/a"))
    assert told == [site.url("/a"), site.url("/b")]


def test_many_names_with_many_rules_do_not_multiply() -> None:
    lines = [f"User-agent: bot{number}\n" for number in range(14_000)] + ["Allow: /x\n"] * 20_000
    begun = time.process_time()
    rules = Rules("".join([*lines, "\nUser-agent: *\nDisallow: /y"]).encode())
    assert (rules.allow("http://a.example/y"), rules.allow("http://a.example/z")) == (False, True)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("*", True),
        ("* # everybody", True),
        ("OnRecord", True),
        ("onrecord/2.0", True),
        ("OnRecorder", False),
        ("On", False),
        ("Googlebot", False),
        ("*bot", False),
        ("", False),
    ],
)
def test_whom_rules_are_for(name: str, ours: bool) -> None:
    for line in (f"User-agent: {name}", f" user-agent:{name}", f"USERAGENT :\t{name}"):
        assert Rules(f"{line}\nDisallow: /".encode()).allow("https://a.example/b") is not ours


@given(st.binary(max_size=300) | st.text(st.sampled_from("User-agent:*\nDisallow /$#Crawl-delay1"), max_size=200))
def test_any_robots_txt_can_be_read(data: bytes | str) -> None:
    rules = Rules(data if isinstance(data, bytes) else data.encode())
    assert rules.allow("https://a.example/b?c=%zz") in (True, False)
    assert rules.delay >= 0
