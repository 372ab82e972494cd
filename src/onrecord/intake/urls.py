"""URLs among the inputs."""

from __future__ import annotations


def is_url(words: str) -> bool:
    """Whether an input is a page of the web: it begins with `http://` or `https://`."""
    return words[:8].lower().startswith(("http://", "https://"))
