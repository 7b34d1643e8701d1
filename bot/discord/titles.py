"""The articles of some collections by their titles, from a list in memory, since a completion has to come at once."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from itertools import islice

from discord import app_commands

from bot.discord.stored import Stored
from bot.prefix_index import PrefixIndex
from retrieval.annotation.folding import folded
from retrieval.annotation.time import tag
from retrieval.schema import ArticleHead
from retrieval.search.wording import written_day

_LASTS = 60.0  # seconds before the list is read again
_PLACES = 50  # whose lists are in memory at once: many servers must not each have all articles there
_SHOWN, _LONGEST = 25, 100  # choices and characters, as Discord takes them
_LOOKED_AT = 100  # titles, for those that are topics


@dataclass(frozen=True, slots=True)
class _Known:
    """The articles; by what each is offered as, by what it may be named by, and what else is completed from them."""

    heads: tuple[ArticleHead, ...]
    by_name: dict[str, ArticleHead]
    named: dict[str, ArticleHead]
    days: tuple[str, ...]
    publishers: tuple[str, ...]
    index: PrefixIndex
    read_at: float


class Titles:
    """Completes titles, and finds the article that was chosen."""

    def __init__(self, stored: Stored, clock: Callable[[], float] = time.monotonic) -> None:
        self._stored, self._clock = stored, clock
        self._known: dict[tuple[str, ...], _Known] = {}

    async def heads(self, collections: tuple[str, ...]) -> tuple[ArticleHead, ...]:
        """The articles, newest first."""
        return (await self._of(collections)).heads

    async def choices(self, collections: tuple[str, ...], prefix: str) -> list[app_commands.Choice[str]]:
        """At most 25 titles with a word that begins like `prefix`; each stands for its article."""
        known = await self._of(collections)
        names = known.index.matching(prefix, _SHOWN) if prefix.strip() else islice(known.by_name, _SHOWN)
        return [app_commands.Choice(name=name, value=_key(known.by_name[name])) for name in names]

    async def topics(self, collections: tuple[str, ...], prefix: str) -> list[app_commands.Choice[str]]:
        """At most 25 titles that can be typed as a topic."""
        known = await self._of(collections)
        names = known.index.matching(prefix, _LOOKED_AT) if prefix.strip() else islice(known.by_name, _LOOKED_AT)
        fitting = [title for title in dict.fromkeys(known.by_name[name].title for name in names) if is_topic(title)]
        return [app_commands.Choice(name=title, value=title) for title in fitting[:_SHOWN]]

    async def days(self, collections: tuple[str, ...], typed: str) -> list[app_commands.Choice[str]]:
        """At most 25 days on which articles were published, the newest first, as far as they hold what was typed."""
        known, wanted = await self._of(collections), typed.strip().casefold()
        fitting = islice((day for day in known.days if wanted in day.casefold()), _SHOWN)
        return [app_commands.Choice(name=day, value=day) for day in fitting]

    async def publishers(self, collections: tuple[str, ...], typed: str) -> list[app_commands.Choice[str]]:
        """At most 25 publishers, as far as their names hold what was typed."""
        known, wanted = await self._of(collections), folded(typed)
        fitting = islice((name for name in known.publishers if wanted in folded(name)), _SHOWN)
        return [app_commands.Choice(name=name, value=name) for name in fitting]

    async def article(self, collections: tuple[str, ...], given: str) -> ArticleHead | None:
        """The article that was chosen, or is named by its address, id or whole title; None where two have the title."""
        return (await self._of(collections)).named.get(given.strip())

    def forget(self, collections: Sequence[str]) -> None:
        """The articles of these collections changed."""
        for key in [key for key in self._known if set(key) & set(collections)]:
            del self._known[key]

    async def _of(self, collections: tuple[str, ...]) -> _Known:
        known = self._known.get(collections)
        if known is None or self._clock() - known.read_at > _LASTS:
            known = await self._stored(lambda community: _read(community.articles(collections), self._clock()))
            self._known.pop(collections, None)
            self._known[collections] = known
            while len(self._known) > _PLACES:
                del self._known[next(iter(self._known))]
        return known


def _read(heads: Sequence[ArticleHead], at: float) -> _Known:
    titles = Counter(head.title for head in heads)
    named: dict[str, ArticleHead] = {}
    by_name: dict[str, ArticleHead] = {}
    alike: Counter[str] = Counter()
    for head in heads:
        for name in (_key(head), head.id, head.url):
            if name:
                named.setdefault(name, head)
        if head.title.strip():
            by_name[_offered(head, alone=titles[head.title] == 1, taken=by_name, alike=alike)] = head
    for head in heads:
        if titles[head.title] == 1:
            named.setdefault(head.title.strip(), head)
    days = dict.fromkeys(written_day(h.published_on) for h in heads if h.published_on is not None)
    publishers = sorted({h.source for h in heads if h.source and len(h.source) <= _LONGEST})
    return _Known(tuple(heads), by_name, named, tuple(days), tuple(publishers), PrefixIndex(list(by_name)), at)


def _offered(head: ArticleHead, *, alone: bool, taken: Container[str], alike: Counter[str]) -> str:
    """What an article is offered as: its title, and where others have the same (“Live updates”) what tells it apart."""
    name = head.title[:_LONGEST]
    if alone and name not in taken:
        return name
    details = (head.source, written_day(head.published_on) if head.published_on else None)
    apart = f" ({', '.join(d[: _LONGEST // 3] for d in details if d) or head.id[-_LONGEST // 3 :]})"
    whole = name = head.title[: _LONGEST - len(apart)] + apart
    while name in taken:
        alike[whole] += 1
        more = f"{apart} {alike[whole] + 1}"
        name = head.title[: _LONGEST - len(more)] + more
    return name


def is_topic(title: str) -> bool:
    """Whether a title can be typed as a topic: a day in it would be read as the days that are wanted."""
    return 0 < len(title.strip()) <= _LONGEST and not tag(title, None)


def _key(head: ArticleHead) -> str:
    """A short name for an article: its id may be longer than a choice can be."""
    return "#" + hashlib.sha256(f"{head.collection}\n{head.id}".encode()).hexdigest()[:24]
