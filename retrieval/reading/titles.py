"""A title for a text that states none: its headline, its first heading, or its first words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from retrieval.reading.dates import date_line, dateline
from retrieval.schema import Stretch

LONGEST_TITLE = 300  # characters; what is longer is no headline
_FIRST_WORDS = 80  # characters
_PARAGRAPH = 40  # characters; less may be a byline
_TOP = 1000  # characters within which a longer paragraph is looked for
_HEADLINE = 120  # characters
_HEADLINE_WORDS = 20
_UNDER_HEADLINE = 3  # lines

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_ATX = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_SETEXT = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_|`)(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")
_NAME = r"[A-Z][\w’'-]+(?: [A-Z]\.){0,2} [A-Z][\w’'-]+"
_BYLINE = re.compile(
    rf"(?:(?:[Bb]y|BY|[Ff]rom|FROM|(?:[Ss]tory|[Pp]hotos|[Tt]ext|[Ww]ords) by)\b.*|{_NAME}(?:(?:, | and | \| ){_NAME})*"
    rf"|{_NAME}, [A-Z][\w .]*|(?:[\w’']+ ){{0,2}}(?:[Ss]taff|STAFF)(?: (?:reports?|writers?|reporters?))?)"
)
_LIST_OR_QUOTE = re.compile(r"\A[ \t]*(?:[-*+>]|\d{1,3}[.)])[ \t]+")


def one_line(text: str) -> str:
    """`text` on one line, its white space single and without control characters: for titles and names."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def shortened(text: str, limit: int) -> str:
    """`text` cut at a word to at most `limit` characters, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    cut = text[:limit]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else cut[:-1]).rstrip(" ,;:–—-") + "…"


def clean_title(text: str) -> str | None:
    """A stated title on one line and of bounded length; None where it is empty."""
    return shortened(one_line(text), LONGEST_TITLE) or None


def headline(text: str) -> str | None:
    """The first line of a plain text where it is a headline: short, no sentence, a blank line after it or after the
    byline and the day that stand under it.
    """
    lines = text[:4000].lstrip("\r\n \t").splitlines()
    under = list(takewhile(str.strip, lines[1:]))
    if len(under) > _UNDER_HEADLINE or not all(is_credit(line) for line in under):
        return None
    if not any(line.strip() for line in lines[len(under) + 2 :]):
        return None
    first = one_line(lines[0])
    if not 3 <= len(first) <= _HEADLINE or len(first.split()) > _HEADLINE_WORDS:
        return None
    # A sentence, a byline, a place with its dash or a date is none; a question may be.
    if first.endswith((".", ",", ";", ":", "—", "–", "-")) or _BYLINE.fullmatch(first) or dateline(first) is not None:
        return None
    return first


def is_credit(line: str) -> bool:
    """Whether a line tells who wrote it or when, and nothing else."""
    bare = one_line(line)
    return len(bare) <= _HEADLINE and (_BYLINE.fullmatch(bare) is not None or date_line(bare) is not None)


def heading(markdown: str) -> str | None:
    """The first heading of a Markdown text, without its markup."""
    fence, previous = "", ""
    for line in markdown[:200_000].splitlines():
        if match := _FENCE.match(line):
            fence = "" if match[1] == fence else fence or match[1]
        elif not fence:
            if match := _ATX.match(line):
                if title := clean_title(without_markup(match[1].rstrip().rstrip("#"))):
                    return title
            elif _SETEXT.fullmatch(line) and _may_be_underlined(previous):
                return clean_title(without_markup(previous))
        previous = line
    return None


def first_words(text: str, boilerplate: Sequence[Stretch] = ()) -> str:
    """The beginning of the first paragraph that is the article's own, cut at a word to about 80 characters.

    Lines of a few words above it (a byline, a place) are passed over.
    """
    start = 0
    short: str | None = None
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip() and not any(s.start < end and start < s.end for s in boilerplate):
            words = one_line(without_markup(_LIST_OR_QUOTE.sub("", line[:4000], count=1)))
            if any(c.isalnum() for c in words):
                if len(words) >= _PARAGRAPH or start > _TOP:
                    return shortened(short if start > _TOP and short else words, _FIRST_WORDS)
                short = short or words
        start = end
    return shortened(short or one_line(text[:1000]), _FIRST_WORDS)


def without_markup(line: str) -> str:
    """A line of Markdown without links, emphasis and heading marks."""
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", line.lstrip("# ")))


def _may_be_underlined(line: str) -> bool:
    return bool(line.strip()) and len(line) <= LONGEST_TITLE and not _LIST_OR_QUOTE.match(line) and "|" not in line
