"""The commands that read the web, as a user types them, from a web on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiohttp import web

from tests.bot.test_cli import Run, run
from tests.loopback_web import HARBOUR, LoopbackWeb, article_page, loopback_web

__all__ = ["run"]  # a fixture

PAGE = "/2026/03/03/harbour-closes"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackWeb]:
    """The web that the command line reads: the address check is opened for it, here alone."""
    with loopback_web() as served:
        monkeypatch.setattr("retrieval.reading.web.http_fetcher.HttpFetcher", served.fetcher)
        served.pages[PAGE] = article_page("Harbour closes at Lowmouth", *HARBOUR)
        yield served


def feed(site: LoopbackWeb, *paths: str) -> web.Response:
    items = "".join(
        f"<item><title>Story {path[-1]}</title><link>{site.url(path)}</link><guid>{path}</guid></item>"
        for path in paths
    )
    rss = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Lowmouth Post</title>{items}</channel></rss>"
    return web.Response(text=rss, content_type="application/rss+xml")


def publish(site: LoopbackWeb, *numbers: int) -> None:
    """Publish stories, and a feed of all that there are."""
    for n in numbers:
        site.pages[f"/story-{n}"] = article_page(f"Story {n} of the quay", *HARBOUR, f"It is told for the {n}th time.")
    told = sorted((path for path in site.pages if path.startswith("/story-")), reverse=True)
    site.pages["/feed.xml"] = feed(site, *told)


def titles(run: Run) -> set[str]:
    return {article["title"] for article in run("articles", "--json").json["articles"]}


def test_a_page_is_added_and_asked(run: Run, site: LoopbackWeb) -> None:
    result = run("add", site.url(PAGE))
    assert result.status == 0, result.err
    assert "1 added" in result.out
    assert "Harbour closes at Lowmouth" in titles(run)


def test_a_page_that_cannot_be_had_is_named_with_the_reason(run: Run, site: LoopbackWeb) -> None:
    result = run("add", site.url("/nowhere"), site.url(PAGE))
    assert result.status != 0
    assert site.url("/nowhere") in result.out + result.err
    assert "1 added" in result.out
    assert "Traceback" not in result.err


def test_inside_addresses_are_refused(run: Run) -> None:
    result = run("add", "http://127.0.0.1:9/admin")
    assert result.status != 0
    assert "127.0.0.1" in result.out + result.err


def test_a_feed_is_watched_polled_and_watched_no_more(run: Run, site: LoopbackWeb) -> None:
    publish(site, 1, 2)
    watching = run("watch", site.url("/feed.xml"), "--newest", "1")
    assert watching.status == 0, watching.err
    assert f"Watching Lowmouth Post ({site.url('/feed.xml')})." in watching.out
    assert "already" in run("watch", site.url("/feed.xml")).err
    assert "Lowmouth Post" in run("feeds").out
    assert run("feeds", "--json").json["feeds"][0]["url"] == site.url("/feed.xml")

    assert "1 added" in run("poll", "--all").out
    publish(site, 3)
    polled = run("poll", "--all")
    assert polled.status == 0
    assert "Lowmouth Post: Articles: 1 added." in polled.out
    assert {"Story 2 of the quay", "Story 3 of the quay"} <= titles(run)
    assert "Story 1 of the quay" not in titles(run)
    assert "No feed is due." in run("poll").out

    assert run("unwatch", "Lowmouth Post").status == 0
    assert run("feeds", "--json").json["feeds"] == []
    missing = run("unwatch", "Lowmouth Post")
    assert missing.status != 0
    assert missing.err.count("\n") == 1
    assert "Story 3 of the quay" in titles(run)


def test_a_feed_that_cannot_be_read_says_so_and_in_the_exit_status(run: Run, site: LoopbackWeb) -> None:
    publish(site, 1)
    run("watch", site.url("/feed.xml"))
    site.pages["/feed.xml"] = web.Response(status=500, text="no")
    result = run("poll", "--all")
    assert result.status != 0
    assert "could not be read" in result.out
    assert "it is tried again later" in result.out


def test_a_page_that_changed_is_refreshed_and_one_that_is_gone_stays(run: Run, site: LoopbackWeb) -> None:
    publish(site, 1)
    run("add", site.url(PAGE), site.url("/story-1"))
    site.pages[PAGE] = article_page("Harbour opens again at Lowmouth", *HARBOUR)
    del site.pages["/story-1"]
    result = run("refresh", "--older-than", "0")
    assert "1 changed" in result.out
    assert {"Harbour opens again at Lowmouth", "Story 1 of the quay"} <= titles(run)
    assert "No feed is due." not in result.out
    assert run("refresh", "no-such-article").status != 0


def test_a_servers_feed_is_its_own(run: Run, site: LoopbackWeb) -> None:
    publish(site, 1)
    run("watch", site.url("/feed.xml"), "--server", "1234", "--newest", "1")
    assert run("feeds", "--json").json["feeds"] == []
    run("poll", "--all")
    assert "Story 1 of the quay" not in titles(run)
    assert "Story 1 of the quay" in run("articles", "--server", "1234").out
