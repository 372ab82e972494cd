"""Text to word pieces with their layout features: the encoder's view of a page.

The encoder is uncased and never sees a line break, so three things a reader sees at once are handed to it
beside each piece: the shape of the word, whether it stands inside quotation marks, and whether it opens a
line. Training and reading share this module, so that both see the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tokenizers import Tokenizer

#: Pieces a window holds (without the two that frame it), and how far on the next starts where no line opens.
LENGTH, STRIDE = 254, 190
#: The next starts where the last line opens that is so far on, at least and at most. Chosen on the development part.
LEAST, MOST = 150, 230
#: How many values a piece's feature has: word shape (4) x inside quotation marks (2) x opens a line (2).
FEATURES = 16

_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'')
_OPENING, _CLOSING = "“„«", "”»"


@dataclass(slots=True)
class Pieces:
    """Word pieces of one text: vocabulary ids, half-open character spans into the text, features."""

    ids: list[int]
    spans: list[tuple[int, int]]
    features: list[int]

    def __len__(self) -> int:
        return len(self.ids)


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The word-piece tokenizer that the shipped weights were trained with."""
    found = Tokenizer.from_str((files("onrecord") / "weights" / "tokenizer.json").read_text("utf-8"))
    found.no_truncation()
    found.no_padding()
    return found


def quoted(text: str) -> bytearray:
    """One byte a character: 1 inside double quotation marks. A mark left open ends with its line."""
    inside = bytearray(len(text))
    start = -1
    for found in re.finditer('["“”„«»\r\n]', text):
        mark, at = found.group(), found.start()
        if mark in "\r\n":
            if start >= 0:
                inside[start:at] = b"\1" * (at - start)
            start = -1
        elif start < 0 and mark not in _CLOSING:
            start = at
        elif start >= 0 and mark not in _OPENING:
            inside[start : at + 1] = b"\1" * (at + 1 - start)
            start = -1
    if start >= 0:
        inside[start:] = b"\1" * (len(text) - start)
    return inside


def _shape(word: str) -> int:
    if word[0].isdigit():
        return 3
    if word[0].isupper():
        return 2 if len(word) > 1 and word.isupper() else 1
    return 0


def pieces(text: str) -> Pieces:
    """Cut `text` into word pieces; spans index `text` in code points."""
    coded = tokenizer().encode(text.translate(_STRAIGHT), add_special_tokens=False)
    inside = quoted(text)
    features: list[int] = []
    word: int | None = -1
    shape, before = 0, 0
    spans: list[tuple[int, int]] = coded.offsets
    words = coded.word_ids
    for index, (start, end) in enumerate(spans):
        opens = 0
        if words[index] != word or word is None:
            word = words[index]
            last = index
            while last + 1 < len(spans) and words[last + 1] == word:
                last += 1
            shape = _shape(text[start : spans[last][1]] or " ")
            opens = 1 if index == 0 or "\n" in text[before:start] else 0
        features.append(shape * 4 + (2 if start < len(text) and inside[start] else 0) + opens)
        before = end
    return Pieces(coded.ids, spans, features)


def windows(cut: Pieces) -> Iterator[tuple[int, int]]:
    """Half-open piece ranges of at most `LENGTH` that cover a text, each from the start of a line where one is near."""
    start, count = 0, len(cut)
    while count:
        yield start, min(count, start + LENGTH)
        if start + LENGTH >= count:
            return
        opens = (at for at in range(start + MOST, start + LEAST - 1, -1) if cut.features[at] % 2)
        start = next(opens, start + STRIDE)
