"""The first step of reading: bytes to text, one block a line."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree, html

from onrecord.lexicon import table
from onrecord.reading.decoding import decode
from onrecord.reading.document import Block, Document
from onrecord.reading.extracted import kept_shares
from onrecord.reading.head import read_head

_ANY_TAG = re.compile(r"<(?P<name>/?[\w!-]*)[^<>]{0,10000}>")
_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[0-9]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
#: Elements that always hold the page however they are styled: scripts unhide them.
_NEVER_HIDDEN = frozenset({"html", "body", "main", "article"})


def lay_out(document: Document) -> None:
    """Fill in `text`, `blocks` and, for HTML, `head`, from the bytes of the page.

    Plain text is kept code point by code point as it decodes, and a block is a line without the white space around
    it. Of HTML the text is what a reader sees, in document order, furniture included, one block a line, with white
    space folded. Broken, cut or wrongly declared pages are read as far as they go, with a line in `problems`.
    """
    page = document.page
    markup = page.media_type in ("text/html", "application/xhtml+xml")
    text, problems = decode(page.data, markup=markup)
    document.problems += problems
    if not markup:
        document.text = text
        document.blocks = [Block(span) for span in _lines(text)]
        return
    tree = _parse(text)
    lines = _visible(tree) if tree is not None else []
    if tree is None or not lines:
        document.text = _bare(text)
        document.blocks = [Block(span) for span in _lines(document.text)]
        rest = "; what stands between the tags was" if document.text else ""
        document.problems.append(f"no text could be read from its markup{rest}")
        return
    if _OPENS.search(text) and not _CLOSES.search(text):
        document.problems.append("the markup has no end: the page may have been cut")
    document.head = read_head(tree)
    kept = kept_shares(tree, [line for line, *_ in lines])
    at = 0
    for (line, tags, attributes, linked, place), share in zip(lines, kept, strict=True):
        document.blocks.append(Block((at, at + len(line)), tags, attributes, linked, place, share))
        at += len(line) + 1
    document.text = "\n".join(line for line, *_ in lines)


def _bare(text: str) -> str:
    """What stands between the tags, a line for each stretch, in one pass; for markup that no parser takes."""
    text = text.replace("\0", "")
    parts: list[str] = []
    at, until = 0, ""
    for tag in _ANY_TAG.finditer(text):
        name = tag["name"].lower()
        if not until:
            parts.append(text[at : tag.start()])
        if name == until:
            until = ""
        elif not until and name in ("script", "style"):
            until = "/" + name
        at = tag.end()
    parts += [] if until else [text[at:]]
    shown = (" ".join(html_entities.unescape(part).split()) for part in parts)
    return "\n".join(part for part in shown if part)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        line = found[0]
        start = found.start() + len(line) - len(line.lstrip())
        end = found.start() + len(line.rstrip())
        if start < end:
            yield start, end


def _parse(text: str) -> html.HtmlElement | None:
    # Bytes and a named encoding, so that neither a declaration in the text nor a stray surrogate can stop the parser.
    data = text.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError):
        return None


_Line = tuple[str, tuple[str, ...], frozenset[str], float, tuple[int, ...]]


class _Lines:
    """Collects pieces of text into lines, each with the place where its first piece stood."""

    def __init__(self) -> None:
        self.done: list[_Line] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.where: etree._Element | None = None
        self.numbers: dict[etree._Element, tuple[tuple[str, ...], frozenset[str], tuple[int, ...]]] = {}

    def add(self, piece: str, within: etree._Element, link: bool) -> None:
        if not piece.isspace():
            if self.where is None:
                self.where = within
            if link:
                self.linked += sum(map(len, piece.split()))
        self.pieces.append(piece)

    def end(self) -> None:
        words = _INVISIBLE.sub("", "".join(self.pieces)).split() if self.where is not None else []
        if self.where is not None and words:
            tags, attributes, place = self.place(self.where)
            share = min(1.0, self.linked / sum(map(len, words)))
            self.done.append((" ".join(words), tags, attributes, share, place))
        self.pieces.clear()
        self.linked = 0
        self.where = None

    def place(self, element: etree._Element) -> tuple[tuple[str, ...], frozenset[str], tuple[int, ...]]:
        missing = []
        at: etree._Element | None = element
        while at is not None and at not in self.numbers:
            missing.append(at)
            at = at.getparent()
        tags, attributes, place = self.numbers[at] if at is not None else ((), frozenset(), ())
        for one in reversed(missing):
            tags, place = (*tags, one.tag), (*place, len(self.numbers))
            if one.tag not in ("html", "body"):
                attributes = attributes | _words_of(one)
            self.numbers[one] = tags, attributes, place
        return self.numbers[element]


def _words_of(element: etree._Element) -> frozenset[str]:
    attributes = element.attrib
    named = " ".join([attributes[name] for name in ("class", "id", "role", "itemprop") if name in attributes])
    return _split(named[:300]) if named else frozenset()


@lru_cache(maxsize=4096)
def _split(named: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(named))


def _visible(tree: etree._Element) -> list[_Line]:
    """The lines a reader sees, in document order."""
    known = table("markup")
    inline, silent, unseen = frozenset(known["inline"]), frozenset(known["silent"]), frozenset(known["unseen"])
    lines = _Lines()
    links = 0
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if skipped is not None:
                continue
            if tag in silent or _is_hidden(element, tag, unseen):
                skipped = element
                continue
            if tag not in inline:
                lines.end()
            links += tag == "a"
            if element.text:
                lines.add(element.text, element, links > 0)
            continue
        if skipped is not None:
            if skipped is not element:
                continue
            skipped = None
        else:
            links -= tag == "a"
            if tag not in inline:
                lines.end()
        parent = element.getparent()
        if element.tail and parent is not None:
            lines.add(element.tail, parent, links > 0)
    lines.end()
    return lines.done


def _is_hidden(element: etree._Element, tag: str, unseen: frozenset[str]) -> bool:
    if tag in _NEVER_HIDDEN:
        return False
    attributes = element.attrib
    if not attributes:
        return False
    if "class" in attributes and not unseen.isdisjoint(attributes["class"].lower().split()):
        return True
    return "hidden" in attributes or ("style" in attributes and bool(_HIDDEN.search(attributes["style"][:500])))
