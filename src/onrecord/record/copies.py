"""Pages that carry the same report: wire copies, whole, cut short or edited.

Candidates are pages that share rare word shingles, looked up in an index on disk (Broder, On the resemblance and
containment of documents, 1997; signatures such as MinHash do not meet between a page and its first paragraphs).
A candidate is a copy when the shorter article is found in the longer all along, not in a few borrowed paragraphs.
Groups are closed transitively, so they do not depend on the order of arrival.
"""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

from onrecord.analysis import ARTICLE, Analysis
from onrecord.record.store import load
from onrecord.record.terms import rarity, stem, words

_SHINGLE = 3
#: Only shingles whose words are this rare together tell one report from another.
_RARE = 8.0
#: A candidate shares this many of them, and this share of the shorter page's.
_LEAST = 3
_LEAST_SHARE = 0.12
#: Of the shorter article's stretches of so many words, this share must be found in the longer one; a stretch is found
#: when this share of its shingles is. The first bears edits, the second bears misread or replaced words.
_STRETCH = 50
_STRETCHES_FOUND = 0.65
_SHINGLES_FOUND = 0.15
_TELLING = 5


def article_text(analysis: Analysis) -> str:
    """The lines of a page that belong to its article, furniture left out."""
    return "\n".join(analysis.text[part.span[0] : part.span[1]] for part in analysis.segments if part.kind in ARTICLE)


def fingerprints(text: str) -> list[int]:
    """The hashes of a text's rare shingles, sorted; of a text with hardly any, one for the text itself."""
    parts = words(text)
    weights = [rarity(stem(part)) for part in parts]
    rare = {_hash(shingle) for at, shingle in enumerate(_shingles(parts)) if sum(weights[at : at + _SHINGLE]) >= _RARE}
    if len(rare) >= _LEAST:
        return sorted(rare)
    return [_hash("\n" + " ".join(parts))] if parts else []


def same_report(one: str, other: str) -> bool:
    """Whether the shorter of two articles is carried by the longer, all along."""
    short, long = sorted((words(one), words(other)), key=lambda parts: (len(parts), parts))
    if short == long:
        return bool(short)
    known = set(_shingles(long))
    shingles = _shingles(short)
    shares = [
        sum(shingle in known for shingle in stretch) / len(stretch)
        for start in range(0, len(shingles), _STRETCH)
        if len(stretch := shingles[start : start + _STRETCH]) >= _TELLING
    ]
    return bool(shares) and sum(share >= _SHINGLES_FOUND for share in shares) >= _STRETCHES_FOUND * len(shares)


def join_copies(connection: sqlite3.Connection, page: int) -> list[int]:
    """Put a page into the group of the pages whose report it carries; returns the pages of that group.

    The group is named after its lowest page number, in `pages.report`.
    """
    (own,) = connection.execute("SELECT shingles FROM vectors WHERE page=?", (page,)).fetchone()
    (present,) = connection.execute("SELECT report FROM pages WHERE page=?", (page,)).fetchone()
    candidates = connection.execute(
        "SELECT p.page, p.report, shared, v.shingles FROM ("
        " SELECT g.page AS other, count(*) AS shared FROM fingerprints f JOIN fingerprints g ON g.hash=f.hash"
        " WHERE f.page=?1 GROUP BY g.page HAVING count(*)>=?3)"
        " JOIN pages p ON p.page=other JOIN vectors v ON v.page=other WHERE p.report<>?2 ORDER BY p.page",
        (page, present, min(_LEAST, own)),
    ).fetchall()
    groups = {present}
    text = article_text(load(connection, page)) if candidates else ""
    for other, group, shared, theirs in candidates:
        shorter = min(own, theirs)
        if group in groups or shared < _LEAST_SHARE * shorter:
            continue
        if same_report(text, article_text(load(connection, other))):
            groups.add(group)
    lowest = min(groups)
    for group in groups - {lowest}:
        connection.execute("UPDATE pages SET report=? WHERE report=?", (lowest, group))
    return [found for (found,) in connection.execute("SELECT page FROM pages WHERE report=? ORDER BY page", (lowest,))]


def _shingles(parts: list[str]) -> list[str]:
    return [" ".join(parts[at : at + _SHINGLE]) for at in range(len(parts) - _SHINGLE + 1)]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
