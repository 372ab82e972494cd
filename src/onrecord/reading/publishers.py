"""Who publishes a page: by what it says of itself to machines, by its address, by what its own furniture prints."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from onrecord.lexicon import rows, table
from onrecord.reading.addresses import host_of
from onrecord.reading.document import Document
from onrecord.reading.headline import BREAKS
from onrecord.reading.outlets import agencies, any_of, outlet_named, outlet_of_host

_SIGN = r"(?:©|\([cC]\)|(?i:\bcopyright\b))"
_COPYRIGHT = re.compile(
    rf"{_SIGN}(?:\s{{0,3}}{_SIGN}){{0,2}}[\s,:]{{0,3}}(?:\d{{4}}(?:\s?[-–/]\s?(?:\d{{2,4}})?)?)?"
    rf"(?:[\s,.:·–-]{{0,3}}{_SIGN})?[\s,.:·–-]{{0,3}}(?i:(?:by|to|of)\s)?(?P<who>[^\W_].{{1,80}})"
)
_LETTERS = re.compile(r"[^\W_]+")
_WORD = re.compile(r"\w+")
#: Lines of a page that are looked at, characters of one, and lines at the top that can be its masthead.
_MOST, _LINE, _TOP = 5000, 250, 8
#: Words of an outlet's name; what a notice of copyright and a masthead weigh against one mention; what is enough.
_NAME, _NOTICE, _MASTHEAD, _OFTEN = 6, 3, 2, 2


def publisher_of(document: Document) -> str | None:
    """The usual name of the outlet that publishes the page, or None where nothing says it."""
    head, title = document.head, document.title or ""
    hosts = [host_of(address) for address in (document.url, head.get("shown_url")) if address]
    site, owner = (_name(head.get(key, ""), title) for key in ("site", "publisher"))
    if known := outlet_named(site or "") or next(filter(None, map(outlet_of_host, hosts)), None):
        return known
    names = [
        name for name in (site, owner, *(_name(end, title) for end in _ends_of(head.get("heading", ""), title))) if name
    ]
    fitting = [name for name in names if any(_of_host(name, host) for host in hosts)]
    # What an agency's text brings with it names the agency, not the outlet that carries it.
    own = [name for name in (site, owner) if name and name not in agencies()]
    if own and (not fitting or fitting[0] in own[0]):
        return outlet_named(own[0]) or own[0]
    if fitting:
        best = min(fitting, key=lambda name: "." in name)
        return outlet_named(best) or best
    return _printed(document)


def _name(said: str, title: str) -> str | None:
    """What is said to be a site's name, without what describes it, if it is a name at all."""
    said = html.unescape(said).strip(" \t\"'“”|-–—.,")
    if outlet_named(said):
        return outlet_named(said)
    parts = [part for part in BREAKS.split(said) if part]
    short = parts[0].strip() if parts else ""
    if (
        not short
        or short.lower() in table("publishers")["platforms"]
        or short == title
        or short.startswith(("http", "@", "www."))
    ):
        return None
    return short if len(short.split()) <= 8 else None


def _ends_of(heading: str, title: str) -> list[str]:
    """What the page's title element adds to the headline, last first."""
    cuts = list(BREAKS.finditer(heading))
    parts = [heading[cut.end() :] for cut in cuts[-2:]]
    return [part for part in reversed(parts) if part and part not in title and len(part.split()) <= _NAME]


def _of_host(name: str, host: str) -> bool:
    """Whether a host is named after an outlet: by its letters or by its initials."""
    words = [word.lower() for word in _LETTERS.findall(name)]
    letters = "".join(word for word in words if word != "the")
    label = host.removeprefix("www.").replace("-", "")
    initials = "".join(word[0] for word in words)
    return bool(letters) and (letters in label.replace(".", "") or (len(initials) > 2 and label.startswith(initials)))


