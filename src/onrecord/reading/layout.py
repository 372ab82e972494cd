"""The first step of reading: bytes to text, one block a line."""

from __future__ import annotations

import html as html_entities
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree, html

from onrecord.lexicon import table
from onrecord.reading.decoding import decode
from onrecord.reading.document import Block, Document
from onrecord.reading.head import read_head

_ANY_TAG = re.compile(r"<(?P<name>/?[\w!-]*)[^<>]{0,10000}>")
_OPENS = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_CLOSES = re.compile(r"</(?:html|body)\s{0,9}>", re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[0-9]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
#: What no news page comes near, and what bounds time and memory on others: tags that are read, lines told apart, and
#: elements around a line that are kept.
_MOST_TAGS, _MOST_LINES, _DEEPEST = 400_000, 12_000, 100
_TOO_MANY_LINES = f"more than {_MOST_LINES} lines: what follows was taken for one"
#: Elements that always hold the page however they are styled: scripts unhide them.
_NEVER_HIDDEN = frozenset({"html", "body", "main", "article"})


def lay_out(document: Document) -> None:
    """Fill in `text`, `blocks` and, for HTML, `head`, from the bytes of the page.

    Plain text is kept code point by code point as it decodes, and a block is a line without the white space around
    it. Of HTML the text is what a reader sees, in document order, furniture included, one block a line, with white
    space folded. Broken, cut or wrongly declared pages are read as far as they go, with a line in `problems`.
    """
    page = document.page
    kind, _, charset = page.media_type.partition("; charset=")
    markup = kind in ("text/html", "application/xhtml+xml")
    text, problems = decode(page.data, markup=markup, charset=charset)
    document.problems += problems
    if not markup:
        _lay_plain(document, text)
        return
    if text.count("<") > _MOST_TAGS:
        text = text[: _end_of_tags(text)]
        document.problems.append(f"more than {_MOST_TAGS} tags: only what stands up to there was read")
    tree, whole = _parse(text)
    lines = _visible(tree) if tree is not None else []
    if tree is None or not lines:
        _lay_plain(document, _bare(text))
        rest = "; what stands between the tags was" if document.text else ""
        document.problems.append(f"no text could be read from its markup{rest}")
        return
    if not whole:
        document.problems.append("elements are nested too deep for the parser: what follows them was lost")
    if _OPENS.search(text) and not _CLOSES.search(text):
        document.problems.append("the markup has no end: the page may have been cut")
    document.head = read_head(tree)
    from onrecord.reading.extracted import kept_shares  # noqa: PLC0415 - only HTML needs the extractor, which is heavy

    kept = kept_shares(tree, [line for line, *_ in lines])
    document.text = "\n".join(line for line, *_ in lines)
    at = 0
    for (line, tags, attributes, linked, place), share in zip(lines, kept, strict=True):
        if len(document.blocks) == _MOST_LINES:
            document.blocks.append(Block((at, len(document.text)), tags, attributes, linked, place, share))
            document.problems.append(_TOO_MANY_LINES)
            break
        document.blocks.append(Block((at, at + len(line)), tags, attributes, linked, place, share))
        at += len(line) + 1


def _lay_plain(document: Document, text: str) -> None:
    document.text = text
    spans = list(islice(_lines(text), _MOST_LINES + 1))
    if len(spans) > _MOST_LINES:
        spans[-1] = (spans[-1][0], len(text.rstrip()))
        document.problems.append(_TOO_MANY_LINES)
    document.blocks = [Block(span) for span in spans]


def _end_of_tags(text: str) -> int:
    """Where the first tag begins that is one too many."""
    return next(islice(re.finditer("<", text), _MOST_TAGS, None)).start()


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


def _parse(text: str) -> tuple[html.HtmlElement | None, bool]:
    """The tree of a page, or None where there is none, and whether the parser came to the end of the page."""
    # Bytes and a named encoding, so that neither a declaration in the text nor a stray surrogate can stop the parser.
    data = text.replace("\0", "").encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    # One class for all elements, chosen without a call into Python for each element each time it is touched.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError):
        return None, False
    # Whatever it meets the parser goes on, but for elements nested deeper than it has room for.
    last = parser.error_log.last_error
    return tree, last is None or last.level < etree.ErrorLevels.FATAL


_Place = tuple[tuple[str, ...], frozenset[str], tuple[int, ...]]
_Line = tuple[str, tuple[str, ...], frozenset[str], float, tuple[int, ...]]


class _Open:
    """An element on the way down to the text, and where it stands once a line has asked."""

    __slots__ = ("above", "named", "place", "tag")

    def __init__(self, tag: str, named: str, above: _Open | None) -> None:
        self.tag = tag
        self.named = named
        self.above = above
        self.place: _Place | None = None


class _Lines:
    """Collects pieces of text into lines, each with the place where its first piece stood."""

    def __init__(self) -> None:
        self.done: list[_Line] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.where: _Open | None = None
        self.numbered = 0

    def add(self, piece: str, within: _Open, link: bool) -> None:
        if not piece.isspace():
            if self.where is None:
                self.where = within
            if link:
                self.linked += sum(map(len, piece.split()))
        self.pieces.append(piece)

    def end(self) -> None:
        if self.where is not None:
            whole = "".join(self.pieces)
            words = (whole if whole.isascii() else _INVISIBLE.sub("", whole)).split()
            if words:
                tags, attributes, place = self.where.place or self.place(self.where)
                share = min(1.0, self.linked / sum(map(len, words))) if self.linked else 0.0
                self.done.append((" ".join(words), tags, attributes, share, place))
            self.where = None
            self.linked = 0
        self.pieces.clear()

    def place(self, element: _Open) -> _Place:
        missing = []
        at: _Open | None = element
        while at is not None and at.place is None:
            missing.append(at)
            at = at.above
        place = at.place if at is not None else None
        tags, attributes, numbers = place or ((), frozenset(), ())
        for one in reversed(missing):
            if len(tags) < _DEEPEST:
                tags, numbers = (*tags, one.tag), (*numbers, self.numbered)
                self.numbered += 1
                if one.named:
                    attributes = attributes | _split(one.named)
            one.place = tags, attributes, numbers
        return tags, attributes, numbers


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
    within: _Open | None = None
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            attributes = dict(element.items())
            if tag in silent or (attributes and _is_hidden(attributes, tag, unseen)):
                skipped = element
                walk.skip_subtree()
                continue
            if tag not in inline:
                lines.end()
            links += tag == "a"
            within = _Open(tag, _named(attributes) if attributes and tag not in ("html", "body") else "", within)
            if text := element.text:
                lines.add(text, within, links > 0)
            continue
        if skipped is not None:
            skipped = None
        elif within is not None:
            links -= tag == "a"
            if tag not in inline:
                lines.end()
            within = within.above
        if within is not None and (tail := element.tail):
            lines.add(tail, within, links > 0)
    lines.end()
    return lines.done


def _named(attributes: dict[str, str]) -> str:
    """The beginning of what an element's class, id, role and itemprop say."""
    return " ".join([attributes[name] for name in ("class", "id", "role", "itemprop") if name in attributes])[:300]


def _is_hidden(attributes: dict[str, str], tag: str, unseen: frozenset[str]) -> bool:
    if tag in _NEVER_HIDDEN:
        return False
    if "class" in attributes and not unseen.isdisjoint(attributes["class"][:2000].lower().split()):
        return True
    return "hidden" in attributes or ("style" in attributes and bool(_HIDDEN.search(attributes["style"][:500])))
