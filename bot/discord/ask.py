"""The slash command `/ask`."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.delivery import acknowledge, follow_up
from bot.discord.questions import MAX_QUESTION, MAX_SOURCE, STOPPED, window

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

    @app_commands.command(description="Ask a question; every sentence of the answer is cited from the articles")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        question="What you want to know",
        first="Only articles published on or after this day, such as 2016-10-31",
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
        questions = self._bot.questions
        wanted = window(first, last, source)
        collections = questions.admit(question, user_id=interaction.user.id, guild_id=interaction.guild_id)
        await acknowledge(interaction, private=private)

        async def stopped() -> None:
            await follow_up(interaction, [STOPPED], private=private)

        questions.running(stopped)
        parts = await questions.answer(question, collections=collections, window=wanted, repeat=True)
        await follow_up(interaction, parts, private=private)

    @ask.autocomplete("source")
    async def complete_source(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 publishers from the cached list; nothing where anything is wrong, since nobody could be told."""
        try:
            names = await self._bot.questions.sources(interaction.guild_id, current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []
        return [app_commands.Choice(name=name, value=name) for name in names if 0 < len(name) <= MAX_SOURCE][:25]
