"""What a page is, who published it, and when."""

import hashlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.bylines import authors_of
from onrecord.reading.calendar import day_of_stamp, printed_days
from onrecord.reading.credits import wire_of_credit, wire_of_end, wire_of_notice, wire_of_paragraph
from onrecord.reading.document import Document, Page
from onrecord.reading.language import language_of
from onrecord.reading.layout import lay_out
from onrecord.reading.metadata import describe
from onrecord.reading.segments import segment

STORY = """The two governments have agreed on the text of a fisheries agreement after six years of talks, they said.
Foreign Minister Ana Holm told reporters that the delegations had settled the last of the open questions on 3 May 2019.
"What remains is the work of the lawyers and the translators," Holm said. "We expect to sign before the autumn."
Upland's government confirmed the outcome but gave no date. Its fishermen have long complained about closed waters."""


def described(text: str, media_type: str = "text/plain", **given: str) -> Document:
    data = text.encode()
    document = Document(Page("page", data, media_type, hashlib.sha256(data).hexdigest(), given))
    lay_out(document)
    segment(document)
    describe(document)
    return document


def dump(*lines: str, head: str = "Lowland and Upland agree on text of fisheries agreement", tail: str = "") -> str:
    return "\n".join([head, *lines, STORY, *([tail] if tail else [])])


def interval(document: Document) -> tuple[str | None, str | None, str]:
    return document.published.earliest, document.published.latest, document.published.basis


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("9 June 2021 10:15", "2021-06-09"),
        ("Published: June 9, 2021 at 8:05 p.m.", "2021-06-09"),
        ("PUBLISHED: 10:48, Wed, Jun 9, 2021 | UPDATED: 11:05, Thu, Jun 10, 2021", "2021-06-09"),
        ("Updated Jun. 10, 2021 8:21 am ET / Original Jun. 9, 2021 8:02 am ET", "2021-06-09"),
        ("2021-06-09T10:15+04:00", "2021-06-09"),
        ("09.06.2021", "2021-06-09"),
        ("June 09,2021 11:30", "2021-06-09"),
        ("By Ana Karlsson, 9th June, 2021", "2021-06-09"),
    ],
)
def test_a_printed_date_is_stated_with_its_evidence(line, day):
    document = described(dump(line))
    assert interval(document) == (day, day, "stated")
    [(start, end)] = document.published.evidence
    assert document.text[start:end] in line
    assert len(document.text[start:end]) >= 8


def test_a_dateline_dates_a_wire():
    document = described(dump("", "EASTMOUTH, June 9, 2021 (Xinhua)", ""))
    assert interval(document) == ("2021-06-09", "2021-06-09", "stated")
    assert document.wire == "Xinhua"


def test_dates_in_the_story_and_of_others_are_no_evidence():
    assert interval(described(dump())) == (None, None, "unknown")
    assert (
        described(dump(tail="Most popular\n- 1 May 2022\nFerry runs aground off Westland")).published.basis == "unknown"
    )
    assert interval(described(dump("9 June"))) == (None, None, "unknown")


def test_a_date_that_can_be_read_two_ways_is_an_interval():
    assert interval(described(dump("Published 05/06/2021"))) == ("2021-05-06", "2021-06-05", "stated")
    assert interval(described(dump("Published 25/06/2021"))) == ("2021-06-25", "2021-06-25", "stated")


def test_the_caller_outranks_the_page():
    document = described(
        dump("9 June 2021"), published="2020-01-02", title="Another", publisher="The Post", url="https://p.example"
    )
    assert interval(document) == ("2020-01-02", "2020-01-02", "given")
    assert (document.title, document.publisher, document.url) == ("Another", "The Post", "https://p.example")


