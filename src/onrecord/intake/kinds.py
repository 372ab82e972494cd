"""What kind of thing some bytes are: told by what is in them first, by the file's name second."""

from __future__ import annotations

import re
import tarfile
from functools import lru_cache
from pathlib import PurePath

import msgspec

from onrecord.lexicon import table

#: How many bytes from the start are looked at.
SNIFFED = 4096

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_BLANK = b" \t\r\n\f\xef\xbb\xbf\xff\xfe"
_SPACE = _BLANK + b"\0"
_HTML_ROOT = re.compile(rb"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][a-z0-9]*[\s/>]|<!doctype|<!--", re.IGNORECASE)
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_SITE_MAP = re.compile(rb"<(?:urlset|sitemapindex)[\s>]")
_WARC = re.compile(rb"WARC/[01]\.\d+\r?\n")
_JSON = re.compile(rb'(?:\[\s{0,99})?\{\s{0,99}"|\[\s{0,99}\]\s{0,99}$')
_MAILBOX = re.compile(rb"From [^\r\n]{1,500}\r?\n[\w-]{1,80}:")
_HEADER = re.compile(rb"^([A-Za-z][\w-]{0,79}):[ \t]", re.MULTILINE)
#: Control characters that text does not have: all of C0 but tab, line ends, form feed and escape.
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b")


class UnreadableError(ValueError):
    """An input is no page; the message says why, for people."""


@lru_cache(maxsize=1)
def _signatures() -> list[tuple[bytes, str]]:
    return [(bytes.fromhex(start), kind) for start, kind in table("kinds")["signatures"].items()]


@lru_cache(maxsize=1)
def _compressions() -> list[tuple[bytes, str]]:
    return [(bytes.fromhex(start), kind) for start, kind in table("kinds")["compressions"].items()]


def is_own(name: str) -> bool:
    """Whether a file is one of OnRecord's own records."""
    return name.lower().endswith(tuple(table("kinds")["names"]["own"]))


def holds_many(name: str) -> bool:
    """Whether a file's name says that it may hold any number of pages."""
    names = table("kinds")["names"]
    endings = (ending for kind in ("json_lines", "json", "mail", "mailbox", "many") for ending in names[kind])
    return uncompressed(name).lower().endswith(tuple(endings))


def uncompressed(name: str) -> str:
    """A file's name without the endings of compression."""
    for ending in table("kinds")["names"]["compressed"] * 2:
        if name.lower().endswith(ending):
            name = name[: -len(ending)]
    return name


def compression(start: bytes) -> str | None:
    """How bytes are compressed: `gzip`, `bzip2`, `xz`, or None."""
    return next((kind for mark, kind in _compressions() if start.startswith(mark)), None)


def container(start: bytes, name: str) -> str | None:
    """What kind of container bytes are the start of, or None where they are none but, perhaps, a page.

    The kinds are `zip` `tar` `warc` `feed` `mail` `mailbox` `json_lines` `json`. A file's name counts where the bytes
    alone are not enough: few lines of a mail's head make a mail of a file so named, and of no other.
    """
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if _WARC.match(start):
        return "warc"
    if _is_tar(start):
        return "tar"
    opening = _opening(start)
    if _FEED.match(opening):
        return "feed"
    ending = PurePath(name).suffix.lower()
    kind = next((kind for kind in ("json_lines", "json", "mail", "mailbox") if ending in _endings(kind)), None)
    if kind == "json_lines":
        return kind if opening else None
    if _JSON.match(opening) and (not ending or ending in table("kinds")["names"]["data"]):
        return "json_lines" if _begins_with_a_line(opening) else "json"
    if (kind in ("mail", "mailbox") or not ending) and _MAILBOX.match(start):
        return "mailbox"
    if _HEADER.match(start) and _is_mail(start, named=kind == "mail"):
        return "mail"
    return None


def _begins_with_a_line(start: bytes) -> bool:
    """Whether JSON begins with an object that is a line by itself, as far as can be seen."""
    line, end, _ = start.partition(b"\n")
    if not end:
        return start.startswith(b"{")
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def _is_mail(start: bytes, *, named: bool) -> bool:
    head = start.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    headers = {header.decode().lower() for header in _HEADER.findall(head)}
    known, technical = (headers.intersection(table("kinds")["mail"][names]) for names in ("headers", "technical"))
    return bool(known) if named else len(known) >= 3 and bool(technical)


def _endings(kind: str) -> list[str]:
    found: list[str] = table("kinds")["names"][kind]
    return found


def _is_tar(start: bytes) -> bool:
    if len(start) < tarfile.BLOCKSIZE or not start[0]:
        return False
    try:
        tarfile.TarInfo.frombuf(start[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return False
    return True


def media_type(data: bytes, name: str = "", *, wanted: bool = True) -> str:
    """`text/plain` or `text/html` for a page's bytes.

    `name` is the file's name, `wanted` whether somebody asked for this very file (rather than the folder it lies
    in): then any text is a page, whatever its name. Raises `UnreadableError` where the bytes are no page.
    """
    start = data[:SNIFFED]
    if not start.strip(_BLANK) and not data.strip(_BLANK):
        raise UnreadableError("empty")
    _refuse_binary(start)
    opening = _opening(start)
    if _FEED.match(opening) or _SITE_MAP.match(opening):
        raise UnreadableError("a feed or site map, not a page")
    ending = PurePath(name).suffix.lower()
    kind: str | None = table("kinds")["pages"].get(ending.lstrip("."))
    if kind == "text/html":
        return kind if b"\0" in start or _TAG.search(data) else "text/plain"
    if _HTML_ROOT.match(opening) or (opening.startswith(b"<") and len(_TAG.findall(opening)) >= 5):
        return "text/html"
    if kind is None and ending and (not wanted or ending in table("kinds")["names"]["data"]):
        raise UnreadableError(f"not a kind of file that holds pages ({ending})")
    return "text/plain"


def _refuse_binary(start: bytes) -> None:
    for signature, kind in _signatures():
        if start.startswith(signature):
            raise UnreadableError(f"{kind}, not a page")
    if start.startswith(_BYTE_ORDER_MARKS):
        return
    control = len(start) - len(start.translate(None, _CONTROL))
    if b"\0" in start or control * 20 > len(start):
        raise UnreadableError("binary data, not text")


def _opening(start: bytes) -> bytes:
    """What follows white space, XML declarations and comments."""
    if start.startswith(_BYTE_ORDER_MARKS):
        start = start.replace(b"\0", b"")
    start = start.lstrip(_SPACE)
    for opens, closes in ((b"<?", b"?>"), (b"<!--", b"-->")) * 3:
        if start.startswith(opens):
            start = start.partition(closes)[2].lstrip(_SPACE)
    return start
