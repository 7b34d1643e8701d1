"""`/quotes` with its pages, and the message command "Who said this?"."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any, Literal, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answers.conversation import text_of
from bot.discord.answers.questions import MAX_QUESTION, STOPPED, window
from bot.discord.claims import claimed_in
from bot.discord.delivery import acknowledge, follow_up, telling
from bot.discord.rendering.quotations import MOST, NOTHING, describe, page_count, render_page, render_verdict
from bot.discord.scope import place_of_interaction
from retrieval.errors import BadInput
from retrieval.schema import QuotationKind, QuotationQuery

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_Speaker = app_commands.Range[str, 1, 100]
_Topic = app_commands.Range[str, 1, 200]
_Day = app_commands.Range[str, 1, 40]
_Kind = Literal["word for word", "partly word for word", "in other words"]
_KINDS: dict[_Kind, QuotationKind] = {
    "word for word": QuotationKind.DIRECT,
    "partly word for word": QuotationKind.MIXED,
    "in other words": QuotationKind.INDIRECT,
}

_TOO_OLD = "This list is too old to be turned: ask again with /quotes."


class Quotes(commands.Cog):
    """Who said what: `/quotes`, and "Who said this?" on any message."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Who said this?", callback=self.who_said_this)
        self._menu.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)

    async def cog_load(self) -> None:
        """Add what a cog does not add by itself."""
        self._bot.tree.add_command(self._menu)
        self._bot.add_dynamic_items(PageButton)

    async def cog_unload(self) -> None:
        """Take it out again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)
        self._bot.remove_dynamic_items(PageButton)

    @app_commands.command(description="Find what was said, by whom, about what, when")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        speaker="Only what this person or body said",
        about="Only what was said about this",
        first="Only what was said (else published) on or after this day, such as 2016-10-31 or last week",
        last="Only what was said (else published) on or before this day, such as 2016-12-31",
        kind="Only what is quoted word for word, partly so, or told in other words",
    )
    async def quotes(
        self,
        interaction: discord.Interaction[OnRecordBot],
        speaker: _Speaker | None = None,
        about: _Topic | None = None,
        first: _Day | None = None,
        last: _Day | None = None,
        kind: _Kind | None = None,
    ) -> None:
        """Show the first page; what is wrong with the days is said at once and to the asker alone."""
        place = place_of_interaction(interaction)
        days = window(first, last, None, await self._bot.stored.today(place.kept_under))
        told = _KINDS[kind] if kind else None
        query = QuotationQuery(_words(speaker), _words(about), days.first, days.last, told)
        questions = self._bot.questions
        admitted = await questions.admit(describe(query), place)
        await acknowledge(interaction, private=False)
        questions.running(lambda: follow_up(interaction, [STOPPED], private=False))
        found = await questions.library.quotations(query, collections=admitted.collections, k=MOST)
        text = render_page(found, 0, describe(query))
        if page_count(found) == 1:
            await follow_up(interaction, [text], private=False)
            return
        view = page_view(self._bot.pages.remember(query), 0, page_count(found))
        await follow_up(interaction, [text], private=False, view=view)

    @quotes.autocomplete("speaker")
    async def complete_speaker(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 speakers, by any of their names; nothing where anything is wrong, since nobody could be told."""
        try:
            questions = self._bot.questions
            names = await questions.library.speakers(questions.collections(place_of_interaction(interaction)), current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []
        return [app_commands.Choice(name=name, value=name) for name in names if 0 < len(name) <= 100][:25]

    async def who_said_this(self, interaction: discord.Interaction[OnRecordBot], message: discord.Message) -> None:
        """Check the words that a message quotes, else all of it; for the asker alone."""
        questions = self._bot.questions
        claim = claimed_in(text_of(message))
        if not any(c.isalnum() for c in claim.words):
            raise BadInput("There are no words in this message to look for.")
        admitted = await questions.admit(claim.words[:MAX_QUESTION], place_of_interaction(interaction))
        await acknowledge(interaction, private=True)
        questions.running(lambda: follow_up(interaction, [STOPPED], private=True))
        verdict = await questions.library.verify(claim.words, speaker=claim.speaker, collections=admitted.collections)
        await follow_up(interaction, [render_verdict(verdict)], private=True)


class PageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"quotes:(?P<key>[0-9a-f]{8}):(?P<page>[0-9]{1,5}):(?P<step>[<>])",
):
    """Turns to a page of a list of quotations. All it needs stands in its id, so it works after a restart."""

    def __init__(self, key: str, page: int, step: str, *, disabled: bool = False) -> None:
        label = "Previous" if step == "<" else "Next"
        super().__init__(discord.ui.Button(label=label, custom_id=f"quotes:{key}:{page}:{step}", disabled=disabled))
        self._key, self._page = key, page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["key"], int(match["page"]), match["step"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page. The articles read are those of whoever presses, here and now."""
        await telling(interaction, self._turn(interaction))

    async def _turn(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        bot = interaction.client
        query = bot.pages.find(self._key)
        if query is None:
            raise BadInput(_TOO_OLD)
        collections = bot.questions.collections(place_of_interaction(interaction))
        await interaction.response.defer()
        found = await bot.questions.library.quotations(query, collections=collections, k=MOST)
        count = page_count(found)
        page = min(self._page, count - 1)
        text = render_page(found, page, describe(query)) if found else NOTHING
        await interaction.edit_original_response(content=text, view=page_view(self._key, page, count))


def page_view(key: str, page: int, count: int) -> discord.ui.View:
    """The two buttons under page `page` of `count`."""
    view = discord.ui.View(timeout=None)
    view.add_item(PageButton(key, max(0, page - 1), "<", disabled=page == 0))
    view.add_item(PageButton(key, min(count - 1, page + 1), ">", disabled=page >= count - 1))
    return view


def _words(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
