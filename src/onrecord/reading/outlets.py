"""News agencies and other outlets as a text names them.

Known ones are `lexicon/agencies.toml` and `lexicon/outlets.csv`, and the channels people post on
(`lexicon/roles.toml`); unknown ones are told by the word that makes them one ("the Caspian news agency", "state
television").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from onrecord.analysis import Span
from onrecord.lexicon import rows, table


class Outlet(NamedTuple):
    """A known outlet: the name OnRecord gives it and the state it is seated in, None for channels of no state."""

    name: str
    country: str | None


@lru_cache(maxsize=1)
def agencies() -> dict[str, Outlet]:
    """The news agency that each form stands for that pages print anywhere. Callers must not change what they get."""
    found: dict[str, Outlet] = {}
    for agency in table("agencies")["agency"]:
        for form in agency["forms"]:
            found.setdefault(form, Outlet(agency["name"], agency["country"]))
    return found


@lru_cache(maxsize=1)
def credited() -> dict[str, str]:
    """The name of the agency for each form that credits it, also those that elsewhere could mean something else."""
    found = {form: agency.name for form, agency in agencies().items()}
    for agency in table("agencies")["agency"]:
        for form in (*agency.get("short", ()), *agency.get("native", ())):
            found.setdefault(form, agency["name"])
    return found


def any_of(forms: Iterable[str]) -> str:
    """A pattern for any of some phrases, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


@lru_cache(maxsize=1)
def _known() -> dict[str, Outlet]:
    found = dict(agencies())
    for row in rows("outlets"):
        for form in row["forms"].split("|"):
            found.setdefault(form, Outlet(row["name"], row["country"] or None))
    for channel in table("roles")["outlets"]["channels"]:
        found.setdefault(channel, Outlet(channel, None))
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = any_of(_known())
    heads = "|".join(map(re.escape, table("roles")["outlets"]["heads"]))
    modifiers = "|".join(table("roles")["outlets"]["modifiers"])
    kind = rf"(?:(?:{modifiers})\s){{1,3}}(?:{heads})"
    return re.compile(
        rf"\b(?:[Tt]he\s)?(?:[A-Z][\w’'-]+\s)?"
        rf"(?:{kind}\s(?:{names})|(?:{names})\s{kind}|{kind}(?:\s[A-Z][\w-]+)?|(?:{names}))\b"
    )


def find_outlets(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of outlets named in `text[start:end]`, in order; the phrase with its kind, without the article."""
    found = []
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        a, b = match.span()
        a += 4 if text[a : a + 4] in ("the ", "The ") else 0
        found.append((a, b))
    return found


def outlet_in(phrase: str) -> Outlet | None:
    """The known outlet that a phrase names, or None."""
    known = _known()
    words = phrase.strip().removeprefix("the ").removeprefix("The ")
    if words in known:
        return known[words]
    tokens = words.split()
    for size in range(min(4, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            outlet = known.get(" ".join(tokens[at : at + size]))
            if outlet:
                return outlet
    return None


def is_medium(words: str) -> bool:
    """Whether a phrase names an outlet, or describes one: "the newspaper", "local media"."""
    heads = {*table("roles")["outlets"]["heads"], *table("roles")["outlets"]["several"]}
    return outlet_in(words) is not None or not heads.isdisjoint(words.lower().split())


@lru_cache(maxsize=1)
def _printed() -> tuple[dict[str, str], dict[str, str]]:
    """Names of outlets by printed form in lower case, and by host."""
    known = [*rows("outlets"), *rows("sites")]
    forms: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for row in known:
        for form in row["forms"].split("|"):
            forms.setdefault(form.lower(), row["name"])
        for host in row["hosts"].split("|"):
            hosts.setdefault(host, row["name"])
    return forms, hosts


def outlet_named(words: str) -> str | None:
    """The outlet that a line names and says nothing else of."""
    return _printed()[0].get(words.strip(" -.|").lower())


def outlet_of_host(host: str) -> str | None:
    """The outlet that publishes on a host or on a domain above it."""
    parts = host.split(".")
    hosts = _printed()[1]
    return next((hosts[name] for at in range(len(parts) - 1) if (name := ".".join(parts[at:])) in hosts), None)


def is_outlet(words: str) -> bool:
    """Whether a phrase is the name of a known outlet or agency."""
    return words in _known() or outlet_named(words) is not None
