"""Cuts text into words, and gives each the categories it can have in a temporal expression."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from onrecord.lexicon import table

Values = dict[str, Any]


class Token(NamedTuple):
    """A word, number or mark: its span, its lower-case form, and a value for each of its categories."""

    start: int
    end: int
    word: str
    values: Values


_LEXER = re.compile(
    r"(?P<ampm>[aApP]\.[mM](?:\.|(?!\w)))"
    r"|(?P<word>[^\W\d_]+(?:['’](?!(?:s|ll|re)(?!\w))[^\W\d_]+)?)"
    r"|(?P<iso>[0-9]{4}(?:-[0-9]{2}-|/[0-9]{2}/)[0-9]{2}(?![0-9]|[/-][0-9]))"
    r"|(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:]))"
    r"|(?P<numeric>[0-9]{1,2}(?:[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})|-[0-9]{2}-[0-9]{4})(?![0-9]|[/.-][0-9]))"
    r"|(?P<mixed>[0-9]{1,3}[ -][1-9]/[1-9][0-9]?(?![0-9]))"
    r"|(?P<number>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?P<suffix>(?:st|nd|rd|th|['’]?s)(?!\w))?"
    r"|(?P<apostrophe>['’‘`][0-9]{2}s?(?!\w))"
    r"|(?P<clitic>['’](?:s|ll|re)(?!\w))"
    r"|(?P<mark>[^\w\s]|_)"
    r"|\S"
)
_MARKS = {
    ",": "comma", ".": "dot", "-": "hyphen", "‐": "hyphen", "‑": "hyphen", "–": "hyphen", "—": "dash",
    "_": "dash", "$": "money", "£": "money", "€": "money", "¥": "money", "#": "money", "%": "percent", "/": "slash",
    "(": "open", ")": "shut",
}  # fmt: skip
_NOTHING: Values = {}
#: Categories of the lexicon that are read with an article of their own.
_APART = {"abbreviation", "attack_day", "duration", "finer", "in_a_day", "steps"}


@cache
def vocabulary() -> dict[str, Values]:
    """Each word of the lexicon, lower case, with its value in each category."""
    words: dict[str, Values] = {}
    for category, entries in table("times").items():
        if category not in _APART:
            for word, value in entries.items():
                words.setdefault(word, {})[category] = value
                if category == "ordinal":
                    words[word]["nth_day"] = value
    return words


@cache
def _phrases() -> dict[str, dict[str, list[tuple[tuple[str, ...], Values]]]]:
    """The phrases of several words by their first and then their second, longest first, cut as the text is cut."""
    found: dict[str, dict[str, list[tuple[tuple[str, ...], Values]]]] = {}
    for phrase, values in vocabulary().items():
        words = tuple(match[0] for match in _LEXER.finditer(phrase))
        if len(words) > 1:
            found.setdefault(words[0], {}).setdefault(words[1], []).append((words[2:], values))
    for begun in found.values():
        for options in begun.values():
            options.sort(key=lambda option: -len(option[0]))
    return found


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """The short forms among the names of months and days, and the names that are ordinary words too."""
    names = table("times")["abbreviation"]
    return frozenset(names["words"]), frozenset(names["doubtful"])


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words, numbers and marks of a stretch of text, phrases and spelled-out numbers put together."""
    known, (abbreviations, doubtful) = vocabulary(), _names()
    found: list[Token] = []
    for match in _LEXER.finditer(text, start, end):
        kind, raw, (first, last) = match.lastgroup, match[0], match.span()
        if kind == "word":
            word = raw.lower().replace("’", "'")
            values = known.get(word, _NOTHING)
            if values and ("month" in values or "weekday" in values):
                dotted = word in abbreviations and text[last : last + 1] == "." and last < end
                if dotted:
                    last += 1
                values = _name(raw, values, dotted, word in abbreviations, word in doubtful)
            found.append(Token(first, last, word, values))
        elif kind == "mark":
            if found and found[-1].end > first:
                continue
            found.append(Token(first, last, raw, {_MARKS[raw]: 0} if raw in _MARKS else _NOTHING))
        elif kind == "clitic":
            word = raw.lower().replace("’", "'")
            found.append(Token(first, last, word, {"poss": 0} if word == "'s" else _NOTHING))
        else:
            found.append(Token(first, last, raw, _figures("number" if kind == "suffix" else kind or "", match)))
    return _join(found)


def _name(raw: str, values: Values, dotted: bool, short: bool, doubtful: bool) -> Values:
    """The categories of a month or a weekday as written: small letters and short forms may be another word."""
    if not raw[0].isupper():
        return {k: v for k, v in values.items() if k not in ("month", "weekday")} if short or doubtful else values
    if dotted or not (short or doubtful):
        key = "month" if "month" in values else "weekday"
        return {**values, f"sure_{key}": values[key]}
    return values


def _figures(kind: str, match: re.Match[str]) -> Values:
    raw = match[0]
    if kind == "number":
        return _number(match["number"], (match["suffix"] or "").lstrip("'’"))
    if kind == "mixed":
        whole, up, down = (int(part) for part in re.split("[ /-]", raw))
        return {"number": whole + up / down}
    if kind == "apostrophe":
        return {"short_decade": int(raw[1])} if raw.endswith("s") else {"short_year": int(raw[1:3])}
    if kind == "ampm":
        return {"ampm": 12 if raw[0] in "pP" else 0}
    return {kind: raw}


