"""What of a file goes in: its articles, and the reasons for the rest, of which a file may have a million."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retrieval.errors import Unreadable
from retrieval.schema import Article

LONGEST = 2_000_000  # characters; a long report has one million, and takes minutes to embed
_REASONS = 20  # places of one file whose reason is told
_TOO_LITTLE = 0.3  # the share of letters and digits below which signs make up a text; prose has nine tenths
_ENOUGH_TO_TELL = 2000  # characters; below, a text may be a row of signs with a word to it


def admitted(items: Iterable[Article | Unreadable], name: str) -> Iterator[Article | Unreadable]:
    """The articles that are some, the first reasons of the rest, and last how many more places cannot be read."""
    bad = 0
    for found in items:
        item = _admit(found, name)
        bad += isinstance(item, Unreadable)
        if isinstance(item, Article) or bad <= _REASONS:
            yield item
    if (more := bad - _REASONS) > 0:
        yield Unreadable(name, f"{more:,} more place{'s' if more > 1 else ''} that cannot be read", count=more)


def no_article(text: str) -> str | None:
    """Why a text is no article; None where it may be one."""
    if len(text) > LONGEST:
        return f"{len(text) / 1e6:.1f} million characters, and one article may have {LONGEST // 10**6}: split it"
    words = sum(map(str.isalnum, text))
    if not words:
        return "no words in it"
    if len(text) >= _ENOUGH_TO_TELL and words < _TOO_LITTLE * sum(not c.isspace() for c in text):
        return "hardly any words in it: most of the text is signs"
    return None


def _admit(item: Article | Unreadable, name: str) -> Article | Unreadable:
    if isinstance(item, Unreadable):
        return item
    reason = no_article(item.text)
    if reason is None:
        return item
    return Unreadable(item.origin or name, reason, item.first_line if item.first_line > 1 else None)
