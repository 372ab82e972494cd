"""Finds the expressions that the rules of `times_rules.toml` describe.

Each token becomes one character that stands for the set of its categories, each rule a regular expression over those
characters, and finding is one scan of the resulting string: where any rule matches, the longest match wins, and among
equals the rule that comes first. Nothing in a rule repeats without bound, so a scan takes time linear in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.lexicon import table
from onrecord.reading.timex.tokens import Token, Values, cardinal, ordinal, vocabulary

_FIRST_CHARACTER = 0xE000  # the private use area: no character of it means anything to a regular expression
_OTHER = "w"
#: A category, or a word of the text as it stands where no category has that name or `=` comes before it.
_NAME = re.compile(r"=?[a-z_0-9]+")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the lexicon: what to do with a match, and the rule's own settings."""

    name: str
    action: str
    settings: dict[str, Any]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """A match: the rule, the tokens `first` to `last` (exclusive) that it takes up, and the values by category."""

    rule: Rule
    first: int
    last: int
    values: Values


class Grammar:
    """The rules, compiled."""

    def __init__(self) -> None:
        source = table("times_rules")
        self._characters: dict[frozenset[str], str] = {}
        categories = self._categories = set(_LEXICAL).union(*vocabulary().values())
        macros = source["macro"]
        patterns = [(rule, _expand(rule["pattern"], macros)) for rule in source["rule"]]
        names = {name for _, pattern in patterns for name in _NAME.findall(pattern)}
        literals = self._literals = {name.lstrip("=") for name in names if name not in categories}
        for values in vocabulary().values():
            for sure in ({}, {"sure_month": 0}, {"sure_weekday": 0}):
                self._character(frozenset({*values, *sure}))
                self._character(frozenset({*values, *sure}) - {"month", "weekday"})
        for word in literals:
            self._character(self._kinds(word, vocabulary().get(word, {})))
        for kinds in _LEXICAL.values():
            for kind in kinds:
                self._character(frozenset(kind))
        self._plain = {word: self._character(frozenset({f"={word}"})) for word in literals}
        self.rules = [self._rule(rule, pattern) for rule, pattern in patterns]
        self._by_start: dict[str, list[Rule]] = {}
        for rule, (_, pattern) in zip(self.rules, patterns, strict=True):
            for letter in {letter for item in _first(pattern) for letter in self._letters(item)}:
                self._by_start.setdefault(letter, []).append(rule)
        # Most places where a rule could begin begin none: one expression tells before each rule is tried.
        self._any = re.compile("|".join(f"(?:{_unnamed(rule.pattern.pattern)})" for rule in self.rules))
        self._start = re.compile(f"[{''.join(self._by_start)}]")

    def findings(self, tokens: list[Token]) -> list[Finding]:
        """The expressions in a row of tokens, in order, none overlapping another."""
        line = "".join(map(self._of, tokens))
        found, at = [], 0
        while hit := self._start.search(line, at):
            at = hit.start()
            best: re.Match[str] | None = None
            for rule in self._by_start[line[at]] if self._any.match(line, at) else ():
                match = rule.pattern.match(line, at)
                if match and match.end() > (best.end() if best else at):
                    best, chosen = match, rule
            if best is None:
                at += 1
            else:
                found.append(Finding(chosen, at, best.end(), _values(best, tokens)))
                at = best.end()
        return found

    def _kinds(self, word: str, values: Values) -> frozenset[str]:
        return frozenset({*values, f"={word}"}) if word in self._literals else frozenset(values)

    def _of(self, token: Token) -> str:
        if not token.values:
            return self._plain.get(token.word, _OTHER)
        return self._characters.get(self._kinds(token.word, token.values), _OTHER)

    def _character(self, kinds: frozenset[str]) -> str:
        if kinds not in self._characters:
            self._characters[kinds] = chr(_FIRST_CHARACTER + len(self._characters)) if kinds else _OTHER
        return self._characters[kinds]

    def _letters(self, item: str) -> str:
        """The characters of all sets that a category, or a word standing for itself, is in."""
        wanted = item if item in self._categories else f"={item.lstrip('=')}"
        return "".join(character for kinds, character in self._characters.items() if wanted in kinds)

    def _rule(self, rule: dict[str, Any], pattern: str) -> Rule:
        counts: dict[str, int] = {}

        def item(match: re.Match[str]) -> str:
            name, letters = match[0].lstrip("="), self._letters(match[0])
            literal = match[0] not in self._categories
            if literal:
                return f"[{letters}]"
            counts[name] = counts.get(name, 0) + 1
            return f"(?P<{name}__{counts[name]}>[{letters}])"

        compiled = re.sub(r"\s+", "", _NAME.sub(item, re.sub(r"\((?!\?)", "(?:", pattern)))
        settings = {key: value for key, value in rule.items() if key not in ("name", "pattern", "do")}
        return Rule(rule["name"], rule["do"], settings, re.compile(compiled))


