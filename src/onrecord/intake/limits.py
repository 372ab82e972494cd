"""How large things may be."""

from __future__ import annotations

#: Bytes of one page. News pages with pictures written into them stay below it; what is larger is no page.
LIMIT = 16 * 2**20
#: Bytes of one feed, which is held whole with all its entries.
FEED_LIMIT = LIMIT // 2
#: Bytes of one mail with its attachments, which must be held whole to be taken apart; mail servers allow less.
MAIL_LIMIT = 2 * LIMIT
#: Bytes of a ZIP archive that must be laid down in a temporary file, as it cannot be read from a stream.
SPOOL = 2**30
#: An input may expand to FREE bytes and RATIO times its size. Text and crawls expand by ten to fifty.
FREE, RATIO = 2**28, 200
#: How deep containers may lie in one another.
DEPTH = 3


def too_large() -> str:
    """The reason for refusing a page over the limit."""
    return f"larger than {LIMIT // 2**20} MiB, too large for a page"
