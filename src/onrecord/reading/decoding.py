"""Bytes to text: by what the page declares, then by detection."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_XML = re.compile(rb"""^\s{0,99}<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.IGNORECASE)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
#: Bytes looked at for a declaration, and given to detection.
_HEAD, _SAMPLE = 8192, 65536
#: The bytes that are not ASCII.
_BEYOND = bytes(range(128, 256))
#: Labels that the Encoding Standard of the WHATWG reads as windows-1252.
_LATIN = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1"})
#: What goes by the name of an encoding in Python but is none that the Encoding Standard lets a page have.
_NEVER = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})


def decode(data: bytes, *, markup: bool, charset: str = "") -> tuple[str, list[str]]:
    """The text of a page's bytes, and what was wrong on the way.

    What came with the page (`charset`) is believed first, unless the bytes say otherwise; then, with `markup`, a
    declaration in the first bytes of the page. UTF-8 is tried next, as other
    encodings hardly ever happen to be valid UTF-8, and detection comes last. A byte order mark is dropped. Raises
    nothing.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _lenient(data, name, f"the page's byte order mark says {name}, but not all of it decodes")
    problems: list[str] = []
    declared = _declaration(data) if markup else None
    if charset and (not declared or _strict(data, _meant(charset)) is not None):
        declared = charset.lower()
    if declared and declared not in ("utf-8", "utf8"):
        text = _strict(data, _meant(declared))
        utf8 = None if data.isascii() else _strict(data, "utf-8")
        if text is not None and (utf8 is None or utf8 == text):
            return text, problems
        if utf8 is not None:
            return utf8, [f"the page declares {declared} but is UTF-8"]
        problems.append(f"the page declares {declared} but does not decode as such")
    else:
        utf8 = _strict(data, "utf-8")
        if utf8 is not None:
            return utf8, problems
        text = data.decode("utf-8", "replace")
        wrong = text.count("\ufffd")
        if wrong * 200 < len(text) if declared else wrong * 4 < len(_BEYOND_ASCII.findall(text)) - wrong:
            return text, ["some of its bytes are not UTF-8, as the rest is; they were replaced"]
        problems.append("the page declares utf-8 but does not decode as such" if declared else "not valid UTF-8")
    name = _detected(data[:_SAMPLE])
    text, more = _lenient(data, name, f"not all of the page decodes as {name}; what does not was replaced")
    return text, [*problems, f"encoding detected as {name}", *more]


def _detected(sample: bytes) -> str:
    """The encoding of bytes that are not UTF-8; where most are ASCII there is too little to tell, and a guess."""
    beyond = len(sample) - len(sample.translate(None, _BEYOND))
    if beyond * 5 < len(sample) and _strict(sample, "windows-1252") is not None:
        return "windows-1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "windows-1252"


def _declaration(data: bytes) -> str | None:
    found = _DECLARED_XML.match(data[:_HEAD]) or _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    return None if name.startswith("utf-16") else name  # a declaration that could be read is not UTF-16


def _meant(label: str) -> str:
    return "windows-1252" if label.lower() in _LATIN else label


def _strict(data: bytes, name: str) -> str | None:
    try:
        return None if codecs.lookup(name).name in _NEVER else data.decode(name)
    except (ValueError, LookupError):  # some codecs raise less than a UnicodeDecodeError
        return None


def _lenient(data: bytes, name: str, problem: str) -> tuple[str, list[str]]:
    text = _strict(data, name)
    if text is not None:
        return text, []
    return data.decode(name, "replace"), [problem]
