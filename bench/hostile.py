"""Pages that no page should be, but that come: made up at random, the same again for the same seed.

Every function that makes a kind of input takes a source of randomness and the example pages to begin from, and gives
the bytes of one input. The kinds stand in `PAGES`; those that hold pages are in `hostile_containers.py`.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from hostile_words import ATTRIBUTES, CUES, DECLARED, ENCODINGS, KEYS, META, ODD, TAGS, VALUES
from onrecord.lexicon import table


@dataclass(frozen=True, slots=True)
class Seeds:
    """The pages to begin from: as bytes, and the sentences of the plain ones."""

    html: tuple[bytes, ...]
    text: tuple[str, ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, folder: Path) -> Seeds:
        """The pages of a folder, in the order of their names."""
        files = sorted(folder.iterdir())
        text = tuple(file.read_text("utf-8") for file in files if file.suffix == ".txt")
        html = tuple(file.read_bytes() for file in files if file.suffix == ".html")
        return cls(html, text, tuple(line for page in text for line in page.splitlines() if line.strip()))


_QUOTES = ("", "'", '"')


def size(rng: Random, *, largest: int = 1_000_000) -> int:
    """About how many characters an input has: most are small, a few large."""
    bounds = (60, 600, 4000, 30_000, 200_000, 1_000_000)
    top = rng.choices(bounds, (10, 30, 40, 15, 2, 1))[0]
    return rng.randint(0, min(top, largest))


def phrase(rng: Random, seeds: Seeds) -> str:
    """A few words: of a page, of those that reading looks for, or odd ones."""
    roll = rng.random()
    if roll < 0.35:
        return rng.choice(seeds.lines)
    if roll < 0.5:
        return " ".join(rng.sample(rng.choice(seeds.lines).split(), 1))
    if roll < 0.8:
        return rng.choice(CUES)
    if roll < 0.95:
        return rng.choice(ODD)
    return chr(
        rng.choice((rng.randrange(0x20), rng.randrange(0x3000), rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)))
    )


def prose(rng: Random, seeds: Seeds, length: int) -> str:
    """Text of about a length, with or without line ends, sometimes the same few words again and again."""
    if rng.random() < 0.15:
        unit = rng.choice(("", " ", "\n", ", ")).join(phrase(rng, seeds) for _ in range(rng.randint(1, 4))) or "x"
        return (unit * (length // len(unit) + 1))[:length]
    between = rng.choice((" ", " ", "\n", "\n", "", ". ", ", ", "\r\n", "\n\n", "\u2028", '" '))
    parts: list[str] = []
    at = 0
    while at < length:
        part = phrase(rng, seeds)
        parts.append(part)
        at += len(part) + len(between)
        if rng.random() < 0.3:
            parts.append(rng.choice((" ", "\n", '"', ". ", ", ")))
    return between.join(parts)


def text(rng: Random, seeds: Seeds) -> bytes:
    """A dump of a page as plain text."""
    roll = rng.random()
    if roll < 0.4:
        return damaged(rng, rng.choice(seeds.text).encode())
    if roll < 0.5:
        lines = [rng.choice(seeds.lines) for _ in range(rng.randint(1, 60))]
        for _ in range(rng.randint(0, 20)):
            lines.insert(rng.randint(0, len(lines)), phrase(rng, seeds))
        return rng.choice(("\n", "\r\n", "\r", "\n\n", "\x0b", "\x85", "\u2028")).join(lines).encode("utf-8", "replace")
    if roll < 0.55:
        return bytes(rng.randrange(256) for _ in range(min(5000, size(rng))))
    return encoded(rng, prose(rng, seeds, size(rng)))


def dates(rng: Random, seeds: Seeds) -> bytes:
    """Lines with little in them but words for times."""
    words = [cue for cue in CUES if any(c.isdigit() for c in cue)] + list(_time_words())
    lines = []
    for _ in range(rng.randint(1, 60)):
        parts = [rng.choice(words) for _ in range(rng.randint(1, 12))]
        if rng.random() < 0.5:
            parts.insert(
                rng.randint(0, len(parts)), str(rng.choice((rng.randint(0, 40), rng.randint(0, 10**6), 10**14)))
            )
        lines.append(rng.choice((" ", " ", " ", "-", "/", ", ", " of ", "", " the ", "'s ")).join(parts))
    if rng.random() < 0.3:
        lines.append(rng.choice(words) * rng.randint(1, 2000))
    return rng.choice(("\n", ". ")).join(lines).encode("utf-8", "replace")


def _time_words() -> tuple[str, ...]:
    def strings(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, dict):
            return [word for key, inner in value.items() for word in [key, *strings(inner)]]
        return [word for inner in value for word in strings(inner)] if isinstance(value, list) else []

    return tuple(strings(table("times")))


def encoded(rng: Random, words: str) -> bytes:
    """Text as bytes, in most cases as UTF-8."""
    name = "utf-8" if rng.random() < 0.7 else rng.choice(ENCODINGS)
    return words.encode(name, "replace")


def damaged(rng: Random, data: bytes, *, blows: int = 12) -> bytes:
    """Bytes cut, doubled, overwritten and interrupted at a few places."""
    found = bytearray(data)
    for _ in range(rng.randint(0, blows)):
        at = rng.randint(0, len(found))
        to = min(len(found), at + rng.choice((1, 1, 4, 40, 400)))
        roll = rng.random()
        if roll < 0.2:
            del found[at:to]
        elif roll < 0.35:
            found[at:at] = found[at:to] * rng.choice((1, 1, 2, 5, 50))
        elif roll < 0.5:
            for place in range(at, min(to, at + 8)):
                found[place] = rng.randrange(256)
        elif roll < 0.85:
            found[at:at] = rng.choice(ODD + CUES).encode("utf-8", "replace") * rng.choice((1, 1, 1, 3, 30))
        elif roll < 0.95:
            source = rng.randint(0, len(found))
            found[at:at] = found[source : source + 200]
        else:
            del found[at:]
    return bytes(found)


def html(rng: Random, seeds: Seeds) -> bytes:
    """A page as HTML, or what claims to be one."""
    roll = rng.random()
    if roll < 0.45:
        return damaged(rng, rng.choice(seeds.html))
    if roll < 0.5:
        return nested(rng, seeds)
    if roll < 0.55:
        return _declared(rng, seeds)
    parts = [rng.choice(("<!DOCTYPE html>", "<html>", f"<?xml version='1.0' encoding='{rng.choice(DECLARED)}'?>", ""))]
    parts.append(_head(rng, seeds) if rng.random() < 0.7 else "")
    parts.append(rng.choice(("<body>", "", "<frameset>", "<body><article>")))
    length, at = size(rng), 0
    while at < length:
        part = _markup(rng, seeds)
        parts.append(part)
        at += len(part)
    return encoded(
        rng, "".join(parts) + rng.choice(("</body></html>", "", "</article>", "<script>", "<!--", "<a href='"))
    )


def nested(rng: Random, seeds: Seeds) -> bytes:
    """A page with elements in elements to a depth of up to a hundred thousand."""
    depth = rng.choice((100, 250, 260, 500, 2000, 10_000, 100_000))
    tags = rng.choices(
        ("div", "b", "table", "ul", "font", "span", "blockquote", "svg", "section", "a", "button", "p"),
        k=rng.randint(1, 3),
    )
    opens = "".join(f"<{tag}>" for tag in tags)
    before, within, after = (prose(rng, seeds, rng.randint(0, 2000)) for _ in range(3))
    closes = "".join(f"</{tag}>" for tag in reversed(tags)) * depth if rng.random() < 0.6 else ""
    between = rng.choice(("", "", "x", "<p>x</p>"))
    return f"<html><body><p>{before}</p>{(opens + between) * depth}{within}{closes}<p>{after}</p>".encode(
        "utf-8", "replace"
    )


def _declared(rng: Random, seeds: Seeds) -> bytes:
    body = rng.choice(seeds.html).replace(b'<meta charset="utf-8">', b"").decode("utf-8")
    meta = rng.choice(
        ('<meta charset="%s">', "<meta http-equiv=content-type content='text/html; charset=%s'>", "<meta charset=%s ")
    )
    page = body.replace("<head>", "<head>" + meta % rng.choice(DECLARED), 1)
    return page.replace("treaty", rng.choice(("treaty", "traité", "договор", "条約", "معاهدة"))).encode(
        rng.choice(ENCODINGS), "replace"
    )


def _head(rng: Random, seeds: Seeds) -> str:
    parts = ["<head>"]
    for _ in range(rng.randint(0, 8)):
        roll = rng.random()
        if roll < 0.4:
            made = json.dumps(value(rng, seeds, 4), ensure_ascii=rng.random() < 0.5)
            if rng.random() < 0.3:
                made = damaged(rng, made.encode("utf-8", "replace"), blows=3).decode("utf-8", "replace")
            if rng.random() < 0.1:
                made = rng.choice(("[", '{"@graph":')) * rng.choice((100, 5000)) + made
            parts.append(f'<script type="application/ld+json">{made}</script>')
        elif roll < 0.8:
            parts.append(
                f'<meta {rng.choice(("name", "property"))}="{rng.choice(META)}" content="{phrase(rng, seeds)}">'
            )
        else:
            parts.append(f"<title>{phrase(rng, seeds)}" + rng.choice(("</title>", "")))
    return "".join(parts) + "</head>"


def value(rng: Random, seeds: Seeds, depth: int) -> Any:
    """Anything that JSON can hold, with the names of fields that are looked for."""
    roll = rng.random()
    if depth and roll < 0.35:
        return {rng.choice(KEYS): value(rng, seeds, depth - 1) for _ in range(rng.randint(0, 6))}
    if depth and roll < 0.5:
        return [value(rng, seeds, depth - 1) for _ in range(rng.randint(0, 4))]
    numbers = (0, -1, 1e308, 2**64, 10**30, 0.1, 1.7e9, 1.7e12, float("inf"), float("nan"), -(10**18))
    words = (
        "NewsArticle",
        "2024-05-04T10:00:00Z",
        "2024-05-04",
        "1714816800",
        "Sat, 04 May 2024 10:00:00 +0200",
        "\ud800",
        "",
    )
    return rng.choice(
        (None, True, False, rng.choice(numbers), rng.choice(words), phrase(rng, seeds), phrase(rng, seeds))
    )


def _markup(rng: Random, seeds: Seeds) -> str:
    roll = rng.random()
    if roll < 0.4:
        return f"<p>{phrase(rng, seeds)}</p>"
    if roll < 0.5:
        return phrase(rng, seeds)
    if roll < 0.75:
        attributes = "".join(
            f" {rng.choice(ATTRIBUTES)}={rng.choice(_QUOTES)}{rng.choice(VALUES)}{rng.choice(_QUOTES)}"
            for _ in range(rng.randint(0, 4))
        )
        return f"<{rng.choice(TAGS)}{attributes}{rng.choice(('>', '>', '>', '/>', ''))}"
    if roll < 0.9:
        return f"</{rng.choice(TAGS)}>"
    picture = rng.choice((30, 3000, 60_000))
    return rng.choice(
        (
            "<!--[if IE]><p>old</p><![endif]-->",
            "<![if !IE]>",
            "<!-- -- -->",
            "<!-->",
            "<![CDATA[ x ]]>",
            "<?php echo 1 ?>",
            "<%= x %>",
            f'<img src="data:image/png;base64,{base64.b64encode(rng.randbytes(picture)).decode()}">',
            f'<p class="{"long " * rng.choice((5, 20_000))}">',
            "<p " + " ".join(f"a{i}=b" for i in range(rng.choice((3, 3000)))) + ">",
            f"<script>var a = '<p>{phrase(rng, seeds)}</p>';</script>",
            "<style>p{}</style>",
            "<script>",
            "<style>",
            "&" * 300,
            f"&#{rng.randint(0, 2**33)};",
            "<svg><title>t</title><text>x</text></svg>",
            "<math><mi>x</mi></math>",
            "<\0p>",
            "</",
            "<",
        )
    )


def json_lines(rng: Random, seeds: Seeds) -> bytes:
    """A container with a page a line."""
    lines: list[bytes] = []
    for _ in range(rng.randint(1, 12)):
        lines.append(row(rng, seeds))
    data = rng.choice((b"\n", b"\n", b"\r\n", b"\n\n", b"\r")).join(lines)
    return damaged(rng, data, blows=4) if rng.random() < 0.3 else data


def row(rng: Random, seeds: Seeds) -> bytes:
    roll = rng.random()
    if roll < 0.05:
        return rng.choice((b"[", b'{"a":', b'{"text":[')) * rng.choice((50, 2000, 100_000))
    if roll < 0.1:
        return prose(rng, seeds, rng.randint(0, 300)).replace("\n", " ").encode("utf-8", "replace")
    page = rng.choice(
        (rng.choice(seeds.text), prose(rng, seeds, size(rng, largest=4000)), rng.choice(seeds.html).decode())
    )
    row = {rng.choice(("text", "content", "body", "html")): page}
    for key in rng.sample(KEYS, rng.randint(0, 6)):
        row.setdefault(key, value(rng, seeds, 2))
    made = json.dumps(row, ensure_ascii=rng.random() < 0.5).encode("utf-8", "replace")
    if rng.random() < 0.1:
        made = made.replace(
            b"{", b'{"text": "first", "text": 1, "date": 1' + b"0" * rng.choice((1, 30, 5000)) + b",", 1
        )
    return damaged(rng, made, blows=3) if rng.random() < 0.2 else made


Maker = Callable[[Random, Seeds], bytes]

#: For each kind of input the ending of its file and what makes it. Of `marks` the encoder is made to see anything.
PAGES: dict[str, tuple[str, Maker]] = {
    "txt": ("txt", text),
    "md": ("md", text),
    "dates": ("txt", dates),
    "html": ("html", html),
    "nested": ("html", nested),
    "jsonl": ("jsonl", json_lines),
    "marks": ("marks.txt", text),
}
