"""ZIP and tar archives and compressed files: whole, nested, damaged, and made to do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from intake_shapes import HTML, JSON_LINES, RSS, TEXT, by_path, crawl, found_in, pages_in, tarred, zipped
from onrecord.intake import LIMIT, count_inputs, limits, read_inputs
from onrecord.page import Page, Problem

MEMBERS = {"site/b.html": HTML.encode(), "site/a/latin.txt": "Le président est prêt.".encode("latin-1")}
MODES = ["w:", "w:gz", "w:bz2", "w:xz"]


@pytest.mark.parametrize("data", [zipped(MEMBERS), *(tarred(MEMBERS, mode) for mode in MODES)])
def test_an_archive_gives_the_pages_that_were_put_in(data: bytes) -> None:
    pages = pages_in(data)
    assert {page.path: page.data for page in pages} == {f"in#{name}": data for name, data in MEMBERS.items()}
    assert [page.media_type for page in pages] == ["text/html", "text/plain"]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_page_may_be_compressed(compress: object, tmp_path: Path) -> None:
    (tmp_path / "page.txt.gz").write_bytes(compress(TEXT.encode()))  # type: ignore[operator]
    (page,) = read_inputs([str(tmp_path)])
    assert isinstance(page, Page)
    assert (page.path, page.data) == (str(tmp_path / "page.txt.gz"), TEXT.encode())


def test_archives_lie_in_archives() -> None:
    inner = tarred({"./crawl.warc.gz": gzip.compress(crawl()), "feed.xml": RSS.encode()}, "w:gz")
    found = found_in(zipped({"deep/inner.tgz": inner, "lines.jsonl": JSON_LINES}))
    assert [item.path for item in found if isinstance(item, Page)] == [
        "in#deep/inner.tgz#crawl.warc.gz#https://courier.example/1",
        "in#deep/inner.tgz#crawl.warc.gz#https://courier.example/2",
        "in#deep/inner.tgz#feed.xml#https://courier.example/1",
        "in#deep/inner.tgz#feed.xml#courier-2",
        "in#lines.jsonl#1",
        "two",
    ]


def test_a_zip_in_a_stream_is_read_and_one_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zipped({"a.txt": os.urandom(5000).hex().encode()})
    data = tarred({"inner.zip": inner})
    assert [page.path for page in pages_in(data)] == ["in#inner.zip#a.txt"]
    monkeypatch.setattr("onrecord.intake.streams.SPOOL", 2**10)
    assert "unpack it first" in by_path(found_in(data))["in#inner.zip"]


def test_what_lies_too_deep_is_named() -> None:
    data = HTML.encode()
    path = "in"
    for _ in range(limits.DEPTH + 1):
        data = zipped({"a.zip": data})
    for _ in range(limits.DEPTH):
        path += "#a.zip"
    assert by_path(found_in(data)) == {path: f"lies more than {limits.DEPTH} archives deep"}


def test_hidden_and_packers_members_are_passed_over_and_odd_names_are_only_names(tmp_path: Path) -> None:
    odd = {"../../up.txt": b"One.", "/etc/two.txt": b"Two.", "C:\\x\\three.txt": b"Three.", "line\nbreak.txt": b"Four."}
    hidden = {".git/x.txt": b"No.", "a/.hidden.txt": b"No.", "__MACOSX/a.txt": b"No.", "a/mine.onrecord": b"No."}
    for pack in (zipped, tarred):
        assert list(by_path(found_in(pack(odd | hidden)))) == [
            "in#../../up.txt", "in#etc/two.txt", "in#C:/x/three.txt", "in#line break.txt"
        ]  # fmt: skip
        assert by_path(found_in(pack(hidden))) == {"in": "holds no pages"}
    assert not list(tmp_path.iterdir())


def test_members_that_are_no_pages_are_named_and_the_rest_goes_on() -> None:
    members = {"a.png": b"\x89PNG\r\n\x1a\n", "empty.txt": b"", "data.csv": b"day,rate\n1,2\n", "z.txt": TEXT.encode()}
    for data in (zipped(members), tarred(members)):
        assert by_path(found_in(data)) == {
            "in#a.png": "a PNG image, not a page",
            "in#empty.txt": "empty",
            "in#data.csv": "not a kind of file that holds pages (.csv)",
            "in#z.txt": "text/plain",
        }


def test_links_and_devices_are_no_pages() -> None:
    kinds = {"link": tarfile.SYMTYPE, "hard": tarfile.LNKTYPE, "device": tarfile.CHRTYPE, "folder": tarfile.DIRTYPE}
    members: dict[str, bytes | tarfile.TarInfo] = {"a.txt": TEXT.encode()}
    for name, kind in kinds.items():
        members[name] = tarfile.TarInfo(name)
        members[name].type = kind
        members[name].linkname = "/etc/passwd"
    assert by_path(found_in(tarred(members))) == {
        "in#a.txt": "text/plain",
        "in#link": "a link, not a page",
        "in#hard": "a link, not a page",
        "in#device": "a device, not a page",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert by_path(found_in(out.getvalue())) == {"in#link.txt": "a link, not a page"}


def test_an_encrypted_member_and_one_of_an_unknown_method_are_named() -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode(), "c.txt": TEXT.encode()}))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 1)
    data[first + 8] |= 1
    data[second + 10] = 97
    assert by_path(found_in(bytes(data))) == {
        "in#a.txt": "encrypted",
        "in#b.txt": "compressed in a way that is not known",
        "in#c.txt": "text/plain",
    }


def test_a_wrong_sum_costs_the_member_and_no_other() -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}, zipfile.ZIP_STORED))
    data[data.index(b"Vilnius")] ^= 1
    assert by_path(found_in(bytes(data))) == {
        "in#a.txt": "damaged ZIP data: it cannot be read to its end",
        "in#b.txt": "text/plain",
    }


def test_an_office_document_is_no_archive_of_pages() -> None:
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    assert by_path(found_in(data)) == {"in": "an office document or a program, not an archive of pages"}
    assert by_path(found_in(zipped({}))) == {"in": "empty"}


@pytest.mark.parametrize("mode", ["w:", "w:gz", "w:xz"])
def test_a_cut_tar_gives_what_is_there(mode: str) -> None:
    noise = random.Random(7)  # noqa: S311
    members = {f"{number}.txt": noise.randbytes(3000).hex().encode() for number in range(40)}
    whole = tarred(members, mode)
    found = found_in(whole[: len(whole) * 2 // 3])
    pages = [item for item in found if isinstance(item, Page)]
    assert {page.path: page.data for page in pages}.items() <= {
        f"in#{name}": data for name, data in members.items()
    }.items()
    assert len(pages) > 10
    assert found[-1].path == "in"
    assert isinstance(found[-1], Problem)
    assert found[-1].reason.endswith("what follows is lost")


def test_a_broken_header_does_not_end_a_tar_in_silence() -> None:
    data = bytearray(tarred({f"{number}.txt": TEXT.encode() for number in range(3)}))
    data[1024 + 150] ^= 0xFF
    assert by_path(found_in(bytes(data))) == {"in#0.txt": "text/plain", "in": "damaged tar data: what follows is lost"}


def test_a_tar_cannot_have_names_of_any_length_read() -> None:
    long = tarfile.TarInfo("././@LongLink")
    long.type, long.size = tarfile.GNUTYPE_LONGNAME, 2**33
    data = tarred({"a.txt": TEXT.encode()})[:1024] + long.tobuf() + bytes(2**16)
    assert by_path(found_in(data)) == {"in#a.txt": "text/plain", "in": "damaged tar data: what follows is lost"}


def test_what_expands_beyond_measure_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.streams.FREE", 2**20)
    inner = zipped({f"{number}.txt": b"word " * 100_000 for number in range(10)})
    bomb = zipped({f"{number}.zip": inner for number in range(10)})
    found = found_in(bomb + b"", "bomb.zip")
    assert found[-1] == Problem("in", "expands to more than 200 times its size: given up, what follows is lost")
    assert 0 < sum(isinstance(item, Page) for item in found) < 60


def test_members_over_the_limit_are_refused_and_the_rest_goes_on() -> None:
    members = {"a.txt": b"word " * (LIMIT // 5 + 1), "b.txt": TEXT.encode()}
    for data in (zipped(members), tarred(members, "w:gz")):
        assert by_path(found_in(data)) == {
            "in#a.txt": "larger than 16 MiB, too large for a page",
            "in#b.txt": "text/plain",
        }


def test_archives_of_many_members_are_read_one_at_a_time(tmp_path: Path) -> None:
    members = {f"pages/{number}.txt": b"Page %d says little." % number for number in range(3000)}
    for name, data in (("a.zip", zipped(members)), ("b.tar", tarred(members))):
        (tmp_path / name).write_bytes(data)
        found = read_inputs([str(tmp_path / name)])
        first = next(found)
        assert first.path.endswith("#pages/0.txt")
        assert sum(isinstance(item, Page) for item in found) == 2999
        assert count_inputs([str(tmp_path / name)]) is None


def test_patterns_name_files_where_no_file_has_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("p/a.html", "p/q/b.html", "p/q/c.txt", "p/.hidden/d.html", "p/q/r/e.html", "[odd].html"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(HTML)
    Path("p/kept.onrecord").write_bytes(b"SQLite format 3\0")

    def matched(pattern: str) -> list[str]:
        return [item.path for item in read_inputs([pattern])]

    assert matched("p/**/*.html") == ["p/a.html", "p/q/b.html", "p/q/r/e.html"]
    assert matched("p/*") == ["p/a.html", "p/q/b.html", "p/q/c.txt", "p/q/r/e.html"]
    assert matched("p/**") == ["p/a.html", "p/q/b.html", "p/q/c.txt", "p/q/r/e.html"]
    assert matched("[odd].html") == ["[odd].html"]
    assert list(read_inputs(["p/*.pdf"])) == [Problem("p/*.pdf", "no file matches this pattern")]
    assert count_inputs(["p/**/*.html", "p/*.pdf"]) == 4
