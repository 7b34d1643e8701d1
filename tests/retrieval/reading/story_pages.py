"""One story in many dresses: pages as publishing systems make them, and what should be read from each."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.reading.given import Given
from retrieval.reading.web_page import read_page
from retrieval.schema import Article

PARAGRAPHS = (
    "The harbour board voted on Tuesday to rebuild the eastern pier, which a storm tore apart last winter.",
    "Work is to begin in the spring and should take eleven months, the board’s engineer said in a long report.",
    "“We have waited long enough,” said Mara Quill, who runs the ferry office beside the pier. “Now we count.”",
    "The money comes from a loan that the town took up in January and from a levy on the cruise ships that call here.",
    "Fishermen have moored at the northern quay since the storm and complain of the distance to the market.",
    "A second vote, on the colour of the lamps, was put off until the board has seen samples of the glass.",
)
TITLE = "Board votes to rebuild the eastern pier"
URL = "https://gazette.example/news/eastern-pier"

NAVIGATION = (
    "<header class='site'><nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/sport'>"
    "Sport</a></li></ul></nav></header>"
)
FOOTER = (
    "<footer><p>© 2031 The Harbour Gazette. All rights reserved.</p><ul><li><a href='/terms'>Terms of use</a></li>"
    "<li><a href='/privacy'>Privacy policy</a></li></ul></footer>"
)
SIDEBAR = (
    "<aside class='related'><h3>Most read</h3><ul><li><a href='/2012/02/03/fares'>Ferry fares to rise in May</a></li>"
    "<li><a href='/walks'>Ten walks along the coast</a></li></ul></aside>"
)


@dataclass(frozen=True)
class Page:
    """A page and what should be read from it; None where the page does not state it."""

    name: str
    html: str
    title: str | None = TITLE
    published: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    url: str | None = None


def body(paragraphs: tuple[str, ...] = PARAGRAPHS, *, between: str = "") -> str:
    """The story's paragraphs, with something between them."""
    half = len(paragraphs) // 2
    marked = [f"<p>{p}</p>" for p in paragraphs]
    return "\n".join((*marked[:half], between, *marked[half:]))


def page(head: str, main: str, *, doctype: str = "<!DOCTYPE html>", attributes: str = " lang='en'") -> str:
    """A whole page."""
    return f"{doctype}\n<html{attributes}><head><meta charset='utf-8'>{head}</head><body>{main}</body></html>"


def article(inner: str, *, around: str = "{}") -> str:
    """An article element between a page's navigation and its footer."""
    return NAVIGATION + around.format(f"<article>{inner}</article>") + FOOTER


H1 = f"<h1>{TITLE}</h1>"
HEAD_TITLE = f"<title>{TITLE} | The Harbour Gazette</title>"


def read(html: str, given: Given | None = None) -> Article:
    """The article of a page."""
    found = read_page(html, name="articles/a.html", given=given or Given())
    assert isinstance(found, Article), found
    return found


def prose(found: Article) -> str:
    """What answers are made of: the text without its boilerplate."""
    at, kept = 0, []
    for stretch in found.boilerplate:
        kept.append(found.text[at : stretch.start])
        at = stretch.end
    return "".join((*kept, found.text[at:]))


def misread(page: Page) -> list[str]:
    """Where what is read from a page is not what should be, a line each."""
    found = read(page.html)
    lines = prose(found).splitlines()
    wrong = [f"lost: {paragraph}" for paragraph in PARAGRAPHS if paragraph not in lines]
    wrong += [f"stray: {s}" for s in lines if s and s not in (*PARAGRAPHS, TITLE) and "1931" not in s]
    published = found.published.isoformat() if found.published else None
    pairs = (
        (found.title, page.title),
        (published, page.published),
        (found.authors, page.authors),
        (found.source, page.source),
        (found.url, page.url),
        (found.id, (page.url or "articles/a.html").removesuffix("?utm_source=feed")),
    )
    return wrong + [f"{seen!r} in place of {expected!r}" for seen, expected in pairs if seen != expected]
