"""Which line of a page is the article's headline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from onrecord.lexicon import table
from onrecord.reading.furnishing import ends_in_credit
from onrecord.reading.lines import Line, function_words

_NUMBERED = re.compile(r"\d{1,2}\.\s")
#: What stands between the parts of a title: the headline, its section, the name of its site.
BREAKS = re.compile(r"\s+[|–—·»:•-]+\s+|\s*[|»]\s*")
#: Lines above the first line of the body that are looked at.
_REACH = 40
#: Words of a sentence, and different words of the body's opening that a headline is compared with.
_SENTENCE, _OPENING = 9, 120
#: Words of a headline that only its place tells.
_HEADLINE = 16
#: Words of a line that can hold a headline and a little more, and lines around one that are looked at for it.
_HOLDS, _NEAR = 40, 30
#: Words of a line with a date that says little else.
_DATE = 8


def find_headline(lines: list[Line], likely: NDArray[np.float64], chosen: list[bool], said: list[str]) -> int | None:
    """The number of the line that is the headline, or None where the page has none.

    `likely` is each line's probability of being body, `chosen` whether it is taken for body; `said` are headlines that
    the caller or the page's head give, best first.
    """
    if not lines:
        return None
    start = first_of_body(lines, chosen)
    for title in said:
        found = _as_said(lines, title, start)
        if found is not None:
            return found
    return _as_looks(lines, likely, start)


def first_of_body(lines: list[Line], chosen: list[bool]) -> int:
    """The number of the first sentence of the body, or of lines where there is none."""
    return next((at for at, inside in enumerate(chosen) if inside and lines[at].count >= _SENTENCE), len(lines))


def same_words(text: str) -> tuple[str, ...]:
    """The words of a headline for comparing, case and punctuation aside."""
    return tuple(re.findall(r"\w+", text.lower()))


def _as_said(lines: list[Line], title: str, start: int) -> int | None:
    whole = same_words(title)
    parts = {same_words(part) for part in BREAKS.split(title)}
    wanted = {whole} | {part for part in parts if len(part) * 2 >= len(whole)}
    heads = _without_ends(title)
    best: tuple[float, int] | None = None
    for at, line in enumerate(lines):
        heading = "h1" in line.block.tags
        if line.count > 60:
            continue
        words = same_words(line.text)
        if not words:
            continue
        if words in wanted or (words in heads and (heading or len(words) > 2)):
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
    parts = list(BREAKS.finditer(title))
    return {same_words(title[: part.start()]) for part in parts[-2:]}


def _as_looks(lines: list[Line], likely: NDArray[np.float64], start: int) -> int | None:
    weights = table("headline")["weights"]
    best: tuple[float, int] | None = None
    for at, features in candidates(lines, likely, start):
        score = sum(weights.get(name, 0.0) * value for name, value in features.items())
        if best is None or score > best[0]:
            best = score, at
    if best and best[0] > table("headline")["threshold"]:
        return best[1]
    return 0 if _opens(lines, start) else None


def _opens(lines: list[Line], start: int) -> bool:
    """Whether the first line stands alone above the body, as the headline of an article without furniture does."""
    if start > 1 or len(lines) < 2 or lines[0].days or any(mark.startswith("line:") for mark in lines[0].marks):
        return False
    if start == 1:
        return 3 <= lines[0].count <= _HEADLINE
    apart = lines[1].block.span[0] - lines[0].block.span[1] > 1
    return apart and lines[0].count <= _HEADLINE and lines[0].count * 2 <= lines[1].count and not lines[0].stops


def candidates(lines: list[Line], likely: NDArray[np.float64], start: int) -> Iterator[tuple[int, dict[str, float]]]:
    """The lines that can be the headline by where they stand, each with what speaks for or against it.

    `start` is the number of the first line of the body.
    """
    known = function_words()
    vocabulary, opening = Counter[str](), set[str]()
    for line, p in zip(lines, likely, strict=True):
        if p > 0.5 and line.count >= _SENTENCE:
            vocabulary.update(set(line.tokens))
            if len(opening) < _OPENING:
                opening.update(line.tokens)
    times = Counter(tuple(line.tokens) for line in lines)
    short = [_spaced(line) for line in lines if 2 < line.count <= _HOLDS]
    far = 0
    for at in range(min(start + 1, len(lines) - 1), max(-1, start - _REACH), -1):
        line = lines[at]
        if at < start and line.tokens:
            far += 1
        if not 2 <= line.count <= 40 or (line.days and line.count <= _DATE) or ends_in_credit(line.text):
            continue
        content = [token for token in set(line.tokens) if len(token) > 2 and token not in known]
        if not content:
            continue
        own = likely[at] > 0.5 and line.count >= _SENTENCE
        yield (
            at,
            _features(lines, likely, at, start)
            | {
                "shared": sum(vocabulary[token] > own for token in content) / len(content),
                "in opening": 0.0 if own else sum(token in opening for token in content) / len(content),
                "far": min(far, 12) / 10,
                "very far": float(far > 6),
                "repeated": float(times[tuple(line.tokens)] > 1),
                "echoed": float(_is_held(line, short)),
                "echoes": float(_holds_another(lines, at)),
                "numbered": float(bool(_NUMBERED.match(line.text))),
                "line above": float(_stands_below_another(lines, at, vocabulary)),
            },
        )


def _spaced(line: Line) -> str:
    return f" {' '.join(line.tokens)} "


def _is_held(line: Line, short: list[str]) -> bool:
    """Whether other short lines hold a line's words: a trail of sections, a label for sharing, a copy with a number."""
    words = _spaced(line)
    return line.count > 2 and any(words in other and len(words) < len(other) for other in short)