def test_html_metadata_is_given():
    document = described(
        '<html lang="en"><head><title>Text agreed | The Lowland Post</title>'
        '<meta property="og:site_name" content="The Lowland Post"><meta name="author" content="By Ana Karlsson">'
        '<meta property="article:published_time" content="2021-06-09T22:00:00Z"></head>'
        f"<body><h1>Text agreed</h1>{''.join(f'<p>{line}</p>' for line in STORY.splitlines())}</body></html>",
        "text/html",
    )
    assert interval(document) == ("2021-06-09", "2021-06-09", "given")
    assert (document.title, document.publisher, document.byline) == ("Text agreed", "The Lowland Post", "Ana Karlsson")
    assert document.language == "en"


def test_an_odd_address_does_no_harm():
    assert described("<link rel=canonical href='http://[::1'><p>Text.", "text/html").publisher is None


@pytest.mark.parametrize(
    ("paragraph", "wire"),
    [
        ("EASTMOUTH (Reuters) - The two governments agreed.", "Reuters"),
        ("Reuters: EASTMOUTH (Reuters) - The two governments agreed.", "Reuters"),
        ("EASTMOUTH, Lowland (AP) — The two governments agreed.", "AP"),
        ("EASTMOUTH, June 9. /TASS/. The two governments agreed.", "TASS"),
        ("EASTMOUTH, June 9, 2021 (AFP)", "AFP"),
        ("The chief of the AP (a party) said so.", None),
        ("The Reuters news agency reported it (AFP did not).", None),
    ],
)
def test_the_head_of_a_paragraph_credits_an_agency(paragraph, wire):
    assert wire_of_paragraph(paragraph) == wire


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("Source: Xinhua", "Xinhua"),
        ("By Agence France-Presse", "AFP"),
        ("With inputs from PTI", "PTI"),
        ("Associated Press", "AP"),
        ("By Ani Petrosyan", None),
        ("By Una Aalto", None),
    ],
)
def test_a_credit_names_an_agency(line, wire):
    assert wire_of_credit(line) == wire


def test_byline_and_publisher_of_a_dump():
    document = described(dump("The Guardian", "By Ana Karlsson | Published 9 June 2021"))
    assert document.byline is None or document.byline == "Ana Karlsson"
    assert document.publisher == "The Guardian"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (STORY, "en"),
        (
            "Die Regierung hat sich nach langen Verhandlungen auf den Text des Abkommens geeinigt.",
            "de",
        ),
        ("Правительство сообщило, что переговоры по договору были завершены на прошлой неделе и он готов.", "ru"),
        ("政府は月曜日に協定の本文について合意したと発表した。", "ja"),
        ("7 8 9", None),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2099, 12, 31)), st.text(max_size=20))
def test_usual_forms_are_read_back(day, noise):
    before = noise + "\n"
    for form in (
        f"{day:%Y-%m-%d}", f"{day.day} {day:%B} {day.year}", f"{day:%b}. {day.day}, {day.year}", f"{day:%d.%m.%Y}",
        f"{day:%B} {day.day}, {day.year}", f"{day.day}-{day:%b}-{day.year}",
    ):  # fmt: skip
        [printed] = [one for one in printed_days(before + form + " said") if one.start >= len(before)]
        assert printed.day == day
        assert (before + form)[printed.start : printed.end] == form


@given(st.text(alphabet="0123456789/-. :,TZAprilMay年", max_size=60))
def test_any_text_of_digits_is_read_within_itself(text):
    for one in printed_days(text):
        assert 0 <= one.start < one.end <= len(text)
    day = day_of_stamp(text)
    assert day is None or date.fromisoformat(day)


