"""The day a page was published: given with it, marked up in it, or printed on it."""

import hashlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.calendar import day_of_address, day_of_stamp, printed_days
from onrecord.reading.document import Document, Page
from onrecord.reading.layout import lay_out
from onrecord.reading.metadata import describe
from onrecord.reading.segments import segment

HEADLINE = "Harbour towns agree on a joint ferry line"
STORY = (
    "The councils of Eastmouth and Westhaven have agreed to run a joint ferry line, the two mayors told reporters.",
    "The vessels will be hired from a yard in the north, and the first of them is to sail when the ice has gone.",
    "Shopkeepers on both sides of the bay have asked for the line since the bridge was closed to lorries, they said.",
    "Passengers will pay the same fare as on the bus, and children under ten will travel free, the mayors promised.",
)


def described(text: str, media_type: str = "text/plain", **known: str) -> Document:
    data = text.encode()
    document = Document(Page("page", data, media_type, hashlib.sha256(data).hexdigest(), known))
    lay_out(document)
    segment(document)
    describe(document)
    return document


def dump(*lines: str, tail: tuple[str, ...] = ()) -> str:
    return "\n".join([HEADLINE, *lines, *STORY, *tail])


def html(head: str = "", above: str = "", below: str = "") -> str:
    story = "".join(f"<p>{line}</p>" for line in STORY)
    return f"<html><head>{head}</head><body><h1>{HEADLINE}</h1>{above}{story}{below}</body></html>"


def found(text: str, media_type: str = "text/plain", **known: str) -> tuple[str | None, str | None, str]:
    published = described(text, media_type, **known).published
    return published.earliest, published.latest, published.basis


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published:Sept 11, 2024", "2024-09-11"),
        ("PublishedSept 11, 2024UPDATED", "2024-09-11"),
        ("Wed 11 Sep 2024", "2024-09-11"),
        ("2024-09-11T09:43+04:00", "2024-09-11"),
        ("Mercredi 11 septembre 2024 à 09:43", "2024-09-11"),
        ("11.09.2024, 09:43", "2024-09-11"),
        ("Wednesday, 09/11/2024", "2024-09-11"),
        ("Wednesday, 11/09/2024", "2024-09-11"),
    ],
)
def test_usual_forms_are_read(line, day):
    assert found(dump(line)) == (day, day, "stated")


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("12 KASIM 2024", ["2024-11-12"]),
        ("NİSAN 12, 2024", ["2024-04-12"]),
        ("12 HAZİRAN 2024", ["2024-06-12"]),
        ("ReutersSept. 11 2024 3 Oct. 2024", ["2024-09-11", "2024-10-03"]),
        ("11 Sept 2024Oct 3, 2024", ["2024-09-11"]),
        ("1011 Sept 2024, 12/2024, Remarch 12, 2024", []),
        ("1 феᲀраля 2024", []),
    ],
)
def test_dates_are_read_in_capitals_and_where_they_touch(line, days):
    assert [one.day.isoformat() for one in printed_days(line)] == days


@pytest.mark.parametrize("lines", [("By Ida Moe", "Sept 11,", "2024"), ("By Ida Moe", "Sep", "11", "2024")])
def test_a_date_goes_on_in_the_next_line(lines):
    document = described(dump(*lines))
    assert document.published.earliest == document.published.latest == "2024-09-11"
    [(start, end)] = document.published.evidence
    assert document.text[start:end].split() == " ".join(lines[1:]).split()


def test_the_first_of_two_labelled_days_counts():
    line = "Updated 12 September 2024 08:00 | Published 11 September 2024 09:43"
    assert found(dump(line)) == ("2024-09-11", "2024-09-11", "stated")


def test_other_dates_of_the_page_are_not_the_articles():
    rail = ("Most popular", "- 14 September 2024", "- Museum opens its cellar to visitors")
    assert found(dump("By Ida Moe", "11 September 2024 09:43", tail=rail))[0] == "2024-09-11"
    assert found(dump(tail=rail)) == (None, None, "unknown")
    quoted = ("— Ferry Friends (@ferryfriends) September 12, 2024",)
    assert found(dump(tail=quoted))[2] == "unknown"


def test_a_weekday_that_does_not_fit_speaks_against_a_date():
    fits, misfit = (next(iter(printed_days(f"{day}, 11 September 2024"))) for day in ("Wednesday", "Friday"))
    assert fits.fits
    assert not misfit.fits


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("", ("2024-05-06", "2024-06-05")),
        ("Comments close on 25/06/2024", ("2024-06-05", "2024-06-05")),
        ("Comments close on 06/25/2024", ("2024-05-06", "2024-05-06")),
    ],
)
def test_other_dates_tell_the_day_from_the_month(other, expected):
    tail = (other,) if other else ()
    assert found(dump("Published 05/06/2024 10:00", tail=tail))[:2] == expected


