"""How large one page may be."""

from __future__ import annotations

#: Bytes of one page. News pages with pictures written into them stay below it; what is larger is no page.
LIMIT = 16 * 2**20


def too_large() -> str:
    """The reason for refusing a page over the limit."""
    return f"larger than {LIMIT // 2**20} MiB, too large for a page"
