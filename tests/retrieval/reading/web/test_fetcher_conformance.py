"""What every fetcher does, the real one and the canned one."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator

import pytest
from aiohttp import web

from retrieval.errors import Unfetched
from retrieval.reading.web.fetching import CannedFetcher, Fetched, Fetcher, Validators
from tests.loopback_web import loopback_web

Site = Callable[[str], str]


@pytest.fixture(params=["real", "canned"])
def fetcher_and_url(request: pytest.FixtureRequest) -> Iterator[tuple[Fetcher, Site]]:
    """A web with a page /a, whose validators are those below, and nothing else."""
    validators = Validators('"1"', "Mon, 02 Mar 2026 08:00:00 GMT")
    if request.param == "canned":
        page = Fetched("https://paper.test/a", b"here", content_type="text/html", validators=validators)
        yield CannedFetcher({"https://paper.test/a": page}), lambda path: f"https://paper.test{path}"
        return

    async def answer(asked: web.Request) -> web.Response:
        known = asked.headers.get("If-None-Match") == '"1"'
        headers = {"ETag": '"1"', "Last-Modified": "Mon, 02 Mar 2026 08:00:00 GMT"}
        return web.Response(
            status=304 if known else 200, text=None if known else "here", content_type="text/html", headers=headers
        )

    with loopback_web() as served:
        served.pages["/a"] = answer
        yield served.fetcher(), served.url


def test_a_page_comes_with_what_it_can_be_asked_by_later(fetcher_and_url: tuple[Fetcher, Site]) -> None:
    fetcher, url = fetcher_and_url
    got = fetcher.fetch(url("/a"))
    assert (got.status, got.body, got.content_type, got.url) == (200, b"here", "text/html", url("/a"))
    again = fetcher.fetch(url("/a"), got.validators)
    assert again.unchanged
    assert again.body == b""


def test_a_page_that_is_not_there_is_gone(fetcher_and_url: tuple[Fetcher, Site]) -> None:
    fetcher, url = fetcher_and_url
    with pytest.raises(Unfetched, match="no such page") as caught:
        fetcher.fetch(url("/b"))
    assert caught.value.gone
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_what_is_no_web_address_is_refused(fetcher_and_url: tuple[Fetcher, Site]) -> None:
    fetcher, _ = fetcher_and_url
    for url in ("file:///etc/passwd", "", "nothing", "http://", "javascript:alert(1)"):
        with pytest.raises(Unfetched, match="no http or https address"):
            fetcher.fetch(url)