@pytest.mark.parametrize(
    ("paragraph", "wire"),
    [
        ("EASTMOUTH, June 9 (Xinhua) -- The two governments agreed.", "Xinhua"),
        ("EASTMOUTH/WESTPORT, June 9 (Reuters/AFP) - The two governments agreed.", "Reuters"),
        ("New Delhi [India], June 9 (ANI): The two governments agreed.", "ANI"),
        ("Riyadh, June 9, 2021, SPA -- The two governments agreed.", "SPA"),
        ("YEREVAN, JUNE 9, ARMENPRESS. The two governments agreed.", "Armenpress"),
        ("EASTMOUTH (Agencies) - The two governments agreed.", "Agencies"),
        ("新华社东港6月9日电（记者王五）两国政府同意。", "Xinhua"),
        ("МОСКВА, 9 июня. /ТАСС/. Стороны договорились.", "TASS"),
        ("МОСКВА, 9 июн - РИА Новости. Стороны договорились.", "RIA Novosti"),
        ("تهران - ایرنا - دو دولت توافق کردند.", "IRNA"),
        ("به گزارش خبرگزاری تسنیم، دو دولت توافق کردند.", "Tasnim"),
        ("الرياض 9 يونيو 2021 م واس", "SPA"),
        ("دمشق-سانا اتفقت الحكومتان.", "SANA"),
        ("【東港共同】両政府は合意した。", "Kyodo"),
        ("(서울=연합뉴스) 두 정부가 합의했다.", "Yonhap"),
        ("ANKARA (AA) - İki hükümet anlaştı.", "Anadolu"),
        ("TASS reported on Wednesday that they had agreed.", None),
        ("Holm told the Associated Press (AP) that they had agreed.", None),
        ("Trend: prices rise.", None),
    ],
)
def test_datelines_of_agencies_in_their_own_forms(paragraph, wire):
    assert wire_of_paragraph(paragraph) == wire


@pytest.mark.parametrize(
    ("line", "wire"),
    [
        ("Reuters Staff", "Reuters"),
        ("By ANA KARLSSON, AP Diplomatic Writer", "AP"),
        ("Ana Karlsson and Per Lind The Associated Press", "AP"),
        ("Updated: Jun 09, 2021 10:08 AM IST | Source: PTI", "PTI"),
        ("PTI Mumbai", "PTI"),
        ("(With agency inputs)", "Agencies"),
        ("By AGENCIES and STAFF", "Agencies"),
        ("Источник: ТАСС", "TASS"),
        ("2021年06月09日 08:00 来源：新华网", "Xinhua"),
        ("Kaynak: AA", "Anadolu"),
        ("Photo: Ana Karlsson, AP", None),
        ("Ana Karlsson / AP", None),
        ("By Petra Novak", None),
        ("AA", "Anadolu"),
        ("RSS", None),
    ],
)
def test_credits_of_agencies(line, wire):
    assert wire_of_credit(line) == wire


def test_rights_and_last_words_credit_an_agency():
    assert wire_of_notice("© 2021 The Associated Press. All rights reserved.") == "AP"
    assert wire_of_notice("© 2021 The Lowland Post") is None
    assert wire_of_end("The text is agreed, she said. (ANI)") == "ANI"
    assert wire_of_end("The text is agreed, she told Reuters.") is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ana Karlsson and Per Lind", ["Ana Karlsson", "Per Lind"]),
        ("Ana Karlsson, Correspondent", ["Ana Karlsson"]),
        ("Ana Karlsson | The Guardian", ["Ana Karlsson"]),
        ("By Ana Karlsson in Eastmouth | Published 9 June 2021", ["Ana Karlsson"]),
        ("Ana Karlsson @ana_k", ["Ana Karlsson"]),
        ("ANA KARLSSON, AP Political Writer", ["ANA KARLSSON"]),
        ("Ana KarlssonStaff Writer", ["Ana Karlsson"]),
        ("By Vincent van den Berg, senior editor", ["Vincent van den Berg"]),
        ("Lindsey O&#039;Hara", ["Lindsey O'Hara"]),
        ("Автор: Анна Карлсон", ["Анна Карлсон"]),
        ("admin", []),
        ("Staff Writer", []),
        ("By Reuters", []),
    ],
)
def test_a_byline_gives_names_alone(line, names):
    assert authors_of(line) == names


def paged(head: str, foot: str = "", title: str = "Text agreed", **given: str) -> Document:
    story = "".join(f"<p>{line}</p>" for line in STORY.splitlines())
    return described(
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>Text agreed</h1>{story}</article>"
        f"<footer>{foot}</footer></body></html>",
        "text/html",
        **given,
    )


