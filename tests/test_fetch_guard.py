"""Where a fetch connects to: public addresses only, however they are spelt, found or led to."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake.fetch_guard import is_public
from onrecord.intake.fetch_robots import Rules
from onrecord.intake.fetching import Fetcher
from onrecord.intake.kinds import UnreadableError
from websites import PAGE, Hours, Reply, Site, refusal, serving

PRIVATE = [
    "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",  # noqa: S104
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "233.252.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "ff0e::1",
    "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::",
    "2002:a9fe:a9fe::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "100::1", "a.example", "",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::64", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize(("address", "public"), [(a, False) for a in PRIVATE] + [(a, True) for a in PUBLIC])
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


class Wire(httpcore2.NetworkStream):
    """A connection to nowhere that sends what it was given."""

    def __init__(self, *sent: bytes) -> None:
        self.sent = list(sent)
        self.names: list[str | None] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.sent.pop(0) if self.sent else b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Wire:
        self.names.append(server_hostname)
        return self


@dataclass
class Net:
    """Names and what their addresses are; keeps to which addresses connections were made."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    answer: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    refusing: tuple[str, ...] = ()
    connected: list[str] = field(default_factory=list)
    wire: Wire = field(default_factory=Wire)

    def resolve(self, host: str, port: int) -> list[str]:
        turns = self.names.get(host, [[]])
        return turns.pop(0) if len(turns) > 1 else turns[0]

    def connect(self, address: str, port: int, seconds: float) -> Wire:
        self.connected.append(address)
        if address in self.refusing:
            raise httpcore2.ConnectError("refused")
        self.wire.sent = [self.answer]
        return self.wire

    def fetcher(self, **others: Any) -> Fetcher:
        return Fetcher(pace=Hours().pace(), resolve=self.resolve, connect=self.connect, **others)


@pytest.mark.parametrize("address", [a for a in PRIVATE if a[:1].isdigit() or a[:1] == ":"])
def test_private_addresses_are_not_connected_to(address: str) -> None:
    net = Net({"intranet.example": [[address]]})
    assert refusal(net.fetcher(), "http://intranet.example/") == (
        f"its host has a private address ({address}), which is not fetched from unasked"
    )
    assert not net.connected
    assert net.fetcher(private=True).fetched("http://intranet.example/").data == PAGE


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "127.1", "0", "[::1]", "[::]",
             "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "localhost", "LOCALHOST"]
)  # fmt: skip
def test_no_spelling_of_this_machine_is_connected_to(host: str) -> None:
    net = Net()
    fetcher = Fetcher(pace=Hours().pace(), connect=net.connect)
    assert "private address" in refusal(fetcher, f"http://{host}:8000/")
    assert not net.connected


def test_of_several_addresses_only_the_public_ones_are_tried() -> None:
    net = Net({"a.example": [["10.0.0.1", "2a00::1", "::1", "1.1.1.1", "127.0.0.1"]]}, refusing=("2a00::1",))
    assert net.fetcher().fetched("http://a.example/").data == PAGE
    assert net.connected == ["2a00::1", "1.1.1.1"] * 2


def test_a_name_that_changes_its_address_gains_nothing() -> None:
    net = Net({"a.example": [["1.1.1.1"], ["127.0.0.1"]]})
    assert "private address (127.0.0.1)" in refusal(net.fetcher(), "http://a.example/")
    assert net.connected == ["1.1.1.1"]


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    net = Net({"a.example": [["1.1.1.1"]], "b.example": [["169.254.169.254"]]})
    net.answer = b"HTTP/1.1 302 Found\r\nLocation: http://b.example/latest/meta-data\r\nContent-Length: 0\r\n\r\n"
    fetcher = net.fetcher()
    fetcher._rules["http://a.example/robots.txt"] = (Rules(), 1e9)
    assert refusal(fetcher, "http://a.example/") == (
        "its host has a private address (169.254.169.254), which is not fetched from unasked "
        "(redirected to http://b.example/latest/meta-data)"
    )
    assert net.connected == ["1.1.1.1"]


