"""Feeds: RSS, RDF and Atom."""

from __future__ import annotations

import pytest

from intake_shapes import ATOM, RDF, RSS, by_path, found_in, pages_in
from onrecord.intake import LIMIT
from onrecord.page import Page, Problem


def test_an_entry_is_a_page_with_the_fullest_words_it_has() -> None:
    found = found_in(RSS.encode())
    assert by_path(found) == {
        "in#https://courier.example/1": "text/html",
        "in#courier-2": "text/plain",
        "in#https://courier.example/3": "an entry without words",
    }
    first, second = (item for item in found if isinstance(item, Page))
    assert first.data == b"<p>The draft is <b>ready</b>, the ministers said.</p>"
    assert first.given == {
        "title": "Draft ready",
        "url": "https://courier.example/1",
        "publisher": "Caspian Courier & Herald",
        "published": "2024-09-11",
    }
    assert second.data == b"Talks will go on in May."


def test_when_an_atom_entry_was_updated_is_not_when_it_was_published() -> None:
    first, second = pages_in(ATOM.encode())
    assert first.given == {
        "title": "Draft ready",
        "url": "https://herald.example/1",
        "publisher": "The Evening Herald",
        "published": "2024-09-10",
    }
    assert first.data == b"<p>It is <b>ready</b>.</p>"
    assert second.given == {"title": "Talks go on", "publisher": "Herald wire", "captured": "2024-09-11"}


def test_rdf_says_the_day_in_dublin_core() -> None:
    (page,) = pages_in(RDF.encode())
    assert page.given == {
        "title": "Draft ready",
        "url": "https://gazette.example/1",
        "publisher": "Gazette",
        "published": "2024-09-10",
    }


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
def test_a_feed_is_decoded_by_what_it_declares(encoding: str) -> None:
    words = "Министры сказали, что проект готов."
    feed = RSS.replace("UTF-8", encoding).replace("Talks will go on in May.", words)
    assert (
        pages_in(feed.replace("<item><title>Photo of the day", "<x><title>").encode(encoding))[1].data.decode() == words
    )


def test_a_feed_that_is_cut_gives_what_is_there() -> None:
    found = found_in(RSS.encode()[: RSS.index("</description>", RSS.index("Talks")) + 14])
    assert by_path(found) == {
        "in#https://courier.example/1": "text/html",
        "in#courier-2": "text/plain",
        "in": "the feed has no end: entries may be lost",
    }


def test_a_feed_without_entries_is_named() -> None:
    assert by_path(found_in(b"<rss version='2.0'><channel><title>x</title></channel></rss>")) == {
        "in": "a feed without entries"
    }
    assert isinstance(found_in(b"<rss version='2.0'><chan")[0], Problem)
    large = b"<rss version='2.0'><channel>" + b" " * LIMIT
    assert by_path(found_in(large)) == {"in": "larger than 8 MiB, too large for a feed"}


def test_entities_reach_nothing_outside_the_feed(tmp_path: object) -> None:
    lol = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    for entities in (f'<!ENTITY e0 "lol">{lol}', '<!ENTITY e8 SYSTEM "file:///etc/hostname">'):
        feed = RSS.replace("<rss ", f"<!DOCTYPE rss [{entities}]><rss ").replace("The draft is", "Words &e8; and")
        for item in found_in(feed.encode()):
            assert not isinstance(item, Page) or len(item.data) < 10_000


def test_a_feed_given_as_bytes_is_never_taken_for_a_name() -> None:
    # feedparser opens what it takes for an address or a file: it must be handed a stream.
    (page,) = pages_in(b"/etc/hostname")
    assert page.data == b"/etc/hostname"
