"""Pages fetched from the web: politely, within bounds, and from public addresses only.

Robots rules follow RFC 9309; no host gets two requests within a second, nor within the delay that its rules ask for;
redirects are followed one at a time, and each place they lead to is checked like the first.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2

from onrecord.intake.fetch_exchange import Answer, Reader, Times, ask
from onrecord.intake.fetch_guard import Connect, Guard, Resolve, UnreachableError, connected, resolved
from onrecord.intake.fetch_robots import SIZE, Rules
from onrecord.intake.kinds import UnreadableError
from onrecord.intake.limits import LIMIT, too_large
from onrecord.lexicon import table

#: Redirects that are followed, one after the other.
REDIRECTS = 5
#: Seconds that lie at least between two requests to one host, and at most, whatever the host asks for.
GAP, LONGEST_GAP = 1.0, 30.0
#: Seconds that a server may ask to be given before it is asked again.
PATIENCE = 60.0
#: Seconds for which the rules of a site are believed (RFC 9309, 2.4), and for which it counts as having none to read.
_RULES_AGE, _TROUBLE_AGE = 24 * 3600.0, 600.0
#: So many sites' rules are kept.
_RULES_KEPT = 256

_TOO_MANY, _UNAVAILABLE = 429, 503
_MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent.

    `url` is where it came from in the end, after redirects; `data` the bytes as received, the codings of the transfer
    undone; `content_type` the media type that the server declared and `charset` the encoding, both in lower case and
    empty where it declared none; `received` the day (UTC, ISO 8601), which says nothing of when it was published.
    """

    url: str
    data: bytes
    content_type: str
    charset: str
    received: str


class Pace:
    """Keeps requests to one host apart. `clock` gives seconds from whatever point, `sleep` lets them pass."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self.clock = clock
        self.sleep = sleep
        self._last: dict[bytes, float] = {}

    def wait(self, host: bytes, gap: float) -> None:
        """Return when a request to `host` may start, `gap` seconds after the one before it started."""
        if host in self._last and (rest := self._last[host] + gap - self.clock()) > 0:
            self.sleep(rest)
        self._last[host] = self.clock()


#: One pace for the whole program: two records built one after the other are still one visitor.
_PACE = Pace()


class Fetcher:
    """Fetches pages, one at a time; knows the rules of the sites it has seen.

    Proxies and passwords from the environment and cookies are not used. With `private`, addresses of this machine and
    of local networks may be fetched from, too. `starting` is called with each page's URL before its site is asked. The
    rest is for tests: the pace, the times, and how names are resolved, connections made and certificates checked.
    """

    def __init__(
        self,
        *,
        private: bool = False,
        starting: Callable[[str], object] = lambda url: None,
        pace: Pace = _PACE,
        times: Times | None = None,
        resolve: Resolve = resolved,
        connect: Connect = connected,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._starting = starting
        self._pace = pace
        self._times = times or Times()
        self._guard = Guard(private=private, resolve=resolve, connect=connect)
        self._tls = tls
        self._rules: dict[str, tuple[Rules | str, float]] = {}

    def fetched(self, url: str) -> Fetched:
        """The page at an `http` or `https` URL. Raises UnreadableError with the reason where there is none to read."""
        first = target = _target(url)
        left = self._times.total
        try:
            for _ in range(REDIRECTS + 1):
                self._starting(str(target))
                if refused := self._refused(target):
                    raise UnreadableError(refused)
                answer, left = self._answered(target, _page, left)
                if (place := _moved(answer)) is None:
                    return _fetched(target, answer)
                target = _target(place, of=target)
            raise UnreadableError(f"more than {REDIRECTS} redirects")
        except UnreadableError as reason:
            if target is first:
                raise
            raise UnreadableError(f"{reason} (redirected to {target})") from None

    def _refused(self, target: httpx2.URL) -> str | None:
        """Why the site's rules keep a page from being fetched, or None where they do not."""
        rules = self._rules_of(target)
        if isinstance(rules, str):
            return rules
        return None if rules.allow(str(target)) else "the site's robots.txt asks programs not to fetch it"

    def _rules_of(self, target: httpx2.URL) -> Rules | str:
        """The rules of the site of a URL, or why nothing may be fetched from it."""
        site = target.copy_with(raw_path=b"/robots.txt")
        rules, until = self._rules.pop(str(site), ("", 0.0))
        if until <= self._pace.clock():
            rules = self._rules_at(site)
            until = self._pace.clock() + (_TROUBLE_AGE if isinstance(rules, str) else _RULES_AGE)
        while len(self._rules) >= _RULES_KEPT:
            del self._rules[next(iter(self._rules))]
        self._rules[str(site)] = rules, until
        return rules

    def _rules_at(self, place: httpx2.URL) -> Rules | str:
        target, left = place, self._times.total
        try:
            for _ in range(REDIRECTS + 1):
                answer, left = self._answered(target, _beginning, left)
                if answer.status >= 500 or answer.status == _TOO_MANY:
                    raise UnreadableError(answer.words)
                if (further := _moved(answer)) is None:
                    return Rules(answer.body)
                target = _target(further, of=target)
        except UnreadableError as reason:
            if target is place and isinstance(reason, UnreachableError):
                return str(reason)
            return f"the site's robots.txt could not be read, so nothing is fetched from there: {reason}"
        return Rules()

    def _answered(self, target: httpx2.URL, read: Reader, left: float) -> tuple[Answer, float]:
        """A server's answer, and how many of the seconds `left` are then left.

        A server that asks to be asked again later is asked again, once.
        """
        answer, left = self._asked(target, read, left)
        if (pause := _pause(answer)) is not None and pause <= PATIENCE:
            self._pace.sleep(pause)
            answer, left = self._asked(target, read, left)
        return answer, left

    def _asked(self, target: httpx2.URL, read: Reader, left: float) -> tuple[Answer, float]:
        known, _ = self._rules.get(str(target.copy_with(raw_path=b"/robots.txt")), ("", 0.0))
        delay = known.delay if isinstance(known, Rules) else 0.0
        self._pace.wait(target.raw_host.rstrip(b"."), min(max(delay, GAP), LONGEST_GAP))
        if target.scheme == "https" and self._tls is None:
            self._tls = httpcore2.default_ssl_context()
        self._guard.allow(left)
        return ask(target, read, self._guard, self._times, self._tls), self._guard.left()