def test_rules_that_lie_at_a_private_address_are_not_read() -> None:
    net = Net({"a.example": [["1.1.1.1"]], "b.example": [["10.0.0.1"]]})
    net.answer = b"HTTP/1.1 302 Found\r\nLocation: http://b.example/robots.txt\r\nContent-Length: 0\r\n\r\n"
    assert refusal(net.fetcher(), "http://a.example/") == (
        "the site's robots.txt could not be read, so nothing is fetched from there: "
        "its host has a private address (10.0.0.1), which is not fetched from unasked"
    )
    assert net.connected == ["1.1.1.1"]


def test_the_certificate_is_asked_for_the_name_not_the_address() -> None:
    net = Net({"xn--bcher-kva.example": [["1.1.1.1"]]})
    assert net.fetcher().fetched("https://bücher.example/").url == "https://xn--bcher-kva.example/"
    assert net.wire.names == ["xn--bcher-kva.example"] * 2
    assert net.connected == ["1.1.1.1"] * 2


PEM = Path(__file__).parent / "news.example.pem"


def test_a_certificate_must_hold_for_the_name() -> None:
    server, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=PEM)
    server.load_cert_chain(PEM)
    with serving(Site({"/a": Reply()}), tls=server) as site:

        def fetcher(tls: ssl.SSLContext | None) -> Fetcher:
            return Fetcher(private=True, pace=Hours().pace(), resolve=lambda host, port: ["127.0.0.1"], tls=tls)

        assert fetcher(trusting).fetched(f"https://news.example:{site.port}/a").data == PAGE
        for host, tls in (("other.example", trusting), ("news.example", None)):
            reason = refusal(fetcher(tls), f"https://{host}:{site.port}/a")
            assert reason.startswith("the server's certificate does not hold (")
        assert site.asked == ["/robots.txt", "/a"]


HOSTS = st.sampled_from(["a.example", "localhost", "127.0.0.1", "[::1]", "0x7f.1", "ü.example", "a@b", "", "[", "%00"])
URLS = st.one_of(
    st.text(st.characters(), max_size=40),
    st.builds("{}://{}{}{}".format, st.sampled_from(["http", "https", "HTTP", "ftp", "file"]), HOSTS,
              st.sampled_from(["", ":80", ":0", ":99999", ":x", "."]), st.text(max_size=20)),
)  # fmt: skip
ADDRESSES = st.lists(
    st.sampled_from(PRIVATE + PUBLIC) | st.ip_addresses(v=4).map(str) | st.ip_addresses(v=6).map(str), max_size=3
)
ANSWERS = st.one_of(
    st.binary(max_size=200),
    st.builds(
        lambda status, name, value, body: b"HTTP/1.1 %d X\r\n%s: %s\r\n\r\n%s" % (status, name, value, body),
        st.integers(100, 999),
        st.sampled_from([b"Content-Type", b"Location", b"Retry-After", b"Content-Encoding", b"Content-Length"]),
        st.sampled_from([b"text/html; charset=x", b"text/html; charset*0*=utf-8''%e4", b"//b.example/", b"7", b"gzip",
                         b"http://127.0.0.1/", b"\xff\xfe", b"", b"image/png", b"99999999999999999999"])
        | st.binary(max_size=30).map(lambda words: words.replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")),
        st.binary(max_size=50),
    ),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(URLS, ADDRESSES, ANSWERS, st.booleans())
def test_any_url_is_fetched_or_refused_and_only_public_addresses_are_connected_to(
    url: str, addresses: list[str], answer: bytes, rules: bool
) -> None:
    net = Net(answer=answer)
    net.resolve = lambda host, port: addresses  # type: ignore[method-assign]
    fetcher = net.fetcher()
    if not rules:
        fetcher._refused = lambda target: None  # type: ignore[method-assign]
    try:
        assert fetcher.fetched(url).data is not None
    except UnreadableError as reason:
        assert str(reason)
    for address in map(ipaddress.ip_address, net.connected):
        mapped = getattr(address, "ipv4_mapped", None) or address
        assert mapped.is_global or str(address).startswith("64:ff9b::")
        assert not (address.is_loopback or address.is_link_local or address.is_multicast)
