"""The real fetcher against a real server on this machine, with every way in which servers fail."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from dataclasses import replace

import brotli
import pytest
from aiohttp import web

from retrieval.errors import Unfetched
from retrieval.reading.web.bodies import Garbled, TooLarge, decoder
from retrieval.reading.web.fetching import Validators
from retrieval.reading.web.http_fetcher import Limits
from tests.loopback_web import LIMITS, LoopbackWeb

IMPATIENT = replace(LIMITS, silence=0.5, answer=1.0)


def refused(site: LoopbackWeb, path: str, limits: Limits = LIMITS) -> Unfetched:
    with pytest.raises(Unfetched) as caught:
        site.fetcher(limits).fetch(site.url(path))
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(site.url(path))
    return caught.value


def test_a_page_comes_with_its_type_its_charset_and_its_validators(site: LoopbackWeb) -> None:
    headers = {"Content-Type": "Text/HTML; Charset=ISO-8859-1", "ETag": '"1"', "Cache-Control": "public, max-age=900"}
    site.pages["/a"] = web.Response(body=b"<p>caf\xe9</p>", headers=headers)
    got = site.fetcher().fetch(site.url("/a"))
    assert (got.content_type, got.charset, got.body) == ("text/html", "iso-8859-1", b"<p>caf\xe9</p>")
    assert (got.validators, got.lifetime, got.moved) == (Validators('"1"'), 900.0, None)
    request = site.asked[-1]
    assert request.headers["Host"] == f"paper.test:{site.port}"
    assert "OnRecord" in request.headers["User-Agent"]
    assert "Cookie" not in request.headers


def test_validators_are_sent_and_an_unchanged_page_is_said_to_be_so(site: LoopbackWeb) -> None:
    async def answer(request: web.Request) -> web.Response:
        known = request.headers.get("If-None-Match") == '"1"' and request.headers.get("If-Modified-Since") == "Monday"
        return web.Response(status=304 if known else 200, headers={"ETag": '"1"'})

    site.pages["/a"] = answer
    assert site.fetcher().fetch(site.url("/a"), Validators('"1"', "Monday")).unchanged


@pytest.mark.parametrize(
    ("status", "reason", "later"),
    [
        (401, "log in", False), (402, "pay", False), (403, "refuses programs", False), (404, "no such page", False),
        (410, "taken down", False), (451, "legal reasons", False), (418, "no page", False), (500, "in trouble", True),
        (502, "in trouble", True), (204, "no page", False),
    ],
)  # fmt: skip
def test_a_status_without_a_page_is_one_sentence(site: LoopbackWeb, status: int, reason: str, later: bool) -> None:
    site.pages["/a"] = web.Response(status=status)
    error = refused(site, "/a")
    assert reason in error.reason
    assert (error.status, error.later, error.gone) == (status, later, status in (404, 410))


# -- redirects ----------------------------------------------------------------------------------------


def redirect(to: str, status: int = 302) -> web.Response:
    return web.Response(status=status, headers={"Location": to})


def test_permanent_redirects_say_where_to_ask_from_now_on(site: LoopbackWeb) -> None:
    site.pages |= {"/a": redirect("/b", 301), "/b": redirect(site.url("/c", "other.test"), 308), "/c": "here"}
    got = site.fetcher().fetch(site.url("/a"))
    assert got.moved == got.url == site.url("/c", "other.test")
    site.pages["/b"] = redirect("/c", 302)
    got = site.fetcher().fetch(site.url("/a"))
    assert (got.url, got.moved) == (site.url("/c"), None)


def test_redirects_in_a_ring_end(site: LoopbackWeb) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert "more than 5 times" in refused(site, "/a").reason
    assert len(site.paths()) == 6


@pytest.mark.parametrize(
    "target",
    [
        "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://0.0.0.0/",
        "//192.168.0.1/", "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "file:///etc/passwd",
        "gopher://127.0.0.1/", "http://user@10.0.0.1/", "javascript:alert(1)", "http://100.64.0.1/", "http://[fe80::1]/",
    ],
)  # fmt: skip
def test_a_redirect_to_an_inside_address_is_not_followed(site: LoopbackWeb, target: str) -> None:
    site.pages |= {"/a": redirect("/b", 301), "/b": redirect(target)}
    error = refused(site, "/a")
    assert "not public" in error.reason or "no http or https" in error.reason
    assert "@" not in error.reason
    assert site.paths() == ["/a", "/b"]


@pytest.mark.parametrize("location", ["", "http://[broken/", "http://"])
def test_a_redirect_to_nowhere_is_said_to_be_one(site: LoopbackWeb, location: str) -> None:
    site.pages["/a"] = redirect(location)
    assert refused(site, "/a").reason


# -- time and size ------------------------------------------------------------------------------------


async def trickle(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(200):
        await response.write(b"<")
        await asyncio.sleep(0.05)
    return response


async def silence(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def flood(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(500):
        await response.write(b"word " * 20_000)
    return response


async def cut(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"<html>half of")
    assert request.transport is not None
    request.transport.abort()
    return response


def test_a_body_that_trickles_is_left(site: LoopbackWeb) -> None:
    site.pages["/a"] = trickle
    assert "too long" in refused(site, "/a", IMPATIENT).reason


def test_a_server_that_says_nothing_is_left(site: LoopbackWeb) -> None:
    site.pages["/a"] = silence
    assert refused(site, "/a", IMPATIENT).later


def test_a_body_without_end_is_left(site: LoopbackWeb) -> None:
    site.pages["/a"] = flood
    assert "larger than 1 MB" in refused(site, "/a").reason


def test_an_answer_that_is_cut_is_no_page(site: LoopbackWeb) -> None:
    site.pages["/a"] = cut
    assert "cut off" in refused(site, "/a").reason


def test_a_host_that_is_away_is_one_sentence(site: LoopbackWeb) -> None:
    with pytest.raises(Unfetched, match="cannot be reached") as caught:
        site.fetcher().fetch("http://127.0.0.1:9/")
    assert caught.value.later


def test_a_picture_is_not_loaded(site: LoopbackWeb) -> None:
    site.pages["/a"] = web.Response(body=b"\x89PNG", content_type="image/png")
    assert "image/png" in refused(site, "/a").reason


# -- compression --------------------------------------------------------------------------------------

BOMB = b"\0" * 50_000_000
CODINGS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": lambda data: brotli.compress(data, quality=1)}


@pytest.mark.parametrize("coding", CODINGS)
def test_a_bomb_is_stopped_while_it_is_decoded(site: LoopbackWeb, coding: str) -> None:
    site.pages["/a"] = web.Response(body=CODINGS[coding](BOMB), headers={"Content-Encoding": coding})
    assert "larger than 1 MB" in refused(site, "/a").reason


@pytest.mark.parametrize("coding", [*CODINGS, "raw deflate", "two members", "identity"])
def test_a_compressed_page_is_read(site: LoopbackWeb, coding: str) -> None:
    text = b"The harbour at Lowmouth closed on Monday. " * 200
    body = CODINGS[coding](text) if coding in CODINGS else text
    if coding == "raw deflate":
        body, coding = zlib.compress(text)[2:-4], "deflate"
    elif coding == "two members":
        body, coding = gzip.compress(text[:100]) + gzip.compress(text[100:]), "gzip"
    site.pages["/a"] = web.Response(body=body, headers={"Content-Encoding": coding})
    assert site.fetcher().fetch(site.url("/a")).body == text


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "gzip, gzip"])
def test_broken_and_unasked_compression_is_one_sentence(site: LoopbackWeb, coding: str) -> None:
    site.pages["/a"] = web.Response(body=b"\x28\xb5\x2f\xfd garbage", headers={"Content-Encoding": coding})
    assert "compress" in refused(site, "/a").reason


def test_a_compressed_body_that_was_cut_is_garbled() -> None:
    for coding, compress in CODINGS.items():
        undone = decoder(coding)
        undone.feed(compress(b"word " * 1000)[:-9], 10_000)
        with pytest.raises(Garbled, match="cut off"):
            undone.finish()


def test_no_more_is_ever_decoded_than_there_is_room_for() -> None:
    for coding, compress in CODINGS.items():
        data = compress(b"\0" * 100_000)
        assert len(decoder(coding).feed(data, 100_000)) == 100_000
        with pytest.raises(TooLarge):
            decoder(coding).feed(data, 99_999)


# -- manners ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: OnRecord\nDisallow: /news/\n", False),
        ("User-agent: *\nDisallow: /*.html$\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nAllow: /\n", True),
        ("User-agent: *\nDisallow: /admin/\n", True),
        ("User-agent: *\nDisallow: /\nAllow: /news/\n", True),
        ("", True),
        ("\x00\xff<html>nonsense", True),
    ],
)
def test_robots_txt_is_respected(site: LoopbackWeb, robots: str, allowed: bool) -> None:
    site.pages |= {"/robots.txt": robots, "/news/a.html": "here"}
    if allowed:
        assert site.fetcher().fetch(site.url("/news/a.html")).body == b"here"
    else:
        assert "robots.txt" in refused(site, "/news/a.html").reason
        assert site.paths() == []


def test_a_site_whose_robots_txt_is_broken_down_is_left_alone(site: LoopbackWeb) -> None:
    site.pages |= {"/robots.txt": web.Response(status=503), "/a": "here"}
    error = refused(site, "/a")
    assert "robots.txt" in error.reason
    assert error.later


def test_robots_txt_is_asked_for_once_and_of_each_host_a_redirect_leads_to(site: LoopbackWeb) -> None:
    site.pages |= {"/a": redirect(site.url("/b", "closed.test")), "/b": "here", "/c": "here"}

    async def robots(request: web.Request) -> web.Response:
        return web.Response(text="User-agent: *\nDisallow: /" if request.host.startswith("closed") else "")

    site.pages["/robots.txt"] = robots
    fetcher = site.fetcher()
    with pytest.raises(Unfetched, match=r"robots\.txt"):
        fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/c"))
    assert site.paths() == ["/a", "/c"]
    assert len([r for r in site.asked if r.path == "/robots.txt"]) == 2


def busy(times: int, status: int, retry_after: str | None) -> object:
    left = [times]

    async def answer(request: web.Request) -> web.Response:
        if left[0] > 0:
            left[0] -= 1
            return web.Response(status=status, headers={"Retry-After": retry_after} if retry_after else {})
        return web.Response(text="here")

    return answer


@pytest.mark.parametrize(("status", "retry_after"), [(429, "0"), (503, None), (503, "Mon, 01 Jan 2001 00:00:00 GMT")])
def test_a_busy_server_is_asked_again(site: LoopbackWeb, status: int, retry_after: str | None) -> None:
    site.pages["/a"] = busy(2, status, retry_after)  # type: ignore[assignment]
    assert site.fetcher().fetch(site.url("/a")).body == b"here"
    site.pages["/a"] = busy(3, status, retry_after)  # type: ignore[assignment]
    assert refused(site, "/a").status == status


def test_a_server_that_asks_for_more_patience_than_there_is_is_asked_once(site: LoopbackWeb) -> None:
    site.pages["/a"] = busy(1, 429, "3600")  # type: ignore[assignment]
    error = refused(site, "/a")
    assert (error.retry_after, error.later) == (3600.0, True)
    assert site.paths() == ["/a"]
