"""Mails, mailboxes and web pages saved as MIME (MHTML): the page in a mail's body, and those attached to it.

Headers are read by the standard library's older, plainer rules (`email.policy.compat32`): those of
`email.policy.default` raise errors of many kinds over broken headers, some of them while the mail is taken apart.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr

from onrecord.intake.jsonlines import day
from onrecord.intake.kinds import UnreadableError
from onrecord.intake.limits import MAIL_LIMIT
from onrecord.intake.sources import Reader, Source, member_name
from onrecord.intake.streams import BLOCK, Stream, parsing
from onrecord.lexicon import table
from onrecord.page import Page, Problem

_DAMAGED = "a damaged mail"
_TOO_LARGE = f"larger than {MAIL_LIMIT // 2**20} MiB, too large for a mail"
#: Lines of a mail times its parts: each line is held against the boundary of each part that it lies in.
_WORK = 50_000_000
#: Characters of a header that are read.
_HEADER = 2000
_SPACE = re.compile(r"\s+")
#: Names for parts that the mail itself says the kind of.
_MARKUP = "body.html"
_NAMES = {"text/html": _MARKUP, "text/plain": "body.txt", "message/rfc822": "forwarded.eml"}


def mails(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The pages of each mail of a mailbox (mbox, RFC 4155), as `CONTAINER#NUMBER`, counted from 1."""
    for number, data in enumerate(_messages(source.stream), start=1):
        if data is None:
            yield Problem(source.path_of(str(number)), _TOO_LARGE)
        else:
            yield from read(replace(source.member(str(number), io.BytesIO(data)), name="mail.eml"))


def _messages(stream: Stream) -> Iterator[bytes | None]:
    """The mails of a mailbox without their `From ` lines; one over the limit is skipped over and stands as None."""
    lines: list[bytes] = []
    size, blank, inside, starts = 0, True, False, True
    while line := stream.readline(BLOCK):
        if starts and blank and line.startswith(b"From "):
            if inside:
                yield b"".join(lines) if size <= MAIL_LIMIT else None
            lines, size, inside = [], 0, True
        else:
            size += len(line)
            if size <= MAIL_LIMIT:
                lines.append(line[1:] if starts and line.startswith(b">From ") else line)
            else:
                lines.clear()
        blank = starts and not line.strip()
        starts = line.endswith(b"\n")
    if inside:
        yield b"".join(lines) if size <= MAIL_LIMIT else None


def mail_parts(source: Source, read: Reader) -> Iterator[Page | Problem]:
    """The page in a mail's body, under the mail's own path, then what is attached to it, as `MAIL#NAME`.

    Of a body that comes as HTML and as text the HTML is taken. What the mail says of its page is given with it: the
    subject as title, the day it was sent as day of publication, and the sender as publisher if it is a newsletter. Of a
    mail that was passed on, and of a page saved as MHTML, the day says only that the page was there by then.
    """
    data = source.stream.read(MAIL_LIMIT + 1)
    if len(data) > MAIL_LIMIT:
        raise UnreadableError(_TOO_LARGE)
    if data.count(b"\n") * data.lower().count(b"multipart/") > _WORK:
        raise UnreadableError("a mail of more parts than people write")
    with parsing(_DAMAGED):
        mail = message_from_bytes(data, policy=compat32)
        body, attached = _taken_apart(mail, whole=True)
        known = _known(mail)
        content, charset = (_content(body), _charset(body)) if body else (b"", "")
    if content.strip() or not attached:
        try:
            yield replace(source, name=_MARKUP if body and body.get_content_subtype() == "html" else "").page(
                content, charset=charset, known=known
            )
        except UnreadableError as reason:
            yield Problem(source.path, str(reason))
    sent = known.get("published") or known.get("captured")
    for number, part in enumerate(attached, start=2):
        with parsing(_DAMAGED):
            name, content = _file_name(part), _content(part)
            if not name and not content.strip():
                continue
            member = source.member(member_name(name, number), io.BytesIO(content), {"captured": sent} if sent else {})
            name = _NAMES.get(part.get_content_type(), member.name)
            member = replace(member, name=name, charset=_charset(part))
        yield from read(member)


def _taken_apart(part: Message, *, whole: bool = False) -> tuple[Message | None, list[Message]]:
    """The part that is the body, and those attached to it; `whole` for the mail itself, which is never attached."""
    kind, inside = part.get_content_type(), part.get_payload()
    if part.get_content_maintype() == "multipart" and isinstance(inside, list):
        found = [_taken_apart(child) for child in inside if isinstance(child, Message)]
        bodies = [body for body, _ in found if body is not None]
        attached = [other for _, others in found for other in others]
        if not bodies:
            return None, attached
        if kind == "multipart/alternative":
            return next((body for body in bodies if body.get_content_subtype() == "html"), bodies[-1]), attached
        return bodies[0], attached if kind == "multipart/related" else [*bodies[1:], *attached]
    if not whole and any(kind.startswith(start) for start in table("kinds")["mail"]["passed_over"]):
        return None, []
    if whole or (kind in ("text/plain", "text/html") and not _file_name(part) and not _is_attachment(part)):
        return part, []
    return None, [part]


def _is_attachment(part: Message) -> bool:
    return str(part.get("content-disposition", "")).strip().lower().startswith("attachment")


def _file_name(part: Message) -> str:
    return _decoded(part.get_filename("") or "")


def _content(part: Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; a mail within a mail as it stands there."""
    inside = part.get_payload()
    if isinstance(inside, list):
        return b"".join(child.as_bytes() for child in inside if isinstance(child, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str:
    return str(part.get_content_charset("") or "")


def _known(mail: Message) -> dict[str, str]:
    """What a mail says of the page in it: `title`, `publisher`, `url`, and the day, `published` or `captured`."""
    title = _header(mail, "subject")
    place = _header(mail, "snapshot-content-location")
    forwarded = next((mark for mark in table("kinds")["mail"]["forwarded"] if title.lower().startswith(mark)), "")
    found = {
        "title": title[len(forwarded) :].strip(),
        "publisher": _publisher(mail),
        "url": place if place.startswith(("http://", "https://")) else "",
        "captured" if forwarded or place else "published": day(_header(mail, "date")) or "",
    }
    return {key: value for key, value in found.items() if value}


def _publisher(mail: Message) -> str:
    """The name of the sender of a newsletter: a list that one can leave and not write to (RFC 2369)."""
    writes = _header(mail, "list-post").upper()
    if not _header(mail, "list-unsubscribe") or (writes and not writes.startswith("NO")):
        return ""
    return _decoded(parseaddr(_raw_header(mail, "from"))[0])


def _header(mail: Message, name: str) -> str:
    return _decoded(_raw_header(mail, name))


def _raw_header(mail: Message, name: str) -> str:
    """The first header of a name; bytes that should not stand there are taken for UTF-8."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name), "")
    return raw[:_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded(raw: str) -> str:
    """A header's words, its encoded words (RFC 2047) decoded as far as they can be, on one line."""
    try:
        words = str(make_header(decode_header(raw)))
    except (MessageError, ValueError, LookupError):
        words = raw
    return _SPACE.sub(" ", words.encode("utf-8", "replace").decode()).strip()
