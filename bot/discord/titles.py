"""The articles of some collections by their titles, from a list in memory, since a completion has to come at once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from discord import app_commands

from bot.discord.stored import Stored
from bot.prefix_index import PrefixIndex
from retrieval.annotation.time import tag
from retrieval.schema import ArticleHead
from retrieval.search.wording import written_day

_LASTS = 60.0  # seconds before the list is read again
_PLACES = 50  # whose lists are in memory at once: many servers must not each have all articles there
_SHOWN, _LONGEST = 25, 100  # choices and characters, as Discord takes them
_LOOKED_AT = 100  # titles, for those that are topics


@dataclass(frozen=True, slots=True)
class _Known:
    heads: tuple[ArticleHead, ...]
    by_name: dict[str, ArticleHead]
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
        names = [h.title for h in known.heads] if not prefix.strip() else known.index.matching(prefix, _SHOWN)
        return [
            app_commands.Choice(name=name[:_LONGEST], value=_key(known.by_name[name]))
            for name in list(dict.fromkeys(n for n in names if n.strip()))[:_SHOWN]
        ]

    async def topics(self, collections: tuple[str, ...], prefix: str) -> list[app_commands.Choice[str]]:
        """At most 25 titles that can be typed as a topic."""
        known = await self._of(collections)
        names = [h.title for h in known.heads] if not prefix.strip() else known.index.matching(prefix, _LOOKED_AT)
        fitting = [name for name in dict.fromkeys(names[:_LOOKED_AT]) if is_topic(name)]
        return [app_commands.Choice(name=name, value=name) for name in fitting[:_SHOWN]]

    async def days(self, collections: tuple[str, ...], typed: str) -> list[app_commands.Choice[str]]:
        """At most 25 days on which articles were published, the newest first, as far as they hold what was typed."""
        known = await self._of(collections)
        written = dict.fromkeys(written_day(h.published_on) for h in known.heads if h.published_on is not None)
        wanted = typed.strip().casefold()
        return [app_commands.Choice(name=day, value=day) for day in written if wanted in day.casefold()][:_SHOWN]

    async def article(self, collections: tuple[str, ...], given: str) -> ArticleHead | None:
        """The article that was chosen, or is named by its address, id or whole title."""
        known = await self._of(collections)
        wanted = given.strip()
        for head in known.heads:
            if wanted in (_key(head), head.id, head.url):
                return head
        return known.by_name.get(wanted)

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
    by_name = {head.title: head for head in reversed(heads)}
    return _Known(tuple(heads), by_name, PrefixIndex(list(by_name)), at)


def is_topic(title: str) -> bool:
    """Whether a title can be typed as a topic: a day in it would be read as the days that are wanted."""
    return 0 < len(title.strip()) <= _LONGEST and not tag(title, None)


def _key(head: ArticleHead) -> str:
    """A short name for an article: its id may be longer than a choice can be."""
    return "#" + hashlib.sha256(f"{head.collection}\n{head.id}".encode()).hexdigest()[:24]
