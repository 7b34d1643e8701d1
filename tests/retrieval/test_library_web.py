"""Pages as a library's users meet them, from a web on this machine."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from retrieval.errors import NotFound
from retrieval.library import Library
from retrieval.reading.given import Upload
from retrieval.storage.store import Outcome
from tests.loopback_web import HARBOUR, LoopbackWeb, article_page


@pytest.fixture
def library(web_library: Library) -> Library:
    return web_library


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
        (
            article_page("The Lowmouth Post", *(f"Story {n} of the day in the town" for n in range(40))),
            "headlines",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not text"),
        (b"%PDF-1.7 broken", "damaged"),
        ('<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title></channel></rss>', "onrecord watch"),
        (web.Response(text="var quay = 'closed';", content_type="text/javascript"), "a program"),
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


def test_an_article_that_is_removed_while_its_page_is_fetched_keeps_no_other_from_being_refreshed(
    library: Library, site: LoopbackWeb
) -> None:
    async def removed(request: web.Request) -> web.Response:
        library.remove(site.url("/removed"))
        return web.Response(text=article_page("Harbour", HARBOUR[0], "It is another page."), content_type="text/html")

    for path in ("/removed", "/stays"):
        site.pages[path] = article_page(f"Harbour {path[1:]}", *HARBOUR)
    library.add([site.url(path) for path in ("/removed", "/stays")])
    site.pages["/removed"] = removed
    assert library.refresh().count(Outcome.UNCHANGED) == 1
    assert [head.id for head in library.articles()] == [site.url("/stays")]


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
