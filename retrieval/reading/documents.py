"""PDF and DOCX -> Article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.errors import Unreadable
from retrieval.reading.article import make_article
from retrieval.reading.authors import split_byline
from retrieval.reading.decoding import well_formed
from retrieval.reading.given import Given, Stated
from retrieval.reading.guarded.guard import Unparsed, parse
from retrieval.reading.reflow import reflow
from retrieval.reading.titles import clean_title
from retrieval.schema import Article

# Titles that programs give: a file's name, a program's.
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|untitled.*|.*\.(?:docx?|odt|pdf|indd|qxp|rtf|pptx?|html?))", re.IGNORECASE
)


def read_pdf(data: bytes, *, name: str, given: Given, url: str | None = None) -> Article | Unreadable:
    """The article of a PDF, its printed pages with it; or why there is none.

    The dates that a PDF states are of the file, not of a publication, and are not taken.
    """
    try:
        found = parse("pdf", data)
    except Unparsed as error:
        return Unreadable(name, f"a PDF, but {error}")
    text, pages = reflow([well_formed(page) for page in found["pages"]])
    if not text.strip():
        return Unreadable(name, "a PDF without text")
    stated = Stated(title=_title(found["title"]), authors=_authors(found["author"]), url=url)
    return make_article(text, stated, given, name=name, origin=None if url else name, pages=pages)


def read_docx(data: bytes, *, name: str, given: Given, url: str | None = None) -> Article | Unreadable:
    """The article of a Word document; or why there is none."""
    try:
        found = parse("docx", data)
    except Unparsed as error:
        return Unreadable(name, f"a Word document, but {error}")
    text = well_formed("\n\n".join(_strings(found["paragraphs"])))
    stated = Stated(title=_title(found["title"]), authors=_authors(found["author"]), url=url)
    return make_article(text, stated, given, name=name, origin=None if url else name)


def _title(stated: object) -> str | None:
    if not isinstance(stated, str):
        return None
    title = clean_title(well_formed(stated))
    return None if title is None or _NO_TITLE.fullmatch(title) else title


def _authors(stated: object) -> tuple[str, ...]:
    """The authors, where they are names: what stands there may be a login or a program."""
    names = split_byline(well_formed(stated)) if isinstance(stated, str) else ()
    return tuple(name for name in names if " " in name)


def _strings(values: Sequence[object]) -> list[str]:
    return [value for value in values if isinstance(value, str)]
