"""From a URL to pages on record: single pages, archives, and the articles that a feed leads to."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress

from onrecord import Record, cli
from onrecord.intake import count_inputs, fetch_guard, fetching, read_inputs
from onrecord.intake.fetching import Fetcher
from onrecord.page import Page, Problem
from onrecord.terminal import output
from websites import PAGE, Hours, Reply, Site, robots


def typed(kind: str, body: bytes) -> Reply:
    return Reply(headers=(("Content-Type", kind),), body=body)


def found_at(url: str, fetcher: Fetcher, **given: str) -> list[Page | Problem]:
    return list(read_inputs([url], given=given, fetcher=fetcher))


def test_a_page_goes_by_its_url_and_keeps_its_bytes(site: Site, fetcher: Fetcher) -> None:
    site.replies = {"/a": Reply(302, (("Location", "/b"),)), "/b": Reply()}
    (page,) = found_at(site.url("/a"), fetcher)
    assert isinstance(page, Page)
    assert (page.path, page.data, page.media_type) == (site.url("/a"), PAGE, "text/html")
    assert set(page.given) == {"url", "captured"}
    assert page.given["url"] == site.url("/b")
    (page,) = found_at(site.url("/b"), fetcher, published="2031-02-03")
    assert isinstance(page, Page)
    assert page.given["published"] == "2031-02-03"


def test_a_declared_charset_counts_where_the_bytes_need_it(site: Site, fetcher: Fetcher) -> None:
    words = "<!DOCTYPE html><p>Министр сказал, что договор готов.</p>"
    site.replies["/a"] = typed("text/html; charset=koi8-r", words.encode("koi8-r"))
    (page,) = found_at(site.url("/a"), fetcher)
    assert isinstance(page, Page)
    assert page.media_type == "text/html; charset=koi8-r"
    site.replies["/a"].body = words.encode()
    (page,) = found_at(site.url("/a"), fetcher)
    assert isinstance(page, Page)
    assert page.media_type == "text/html"


def test_what_cannot_be_fetched_is_a_problem_and_the_rest_goes_on(site: Site, fetcher: Fetcher) -> None:
    site.replies = {"/empty": Reply(body=b" \n"), "/a": Reply()}
    found = list(read_inputs([site.url("/gone"), site.url("/empty"), site.url("/a")], fetcher=fetcher))
    assert [(item.path, getattr(item, "reason", None)) for item in found] == [
        (site.url("/gone"), "the server answered 404 (Not Found)"),
        (site.url("/empty"), "empty"),
        (site.url("/a"), None),
    ]
    assert count_inputs([site.url("/a")]) is None


@pytest.mark.parametrize("url", ["http://anna:secret@a.example/x?y=@", "HTTP://anna:sec@ret@a.example/x?y=@"])
def test_a_password_in_a_url_is_not_kept(fetcher: Fetcher, url: str) -> None:
    (problem,) = found_at(url, fetcher)
    assert isinstance(problem, Problem)
    assert problem.path == url[:7] + "a.example/x?y=@"
    assert problem.reason == "a URL with a user's name or password in it, which is not fetched"


def test_a_url_that_is_no_text_is_shown_so_that_it_can_be_kept(fetcher: Fetcher) -> None:
    (problem,) = found_at("http://caf\udce9/", fetcher)
    assert problem.path == "http://caf\\udce9/"


def test_a_terminal_shows_what_is_being_fetched() -> None:
    with Progress(console=Console(file=io.StringIO())) as bar:
        meter = output.Meter(output.errors(), bar)
        meter.starting("https://a.example/x\x1b[31m")
        assert bar.tasks[0].fields["path"].startswith("https://a.example/x")
        assert "\x1b" not in bar.tasks[0].fields["path"]
        assert bar.tasks[0].completed == 0


@pytest.mark.parametrize(
    ("path", "reply", "paths"),
    [
        ("/x.jsonl", typed("text/plain", b'{"text": "One."}\n{"text": "Two.", "path": "two"}\n'), ["#1", "two"]),
        ("/x", typed("application/x-ndjson", b'{"text": "One."}\n'), ["#1"]),
        ("/x.jsonl.gz", typed("application/octet-stream", gzip.compress(b'{"text": "One."}\n', mtime=0)), ["#1"]),
        ("/story.xml", typed("text/html", PAGE), [""]),
        ("/story.php?x=.csv", typed("text/plain", b"The minister said so."), [""]),
        ("/wire.csv", typed("text/plain", b"day,rate"), None),
        ("/", Reply(headers=(), body=b"The minister said so."), [""]),
    ],
)
def test_what_is_there_is_read_as_what_it_is(
    site: Site, fetcher: Fetcher, path: str, reply: Reply, paths: list[str] | None
) -> None:
    site.replies[path] = reply
    found = found_at(site.url(path), fetcher)
    if paths is None:
        assert [item.path for item in found if isinstance(item, Problem)] == [site.url(path)]
        return
    assert [item.path for item in found] == [name if name.isalpha() else site.url(path) + name for name in paths]
    assert all(isinstance(item, Page) and "captured" in item.given for item in found)


def feed(*entries: str) -> Reply:
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Strait Gazette</title>{"".join(entries)}'
    return typed("application/rss+xml", f"{body}</channel></rss>".encode())


def entry(link: str, words: str = "", more: str = "") -> str:
    about = f"<description>{words}</description>" if words else ""
    return f"<item><title>Ferry talks</title><link>{link}</link>{about}{more}</item>"


def test_a_feed_leads_to_its_articles(site: Site, fetcher: Fetcher) -> None:
    teaser = "The ferry treaty is ready, the minister said in the evening."
    dated = "<pubDate>Tue, 04 Mar 2031 08:00:00 GMT</pubDate>"
    site.replies = {
        "/robots.txt": robots("User-agent: *", "Disallow: /closed"),
        "/rss": feed(
            entry(site.url("/a"), teaser, dated),
            entry(site.url("/a"), teaser),
            entry(site.url("/closed"), teaser),
            entry(site.url("/untold")),
            entry(site.url("/gone")),
            entry("http://10.0.0.1/admin", teaser),
            entry("/inside", teaser),
        ),
        "/a": Reply(),
        "/untold": Reply(),
        "/inside": Reply(),
    }
    fetcher._guard._private = False
    fetcher._guard._resolve = lambda host, port: [host]
    public, fetch_guard.is_public = fetch_guard.is_public, lambda address: address == "127.0.0.1"
    try:
        found = found_at(site.url("/rss"), fetcher)
    finally:
        fetch_guard.is_public = public
    said = [(item.path, item.reason if isinstance(item, Problem) else item.data) for item in found]
    assert said == [
        (site.url("/a"), PAGE),
        (site.url("/closed"), "the site's robots.txt asks programs not to fetch it; the feed's own words stand for it"),
        (f"{site.url('/rss')}#{site.url('/closed')}", teaser.encode()),
        (site.url("/untold"), PAGE),
        (site.url("/gone"), "the server answered 404 (Not Found)"),
        (
            "http://10.0.0.1/admin",
            "its host has a private address (10.0.0.1), which is not fetched from unasked; "
            "the feed's own words stand for it",
        ),
        (f"{site.url('/rss')}#http://10.0.0.1/admin", teaser.encode()),
        (site.url("/inside"), PAGE),
    ]
    (first, *_), dates = found, [item.given.get("published") for item in found if isinstance(item, Page)]
    assert dates == ["2031-03-04", None, None, None, None]
    assert isinstance(first, Page)
    assert set(first.given) == {"url", "captured", "published"}


def test_a_feed_in_json_leads_to_its_articles(site: Site, fetcher: Fetcher) -> None:
    items = [{"id": "1", "url": site.url("/a"), "content_text": "Ready, the minister said."}]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "items": items})
    site.replies = {"/feed": typed("application/feed+json", body.encode())}
    site.replies["/a"] = Reply()
    (page,) = found_at(site.url("/feed"), fetcher)
    assert isinstance(page, Page)
    assert (page.path, page.data) == (site.url("/a"), PAGE)


@pytest.mark.parametrize("kind", ["text/xml; charset=utf-8", "text/html", "application/octet-stream", "text/plain"])
def test_a_feed_is_known_by_its_bytes(site: Site, fetcher: Fetcher, kind: str) -> None:
    site.replies = {"/index.xml": typed(kind, feed(entry(site.url("/a"))).body), "/a": Reply()}
    (page,) = found_at(site.url("/index.xml"), fetcher)
    assert page.path == site.url("/a")


def test_a_feed_of_feeds_is_not_followed(site: Site, fetcher: Fetcher) -> None:
    site.replies = {"/rss": feed(entry(site.url("/other"))), "/other": feed(entry(site.url("/rss")))}
    (problem,) = found_at(site.url("/rss"), fetcher)
    assert isinstance(problem, Problem)
    assert (problem.path, problem.reason) == (site.url("/other"), "another feed, not an article")


def test_a_feed_in_a_file_fetches_nothing(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_bytes(feed(entry(site.url("/a"), "The minister said so.")).body)
    (page,) = read_inputs([str(tmp_path / "feed.rss")], fetcher=fetcher)
    assert isinstance(page, Page)
    assert not site.asked


def test_a_page_from_a_url_is_kept_and_verified(site: Site, hours: Hours, tmp_path: Path) -> None:
    told = "<p>The ferry treaty is ready, minister Anna Berg told reporters in the harbour on Monday.</p>\n" * 5
    body = f"<!DOCTYPE html><html><body><article><h1>Ferry treaty ready</h1>{told}</article></body></html>"
    site.replies["/a"] = typed("text/html", body.encode())
    with Record(tmp_path / "a.onrecord") as record:
        assert record.build([site.url("/a")], fetcher=Fetcher(private=True, pace=hours.pace())) == []
        analysis, data = record.page(site.url("/a"))
        assert (analysis.path, analysis.url, data) == (site.url("/a"), site.url("/a"), body.encode())
        assert analysis.published.basis != "given"
        assert list(record.verify()) == []


@pytest.mark.parametrize("command", ["build", "analyze"])
def test_the_command_line_asks_before_it_fetches_from_private_addresses(
    site: Site, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fetching._PACE, "sleep", lambda seconds: None)
    site.replies["/a"] = Reply(403)

    def err(*args: str) -> str:
        monkeypatch.setattr(sys, "argv", ["onrecord", command, *args])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == 1
        return capfd.readouterr().err

    assert err(site.url("/a")) == (
        f"onrecord: {site.url('/a')}: its host has a private address (127.0.0.1), which is not fetched from unasked\n"
    )
    assert not site.asked
    assert err(site.url("/a"), "--private") == f"onrecord: {site.url('/a')}: the server answered 403 (Forbidden)\n"
