"""The slash command `/ask`, and the message command "Ask about this"."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answers.conversation import text_of
from bot.discord.answers.questions import MAX_QUESTION, MAX_SOURCE
from bot.discord.delivery import telling
from bot.discord.scope import place_of_interaction

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_Question = app_commands.Range[str, 2, MAX_QUESTION]
_Day = app_commands.Range[str, 1, 40]
_Source = app_commands.Range[str, 1, MAX_SOURCE]


class Ask(commands.Cog):
    """`/ask` with its window of publication days, its publisher, and answers for one pair of eyes."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name="Ask about this", callback=self.ask_about_this)
        self._menu.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
        self._menu.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)

    async def cog_load(self) -> None:
        """Add what a cog does not add by itself."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take it out again."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="Ask a question; every sentence of the answer is cited from the articles")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        question="What you want to know",
        first="Only articles published on or after this day, such as 2016-10-31 or last week",
        last="Only articles published on or before this day, such as 2016-12-31",
        source="Only articles of this publisher",
        private="Show the answer to you alone",
    )
    async def ask(
        self,
        interaction: discord.Interaction[OnRecordBot],
        question: _Question,
        first: _Day | None = None,
        last: _Day | None = None,
        source: _Source | None = None,
        private: bool = False,
    ) -> None:
        """Answer `question`; what is wrong with it is said at once and to the asker alone."""
        await self._bot.asking.by_interaction(interaction, question, first, last, source, private=private)

    @ask.autocomplete("source")
    async def complete_source(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 publishers from the cached list; nothing where anything is wrong, since nobody could be told."""
        try:
            questions = self._bot.questions
            names = await questions.library.sources(questions.collections(place_of_interaction(interaction)), current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []
        return [app_commands.Choice(name=name, value=name) for name in names if 0 < len(name) <= MAX_SOURCE][:25]

    async def ask_about_this(self, interaction: discord.Interaction[OnRecordBot], message: discord.Message) -> None:
        """Open a window with the words of the message, to be made a question; the answer is for the asker alone."""
        await interaction.response.send_modal(AskWindow(" ".join(text_of(message).split())[:MAX_QUESTION]))


class AskWindow(discord.ui.Modal, title="Ask about this"):
    """A question that begins as the words of a message."""

    def __init__(self, words: str) -> None:
        super().__init__(timeout=900)
        self._question: discord.ui.TextInput[AskWindow] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, default=words or None, min_length=2, max_length=MAX_QUESTION
        )
        self.add_item(discord.ui.Label(text="What do you want to know?", component=self._question))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Ask it."""
        question = self._question.value.strip()
        await telling(interaction, interaction.client.asking.by_interaction(interaction, question, private=True))
