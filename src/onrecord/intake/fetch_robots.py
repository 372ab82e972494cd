"""What a site asks of programs that fetch its pages: robots.txt, after RFC 9309."""

from __future__ import annotations

import re

from protego import Protego

#: The name by which a site's rules may address this program (the product token of RFC 9309).
PRODUCT = "OnRecord"
#: Bytes of a robots.txt that are read; RFC 9309 asks for at least this many.
SIZE = 500 * 1024

#: Characters within which a line names the program it is for.
_LINE = 200
_AGENT = re.compile(
    rf"\s*user[- ]?agent(?=[\s:])\s*(?::\s*)?(?:(?P<anybody>\*\s*(?:#|$))|(?P<us>{PRODUCT}(?![\w-])))?", re.IGNORECASE
)


class Rules:
    """The rules of one site for this program."""

    def __init__(self, data: bytes = b"") -> None:
        lines = data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()
        self._parsed = Protego.parse("\n".join(map(_addressed, lines)))

    def allow(self, url: str) -> bool:
        """Whether the page at this URL may be fetched."""
        return self._parsed.can_fetch(url, PRODUCT)

    @property
    def delay(self) -> float:
        """Seconds that the site wants to lie between two requests; 0 where it does not say."""
        return self._parsed.crawl_delay(PRODUCT) or 0.0


def _addressed(line: str) -> str:
    """A line as it stands, but every other program under one name.

    Nothing changes for this program. Rules that follow a thousand names would be kept a thousand times by the parser:
    in a file made for the purpose, more than the machine has memory for.
    """
    if not (found := _AGENT.match(line[:_LINE])):
        return line
    if found["anybody"]:
        return "User-agent: *"
    return f"User-agent: {PRODUCT}" if found["us"] else "User-agent: other"
