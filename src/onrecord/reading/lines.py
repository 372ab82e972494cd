"""The lines of a page as segmentation sees them: their words, their looks, and the furniture phrases in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from onrecord.lexicon import table
from onrecord.reading.calendar import PrintedDay, printed_days
from onrecord.reading.document import Block, Document

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_BULLET = re.compile(r"[-–—*•·‣▪►»>|]+\s{1,9}")
_FINAL = re.compile(r"[.!?…。！？؟।][\"'”’»)\]\s]{0,6}$")
_INNER_STOP = re.compile(r"[.!?…。！？][\"'”’»)]{0,2}\s+[\"'“‘«(]?[A-Z0-9А-Я]")
_ADDRESS = re.compile(r"https?://|www\.|[\w.]{1,60}@[\w-]{1,60}\.|(?:^|\s)@\w{2}", re.IGNORECASE)
_QUOTE = re.compile('["“”«»„]')
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
#: Characters of the beginning and the end of a line that are looked at.
_HEAD, _TAIL = 1500, 200


@dataclass(slots=True)
class Line:
    """One block with what segmentation needs of it.

    `text` is its beginning without the bullet; `tokens` its words in lower case without apostrophes, numbers as `*`;
    `marks` the kinds of furniture phrases it is, begins with or holds, as `line:kind`, `start:kind`, `inside:kind`.
    """

    block: Block
    text: str
    tokens: list[str]
    count: int
    bullet: bool
    final: bool
    stops: int
    capitals: int
    plain: int
    function: int
    quotes: bool
    address: bool
    clock: bool
    marks: frozenset[str]
    days: list[PrintedDay]


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The function words of all languages of the lexicon together."""
    return frozenset(word for words in table("function_words").values() for word in words)


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Furniture phrases, each with its mark: by their first word, and those that count inside a line by two words.

    Phrases of one word that count inside a line are in `words`; `starts` says besides which must be the whole line.
    """

    starts: dict[str, list[tuple[tuple[str, ...], str, bool]]]
    words: dict[str, list[str]]
    pairs: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]]


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    known = _Phrases({}, {}, {})
    for where in ("line", "start", "inside"):
        for kind, phrases in table("furniture")[where].items():
            for phrase in phrases:
                words, mark = tuple(re.findall(r"\*|[^\W\d_]+", phrase)), f"{where}:{kind}"
                if where != "inside":
                    known.starts.setdefault(words[0], []).append((words, mark, where == "line"))
                elif len(words) == 1:
                    known.words.setdefault(words[0], []).append(mark)
                else:
                    known.pairs.setdefault((words[0], words[1]), []).append((words, mark))
    return known


_NO_MARKS: frozenset[str] = frozenset()


def _marks(tokens: list[str]) -> frozenset[str]:
    if not tokens:
        return _NO_MARKS
    known = _phrases()
    found = {
        mark
        for words, mark, alone in known.starts.get(tokens[0], ())
        if tuple(tokens[: len(words)]) == words and (not alone or len(words) == len(tokens))
    }
    if not known.words.keys().isdisjoint(tokens):
        found.update(mark for token in tokens for mark in known.words.get(token, ()))
    if not known.pairs.keys().isdisjoint(zip(tokens, tokens[1:], strict=False)):
        for at, pair in enumerate(zip(tokens, tokens[1:], strict=False)):
            for words, mark in known.pairs.get(pair, ()):
                if tuple(tokens[at : at + len(words)]) == words:
                    found.add(mark)
    return frozenset(found) if found else _NO_MARKS


def lines_of(document: Document) -> list[Line]:
    """One `Line` for each block of the document, in order."""
    return [_line(document, block) for block in document.blocks]


def _count(text: str, tokens: list[str]) -> int:
    """The number of words, taking two characters for one in scripts that are written without spaces."""
    if text.isascii():
        return len(tokens)
    unspaced = len(_UNSPACED.findall(text))
    return len(tokens) if unspaced * 3 < len(text) else max(len(tokens), unspaced // 2)


def _line(document: Document, block: Block) -> Line:
    start, end = block.span
    whole = end - start <= _HEAD + _TAIL
    head = document.text[start : end if whole else start + _HEAD]
    tail = "" if whole else document.text[end - _TAIL : end]
    bullet = _BULLET.match(head)
    text = head[bullet.end() :] if bullet else head
    raw = _TOKEN.findall((text + " " + tail if tail else text).replace("’", "").replace("'", ""))
    firsts = "".join([token[0] for token in raw])
    tokens = [token.lower() for token in raw]
    numbers = not firsts.isalpha()
    if numbers:
        tokens = ["*" if token[0].isdigit() else token for token in tokens]
    return Line(
        block=block,
        text=text,
        tokens=tokens,
        count=_count(head, tokens) if whole else (end - start) // 6,
        bullet=bool(bullet) or not tokens,
        final=bool(_FINAL.search((tail or text)[-12:])),
        stops=len(_INNER_STOP.findall(text)),
        capitals=sum(map(str.isupper, firsts)),
        plain=sum(map(str.islower, firsts)),
        function=sum(map(function_words().__contains__, tokens)),
        quotes=bool(_QUOTE.search(text)),
        # What an address cannot do without is looked for first: it takes no time, and most lines have none of it.
        address=("@" in text or "://" in text or "www." in text.lower()) and bool(_ADDRESS.search(text)),
        clock=numbers and bool(_CLOCK.search(text)),
        marks=_marks(tokens),
        days=list(printed_days(text[:300])) if numbers and "*" in tokens[:80] else [],
    )