def _printed(document: Document) -> str | None:
    """The outlet that the page's own furniture names: in its notice of copyright, its masthead, its appeals."""
    own = [segment.span for segment in document.segments if segment.kind in ("title", "body", "dek", "comments")]
    starts = [start for start, _ in own]
    votes: Counter[str] = Counter()
    shown: dict[str, str] = {}

    def vote(name: str, weight: int) -> None:
        name = outlet_named(name) or name
        key = "".join(_LETTERS.findall(name.lower())).removeprefix("the")
        if key and name not in agencies():
            shown.setdefault(key, name)
            votes[key] += weight

    for at, block in enumerate(document.blocks[:_MOST]):
        if (inside := bisect_right(starts, block.span[0])) and block.span[0] < own[inside - 1][1]:
            continue
        line = document.words(block.span)[:_LINE].strip(" -–—*•|")
        if _signed(line) and (found := _COPYRIGHT.search(line)) and (owner := _owner(found["who"])):
            vote(owner, _NOTICE)
        elif line not in agencies() and (name := outlet_named(line)):
            vote(name, _MASTHEAD if at < _TOP else 1)
        elif named := _named_in(line):
            for name in named:
                vote(name, 1)
        elif (found := _appeal().match(line)) and (name := _owner(found["name"] or found["first"])):
            vote(name, 1)
    if not votes:
        return None
    (best, most), *rest = votes.most_common(2)
    return shown[best] if most >= _OFTEN and (not rest or rest[0][1] < most) else None


def _signed(line: str) -> bool:
    """Whether a line can be a notice of copyright: most lines are told quickly."""
    lower = line.lower()
    return "©" in line or "(c)" in lower or "copyright" in lower


@lru_cache(maxsize=1)
def _appeal() -> re.Pattern[str]:
    known = table("publishers")["around"]
    name = r"(?P<name>[A-Z0-9][\w.’'&]*(?:\s(?:of|the|and|&|[A-Z0-9][\w.’'&]*)){0,5})"
    before, after = any_of(known["before"]), any_of(known["after"])
    return re.compile(
        rf"(?i:{before})\s(?i:the\s|our\s)?{name}(?:[’']s)?(?:\s(?i:{after}))?[\s:!.]{{0,2}}$"
        rf"|{name.replace('name', 'first')}\s(?i:{after})\b"
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Known outlets by the forms of their names that running words seldom make: two words at least, or a domain."""
    found: dict[str, str] = {}
    for table_name in ("outlets", "sites"):
        for row in rows(table_name):
            for form in row["forms"].split("|"):
                if " " in form.removeprefix("The ") or "." in form.strip("."):
                    found.setdefault(form, row["name"])
    return found


@lru_cache(maxsize=1)
def _naming() -> tuple[re.Pattern[str], frozenset[tuple[str, ...]]]:
    """What finds those names, and the two words that each begins with."""
    begun = frozenset(tuple(_WORD.findall(name)[:2]) for name in _names())
    return re.compile(rf"(?<!\w)(?:{any_of(_names())})(?!\w)"), begun


def _named_in(line: str) -> set[str]:
    """The known outlets that a line names; most name none, and are told by their words."""
    pattern, begun = _naming()
    words = _WORD.findall(line)
    if begun.isdisjoint(zip(words, words[1:], strict=False)):
        return set()
    return {_names()[found[0]] for found in pattern.finditer(line)}


def _owner(who: str) -> str | None:
    """The name at the head of what follows a sign of copyright."""
    known = table("publishers")
    words: list[str] = []
    for word in re.split(r"\s+", re.split(r"[.;|•·/]\s|[.;|]$|,\s|\s[-–—]\s", who, maxsplit=1)[0]):
        if word.lower().strip(".,") in known["ends"] or len(words) > _NAME or not word or word[:4].isdigit():
            break
        words.append(word)
    name = _bare(words, (*known["company"],))
    short = _bare(words, (*known["company"], *known["trailing"]))
    for form in (name, short):
        if form.lower() in known["owners"]:
            return str(known["owners"][form.lower()])
    name = short if outlet_named(short) else name
    if all(word.lower().strip(".,") in known["common"] for word in words) or len(name) < 3:
        return None
    if (
        name.lower() in known["houses"]
        or short.lower() in known["houses"]
        or any(word in known["never"] for word in name.lower().split())
    ):
        return None
    return name if name[0].isupper() or "." in name else None


def _bare(words: list[str], company: tuple[str, ...]) -> str:
    """A company's name without the words for what it is."""
    end = len(words)
    while end > 1 and words[end - 1].lower().strip(",.") in (*company, "&", "and"):
        end -= 1
    return " ".join(words[:end]).strip(" .,®™")