def _target(url: str, *, of: httpx2.URL | None = None) -> httpx2.URL:
    """A URL that may be asked for, without its fragment; `of` is the page that leads to it."""
    leading = "redirected to " if of else ""
    try:
        found = (of.join(url) if of else httpx2.URL(url.strip())).copy_with(fragment=None)
        host = found.host  # decoded only now, which not every host survives
    except (httpx2.InvalidURL, UnicodeError, ValueError):
        raise UnreadableError(f"{leading}something that is no URL") from None
    if found.scheme not in ("http", "https") or not host:
        raise UnreadableError(f"{leading}something that is no URL of a page (http or https)")
    if found.userinfo:
        raise UnreadableError(f"{leading}a URL with a user's name or password in it, which is not fetched")
    if found.port is not None and not 0 < found.port < 2**16:
        raise UnreadableError(f"{leading}a URL with a port that does not exist")
    return found


def _moved(answer: Answer) -> str | None:
    """Where an answer redirects to, or None."""
    return answer.headers.get("location") if answer.status in _MOVED else None


def _pause(answer: Answer) -> float | None:
    """Seconds after which a server that has no time now asks to be asked again (RFC 9110, 10.2.3), or None."""
    words = answer.headers.get("retry-after", "").strip()
    if answer.status not in (_TOO_MANY, _UNAVAILABLE) or not words:
        return None
    if words.isascii() and words.isdigit():
        return float(words[:9])
    try:
        return max(0.0, parsedate_to_datetime(words).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _fetched(target: httpx2.URL, answer: Answer) -> Fetched:
    if not answer.ok:
        pause = _pause(answer)
        later = f" and wants to be asked again in {pause:.0f} seconds" if pause is not None else ""
        raise UnreadableError(answer.words + later)
    kind, charset = _declared(answer.headers)
    return Fetched(str(target), answer.body, kind, charset, datetime.now(UTC).date().isoformat())


def _declared(headers: httpx2.Headers) -> tuple[str, str]:
    """The media type and the charset that headers declare, each empty where there is none."""
    words = headers.get("content-type", "")
    message = Message()
    message["content-type"] = words
    charset = message.get_content_charset("")
    return words.partition(";")[0].strip().lower(), charset


def _page(headers: httpx2.Headers, pieces: Iterator[bytes]) -> bytes:
    """The whole body, if it can be a page."""
    kind, _ = _declared(headers)
    if what := _no_page(kind):
        raise UnreadableError(f"{what}, not a page")
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and float(length) > LIMIT:
        raise UnreadableError(too_large())
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > LIMIT:
            raise UnreadableError(too_large())
    return bytes(data)


def _no_page(kind: str) -> str | None:
    """What a media type is if it is none that pages have."""
    known = table("fetching")
    if found := known["families"].get(kind.partition("/")[0]) or known["types"].get(kind):
        return str(found)
    return next((what for name, what in known["types"].items() if name[-1] == "*" and kind.startswith(name[:-1])), None)


def _beginning(headers: httpx2.Headers, pieces: Iterator[bytes]) -> bytes:
    """As much of the body as is read of a robots.txt."""
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) >= SIZE:
            break
    return bytes(data[:SIZE])
