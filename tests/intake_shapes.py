"""Containers of every kind that intake reads, made in memory from invented pages."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

from onrecord.intake import read_bytes
from onrecord.page import Page, Problem

TEXT = "Ministers meet in Vilnius\nVILNIUS, 3 March - The two ministers said the draft was ready.\n"
HTML = "<!DOCTYPE html>\n<html><head><title>Draft ready</title></head><body><p>It is ready.</p></body></html>"
CYRILLIC = "<html><body><p>Министры сказали, что проект готов.</p></body></html>"


def found_in(data: bytes, name: str = "", **known: dict[str, str]) -> list[Page | Problem]:
    return list(read_bytes(data, "in", name=name, **known))


def pages_in(data: bytes, name: str = "") -> list[Page]:
    """The pages of bytes that must hold nothing else."""
    found = found_in(data, name)
    assert all(isinstance(item, Page) for item in found), found
    return [item for item in found if isinstance(item, Page)]


def by_path(found: list[Page | Problem]) -> dict[str, str]:
    """What became of each path: its kind, or the reason against it."""
    return {item.path: item.media_type if isinstance(item, Page) else item.reason for item in found}


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: dict[str, bytes | tarfile.TarInfo], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            if isinstance(data, tarfile.TarInfo):
                archive.addfile(data)
                continue
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def record(
    kind: str, url: str, block: bytes, *, content_type: str = "application/http", length: int | None = None
) -> bytes:
    """A record of a WARC file."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-09-12T04:05:06Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *headers: str, content_type: str = "text/html", status: str = "200 OK") -> bytes:
    """An HTTP answer as a crawl keeps it."""
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {content_type}", *headers])
    return head.encode() + b"\r\n\r\n" + body


def crawl() -> bytes:
    """A small crawl as a crawler writes it, with what is no page between the pages."""
    return b"".join(
        [
            record("warcinfo", "", b"software: invented/1.0\r\n", content_type="application/warc-fields"),
            record("request", "https://courier.example/1", b"GET /1 HTTP/1.1\r\nHost: courier.example\r\n\r\n"),
            record("response", "https://courier.example/1", answer(HTML.encode())),
            record("response", "https://courier.example/a.png", answer(b"\x89PNG\r\n", content_type="image/png")),
            record("response", "https://courier.example/b.png", answer(b"\x89PNG\r\n", content_type="image/png")),
            record("response", "https://courier.example/s.css", answer(b"p { }", content_type="text/css")),
            record("response", "https://courier.example/old", answer(b"", status="301 Moved Permanently")),
            record("revisit", "https://courier.example/1", answer(b"")),
            record("response", "https://courier.example/2", answer(TEXT.encode(), content_type="text/plain")),
        ]
    )


MAIL = b"""Return-Path: <news@courier.example>
Received: from mail.courier.example by mx.reader.example; Wed, 11 Sep 2024 06:00:02 +0000
From: "Caspian Courier" <news@courier.example>
To: reader@reader.example
Subject: =?utf-8?q?Draft_ready=2C_ministers_say_=E2=80=93_morning_edition?=
Date: Wed, 11 Sep 2024 08:00:00 +0200
Message-ID: <1@courier.example>
List-Unsubscribe: <https://courier.example/leave>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="outer"

This is a message in several parts.
--outer
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

The ministers said the draft was ready =E2=80=93 at last.
--inner
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body><p>The ministers said the draft was ready =E2=80=93 at last.</p></=
body></html>
--inner--
--outer
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Disposition: inline; filename=logo.png

iVBORw0KGgo=
--outer
Content-Type: text/html; charset=windows-1251
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="article.html"

PGh0bWw+PGJvZHk+PHA+z/Du5ery7iDw4OHu8u7x7+7x7uHl7S48L3A+PC9ib2R5PjwvaHRtbD4=
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename="report.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--outer--
"""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Caspian Courier &amp; Herald</title><link>https://courier.example/</link>
<item><title>Draft &lt;i&gt;ready&lt;/i&gt;</title><link>https://courier.example/1</link>
<pubDate>Wed, 11 Sep 2024 23:30:00 -0400</pubDate>
<description>The draft is ready.</description>
<content:encoded><![CDATA[<p>The draft is <b>ready</b>, the ministers said.</p>]]></content:encoded></item>
<item><title>Talks go on</title><guid isPermaLink="false">courier-2</guid>
<description>Talks will go on in May.</description></item>
<item><title>Photo of the day</title><link>https://courier.example/3</link></item>
</channel></rss>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald wire</title><id>urn:herald</id>
<updated>2024-09-12T00:00:00Z</updated>
<entry><title>Draft ready</title><id>urn:herald:1</id><link href="https://herald.example/1"/>
<published>2024-09-10T22:00:00Z</published><updated>2024-09-12T00:00:00Z</updated>
<content type="html">&lt;p&gt;It is &lt;b&gt;ready&lt;/b&gt;.&lt;/p&gt;</content>
<source><title>The Evening Herald</title></source></entry>
<entry><title>Talks go on</title><id>urn:herald:2</id><updated>2024-09-11T09:00:00Z</updated>
<summary>Talks will go on.</summary></entry>
</feed>
"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://gazette.example/"><title>Gazette</title></channel>
<item rdf:about="https://gazette.example/1"><title>Draft ready</title><link>https://gazette.example/1</link>
<description>The draft is ready.</description><dc:date>2024-09-10T08:00:00+03:00</dc:date></item>
</rdf:RDF>
"""

MAILBOX = (
    b"From news@courier.example Wed Sep 11 06:00:02 2024\n"
    + MAIL
    + b"\nFrom reader@reader.example Thu Sep 12 07:00:00 2024\nFrom: A Reader <reader@reader.example>\n"
    b"Subject: Fwd: Draft ready\nDate: Thu, 12 Sep 2024 09:00:00 +0200\n\nThe draft is ready.\n>From the archive.\n"
)

JSON = json.dumps([{"text": TEXT, "title": 'Draft {ready} "[now]" \\'}, {"content": "Second."}]).encode()
JSON_LINES = b'{"text": "One."}\n{"text": "Two.", "path": "two"}\n'

#: One of each kind, with the number of pages in it.
CONTAINERS: dict[str, tuple[bytes, int]] = {
    "news.zip": (zipped({"a.html": HTML.encode(), "b.txt": TEXT.encode()}), 2),
    "news.tar": (tarred({"a.html": HTML.encode(), "b.txt": TEXT.encode()}), 2),
    "news.tar.gz": (tarred({"a.html": HTML.encode(), "b.txt": TEXT.encode()}, "w:gz"), 2),
    "news.warc": (crawl(), 2),
    "news.warc.gz": (gzip.compress(crawl()), 2),
    "news.eml": (MAIL, 2),
    "news.mbox": (MAILBOX, 3),
    "news.rss": (RSS.encode(), 2),
    "news.atom": (ATOM.encode(), 2),
    "news.rdf": (RDF.encode(), 1),
    "news.json": (JSON, 2),
    "news.jsonl": (JSON_LINES, 2),
}