def _holds_another(lines: list[Line], at: int) -> bool:
    """Whether a line ends in a whole line near it, and is longer: the trail of sections, not the headline."""
    words = _spaced(lines[at])
    near = lines[max(0, at - _NEAR) : at + _NEAR]
    return any(2 < one.count < lines[at].count and words.endswith(_spaced(one)) for one in near)


def _stands_below_another(lines: list[Line], at: int, vocabulary: Counter[str]) -> bool:
    """Whether a line that could be a headline itself, by its words, is right above, as above a standfirst."""
    above = next((one for one in lines[at - 1 :: -1] if one.tokens), None) if at else None
    known = function_words()
    return (
        above is not None
        and 3 <= above.count <= _HEADLINE
        and sum(token not in known and vocabulary[token] > 0 for token in set(above.tokens)) > 1
        and not (above.bullet or above.days or above.final or above.address)
        and not any(mark.startswith(("line:", "start:")) for mark in above.marks)
    )


def _features(lines: list[Line], likely: NDArray[np.float64], at: int, start: int) -> dict[str, float]:
    line = lines[at]
    below = [one for one in lines[at + 1 : start + 1] if one.tokens][:4]
    above = next((one for one in lines[at - 1 :: -1] if one.tokens), None) if at else None
    following = below[0] if below else None
    dated = [
        one
        for one in below
        if (one.days and one.count < 16) or "start:byline" in one.marks or "start:timestamp" in one.marks
    ]
    marks = line.marks
    return {
        "likely": float(likely[at]),
        "body": float(at >= start),
        "final": float(line.final and not line.text.endswith(("?", "!"))),
        "question": float(line.text.endswith("?")),
        "bullet": float(line.bullet),
        "words<4": float(line.count < 4),
        "words<6": float(line.count < 6),
        "words>16": float(line.count > 16),
        "words>24": float(line.count > 24),
        "label": float(any(mark.startswith("line:") for mark in marks)),
        "starts as link": float("start:related" in marks or "start:promotion" in marks),
        "caption": float("inside:caption" in marks or "start:caption" in marks),
        "credit": float("start:credit" in marks or "inside:credit" in marks),
        "byline": float("start:byline" in marks),
        "dated": float(bool(line.days)),
        "clock": float(line.clock or "inside:clock" in marks),
        "parts": float(bool(BREAKS.search(line.text))),
        "address": float(line.address),
        "all capitals": float(line.text.isupper()),
        "capitals": line.capitals / max(1, len(line.tokens)),
        "quoted": float(line.text[:1] in "\"“‘'"),
        "first line": float(at == 0),
        "date below": float(bool(dated)),
        "date next": float(following is not None and following in dated),
        "sentence next": float(following is not None and following.final and following.count >= _SENTENCE),
        "longer next": float(following is not None and following.count > line.count),
        "link next": float(following is not None and following.bullet),
        "date above": float(above is not None and bool(above.days)),
        "label above": float(above is not None and any(mark.startswith("line:") for mark in above.marks)),
        "short above": float(above is not None and above.count < 4),
        "bullet above": float(above is not None and above.bullet),
    }
