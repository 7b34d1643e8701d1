"""Feeds as a library's users meet them, from a web on this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from aiohttp import web

from retrieval.batches import Begun
from retrieval.errors import BadInput, NotFound, Unreadable, UserError
from retrieval.ingestion import Ingestion
from retrieval.library import Library
from retrieval.schema import server_collection
from tests.loopback_web import HARBOUR, LoopbackWeb, article_page

NOW = datetime.now(UTC)


@pytest.fixture
def library(web_library: Library) -> Library:
    return web_library


def feed(*items: tuple[str, str, str], extra: str = "") -> web.Response:
    """A feed of items: path, RFC 822 date, content."""
    entries = "".join(
        f"<item><guid>{path}</guid><title>Story {path}</title><link>{path}</link>"
        + (f"<pubDate>{day}</pubDate>" if day else "")
        + f"<description><![CDATA[{content}]]></description></item>"
        for path, day, content in items
    )
    text = f'<rss version="2.0"><channel><title>The Lowmouth Post</title>{extra}{entries}</channel></rss>'
    return web.Response(text=text, content_type="application/rss+xml")


def stories(site: LoopbackWeb, *paths: str) -> None:
    for path in paths:
        site.pages[path] = article_page(f"Story {path}", *(f"{p} This is story {path}." for p in HARBOUR))


def test_a_feed_brings_what_is_new_and_not_the_past(library: Library, site: LoopbackWeb) -> None:
    stories(site, "/old", "/older", "/new")
    site.pages["/feed"] = feed(("/old", "", ""), ("/older", "", ""))
    watched = library.watch(site.url("/feed"))
    assert watched.title == "The Lowmouth Post"
    (report,) = library.poll_feeds()
    assert report.report.went_in == []
    site.pages["/feed"] = feed(("/new", "", ""), ("/old", "", ""), ("/older", "", ""))
    assert library.poll_feeds() == []  # not due yet
    (report,) = library.poll_feeds(NOW + timedelta(hours=2))
    assert report.report.went_in == [site.url("/new")]
    (report,) = library.poll_feeds(NOW + timedelta(hours=4))
    assert report.report.went_in == []
    assert site.paths().count("/new") == 1


def test_the_newest_entries_are_taken_when_asked_for(library: Library, site: LoopbackWeb) -> None:
    stories(site, "/1", "/2", "/3")
    site.pages["/feed"] = feed(
        ("/2", "Tue, 03 Mar 2026 08:00:00 GMT", ""), ("/3", "Wed, 04 Mar 2026 08:00:00 GMT", ""),
        ("/1", "Mon, 02 Mar 2026 08:00:00 GMT", ""),
    )  # fmt: skip
    library.watch(site.url("/feed"), newest=2)
    (report,) = library.poll_feeds()
    assert sorted(report.report.went_in) == [site.url("/2"), site.url("/3")]
    assert {str(h.published_on) for h in library.articles()} == {"2026-03-03", "2026-03-04"}


def test_an_entry_whose_page_cannot_be_had_is_taken_from_the_feed(library: Library, site: LoopbackWeb) -> None:
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    site.pages["/feed"] = feed(("/closed", "", f"<p>{'</p><p>'.join(HARBOUR)}</p>"), ("/short", "", "Click to read."))
    (report,) = library.poll_feeds(NOW + timedelta(hours=2))
    assert report.report.went_in == [site.url("/closed")]
    assert "3 million" in library.article(site.url("/closed"))[1].text
    assert [e.path for e in report.report.unreadable] == [site.url("/short")]
    (report,) = library.poll_feeds(NOW + timedelta(hours=4))
    assert report.report.unreadable == []  # said once


def test_a_feed_is_asked_whether_it_changed_and_no_sooner_than_it_says(library: Library, site: LoopbackWeb) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        response = feed(extra="<ttl>360</ttl>")
        response.headers["ETag"] = '"1"'
        return response

    site.pages["/feed"] = answer
    library.watch(site.url("/feed"))
    library.poll_feeds()
    assert library.poll_feeds(NOW + timedelta(hours=5)) == []
    (report,) = library.poll_feeds(NOW + timedelta(hours=7))
    assert report.failed is None
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    assert library.feeds()[0].pace == 6 * 3600


def test_a_feed_that_was_taken_down_is_reported_once(library: Library, site: LoopbackWeb) -> None:
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    site.pages["/feed"] = web.Response(status=410)
    (report,) = library.poll_feeds()
    assert report.dead is not None
    assert "taken down" in report.dead
    assert library.poll_feeds(NOW + timedelta(days=30)) == []
    assert library.feeds()[0].dead
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    assert not library.feeds()[0].dead


def test_a_feed_that_fails_is_asked_ever_more_rarely_and_given_up(library: Library, site: LoopbackWeb) -> None:
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    site.pages["/feed"] = web.Response(status=500)
    moment, polls, dead = NOW, [], []
    while not dead and moment < NOW + timedelta(days=20):
        for report in library.poll_feeds(moment):
            assert report.failed is not None
            polls.append(moment)
            dead += [report.dead] if report.dead else []
        moment += timedelta(minutes=30)
    assert len(dead) == 1
    assert polls[-1] - NOW >= timedelta(days=7)
    waits = [later - earlier for earlier, later in pairwise(polls)]
    assert waits[0] < timedelta(hours=2) < waits[4] <= timedelta(hours=27)


def test_a_feed_that_fails_for_an_hour_goes_on_as_if_nothing_had_been(library: Library, site: LoopbackWeb) -> None:
    stories(site, "/new")
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    site.pages["/feed"] = "<html><body>We are back soon.</body></html>"
    (report,) = library.poll_feeds()
    assert report.failed == "it is no RSS or Atom feed"
    site.pages["/feed"] = feed(("/new", "", ""))
    (report,) = library.poll_feeds(NOW + timedelta(hours=3))
    assert report.report.went_in == [site.url("/new")]
    assert library.feeds()[0].failures == 0


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(library: Library, site: LoopbackWeb) -> None:
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    site.pages |= {"/feed": web.Response(status=301, headers={"Location": "/rss"}), "/rss": feed()}
    library.poll_feeds()
    assert [f.url for f in library.feeds()] == [site.url("/rss")]


def test_a_page_that_names_its_feed_can_be_watched_and_another_cannot(library: Library, site: LoopbackWeb) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    site.pages |= {"/": article_page("Post", *HARBOUR, head=link), "/feed": feed(), "/plain": article_page("Post", "x")}
    assert library.watch(site.url("/")).url == site.url("/feed")
    with pytest.raises(BadInput, match="already"):
        library.watch(site.url("/feed"))
    with pytest.raises(Unreadable, match="no RSS or Atom feed"):
        library.watch(site.url("/plain"))


def test_a_flood_of_new_entries_is_taken_in_parts_and_wholly(library: Library, site: LoopbackWeb) -> None:
    paths = [f"/story-{n}" for n in range(25)]
    stories(site, *paths)
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"))
    site.pages["/feed"] = feed(*((path, "", "") for path in paths))
    (first,) = library.poll_feeds(NOW + timedelta(hours=2))
    (second,) = library.poll_feeds(NOW + timedelta(hours=2, minutes=5))
    assert (len(first.report.went_in), len(second.report.went_in)) == (20, 5)


def test_feeds_of_one_server_are_not_those_of_another(library: Library, site: LoopbackWeb) -> None:
    stories(site, "/new")
    site.pages["/feed"] = feed()
    library.watch(site.url("/feed"), server_collection(7))
    site.pages["/feed"] = feed(("/new", "", ""))
    assert library.feeds() == []
    with pytest.raises(NotFound, match="onrecord feeds"):
        library.unwatch(site.url("/feed"))
    assert library.poll_feeds(NOW + timedelta(hours=2), (server_collection(8),)) == []
    (report,) = library.poll_feeds(NOW + timedelta(hours=2))
    assert report.feed.collection == server_collection(7)
    assert library.articles() == []
    assert len(library.articles((server_collection(7),))) == 1
    library.unwatch(site.url("/feed"), server_collection(7))
    assert library.feeds(None) == []
    assert len(library.articles((server_collection(7),))) == 1


def test_what_was_removed_does_not_come_back_with_its_feed(library: Library, site: LoopbackWeb) -> None:
    stories(site, "/new")
    site.pages["/feed"] = feed(("/new", "", ""))
    library.watch(site.url("/feed"), newest=1)
    library.poll_feeds()
    library.remove(site.url("/new"))
    library.poll_feeds(NOW + timedelta(hours=2))
    assert library.articles() == []


def test_a_feed_that_is_unwatched_while_it_is_polled_leaves_the_others_their_reports(
    library: Library, site: LoopbackWeb
) -> None:
    async def unwatched(_: web.Request) -> web.Response:
        library.unwatch(site.url("/left"))
        return feed(("/new", "", ""))

    stories(site, "/new", "/other")
    paths = ("/dead", "/left", "/feed")
    site.pages |= {path: feed() for path in paths}
    for path in paths:
        library.watch(site.url(path))
    site.pages |= {"/dead": web.Response(status=410), "/left": unwatched, "/feed": feed(("/other", "", ""))}
    dead, read = library.poll_feeds(NOW + timedelta(hours=2))
    assert dead.dead is not None
    assert read.report.went_in == [site.url("/other")]
    assert [head.id for head in library.articles()] == [site.url("/other")]
    assert [f.url for f in library.feeds()] == [site.url("/dead"), site.url("/feed")]


def test_what_one_feed_fails_on_is_in_its_report_and_the_others_are_read(
    library: Library, site: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(self: Ingestion, batch: Begun, *_: object) -> None:
        if "two" in batch.articles[0].id:
            raise UserError("The disk is full: make room.")
        store(self, batch, *_)

    store = Ingestion.store_batch
    monkeypatch.setattr(Ingestion, "store_batch", fails)
    names = ("one", "two", "three")
    stories(site, *(f"/{name}" for name in names))
    site.pages |= {f"/feed-{name}": feed() for name in names}
    for name in names:
        library.watch(site.url(f"/feed-{name}"))
    site.pages |= {f"/feed-{name}": feed((f"/{name}", "", "")) for name in names}
    first, failed, last = library.poll_feeds(NOW + timedelta(hours=2))
    assert (first.report.went_in, last.report.went_in) == ([site.url("/one")], [site.url("/three")])
    assert failed.failed == "The disk is full: make room."
    assert "feed-two" in caplog.text
    monkeypatch.setattr(Ingestion, "store_batch", store)
    (again,) = library.poll_feeds(NOW + timedelta(hours=2, minutes=1))
    assert again.report.went_in == [site.url("/two")]
