"""Mails, mailboxes and pages saved as MHTML."""

from __future__ import annotations

import base64

import pytest

from intake_shapes import HTML, MAIL, MAILBOX, by_path, found_in, pages_in
from onrecord.intake import limits
from onrecord.page import Page, Problem
from onrecord.reading.pipeline import text_of


def mail(body: bytes, *headers: str, subject: str = "Draft ready", kind: str = "text/plain; charset=utf-8") -> bytes:
    head = [
        "From: A Reader <reader@reader.example>",
        f"Subject: {subject}",
        "Date: Thu, 12 Sep 2024 23:30:00 -0400",
        "Message-ID: <2@reader.example>",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        *headers,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def parts(*parts: bytes, boundary: str = "cut") -> bytes:
    return b"".join(b"--%s\r\n%s\r\n" % (boundary.encode(), part) for part in parts) + b"--%s--\r\n" % boundary.encode()


def only(data: bytes) -> Page:
    (page,) = pages_in(data, "in.eml")
    return page


def test_a_newsletter_and_what_is_attached_to_it() -> None:
    found = found_in(MAIL, "in.eml")
    assert by_path(found) == {
        "in": "text/html",
        "in#article.html": "text/html; charset=windows-1251",
        "in#report.pdf": "a PDF document, not a page",
    }
    letter, article = (item for item in found if isinstance(item, Page))
    assert letter.given == {
        "title": "Draft ready, ministers say – morning edition",
        "publisher": "Caspian Courier",
        "published": "2024-09-11",
    }
    assert text_of(letter) == "The ministers said the draft was ready – at last."
    assert article.given == {"captured": "2024-09-11"}
    assert text_of(article) == "Проекто работоспособен."


def test_a_mail_is_known_by_its_head_whatever_its_name() -> None:
    assert by_path(found_in(MAIL, "saved.txt")) == by_path(found_in(MAIL, "in.eml"))
    talk = b"From: the ministry\nSubject: the draft\n\nThe draft is ready."
    assert [item.media_type for item in pages_in(talk, "page.txt")] == ["text/plain"]
    assert only(talk).given == {"title": "the draft"}
    assert only(talk).data == b"The draft is ready."


def test_a_letter_between_people_has_no_publisher() -> None:
    assert only(mail(b"It is ready.")).given == {"title": "Draft ready", "published": "2024-09-12"}
    talk = mail(b"It is ready.", "List-Unsubscribe: <mailto:x@y.example>", "List-Post: <mailto:talk@y.example>")
    assert "publisher" not in only(talk).given


@pytest.mark.parametrize("mark", ["Fwd: ", "FW:", "WG: "])
def test_what_was_passed_on_was_published_by_then(mark: str) -> None:
    page = only(mail(b"It is ready.", subject=f"{mark}Draft ready"))
    assert page.given == {"title": "Draft ready", "captured": "2024-09-12"}


def test_a_mail_within_a_mail_is_read_as_itself() -> None:
    inner = mail(b"<p>It is <b>ready</b>.</p>", kind="text/html; charset=utf-8")
    forwarded = parts(b"Content-Type: text/plain\r\n\r\n", b"Content-Type: message/rfc822\r\n\r\n" + inner)
    (page,) = pages_in(mail(forwarded, kind='multipart/mixed; boundary="cut"', subject="Fwd: see below"), "in.eml")
    assert page.path == "in#2"
    assert page.given == {"title": "Draft ready", "published": "2024-09-12"}
    assert page.data.strip() == b"<p>It is <b>ready</b>.</p>"


def test_texts_after_the_first_are_pages_of_their_own() -> None:
    body = parts(
        b"Content-Type: text/plain\r\n\r\nFirst.",
        b"Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.b64encode("Второй текст.".encode("koi8-r")),
        b"Content-Type: text/plain\r\n\r\n",
        b'Content-Type: application/octet-stream; name="=?utf-8?q?entw=C3=BCrfe.html?="\r\n\r\n' + HTML.encode(),
        b"Content-Type: text/html\r\nContent-Disposition: attachment; filename*=utf-8''na%C3%AFve.html\r\n\r\n<p>x",
        b"Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\n\x89PNG",
    )
    pages = pages_in(mail(body, kind="multipart/mixed; boundary=cut"), "in.eml")
    assert [page.path for page in pages] == ["in", "in#2", "in#entwürfe.html", "in#naïve.html"]
    assert text_of(pages[1]) == "Второй текст."
    assert pages[2].data == HTML.encode()


def test_a_page_saved_as_mhtml_has_its_address() -> None:
    body = parts(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b'Content-Location: https://courier.example/1\r\n\r\n<p class=3D"x">It is ready.</p>',
        b"Content-Type: text/css\r\nContent-Location: cid:1\r\n\r\np {}",
        b"Content-Type: text/html\r\nContent-Location: cid:frame\r\n\r\n<p>An advertisement.</p>",
    )
    data = mail(
        body,
        "Snapshot-Content-Location: https://courier.example/1",
        kind='multipart/related; type="text/html"; boundary="cut"',
    )
    (page,) = pages_in(data, "saved.mhtml")
    assert page.data == b'<p class="x">It is ready.</p>'
    assert page.given == {"title": "Draft ready", "url": "https://courier.example/1", "captured": "2024-09-12"}


def test_a_mailbox_gives_its_mails_by_number() -> None:
    for name in ("in.mbox", "in.eml", ""):
        found = found_in(MAILBOX, name)
        assert list(by_path(found)) == ["in#1", "in#1#article.html", "in#1#report.pdf", "in#2"]
    last = found[-1]
    assert isinstance(last, Page)
    assert last.data == b"The draft is ready.\nFrom the archive.\n"
    assert last.given == {"title": "Draft ready", "captured": "2024-09-12"}


def test_a_mail_too_large_does_not_hide_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.mail.MAIL_LIMIT", 2000)
    big = mail(b"word\n" * 1000).replace(b"\r\n", b"\n")
    data = b"From a Wed\n" + big + b"\nFrom b Wed\n" + mail(b"It is ready.").replace(b"\r\n", b"\n")
    assert by_path(found_in(data, "in.mbox")) == {
        "in#1": f"larger than {limits.MAIL_LIMIT // 2**20} MiB, too large for a mail",
        "in#2": "text/plain",
    }
    assert isinstance(found_in(big, "in.eml")[0], Problem)


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?b?broken=?=  =?no-such-code?q?=41?=",
        "Date: Thu, 99 Sep 2024 25:61:00 +99999999999",
        "Content-Type: text/plain; charset=\"idna\"; charset*0*=x''%ff",
        "Content-Type: ;;;=;",
        "Content-Type: multipart/mixed; boundary=" + "x" * 500,
        "Content-Disposition: attachment; filename*0*=%%%; filename*1=",
        "Content-Transfer-Encoding: x-uuencode",
        "Content-Transfer-Encoding: base64",
        "From: \udcff\udcfe <<>>@@((((((((",
        "To: " + "(" * 5000,
    ],
)
def test_broken_headers_do_not_cost_the_words(header: str) -> None:
    data = header.encode("utf-8", "surrogateescape") + b"\r\n" + mail(b"The draft is ready, the ministers said.")
    (found,) = found_in(data, "in.eml")
    assert isinstance(found, Page) or found.reason in ("a mail without text", "empty", "binary data, not text")


def test_a_mail_of_endless_parts_is_refused() -> None:
    head = mail(b"", kind="multipart/mixed; boundary=b0")
    nested = b"".join(
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (number, number + 1) for number in range(5000)
    )
    found = found_in(head + nested + b"words\n" * 20_000, "in.eml")
    assert [item.reason for item in found if isinstance(item, Problem)] == ["a mail of more parts than people write"]