@cache
def grammar() -> Grammar:
    """The grammar of English temporal expressions, compiled on first use."""
    return Grammar()


#: What the lexer and the reader of numbers can give a token, by form.
_LEXICAL: dict[str, list[set[str]]] = {
    category: [{category}]
    for category in (
        "iso", "clock", "numeric", "short_decade", "short_year", "years", "comma", "dot", "hyphen", "dash", "money",
        "percent", "slash", "open", "shut", "poss", "ampm",
    )
}  # fmt: skip
_LEXICAL |= {
    "number": [
        {*cardinal(value), *extra, *time}
        for value in (0, 1, 24, 25, 31, 32)
        for extra in (set[str](), {"two_digits"}, {"year"}, {"year", "sure_year"})
        for time in (set[str](), {"hhmm"})
    ],
    "year": [{"year", "sure_year"}],
    "sure_year": [{"number", "year", "sure_year"}],
    "day_number": [{"number", "day_number"}],
    "hour": [{"number", "hour"}],
    "two_digits": [{"number", "two_digits"}],
    "hhmm": [{"number", "hhmm"}],
    "nth_day": [set(ordinal(31)), set(ordinal(32))],
    "sure_month": [],
    "sure_weekday": [],
}


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """The pattern with each `@name` replaced by what the macro says, in brackets."""
    while "@" in pattern:
        pattern = re.sub(r"@([a-z_0-9]+)", lambda match: f"({macros[match[1]]})", pattern)
    return pattern


def _unnamed(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>(\[[^\]]*\])\)", r"\1", pattern)


def _first(pattern: str) -> set[str]:
    """The items that a match of the pattern can begin with."""
    parts = re.findall(r"\(\?<?[=!]|[()|?]|=?[a-z_0-9]+", pattern)
    first, _, at = _alternatives(parts, 0)
    if at != len(parts):
        raise ValueError(f"a bracket too many: {pattern}")
    return first


def _alternatives(parts: list[str], at: int) -> tuple[set[str], bool, int]:
    """What alternatives from a place on can begin with, whether they can be empty, and where they end."""
    first: set[str] = set()
    any_empty, empty = False, True
    while at < len(parts) and parts[at] != ")":
        part = parts[at]
        at += 1
        if part == "|":
            any_empty, empty = any_empty or empty, True
            continue
        begins, skips = {part}, False
        if part.startswith("("):
            begins, skips, at = _alternatives(parts, at)
            at += 1
            if part != "(":
                begins, skips = set(), True
        if at < len(parts) and parts[at] == "?":
            skips, at = True, at + 1
        if empty:
            first |= begins
        empty = empty and skips
    return first, any_empty or empty, at


def _values(match: re.Match[str], tokens: list[Token]) -> Values:
    """The matched tokens' values by category; a category's second and third are `name_2`, `name_3`, in text order."""
    names = [name for name, found in match.groupdict().items() if found is not None]
    groups = sorted((match.start(name), name.partition("__")[0]) for name in names)
    values: Values = {}
    counts: dict[str, int] = {}
    for at, category in groups:
        counts[category] = counts.get(category, 0) + 1
        key = category if counts[category] == 1 else f"{category}_{counts[category]}"
        values[key] = tokens[at].values[category]
    return values
