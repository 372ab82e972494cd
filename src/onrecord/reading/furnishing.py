"""What a line of page furniture says by its words alone: whose byline, which button, what label."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lexicon import table
from onrecord.reading.bylines import authors_of, is_name, without_lead
from onrecord.reading.credits import wire_of_credit
from onrecord.reading.lines import Line
from onrecord.reading.outlets import any_of, credited

_BYLINE = re.compile(r"by:?\s+[\"“]?[^\W\d_]", re.IGNORECASE)
_BIO = re.compile(
    r"(?P<name>(?:[A-Z][\w.'’-]{0,20}\s){1,4})(?:\(@?\w{1,30}\)\s)?"
    r"(?:is|was|covers|has been) (?:an?|the|our|based|currently|also)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: "... in Eastmouth. Credit: Ana Karlsson", "... Photo: Ana Karlsson/AP", "...Credit...Ana Karlsson/The Post".
_CREDITED = re.compile(
    r"(?<!\w)(?:(?:photo|picture|image|photograph)s?(?:\scredit|\scourtesy|\sby)?|credit|credits)"
    r"\s?(?::|\.{3}|…)\s?(?P<name>[^.:!?]{2,60})\.?$",
    re.IGNORECASE,
)
#: Words of the shortest caption before its credit, and of the longest name of a photographer with an agency's;
#: characters at the end of a line that are looked at.
_DESCRIBES, _NAME, _END = 3, 9, 140
#: Words of a sentence.
_LONG = 9


def is_sharing(line: Line) -> bool:
    """Whether a line is a row of buttons."""
    shared, share = _sharing()
    words = set(line.tokens) - {"*"}
    return words <= share and not words.isdisjoint(shared)


@lru_cache(maxsize=1)
def _sharing() -> tuple[frozenset[str], frozenset[str]]:
    """The words of buttons for sharing, and all that stands in a row of them."""
    known = table("furnishing")
    return frozenset(known["shared"]), frozenset(known["share"])


def is_bio(line: Line) -> bool:
    """Whether a line says who somebody is: "Ana Karlsson (@ana) is a reporter in ..."."""
    found = _BIO.match(line.text)
    return found is not None and (line.final or len(found["name"].split()) > 1)


def is_label(line: Line) -> bool:
    """Whether a line heads a list of other stories."""
    text = line.text.lower().strip(" :.+-–—").replace("’", "'")
    if "line:related" in line.marks or (line.count <= 5 and text in table("furnishing")["labels"]):
        return True
    return 3 <= line.count <= 6 and not line.final and starts_with(line, "heads") and "*" not in line.tokens


def counts_comments(line: Line) -> bool:
    """Whether a line counts comments ("5 comments", "Three thoughts on ...") or heads one ("Ana says:")."""
    known = table("furnishing")
    tokens = line.tokens[1:] if line.tokens[:1] == ["new"] else line.tokens
    if tokens[:1] == ["*"] and any(" ".join(tokens[1:end]) in known["counts"] for end in (2, 3)):
        return True
    return 2 <= line.count <= 6 and line.text.rstrip().endswith(":") and tokens[-1] in known["speaks"]


def is_counter(line: Line) -> bool:
    """Whether a line counts comments and says nothing else: "12 comments"."""
    return line.tokens[:1] == ["*"] and line.count <= 3 and ("line:comments" in line.marks or counts_comments(line))


def talks(line: Line) -> bool:
    """Whether a line shows that there are comments around it: a time, a commenter's name, a form's field."""
    comments = ("line:comments", "start:comments", "inside:comments", "inside:clock")
    return bool(line.days) or not line.marks.isdisjoint(comments) or counts_comments(line)


def starts_with(line: Line, kind: str) -> bool:
    """Whether a line begins with an entry of a list of `lexicon/furnishing.toml`, whatever its case."""
    return bool(_openings(kind).match(line.text))


@lru_cache(maxsize=8)
def _openings(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(table('furnishing')[kind])})(?![a-z])", re.IGNORECASE)


def appeals(line: Line) -> bool:
    """Whether a line asks its reader for something: to subscribe, to give, to tell."""
    return bool(_asking().search(line.text.lower()))


@lru_cache(maxsize=1)
def _asking() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(table('furnishing')['appeals'])})(?!\w)")


def is_authorship(line: Line) -> bool:
    """Whether a line is the words that lead to an author's name, the name being on a line of its own."""
    return line.text.lower().strip(" :") in table("furnishing")["authorship"]


