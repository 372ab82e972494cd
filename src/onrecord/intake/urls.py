"""URLs among the inputs."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")


def is_url(words: str) -> bool:
    """Whether an input is a page of the web: it begins with `http://` or `https://`."""
    return words[:8].lower().startswith(("http://", "https://"))


def is_other_url(words: str) -> bool:
    """Whether an input is an address of another kind, as `ftp://` and `file://` are."""
    return not is_url(words) and _SCHEME.match(words) is not None
