"""The address a page is known by, and the host in it."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin, urlsplit

from onrecord.reading.document import Document

_ABSOLUTE = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?$", re.IGNORECASE)
#: A path that leads to a site's front page, whatever its language.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default)\.\w{2,5})?", re.IGNORECASE)


def host_of(url: str | None) -> str:
    """The host that an address names, in lower case; empty where it names none."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def canonical_of(document: Document) -> str | None:
    """The page's canonical address: absolute, without a fragment, and never the site's front page where one says more.

    The link element comes first, then the meta elements, then JSON-LD; relative addresses are resolved (RFC 3986)
    against the page's base element, else against whichever of its addresses is absolute, else the one it was got from.
    """
    head, got = document.head, document.page.given.get("url", "")
    said = [head[key] for key in ("url", "shown_url", "data_url") if head.get(key)]
    bases = [head.get("base", ""), *said, got]
    base = next((one for one in bases if _ABSOLUTE.match(one)), "")
    found = [address for one in said if (address := _absolute(one, base))]
    return next((address for address in found if not _is_front(address)), found[0] if found else None)


def _absolute(address: str, base: str) -> str | None:
    try:
        joined, _ = urldefrag(urljoin(base or "https:", address))
        usable = _ABSOLUTE.match(joined) and urlsplit(joined).hostname
    except ValueError:
        return None
    return joined if usable else None


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return bool(_FRONT.fullmatch(parts.path)) and not parts.query