def is_byline(line: Line, *, led_only: bool) -> bool:
    """Whether a line names authors, or the agency in their place, and nothing but what bylines add to names."""
    text = line.text.strip()
    if line.count > 24 or line.final and line.count > _LONG or not line.tokens or text.endswith(":"):
        return False
    led = without_lead(text)[1]
    if led and line.count <= 14 and _BYLINE.match(text):
        return True
    if led_only and not led:
        return False
    if line.count <= 8 and wire_of_credit(text):
        return True
    names = authors_of(text)
    said = sum(len(name.split()) for name in names)
    return bool(names) and is_name(names[0]) and said * 3 >= line.count and (led or line.count <= 4 + said)


def is_picture_credit(line: Line, longest: int = 10) -> bool:
    """Whether a line of at most `longest` words says who took or supplied a picture, and not what it shows."""
    if line.count > longest or (longest <= 10 and ((line.final and line.count > 6) or "*" in line.tokens)):
        return False
    if ends_in_credit(line.text):
        return False
    words = [word.lower() for word in _WORD.findall(line.text)]
    supplied = sum(word in table("furnishing")["pictures"] for word in words)
    labelled = "start:credit" in line.marks or "inside:credit" in line.marks
    return (labelled and supplied > 0) or _is_supplied(line.text)


def is_caption(line: Line) -> bool:
    """Whether a sentence ends in who took the picture it describes: "... on Monday. (Ana Karlsson/AP)"."""
    return _is_supplied(line.text) or ends_in_credit(line.text)


def _is_supplied(text: str) -> bool:
    """Whether a line ends in an agency's name as those of pictures stand; most lack its signs, and are told quickly."""
    return any(sign in text for sign in "([/|") and bool(_supplied().search(text))


@lru_cache(maxsize=1)
def _supplied() -> re.Pattern[str]:
    names = any_of([*credited(), *table("furnishing")["suppliers"]])
    return re.compile(
        rf"(?:[(\[][^()\[\]]{{0,60}}(?<!\w)(?:{names})[^()\[\]]{{0,30}}[)\]]|[^\W\d_]{{2,20}}\s?[/|]\s?(?:{names}))\s{{0,2}}\.?$"
    )


def words_beside_dates(line: Line) -> int:
    """How many words a line has besides its dates, what labels them, and clock times."""
    rest = line.text
    for printed in reversed(line.days):
        rest = rest[: printed.start] + " " + rest[printed.end :]
    return sum(word.lower() not in _usual() for word in re.findall(r"[^\W\d_]+", rest))


@lru_cache(maxsize=1)
def _usual() -> frozenset[str]:
    """The words that stand beside a date and say no more than what it is the date of."""
    known = table("publication")
    days = (day for names in table("calendar")["weekdays"]["en"] for day in names)
    return frozenset([*known["glue"], *known["first"], *known["later"], *days])


def ends_in_credit(text: str) -> bool:
    """Whether a caption ends in its credit: "... in Eastmouth. Photo: Ana Karlsson/AP"."""
    end = text[-_END:].rstrip(" )]")
    found = _CREDITED.search(end)
    if found is None or len(end[: found.start()].split()) < _DESCRIBES:
        return False
    return len(found["name"].split()) <= _NAME and found["name"].strip()[:1].isupper()
