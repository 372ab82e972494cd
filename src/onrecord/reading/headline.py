"""Which line of a page is the article's headline."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon import table
from onrecord.reading.lines import Line

_BREAKS = re.compile(r"\s+[|–—·»:•-]+\s+|\s*[|»]\s*")
#: Lines above the first line of the body that are looked at.
_REACH = 40


def find_headline(lines: list[Line], likely: NDArray[np.float64], said: list[str]) -> int | None:
    """The number of the line that is the headline, or None where the page has none.

    `likely` is each line's probability of being body; `said` are headlines that the caller or the page's head give,
    best first.
    """
    if not lines:
        return None
    body = [at for at, p in enumerate(likely) if p > 0.5 and lines[at].count >= 9]
    start = body[0] if body else len(lines)
    for title in said:
        found = _as_said(lines, title, start)
        if found is not None:
            return found
    return _as_looks(lines, likely, start)


def same_words(text: str) -> tuple[str, ...]:
    """The words of a headline for comparing, case and punctuation aside."""
    return tuple(re.findall(r"\w+", text.lower()))


def _as_said(lines: list[Line], title: str, start: int) -> int | None:
    whole = same_words(title)
    wanted = {whole} | {same_words(part) for part in _BREAKS.split(title)} | _without_ends(title)
    wanted = {words for words in wanted if len(words) * 2 >= len(whole) and words}
    best: tuple[float, int] | None = None
    for at, line in enumerate(lines):
        heading = "h1" in line.block.tags
        if line.count > 60:
            continue
        words = same_words(line.text)
        if not words:
            continue
        if words in wanted:
            score = 2.0 + (words == whole)
        elif heading and len(words) > 2:
            shared = len(set(words) & set(whole)) / len(set(words) | set(whole))
            if shared < 0.4:
                continue
            score = shared
        else:
            continue
        score += 2.0 * heading + 0.5 * (at <= start) - 0.01 * abs(start - at) / (1 + abs(start - at) / 50)
        score -= 1.0 * (line.block.linked > 0.5) + 1.0 * line.bullet
        if best is None or score > best[0]:
            best = score, at
    return best[1] if best else None


def _without_ends(title: str) -> set[tuple[str, ...]]:
    """A title without the one or two parts at its end that name the site."""
    parts = list(_BREAKS.finditer(title))
    return {same_words(title[: part.start()]) for part in parts[-2:]}


def _as_looks(lines: list[Line], likely: NDArray[np.float64], start: int) -> int | None:
    known = frozenset(word for words in table("function_words").values() for word in words)
    vocabulary: dict[str, int] = {}
    for line, p in zip(lines, likely, strict=True):
        if p > 0.5:
            for token in set(line.tokens):
                vocabulary[token] = vocabulary.get(token, 0) + 1
    times: dict[tuple[str, ...], int] = {}
    for line in lines:
        times[tuple(line.tokens)] = times.get(tuple(line.tokens), 0) + 1
    best: tuple[float, int] | None = None
    far = 0
    for at in range(min(start, len(lines) - 1), max(-1, start - _REACH), -1):
        line = lines[at]
        if at < start and line.tokens:
            far += 1
        if not 3 <= line.count <= 40:
            continue
        content = [token for token in line.tokens if len(token) > 2 and token not in known and token != "*"]
        if not content:
            continue
        shared = sum(vocabulary.get(token, 0) > (likely[at] > 0.5) for token in content) / len(content)
        score = 3.0 * shared - 0.08 * far - 2.5 * (likely[at] > 0.5)
        score -= 1.2 * (line.final and not line.text.endswith("?")) + 1.5 * line.bullet
        score -= 1.0 * (line.count < 5) + 0.7 * (line.count > 22) + 3.0 * _is_label(line)
        score -= 1.5 * any(mark in line.marks for mark in ("start:credit", "inside:credit", "inside:caption", "start:caption", "start:byline"))
        score -= 1.5 * bool(line.days) + 1.0 * (line.clock and bool(line.days))
        score += 0.6 * (times[tuple(line.tokens)] > 1)
        score += 1.2 * _leads(lines, at, start)
        score += 0.8 * (at == 0)
        if best is None or score > best[0]:
            best = score, at
    return best[1] if best and best[0] > 0.8 else None


def _is_label(line: Line) -> bool:
    return any(mark.startswith("line:") for mark in line.marks)


def _leads(lines: list[Line], at: int, start: int) -> bool:
    """Whether a byline or a date stands within the next few lines, above the body."""
    near = [line for line in lines[at + 1 : start] if line.tokens][:4]
    return any((line.days and line.count < 16) or "start:byline" in line.marks or "start:timestamp" in line.marks for line in near)
