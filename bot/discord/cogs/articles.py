"""`/articles`: what there is to ask about, by title, publisher and day, in pages."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answers.questions import window
from bot.discord.delivery import acknowledge, telling
from bot.discord.rendering.answers import source_line
from bot.discord.rendering.escaping import escape
from bot.discord.rendering.splitting import length
from bot.discord.scope import Place, place_of_interaction
from retrieval.annotation.folding import folded
from retrieval.errors import BadInput
from retrieval.schema import ArticleHead, Citation

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

PER_PAGE = 8
_LIMIT = 3_800  # UTF-16 units of a page; a layout shows 4,000
_TOO_OLD = "This list is too old to be turned: ask again with /articles."
_NONE = "No such article is here."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which articles: words that all stand in the title, a publisher, days of publication."""

    search: str | None = None
    source: str | None = None
    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        parts = ["Articles"]
        if self.search:
            parts.append(f"with “{self.search}”")
        if self.source:
            parts.append(f"from {self.source}")
        if self.first:
            parts.append(f"since {self.first}")
        if self.last:
            parts.append(f"until {self.last}")
        return " ".join(parts)


def matching(heads: Sequence[ArticleHead], wanted: Wanted) -> list[ArticleHead]:
    """Those of `heads` that are wanted, in the same order; case and accents make no difference."""
    words = [folded(word) for word in (wanted.search or "").split()]
    return [
        head
        for head in heads
        if (wanted.source is None or (head.source or "").casefold() == wanted.source.casefold())
        and (wanted.first is None or (head.published_on is not None and head.published_on >= wanted.first))
        and (wanted.last is None or (head.published_on is not None and head.published_on <= wanted.last))
        and all(word in folded(head.title) for word in words)
    ]


class Articles(commands.Cog):
    """What there is."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot
        bot.add_dynamic_items(ArticlesPageButton)

    @app_commands.command(description="See which articles there are, newest first")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        search="Words of the title",
        source="Only articles of this publisher",
        first="Only articles published on or after this day, such as 2016-10-31 or last week",
        last="Only articles published on or before this day",
    )
    async def articles(
        self,
        interaction: discord.Interaction[OnRecordBot],
        search: app_commands.Range[str, 1, 100] | None = None,
        source: app_commands.Range[str, 1, 100] | None = None,
        first: app_commands.Range[str, 1, 40] | None = None,
        last: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """Show the first page to whoever asks."""
        place = place_of_interaction(interaction)
        days = window(first, last, source, await self._bot.stored.today(place.kept_under))
        self._bot.questions.count(place.member)
        chosen = None
        if search is not None and search.startswith("#"):
            chosen = await self._bot.titles.article(self._bot.questions.collections(place), search)
        wanted = Wanted(chosen.title if chosen else search, days.source, days.first, days.last)
        await acknowledge(interaction, private=True)
        view = await page_view(self._bot, place, self._bot.pages.remember_articles(_kept(wanted)), wanted, 0)
        await interaction.edit_original_response(view=view)

    @articles.autocomplete("search")
    async def complete_title(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 titles from the list in memory; nothing where anything is wrong, since nobody could be told."""
        try:
            collections = self._bot.questions.collections(place_of_interaction(interaction))
            return await self._bot.titles.choices(collections, current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []

    @articles.autocomplete("source")
    async def complete_source(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 publishers, as `complete_title`."""
        try:
            collections = self._bot.questions.collections(place_of_interaction(interaction))
            return await self._bot.titles.publishers(collections, current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []


class ArticlesPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"articles:(?P<key>[0-9a-f]{8}):(?P<page>[0-9]{1,5})"
):
    """Turns to a page of a list of articles, also after a restart."""

    def __init__(self, key: str, page: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"articles:{key}:{page}", disabled=disabled))
        self._key, self._page = key, page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["key"], int(match["page"]), "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page."""
        await telling(interaction, self._turn(interaction))

    async def _turn(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        kept = interaction.client.pages.find_articles(self._key)
        if kept is None:
            raise BadInput(_TOO_OLD)
        place = place_of_interaction(interaction)
        view = await page_view(interaction.client, place, self._key, _wanted(kept), self._page)
        await interaction.response.edit_message(view=view)


async def page_view(bot: OnRecordBot, place: Place, key: str, wanted: Wanted, page: int) -> discord.ui.LayoutView:
    """A page of the articles that are read in a place, counted from 0."""
    heads = await bot.titles.heads(bot.questions.collections(place))
    found = await asyncio.to_thread(matching, heads, wanted)  # of 100,000 it takes longer than anybody may be kept
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(page, pages - 1)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(_page_text(found, wanted, page)))
    if pages > 1:
        before = ArticlesPageButton(key, max(0, page - 1), "Previous", disabled=page == 0)
        after = ArticlesPageButton(key, min(pages - 1, page + 1), "Next", disabled=page == pages - 1)
        view.add_item(discord.ui.ActionRow(before, after))
    return view


def _page_text(found: Sequence[ArticleHead], wanted: Wanted, page: int) -> str:
    heading = f"**{escape(str(wanted))}**"
    if not found:
        return f"{heading}\n{_NONE}"
    first = page * PER_PAGE
    shown = found[first : first + PER_PAGE]
    lines = [f"- {source_line(Citation(0, head, 0, 0, '', head.url or head.origin))}" for head in shown]
    while length("\n".join(lines)) > _LIMIT:
        longest = max(range(len(lines)), key=lambda i: len(lines[i]))
        lines[longest] = f"- {escape(shown[longest].title[:150])}"
    return "\n".join((heading, *lines, f"-# {first + 1}–{first + len(shown)} of {len(found)}"))


def _kept(wanted: Wanted) -> dict[str, str | None]:
    first, last = (day.isoformat() if day else None for day in (wanted.first, wanted.last))
    return {"search": wanted.search, "source": wanted.source, "first": first, "last": last}


def _wanted(kept: dict[str, str | None]) -> Wanted:
    first, last = (date.fromisoformat(day) if day else None for day in (kept["first"], kept["last"]))
    return Wanted(kept["search"], kept["source"], first, last)