def _number(digits: str, suffix: str) -> Values:
    if len(digits) > 12:
        return _NOTHING
    value = float(digits.replace(",", ""))
    if value != int(value):
        return {"number": value} if not suffix else _NOTHING
    whole = int(value)
    plain = digits.isdecimal()
    if suffix == "s":
        return {"years": whole} if plain and len(digits) == 4 else {"short_decade": whole // 10} if plain else _NOTHING
    if suffix:
        return ordinal(whole)
    values = cardinal(whole)
    if plain and len(digits) == 4 and 1000 <= whole < 2200:
        values["year"] = whole
        if 1900 <= whole < 2100:
            values["sure_year"] = whole
    if plain and len(digits) == 2:
        values["two_digits"] = whole
    if plain and len(digits) == 4 and digits[:2] <= "24" and digits[2:] < "60":
        values["hhmm"] = f"{digits[:2]}:{digits[2:]}"
    return values


def cardinal(whole: int) -> Values:
    """The categories of a whole number."""
    values: Values = {"number": whole}
    if 1 <= whole <= 31:
        values["day_number"] = whole
    if 0 <= whole <= 24:
        values["hour"] = whole
    return values


def ordinal(whole: int) -> Values:
    """The categories of an ordinal number."""
    values: Values = {"ordinal": whole}
    if 1 <= whole <= 31:
        values["nth_day"] = whole
    return values


def _join(found: list[Token]) -> list[Token]:
    """Puts phrases of the lexicon and numbers in words together."""
    phrases, joined, at = _phrases(), [], 0
    while at < len(found):
        token = found[at]
        begun = phrases.get(token.word)
        options = begun.get(found[at + 1].word) if begun and at + 1 < len(found) else None
        size = _phrase(found, at, options) if options else None
        if size:
            length, values = size
            joined.append(Token(token.start, found[at + length - 1].end, "", values))
            at += length
        elif token.values and ("number" in token.values or "article" in token.values or "ordinal" in token.values):
            length, spelled = _spelled(found, at)
            if length:
                joined.append(Token(token.start, found[at + length - 1].end, "", spelled))
            else:
                joined.append(token)
            at += length or 1
        else:
            joined.append(token)
            at += 1
    return joined


def _phrase(found: list[Token], at: int, options: list[tuple[tuple[str, ...], Values]]) -> tuple[int, Values] | None:
    """The longest phrase that goes on from the two tokens at a place: how many tokens it takes up, and its values."""
    for rest, values in options:
        if [token.word for token in found[at + 2 : at + 2 + len(rest)]] == list(rest):
            return len(rest) + 2, values
    return None


def _spelled(found: list[Token], at: int) -> tuple[int, Values]:
    """How many tokens a number in words takes up from here, and its categories; (0, ...) for no such number."""
    parts: list[int] = []
    total, group, end, ending = 0, 0, at, ""
    i = at
    while i < len(found):
        token, values = found[i], found[i].values
        if token.word in ("-", "and") and i > at:
            joins = token.word == "-" or bool(parts and parts[-1] in (100, 1000))
            more = found[i + 1].values if i + 1 < len(found) else _NOTHING
            if not joins or not ("number" in more or "ordinal" in more) or found[i + 1].word[:1].isdigit():
                break
        elif "scale" in values and (i > at):
            group = max(group, 1) * values["scale"]
            if values["scale"] == 1000:
                total, group = total + group, 0
            parts.append(values["scale"])
            end = i + 1
        elif token.word.isalpha() and "ordinal" in values and parts and values["ordinal"] < 10 <= parts[-1]:
            group += values["ordinal"]
            parts.append(values["ordinal"])
            end, ending = i + 1, "ordinal"
            break
        elif token.word.isalpha() and "number" in values and _follows(parts, values["number"]):
            group += values["number"]
            parts.append(values["number"])
            end = i + 1
        elif not (i == at and "article" in values and i + 1 < len(found) and "scale" in found[i + 1].values):
            if not (i == at and token.word[:1].isdigit() and i + 1 < len(found) and "scale" in found[i + 1].values):
                break
            group = values["number"]
        i += 1
    if end - at < (2 if ending or len(parts) < 2 else 1):
        return 0, _NOTHING
    value = total + group
    if ending:
        return end - at, ordinal(value)
    if len(parts) in (2, 3) and 10 <= parts[0] <= 20 and 10 <= parts[1] < 100 and 100 not in parts:
        year = parts[0] * 100 + sum(parts[1:])
        return end - at, {"year": year, "sure_year": year}
    values = cardinal(value) if isinstance(value, int) else {"number": value}
    if parts and 1000 in parts and 2000 <= value < 2100:
        values["year"] = value
    return end - at, values


def _follows(parts: list[int], number: int) -> bool:
    """Whether a number word goes on the number so far: twenty-four, one hundred ten, nineteen ninety."""
    if not parts:
        return True
    before = parts[-1]
    if before in (100, 1000):
        return number > 0
    if before >= 20 and before % 10 == 0:
        return 0 < number < 10
    return len(parts) == 1 and 10 <= before <= 19 and number >= 10