@pytest.mark.parametrize(
    ("head", "title", "publisher"),
    [
        ('<link rel="canonical" href="https://www.theguardian.com/a/b">', "Text agreed", "The Guardian"),
        ('<meta property="og:site_name" content="POLITICO">', "Text agreed", "Politico"),
        ('<meta property="og:site_name" content="Lowland Post - News and views">', "Text agreed", "Lowland Post"),
        ('<meta property="og:site_name" content="https://post.example">', "Text agreed", None),
        ('<meta property="og:site_name" content="Facebook">', "Text agreed", None),
        ('<link rel="canonical" href="https://lowlandpost.example/a">', "Text agreed | Lowland Post", "Lowland Post"),
    ],
)
def test_the_publisher_has_its_usual_name(head, title, publisher):
    assert paged(head, title=title).publisher == publisher


@pytest.mark.parametrize(
    ("notice", "publisher"),
    [
        ("© 2021 Lowland Post Media Ltd. All rights reserved.", "Lowland Post Media"),
        ("© 2021 Guardian News &amp; Media Limited. All rights reserved.", "The Guardian"),
        ("© 2021 Getty Images. All rights reserved.", None),
    ],
)
def test_a_notice_of_copyright_names_the_publisher(notice, publisher):
    assert paged("", f"<p>{notice}</p>").publisher == publisher


@pytest.mark.parametrize(
    ("head", "given", "url"),
    [
        ('<link rel="canonical" href="https://p.example/a/b#top">', "", "https://p.example/a/b"),
        (
            '<link rel="canonical" href="/a/b"><meta property="og:url" content="https://p.example/x">',
            "",
            "https://p.example/a/b",
        ),
        (
            '<link rel="canonical" href="https://p.example/"><meta property="og:url" content="https://p.example/x">',
            "",
            "https://p.example/x",
        ),
        ('<link rel="canonical" href="//p.example/a/b">', "", "https://p.example/a/b"),
        ('<link rel="canonical" href="/a/b">', "", None),
        ('<link rel="canonical" href="/a/b">', "https://got.example/c", "https://got.example/c"),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "mainEntityOfPage":'
            ' {"@id": "https://p.example/ld"}}</script>',
            "",
            "https://p.example/ld",
        ),
    ],
)
def test_the_canonical_address(head, given, url):
    assert paged(head, **({"url": given} if given else {})).url == url


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Уряд повідомив, що переговори завершено минулого тижня і текст готовий.", "uk"),
        ("دولت اعلام کرد که مذاکرات به پایان رسید و متن آماده است.", "fa"),
        ("أعلنت الحكومة أن المفاوضات انتهت.", "ar"),
        ("Hükümet, görüşmelerin geçen hafta tamamlandığını ve metnin hazır olduğunu bildirdi.", "tr"),
        ("ממשלה הודיעה כי המשא ומתן הסתיים.", "he"),
        ("Կառավարությունը հայտնել է, որ բանակցությունները ավարտվել են։", "hy"),
        ("政府表示谈判已于上周结束。", "zh"),
        ("The word 協定 means agreement, and the ministry has used it since the talks of last year.", "en"),
    ],
)
def test_language_of_short_texts(text, language):
    assert language_of(text) == language


def test_kinds_of_furniture():
    story = STORY.splitlines()
    lines = {
        "Home > World > Lowland and Upland agree on text of fisheries agreement": "navigation",
        "Lowland and Upland agree on text of fisheries agreement": "title",
        "By Ana Karlsson and Per Lind": "byline",
        "9 June 2021 10:15": "timestamp",
        "Facebook Twitter Email LinkedIn Reddit": "promotion",
        **dict.fromkeys(story, "body"),
        "Suggested articles": "section",
        "Ferry runs aground off Westland after a night of storms": "related",
        "12 comments": "comments",
        "© 2021 The Lowland Post. All rights reserved.": "boilerplate",
    }
    document = described("\n".join(lines))
    found = {line: segment.kind for segment in document.segments for line in document.words(segment.span).splitlines()}
    assert found == lines
