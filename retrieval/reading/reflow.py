"""The lines of printed pages -> running text, and where each page stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from retrieval.schema import Stretch

_EDGE = 2  # lines at the head and foot of a page that may be its running title or number
_REPEATED = 0.6  # the share of pages on which a line stands to be a running one
_FULL = 0.75  # the share of a usual line's length; a shorter one that ends a sentence ends a paragraph
_SENTENCE_END = re.compile(r"[.!?…:][”\"’')\]]{0,3}$")
_HYPHENATED = re.compile(r"(?P<first>[^\W\d_]{2,40})[-\u2010\u00ad]$")
_LOWER_WORD = re.compile(r"[^\W\d_]{1,40}")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W{0,3}(?:page\s)?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?\W{0,3}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def reflow(pages: Sequence[str]) -> tuple[str, tuple[Stretch, ...]]:
    """The text of all pages, and a stretch for each page, empty for one without text.

    Running titles and page numbers are left out, lines are joined to paragraphs, and words that were divided at a
    line's end are put together, as the rest of the text writes them.
    """
    lines = _without_running([[line.strip() for line in page.splitlines()] for page in pages])
    written = Counter(word.lower() for page in lines for line in page for word in _WORD.findall(line))
    usual = _usual_length(lines)
    text = ""
    stretches: list[Stretch] = []
    for page in lines:
        body = _paragraphs(page, usual, written)
        if text and body:
            if _HYPHENATED.search(text) and body[0].islower():
                # the word belongs to the page on which it begins
                end = len(re.split(r"\s", body, maxsplit=1)[0])
                text = _undivided(text, body, written) + body[:end]
                body = body[end:].lstrip()
                text += " " if body else ""
            else:
                text += "\n\n" if _SENTENCE_END.search(text) else "\n"
        start = len(text)
        text += body
        stretches.append(Stretch(start, len(text)))
    return text, tuple(stretches)


def _without_running(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines that stand, but for a number, at the edge of most of them."""
    filled = [[line for line in page if line] for page in pages]
    edges = Counter(
        key for page in filled for key in {_DIGITS.sub("#", line) for line in (*page[:_EDGE], *page[-_EDGE:])}
    )
    least = max(3, _REPEATED * sum(bool(page) for page in filled)) if len(pages) > 2 else 2
    kept = []
    for page in pages:
        at = [n for n, line in enumerate(page) if line]
        edge = {*at[:_EDGE], *at[-_EDGE:]}
        kept.append([
            line
            for n, line in enumerate(page)
            if n not in edge or not (edges[_DIGITS.sub("#", line)] >= least or _PAGE_NUMBER.fullmatch(line))
        ])  # fmt: skip
    return kept


def _usual_length(pages: list[list[str]]) -> int:
    lengths = sorted(len(line) for page in pages for line in page if line)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _paragraphs(lines: list[str], usual: int, written: Counter[str]) -> str:
    pieces: list[str] = []
    last = ""
    for line in lines:
        if not line:
            if pieces and pieces[-1] != "\n\n":
                pieces.append("\n\n")
            last = ""
            continue
        if last:
            divided = _HYPHENATED.search(last)
            if divided is not None and line[0].islower():
                pieces[-1] = _undivided(pieces[-1], line, written)
            elif len(last) < _FULL * usual and (_SENTENCE_END.search(last) or not line[0].islower()):
                pieces.append("\n\n")
            else:
                pieces.append(" ")
        pieces.append(line)
        last = line
    return "".join(pieces).strip()


def _undivided(last: str, following: str, written: Counter[str]) -> str:
    """`last` without its hyphen, where the text writes the word so elsewhere or never writes it with one."""
    divided, rest = _HYPHENATED.search(last), _LOWER_WORD.match(following)
    if divided is None or rest is None:
        return last
    whole, hyphened = f"{divided['first']}{rest[0]}".lower(), f"{divided['first']}-{rest[0]}".lower()
    if written[hyphened] and not written[whole]:
        return last
    return last[:-1]
