"""Pages and feeds as a library's users meet them, from a web on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import web

from retrieval.errors import BadInput, NotFound, Unreadable
from retrieval.library import Library
from retrieval.reading.given import Upload
from retrieval.schema import server_collection
from retrieval.settings import Settings
from retrieval.storage.embedding import HashingEmbedder
from retrieval.storage.store import Outcome
from retrieval.storage.vectors import MemoryVectors
from tests.loopback_web import HARBOUR, LoopbackWeb, article_page, loopback_web

NOW = datetime.now(UTC)


@pytest.fixture
def site() -> Iterator[LoopbackWeb]:
    with loopback_web() as served:
        yield served


@pytest.fixture
def library(tmp_path: Path, site: LoopbackWeb) -> Iterator[Library]:
    with Library(
        Settings(store=tmp_path / "store"),
        create=True,
        embedder=HashingEmbedder(),
        vectors=MemoryVectors(),
        fetcher=site.fetcher(),
    ) as library:
        yield library


def left_out(library: Library, url: str) -> str:
    report = library.add([url])
    assert report.went_in == []
    (error,) = report.unreadable
    assert "\n" not in str(error)
    assert str(error).startswith(url)
    assert library.articles() == []
    return error.reason


# -- adding -------------------------------------------------------------------------------------------


def test_a_page_is_added_under_its_canonical_address_and_its_variants_are_the_same_article(
    library: Library, site: LoopbackWeb
) -> None:
    head = f'<link rel="canonical" href="{site.url("/2026/03/03/harbour-closes-cracks")}">'
    page = article_page("Harbour closes", *HARBOUR, head=head)
    site.pages |= dict.fromkeys(
        ("/2026/03/03/harbour-closes-cracks", "/2026/03/03/harbour-closes-cracks/amp", "/print/harbour"), page
    )
    report = library.add([site.url("/2026/03/03/harbour-closes-cracks?utm_source=x")])
    assert report.went_in == [site.url("/2026/03/03/harbour-closes-cracks")]
    (head_of,) = library.articles()
    assert (head_of.title, head_of.source, head_of.origin) == ("Harbour closes", "The Lowmouth Post", None)
    assert str(head_of.published_on) == "2026-03-03"
    again = library.add([site.url("/2026/03/03/harbour-closes-cracks/amp"), site.url("/print/harbour")])
    assert again.count(Outcome.UNCHANGED) == 2
    assert library.search("what would the repair cost?")[0].article.id == head_of.id


def test_a_page_cannot_put_its_words_in_place_of_another_sites_article(library: Library, site: LoopbackWeb) -> None:
    site.pages["/real"] = article_page("Harbour closes", *HARBOUR)
    library.add([site.url("/real", "post.example")])
    head = f'<link rel="canonical" href="{site.url("/real", "post.example")}">'
    site.pages["/fake"] = article_page(
        "Harbour stays open", *(p.replace("closed", "opened") for p in HARBOUR), head=head
    )
    library.add([site.url("/fake", "evil.example")])
    assert {h.id: h.revision for h in library.articles()} == {
        site.url("/real", "post.example"): 1,
        site.url("/fake", "evil.example"): 1,
    }


PAYWALL = article_page(
    "Harbour closes", HARBOUR[0], "Subscribe to continue reading.",
    head='<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>',
)  # fmt: skip
CONSENT = article_page(
    "Before you continue",
    "We and our 842 partners use cookies and process personal data to run this site. You can accept all or reject all.",
    "Your consent applies to this site only. You can withdraw consent in the privacy settings at any time.",
).replace("article>", "div>")
LOGIN = article_page(
    "Log in to your account", "Enter your address and your password, and you are back with us."
).replace("</main>", '<form><input type="password"></form></main>')


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (PAYWALL, "paywall"),
        (CONSENT, "cookies and consent"),
        (LOGIN, "log in"),
        ("", "empty"),
        ("<html><body></body></html>", "no article text"),
        ("<html><body><noscript>Please enable JavaScript to use this app.</noscript></body></html>", "JavaScript"),
        (article_page("Page not found", "Sorry, the page you asked for is not here. Try the front page."), "an error"),
        (article_page("404", "Here are some stories that others read today, and more of them below."), "an error"),
        (article_page("Just a moment...", "Checking your browser before you go on to the site."), "no program"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not text"),
        (b"%PDF-1.7 broken", "damaged"),
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title></channel></rss>', "onrecord watch"),
        (web.Response(status=404), "no such page"),
        (web.Response(status=500), "in trouble"),
    ],
)
def test_what_is_no_article_is_said_to_be_so_in_a_sentence(
    library: Library, site: LoopbackWeb, page: web.Response | str | bytes, reason: str
) -> None:
    site.pages["/news/harbour"] = page
    if page == "":
        site.pages["/news/harbour"] = web.Response(text="", content_type="text/html")
    assert reason in left_out(library, site.url("/news/harbour"))


def test_a_page_that_leads_to_the_front_page_is_gone(library: Library, site: LoopbackWeb) -> None:
    site.pages |= {
        "/news/old-story": web.Response(status=302, headers={"Location": "/"}),
        "/": article_page("The Lowmouth Post", *HARBOUR),
    }
    assert "front page" in left_out(library, site.url("/news/old-story"))


def test_a_page_that_sends_its_reader_on_is_followed_but_not_inside(library: Library, site: LoopbackWeb) -> None:
    site.pages |= {
        "/go": '<meta http-equiv="refresh" content="0; url=/news/harbour">',
        "/inside": "<meta content=\"0;URL='http://10.0.0.1/'\" http-equiv=refresh>",
        "/news/harbour": article_page("Harbour closes", *HARBOUR),
    }
    assert "not public" in left_out(library, site.url("/inside"))
    assert library.add([site.url("/go")]).count(Outcome.ADDED) == 1


def test_a_declared_encoding_is_read_and_a_wrong_one_is_not_guessed(library: Library, site: LoopbackWeb) -> None:
    page = article_page("Café closes", *HARBOUR)
    site.pages["/latin"] = web.Response(
        body=page.encode("latin-1", "replace"), headers={"Content-Type": "text/html; charset=iso-8859-1"}
    )
    assert library.add([site.url("/latin")]).count(Outcome.ADDED) == 1
    assert library.articles()[0].title == "Café closes"
    site.pages["/wrong"] = web.Response(
        body="Über die Brücke führt kein Weg. ".encode("cp1252") * 30,
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    assert "UTF-8" in library.add([site.url("/wrong")]).unreadable[0].reason


def test_pages_files_and_uploads_go_in_together_and_what_fails_keeps_out_nothing_else(
    library: Library, site: LoopbackWeb, tmp_path: Path
) -> None:
    site.pages["/a"] = article_page("Harbour closes", *HARBOUR)
    (tmp_path / "b.txt").write_text("The ferry to Ambry was late again on Friday.", encoding="utf-8")
    upload = Upload("../../etc/minutes.txt", b"The council met on Monday and voted for the toll.")
    report = library.add([site.url("/a"), site.url("/missing"), str(tmp_path / "b.txt"), upload, tmp_path / "none.txt"])
    assert report.count(Outcome.ADDED) == 3
    assert len(report.unreadable) == 2
    assert {h.id for h in library.articles()} == {site.url("/a"), str(tmp_path / "b.txt"), "minutes.txt"}


def test_an_article_in_another_language_is_said_to_be_in_it(library: Library, site: LoopbackWeb) -> None:
    site.pages["/de"] = article_page(
        "Hafen geschlossen",
        "Der Hafen von Lowmouth ist am Montag geschlossen worden, nachdem Prüfer vierzig Risse im nördlichen Kai"
        " gefunden hatten, wie die Behörde am Dienstag mitteilte. Die Reparatur soll drei Millionen Kronen kosten.",
        "Die Bürgermeisterin sagte, niemand dürfe den Kai betreten, bis die Pfähle ersetzt seien.",
    )
    (note,) = library.add([site.url("/de")]).notes
    assert "German" in note
    assert "English only" in note


# -- refreshing ---------------------------------------------------------------------------------------


def test_refreshing_takes_in_what_changed_and_keeps_what_is_gone(library: Library, site: LoopbackWeb) -> None:
    for path in ("/changes", "/stays", "/goes"):
        site.pages[path] = article_page(f"Harbour {path[1:]}", *HARBOUR)
    library.add([site.url(path) for path in ("/changes", "/stays", "/goes")])
    site.pages["/changes"] = article_page("Harbour changes", *(p.replace("3 million", "5 million") for p in HARBOUR))
    del site.pages["/goes"]
    report = library.refresh()
    assert (report.count(Outcome.CHANGED), report.count(Outcome.UNCHANGED)) == (1, 1)
    assert report.gone == [site.url("/goes")]
    assert len(library.articles()) == 3
    assert "3 million" in library.article(site.url("/changes"), revision=1)[1].text
    assert library.refresh().gone == []  # said once
    assert library.refresh(older_than=timedelta(days=1)).outcomes == {}


def test_refreshing_asks_whether_anything_changed(library: Library, site: LoopbackWeb) -> None:
    async def page(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        return web.Response(text=article_page("Harbour", *HARBOUR), content_type="text/html", headers={"ETag": '"1"'})

    site.pages["/a"] = page
    library.add([site.url("/a")])
    assert library.refresh([site.url("/a")]).count(Outcome.UNCHANGED) == 1
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    assert library.refresh([site.url("/a")]).count(Outcome.UNCHANGED) == 1
    assert site.asked[-1].headers["If-None-Match"] == '"1"'


def test_what_was_not_read_from_the_web_cannot_be_fetched_again(library: Library, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("The ferry to Ambry was late again on Friday.", encoding="utf-8")
    library.add([tmp_path / "b.txt"])
    with pytest.raises(NotFound, match="not added from the web"):
        library.refresh([str(tmp_path / "b.txt")])


# -- feeds --------------------------------------------------------------------------------------------


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
