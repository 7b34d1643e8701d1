"""Only public places are asked, however an address is written or a name resolves."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from retrieval.errors import Unfetched
from retrieval.reading.web.addresses import Refused, check_resolved, closed, place_of
from retrieval.reading.web.http_fetcher import HttpFetcher, Limits

CLOSED = [
    # this machine
    "127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::",
    # private networks
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.254",
    "fc00::1", "fd12:3456::1",
    # the link, and what clouds answer there
    "169.254.0.1", "169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "168.63.129.16",
    "100.100.100.200", "192.0.0.192",
    # carriers, protocols, documentation, benchmarks
    "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.7", "198.51.100.7", "203.0.113.7", "198.18.0.1",
    "198.19.255.254", "192.88.99.1", "2001:db8::1", "3fff::1", "2001::1", "2001:10::1", "100::1", "5f00::1",
    # many, all, none
    "224.0.0.1", "239.255.255.255", "ff02::1", "255.255.255.255", "240.0.0.1", "250.1.1.1",
    # IPv4 in IPv6: mapped, compatible, NAT64, 6to4, Teredo, site-local
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "64:ff9b::127.0.0.1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::", "2002:808:808::1", "2001:0:808:808::1", "fec0::1",
]  # fmt: skip
OPEN = [
    "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.255.255", "100.128.0.1", "169.253.1.1", "192.0.1.1",
    "192.167.255.255", "223.255.255.254", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]  # fmt: skip

NO_PLACE = [
    # hosts that are numbers in disguise
    "http://2130706433/", "http://0x7f000001/", "http://0x7f.0.0.1/", "http://017700000001/", "http://0177.0.0.1/",
    "http://127.1/", "http://127.0.1/", "http://0/", "http://127.0.0.1./", "http://169.254.169.254./latest/meta-data/",
    # other scripts' digits and dots
    "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://１２７.0.0.1/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
    # user names, back slashes, escapes
    "http://public.example@127.0.0.1/", "http://public.example:80@127.0.0.1/", "http://a@b@127.0.0.1/",
    "http://127.0.0.1\\@public.example/", "http://public.example\\@127.0.0.1/", "http://%31%32%37.0.0.1/",
    "http://localhost%00.example/", "//127.0.0.1/",
    # IPv6
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[fe80::1%25eth0]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[::]/", "http://[0:0:0:0:0:ffff:10.0.0.1]/",
    # names that are no public ones
    "http://localhost/", "http://LOCALHOST./", "http://intranet/", "http://printer.local/", "http://db.internal/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://foo.localhost/", "http://nas.home.arpa/",
    "http://abc.onion/",
    # other schemes and ports
    "file:///etc/passwd", "ftp://public.example/", "gopher://127.0.0.1:70/_", "javascript:alert(1)", "data:text/html,x",
    "http://public.example:22/", "http://public.example:6379/", "https://public.example:8443/",
    "http://public.example:0/",
    "http://public.example:99999/", "http:///etc/passwd", "http://", "https:public.example", "http://.../",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert closed(ip_address(address.partition("%")[0])) is not None
    with pytest.raises(Refused):
        check_resolved([address])
    with pytest.raises(Refused):  # one of several is enough
        check_resolved(["8.8.8.8", address])


@pytest.mark.parametrize("address", OPEN)
def test_a_public_address_is_asked(address: str) -> None:
    check_resolved([address])


@pytest.mark.parametrize("url", NO_PLACE)
def test_a_url_that_leads_to_no_public_place_is_refused_by_its_looks(url: str) -> None:
    with pytest.raises(Refused):
        place_of(url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:secret@News.Example/a?b#c", "news.example"),
        ("http://news.example:443/", "news.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://news.example./x", "news.example"),
        ("http://127.0.0.1%2f@news.example/x", "news.example"),
        ("https://8.8.8.8/", "8.8.8.8"),
        ("https://[2606:4700::1111]/", "2606:4700::1111"),
    ],
)
def test_a_public_place_is_named_by_its_host_alone(url: str, host: str) -> None:
    place = place_of(url)
    assert place.host == host
    assert "secret" not in place.address


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1", "::ffff:192.168.0.1"]
)
def test_a_name_that_resolves_to_an_inside_address_is_not_connected_to(address: str) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["8.8.8.8", address]

    fetcher = HttpFetcher(Limits(answer=2, whole=2), resolve=resolve)
    with pytest.raises(Unfetched, match="not public"):
        fetcher.fetch("https://rebinding.example/")