def test_the_country_of_the_address_tells_the_day_from_the_month():
    page = dump("Published 05/06/2024 10:00")
    assert found(page, url="https://news.example.co.uk/ferry")[:2] == ("2024-06-05", "2024-06-05")


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2024/09/11/ferry-line", "2024-09-11"),
        ("https://example.org/news/2024/sep/11/ferry-line", "2024-09-11"),
        ("https://example.org/news/20240911/ferry-line", "2024-09-11"),
        ("https://example.org/ferry-line-2024-09-11.html", "2024-09-11"),
        ("https://example.org/2024/9/1/ferry-line.html", "2024-09-01"),
        ("https://x.com/ferryfriends/status/1833793958424027136", "2024-09-11"),
        ("https://example.org/id/2024911/ferry", None),
        ("https://example.org/19700101/ferry", None),
        ("https://example.org/2024/13/45/ferry", None),
    ],
)
def test_addresses_carry_days(url, day):
    assert day_of_address(url) == day
    assert found(dump(), url=url) == (day, day, "given" if day else "unknown")


def test_an_address_may_carry_the_month_only():
    url = "https://example.org/2024/02/ferry-line"
    assert found(dump(), url=url) == ("2024-02-01", "2024-02-29", "given")
    assert found(dump("11 September 2024"), url=url) == ("2024-09-11", "2024-09-11", "stated")
    assert found(dump(), url="https://example.org/2024/13/ferry-line")[2] == "unknown"
    assert found(dump(), url="https://example.org/2024/02/1234")[2] == "unknown"


def test_a_stamp_in_utc_gives_way_to_the_outlets_own_day():
    head = '<meta property="article:published_time" content="2024-09-12T01:30:00Z">'
    assert found(html(head), "text/html", url="https://example.org/2024/09/11/ferry")[0] == "2024-09-11"
    assert found(html(head), "text/html", url="https://example.org/2024/09/02/ferry")[0] == "2024-09-12"


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ('<script>window.page = {"publishedAt": "2024-09-11T09:43:00Z", "id": 7}</script>', ""),
        ('<script>let s = "{\\"datePublished\\":\\"2024-09-11\\"}"</script>', ""),
        ("", '<abbr class="published" title="2024-09-11T09:43">some time ago</abbr>'),
        ('<meta name="parsely-pub-date" content="1726047780">', ""),
        ('<meta name="dc.date" content="1970-01-01"><meta name="date" content="2024-09-11">', ""),
    ],
)
def test_markup_gives_the_day(head, above):
    assert found(html(head, above), "text/html") == ("2024-09-11", "2024-09-11", "given")


def test_scripts_that_disagree_give_nothing():
    script = '<script>x = [{"publishedAt": "2024-09-11"}, {"publishedAt": "2024-09-14"}]</script>'
    assert found(html(script), "text/html") == (None, None, "unknown")


def test_stamps_of_clocks_are_read():
    assert day_of_stamp("1726047780") == day_of_stamp("1726047780123") == "2024-09-11"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["Updated ", "By Ida ", "11/09/2024", "Sept 11,", "2024", "\n", "- ", "(AFP) ", STORY[0], "9:40 "]
        )
        | st.text(max_size=8),
        max_size=30,
    )
)
def test_whatever_is_printed_the_interval_is_in_order_and_its_evidence_is_a_date(pieces):
    published = described("".join(pieces)).published
    assert (published.basis == "unknown") == (published.earliest is None is published.latest)
    if published.earliest and published.latest:
        assert published.earliest <= published.latest
    document = described("".join(pieces))
    for start, end in document.published.evidence:
        assert any(map(str.isdigit, document.text[start:end]))


@settings(deadline=None, max_examples=25)
@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.sampled_from([dump("11 September 2024"), html(), "", "x"]))
def test_what_the_caller_gives_always_wins(day, page):
    media_type = "text/html" if page.startswith("<") else "text/plain"
    known = {"published": day.isoformat(), "captured": (day + timedelta(days=900)).isoformat()}
    assert found(page, media_type, url="https://example.org/2001/02/03/x", **known) == (
        day.isoformat(),
        day.isoformat(),
        "given",
    )


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("EASTMOUTH, Feb 13 2025 (Bay News) - ", "2025-02-13"),
        ("EASTMOUTH, Feb. 13, 2025 - ", "2025-02-13"),
        ("EASTMOUTH, 13 Feb 2025 (Bay News) - ", "2025-02-13"),
        ("The story of 13 Feb 2025 - ", None),
        ("", None),
    ],
)
def test_the_dateline_that_a_report_opens_with_dates_it(lead, day):
    text = "\n".join([HEADLINE, lead + STORY[0], *STORY[1:], "EASTMOUTH, May 3 2024 - it had been another day."])
    assert found(text)[0] == day
