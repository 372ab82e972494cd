"""Containers that no container should be: mails, feeds, crawls, archives, made up like the pages of `hostile.py`."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
import zlib
from itertools import pairwise
from random import Random

from hostile import PAGES, Maker, Seeds, damaged, encoded, html, phrase, prose, row, size, text
from hostile_words import DECLARED, FEED_TAGS, FEED_WORDS


def one_json(rng: Random, seeds: Seeds) -> bytes:
    """A JSON file: an object, or an array of them, at some depth."""
    rows = [row(rng, seeds) for _ in range(rng.randint(0, 5))]
    data = rng.choice(
        (b"[%s]", b'{"items": [%s]}', b'{"articles": [%s], "n": 1}', b"%s", b'{"response": {"results": [%s]}}')
    ) % b",".join(rows)
    return damaged(rng, data, blows=3) if rng.random() < 0.3 else data


_SUBJECTS = ("Draft agreed", "=?utf-8?q?=C3=28?=", "=?rot13?b?AAAA?=")
_DATES = ("Sat, 04 May 2024 10:00:00 +0200", "Sat, 99 Foo 2024", "", "0 0 0 0", "4 May 99999 10:00 +9999", "-1")
_TRANSFERS = ("7bit", "8bit", "base64", "quoted-printable", "x-uuencode", "binary", "none")


def mail(rng: Random, seeds: Seeds) -> bytes:
    """A message, or several, as mail programs keep them."""
    bound = rng.choice(("b1", "", "=_x", "a" * 300))
    kind = rng.choice(
        (
            "text/plain",
            "text/html",
            f'multipart/alternative; boundary="{bound}"',
            f"multipart/mixed; boundary={bound}",
            "message/rfc822",
            "application/pdf",
            "text/plain; charset=" + rng.choice(DECLARED),
            "",
            "///",
            "text",
        )
    )
    head = [
        f"From: {rng.choice(('Ana Holm <ana@a.example>', '=?utf-8?B?w7w=?= <>', '=?x?Q?=', '@', 'a' * 2000))}",
        f"Subject: {rng.choice((*_SUBJECTS, phrase(rng, seeds).split(chr(10))[0]))}",
        f"Date: {rng.choice(_DATES)}",
        f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {rng.choice(_TRANSFERS)}",
        f"Message-ID: {rng.choice(('<1@a.example>', '<', '<a@b', '[', ''))}",
    ]
    rng.shuffle(head)
    body = rng.choice(
        (rng.choice(seeds.text), rng.choice(seeds.html).decode(), prose(rng, seeds, size(rng, largest=20_000)))
    )
    coded = rng.choice((body, base64.encodebytes(body.encode("utf-8", "replace")).decode(), body.replace("=", "=3D")))
    parts = [coded]
    if bound:
        for _ in range(rng.choice((0, 1, 3, 30))):
            inner = rng.choice(
                ("text/plain", "text/html", f'multipart/mixed; boundary="{bound}"', "message/rfc822", "image/png")
            )
            parts.append(f"--{bound}\nContent-Type: {inner}\n\n{coded[:4000]}")
        if "multipart" in kind and rng.random() < 0.1:
            parts = [f"--{bound}\nContent-Type: multipart/mixed; boundary={bound}\n\n"] * rng.choice((50, 3000))
    whole = "\n".join(head) + "\n\n" + "\n".join(parts) + rng.choice((f"\n--{bound}--\n", ""))
    whole = rng.choice(("", "", "From a@a.example Sat May  4 10:00:00 2024\n")) + whole
    data = whole.replace("\n", rng.choice(("\n", "\r\n"))).encode("utf-8", "replace")
    return damaged(rng, data, blows=5) if rng.random() < 0.5 else data


#: Entities of entities, as in the "billion laughs".
_BOMB = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {name} "{f"&{of};" * 9}">' for of, name in pairwise("abcdefgh"))


def feed(rng: Random, seeds: Seeds) -> bytes:
    """RSS or Atom, or nearly."""
    items = []
    for _ in range(rng.randint(0, 12)):
        inside = "".join(
            f"<{tag}>{rng.choice(('%s', '<![CDATA[%s]]>')) % rng.choice((phrase(rng, seeds), *FEED_WORDS))}</{tag}>"
            for tag in rng.choices(FEED_TAGS, k=rng.randint(0, 8))
        )
        page = rng.choice((rng.choice(seeds.html).decode(), prose(rng, seeds, rng.randint(0, 3000)), ""))
        inside += rng.choice(
            ("<content:encoded><![CDATA[%s]]></content:encoded>", '<content type="html">%s</content>', "")
        ).replace("%s", page)
        items.append(rng.choice(("<item>%s</item>", "<entry>%s</entry>", "<item>%s")).replace("%s", inside))
    head = rng.choice(
        (
            '<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>%s</channel></rss>',
            '<feed xmlns="http://www.w3.org/2005/Atom">%s</feed>',
            "<rdf:RDF>%s</rdf:RDF>",
            "<rss><channel>%s",
            "<urlset>%s</urlset>",
            f"<?xml version='1.0' encoding='{rng.choice(DECLARED)}'?><rss>%s</rss>",
            f"<!DOCTYPE x [{_BOMB}]><rss><channel><item><description>&h;</description></item>%s</channel></rss>",
            '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><item><title>&x;</title></item>%s</rss>',
            "<rss><channel>" + "<item>" * rng.choice((10, 50_000)) + "%s",
        )
    ).replace("%s", "".join(items))
    data = encoded(rng, head)
    return damaged(rng, data, blows=5) if rng.random() < 0.4 else data


def warc(rng: Random, seeds: Seeds) -> bytes:
    """An archive of a crawl: pages with the answers of their servers (WARC), or their texts alone (WET)."""
    records = []
    for _ in range(rng.randint(0, 8)):
        kind = rng.choice(("response", "response", "conversion", "warcinfo", "request", "resource", "revisit", "bogus"))
        body = rng.choice((rng.choice(seeds.html), rng.choice(seeds.text).encode(), html(rng, seeds)[:20_000]))
        if kind in ("response", "revisit"):
            coding = rng.choice(("", "", "gzip", "deflate", "br", "chunked", "identity, gzip", "zstd"))
            packed = (
                gzip.compress(body)
                if "gzip" in coding and rng.random() < 0.7
                else zlib.compress(body)
                if coding == "deflate"
                else body
            )
            if coding == "chunked":
                packed = b"%x\r\n%s\r\n0\r\n\r\n" % (rng.choice((len(packed), 5, 10**9, 2**70)), packed)
            answer = rng.choice(("HTTP/1.1 200 OK", "HTTP/1.1 404 No", "HTTP/1.1 abc", "ICY", "HTTP/2 200"))
            field = "Transfer-Encoding" if coding == "chunked" else "Content-Encoding"
            kinds = rng.choice(
                (
                    "text/html",
                    "text/html; charset=" + rng.choice(DECLARED),
                    "image/png",
                    "text/plain",
                    "application/pdf",
                    "",
                )
            )
            body = f"{answer}\r\nContent-Type: {kinds}\r\n{field}: {coding}\r\n\r\n".encode() + packed
        length = rng.choice((len(body), len(body), len(body), len(body), 0, -1, 10**12, "x"))
        head = [
            rng.choice(("WARC/1.0", "WARC/1.1", "WARC/9", "WARC/0.18")),
            f"WARC-Type: {kind}",
            f"Content-Length: {length}",
            f"WARC-Target-URI: {rng.choice(('http://a.example/1', 'http://[', 'urn:x', '', chr(0)))}",
            f"WARC-Date: {rng.choice(('2024-05-04T10:00:00Z', '2024', '2024-99-99T00:00:00Z', ''))}",
            f"WARC-Record-ID: <urn:uuid:{rng.randint(0, 9)}>",
            f"Content-Type: {rng.choice(('application/http; msgtype=response', 'text/plain', 'application/http', ''))}",
        ]
        record = "\r\n".join(head).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"
        records.append(damaged(rng, record, blows=2) if rng.random() < 0.15 else record)
    return b"".join(records)


def warc_gz(rng: Random, seeds: Seeds) -> bytes:
    """The same, each record compressed for itself, or all as one."""
    data = warc(rng, seeds)
    parts = data.split(b"WARC/1.0")
    return packed_damage(
        rng,
        b"".join(gzip.compress(b"WARC/1.0" + part) for part in parts[1:])
        if rng.random() < 0.7
        else gzip.compress(data),
    )


def packed_damage(rng: Random, data: bytes) -> bytes:
    """Packed data, left alone more often than not."""
    roll = rng.random()
    if roll < 0.6:
        return data
    return data[: rng.randint(0, len(data))] if roll < 0.7 else damaged(rng, data, blows=3)


def member(rng: Random, seeds: Seeds) -> tuple[str, bytes]:
    """The name and the bytes of something in an archive."""
    kind = rng.choice(("txt", "html", "jsonl", "eml", "json", "rss", "warc", "gz", "zip", "bin", "zeros"))
    if kind == "bin":
        data = rng.randbytes(rng.randint(0, 3000))
    elif kind == "zeros":
        data = rng.choice((b"\0", b"a", b"a\n")) * rng.choice((*[1000] * 15, 30_000_000))
    elif kind == "zip":
        data = _zip([("inner.txt", rng.choice(seeds.text).encode())])
    else:
        data = KINDS[kind][1](rng, seeds)
    stem = rng.choice(
        ("a", "b/c", "../../escape", "/etc/x", "", ".hidden", "a\0b", "é", "con", "x" * 300, "a\nb", "a#b", "..", "d/")
    )
    return rng.choice((f"{stem}.{kind}", f"{stem}.{kind}", f"{stem}.txt", stem)), data


def _zip(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive, warnings.catch_warnings(action="ignore"):
        for name, data in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def zipped(rng: Random, seeds: Seeds) -> bytes:
    """A ZIP archive."""
    method = rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    data = _zip([member(rng, seeds) for _ in range(rng.randint(0, 6))], method)
    return packed_damage(rng, data)


def tarred(rng: Random, seeds: Seeds) -> bytes:
    """A tar archive, bare or packed."""
    out = io.BytesIO()
    with tarfile.open(
        fileobj=out, mode="w", format=rng.choice((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT))
    ) as archive:
        for _ in range(rng.randint(0, 6)):
            name, data = member(rng, seeds)
            info = tarfile.TarInfo(name[:90].replace("\0", "") or "x")
            info.size = len(data)
            info.type = rng.choice(
                (tarfile.REGTYPE,) * 6
                + (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE)
            )
            info.linkname = rng.choice(("", "/etc/hostname", "x", "../x"))
            info.mtime = rng.choice((0, 1, 2**32, 8**11 - 1))
            if info.type != tarfile.REGTYPE:
                info.size = 0
            archive.addfile(info, io.BytesIO(data) if info.size else None)
    data = out.getvalue()
    if rng.random() < 0.3:
        data = damaged(rng, data, blows=3)
    pack = rng.choice((bytes, gzip.compress, bz2.compress, lzma.compress))
    return packed_damage(rng, pack(data))


def gzipped(rng: Random, seeds: Seeds) -> bytes:
    """One page in gzip, sometimes far larger than it looks."""
    if rng.random() < 0.05:
        return gzip.compress(rng.choice((b"a", b"\0", b"a b\n", b"<p>")) * 20_000_000)
    return packed_damage(rng, gzip.compress(rng.choice((text, html))(rng, seeds)))


def address(rng: Random, seeds: Seeds) -> bytes:
    """Addresses, one a line, and much that is none."""
    parts = (
        "http:",
        "https:",
        "HTTP:",
        "ftp:",
        "file:",
        "//",
        "/",
        "a.example",
        "user:pw@",
        "[::1]",
        "[",
        "]",
        ":80",
        ":99999",
        ":x",
        "?",
        "q=1",
        "#",
        "é",
        "\0",
        " ",
        "%",
        "%zz",
        "..",
        "xn--",
        "xn--a-ecp.example",
        "127.0.0.1",
        "0x7f.1",
        "2024/05/04",
        "\\",
        "@",
        "www.",
        "a" * 300 + ".example",
        "\u2028",
        "．",
        "javascript:",
        "data:text/html,<p>x",
        phrase(rng, seeds).split("\n")[0],
    )
    return "\n".join("".join(rng.choices(parts, k=rng.randint(1, 9))) for _ in range(40)).encode("utf-8", "replace")


#: For each kind of input the ending of its file and what makes it.
KINDS: dict[str, tuple[str, Maker]] = {
    **PAGES,
    "json": ("json", one_json),
    "eml": ("eml", mail),
    "mbox": ("mbox", mail),
    "rss": ("xml", feed),
    "warc": ("warc", warc),
    "wet": ("wet.gz", warc_gz),
    "zip": ("zip", zipped),
    "tar": ("tar", tarred),
    "gz": ("html.gz", gzipped),
    "urls": ("urls", address),
}
