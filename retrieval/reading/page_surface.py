"""What a page from the web shows in place of its article: an error, a paywall, a form, nothing.

Length decides together with words: an article *about* paywalls or cookies is longer than one that hides behind them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from retrieval.reading.page_metadata import stated_article
from retrieval.reading.titles import one_line

_ERROR_TITLE = re.compile(
    r"\W*(?:error\W*)?(?:40[0-9]|410|451|50[0-9])\b(?:(?!\d).)*$"
    r"|.*\b(?:page|article|story|content|file|url)(?: (?:was|is|you requested|requested|could|can|cannot|can[’']t"
    r"|couldn[’']t|be))* (?:not? (?:be )?found|no longer (?:available|exists?|here)"
    r"|(?:has been |been )?(?:removed|moved))"
    r"|\W*(?:not found|(?:an )?error(?: occurred)?|something went wrong|service unavailable|bad gateway|oops.*"
    r"|(?:this page |we )(?:can[’']t|cannot|couldn[’']t) (?:find|be found).*)\W*$",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:robot|human)|verify(?:ing)? (?:that )?you(?:[’']re| are)"
    r"|checking your browser|access (?:to this page has been |is |was )?denied|security check|unusual traffic"
    r"|complete the captcha|pardon our interruption|prove (?:that )?you(?:[’']re| are)",
    re.IGNORECASE,
)
_SCRIPTS = re.compile(r"(?:enable|turn on|activate|requires?|needs?) javascript|javascript (?:is|to be)", re.IGNORECASE)
_PRIVACY = re.compile(
    r"\bcookies?\b|\bconsent|\bprivacy\b|\bpersonal (?:data|information)|\bGDPR\b|\bour \d* ?partners|\bvendors\b"
    r"|\bdata process|\bprocess(?:es|ing)? (?:your )?data|\baccept all|\breject all",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"(?:to|and) (?:continue|keep|finish|go on) reading|(?:to|and) read (?:the )?(?:full|whole|rest of|entire|more of)"
    r"|(?:subscribe|register|sign (?:in|up)|log in|account) to (?:read|unlock|access|view|see|continue)"
    r"|(?:only |exclusive(?:ly)? |available )(?:(?:for|to) )?(?:our )?(?:paying |registered |digital )?"
    r"(?:subscribers|members)"
    r"|(?:for|to) (?:our )?(?:paying |registered |digital )?(?:subscribers|members) only|subscribers? only"
    r"|unlock (?:this|the|full|unlimited)|this (?:article|story|content) is (?:reserved|for|behind|part of)"
    r"|you(?:[’']ve| have) (?:reached|read) (?:your|all)",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"\W*(?:log|sign) ?in\b|\W*(?:please )?(?:log|sign) ?in to\b", re.IGNORECASE)
_REFRESH = re.compile(r"\s*(\d{1,4})[\d.]{0,5}\s*[;,]\s*url\s*=\s*[\"']?([^\"'<>\s]{1,2000})", re.IGNORECASE)
_SOON = 10  # seconds; a page that goes elsewhere later is there to be read
_SENTENCE_END = re.compile(r"[.!…:;][”\"’')\]]{0,2}\s*$")
_MANY_LINES = 10
_SENTENCE = re.compile(r"[^.!?\n]{3,400}")

_ERROR = "the site shows an error in place of the page"
_MOST_SURFACE = 40_000  # characters of a page's visible text that are looked at
_FEW, _SHORT, _SOME = 60, 180, 400  # words: of a notice, of a teaser, of an error page with its recommendations


@dataclass(frozen=True, slots=True)
class Surface:
    """What a reader sees of a page: its titles, its words, and whether it states that it is not free."""

    titles: tuple[str, ...]
    words: str
    closed: bool
    is_article: bool
    stated_words: int | None
    has_password: bool
    leads_to: str | None = None
    """Where the page sends its reader at once."""


def seen(tree: HtmlElement) -> Surface:
    """The surface of a page; the tree stays as it is."""
    titles = [" ".join(element.text_content().split())[:300] for element in tree.xpath("(//title)[1] | (//h1)[1]")]
    body = tree.xpath("//body//text()[not(parent::script or parent::style)]")
    words, size = [], 0
    for piece in body:
        size += len(piece)
        words.append(str(piece))
        if size > _MOST_SURFACE:
            break
    article = stated_article(tree)
    count = str(article.get("wordCount"))
    kind = tree.xpath("string((//meta[@property='og:type']/@content)[1])")
    return Surface(
        titles=tuple(title for title in titles if title),
        words=" ".join(" ".join(words).split())[:_MOST_SURFACE],
        closed=str(article.get("isAccessibleForFree")).lower() in ("false", "no", "http://schema.org/false"),
        is_article=str(kind).lower() == "article" or "datePublished" in article,
        stated_words=int(count) if count.isascii() and count.isdigit() and len(count) < 7 else None,
        has_password=bool(tree.xpath("//input[@type='password']")),
        leads_to=_leads_to(tree),
    )


def shows_nothing(surface: Surface, text: str) -> str | None:
    """Why a page that was saved as a file holds no article; None where it may."""
    count = len(text.split())
    if count < _FEW and _SCRIPTS.search(text):
        return "the page shows nothing without JavaScript"
    if count < _FEW and surface.leads_to is not None:
        return f"the page only leads to another: {surface.leads_to}"
    if not surface.is_article and count < _SHORT and any(_ERROR_TITLE.match(title) for title in _titles(surface)):
        return _ERROR
    return None


def in_place_of_article(surface: Surface, text: str) -> str | None:
    """Why `text`, extracted from a page with this surface, is no article; None where it may be one."""
    count = len(text.split())
    titles = _titles(surface)
    if count < _SOME and any(_ERROR_TITLE.match(title) for title in titles):
        return _ERROR
    if count < _SHORT and any(_CHALLENGE.search(title) for title in (*titles, surface.words[:500])):
        return "the site asks for a proof that no program reads it"
    if count < _FEW and _SCRIPTS.search(surface.words):
        return "the page shows nothing without JavaScript"
    if (reason := shows_nothing(surface, text)) is not None:
        return reason
    if not surface.is_article and _is_list(text):
        return "the page is a list of headlines: add the pages that it leads to"
    if count < _SOME and not surface.is_article and _is_about_privacy(text or surface.words):
        return "the site shows a form about cookies and consent in place of the page"
    if count < _SHORT and surface.has_password and any(_LOGIN.match(title) for title in titles):
        return "the page is only for those who log in"
    if _is_cut_by_paywall(surface, text, count):
        return "behind a paywall: the page shows only the beginning"
    return None


def _titles(surface: Surface) -> list[str]:
    return [title for title in surface.titles if len(title.split()) <= 14]


def _leads_to(tree: HtmlElement) -> str | None:
    for element in tree.xpath("//meta[@http-equiv and @content]")[:50]:
        found = (
            _REFRESH.match(element.get("content", "")) if element.get("http-equiv", "").lower() == "refresh" else None
        )
        if found is not None and int(found[1]) <= _SOON:
            return one_line(found[2])[:200]
    return None


def _is_list(text: str) -> bool:
    """Whether no line of many says something to its end."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _MANY_LINES and not any(_SENTENCE_END.search(line) and len(line.split()) > 5 for line in lines)


def _is_about_privacy(text: str) -> bool:
    """Whether most sentences are about what the reader's data are used for."""
    sentences = [s for s in _SENTENCE.findall(text[:6000]) if len(s.split()) > 2]
    return len(sentences) >= 2 and sum(bool(_PRIVACY.search(s)) for s in sentences) > 0.5 * len(sentences)


def _is_cut_by_paywall(surface: Surface, text: str, count: int) -> bool:
    if surface.stated_words and surface.closed and count < 0.6 * surface.stated_words:
        return True
    asks = bool(_PAYWALL.search(surface.words))
    if surface.closed:
        return count < _SHORT or (asks and count < _SOME and text.rstrip().endswith(("…", "...")))
    return asks and count < _SHORT
