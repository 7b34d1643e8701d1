"""The slash commands `/timeline` and `/on`: what happened when."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answers.questions import STOPPED
from bot.discord.delivery import acknowledge, follow_up
from bot.discord.rendering.events import render_events
from bot.discord.scope import place_of_interaction
from retrieval.search.event_questions import event_query

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_SHOWN = 10  # events, numbered; more would not be read in a chat

_Topic = app_commands.Range[str, 2, 150]
_Days = app_commands.Range[str, 1, 60]


class Dating(commands.Cog):
    """`/timeline` with its picture, and `/on` for single days."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    @app_commands.command(description="Tell a topic in order of time, with a picture")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        topic="What it is about; all there is without it",
        first="Happenings from this day on, such as 2016-10-31, October 2016 or last week",
        last="Happenings up to this day",
        private="Show it to you alone",
    )
    async def timeline(
        self,
        interaction: discord.Interaction[OnRecordBot],
        topic: _Topic | None = None,
        first: _Days | None = None,
        last: _Days | None = None,
        private: bool = False,
    ) -> None:
        """The events of a topic, numbered as in the picture."""
        await self._show(interaction, topic, first=first, last=last, picture=True, private=private)

    @app_commands.command(name="on", description="What happened on a day, or in any other stretch of time")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.describe(
        date="The day or days: 2016-10-22, October 2016, last week, Christmas 2015",
        topic="Only what is about this",
        private="Show it to you alone",
    )
    async def on(
        self,
        interaction: discord.Interaction[OnRecordBot],
        date: _Days,
        topic: _Topic | None = None,
        private: bool = False,
    ) -> None:
        """The events of those days."""
        await self._show(interaction, topic, on=date, picture=False, private=private)

    @timeline.autocomplete("topic")
    @on.autocomplete("topic")
    async def complete_topic(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 titles; nothing where anything is wrong, since nobody could be told."""
        try:
            return await self._bot.titles.topics(self._read_in(interaction), current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []

    @on.autocomplete("date")
    async def complete_day(
        self, interaction: discord.Interaction[OnRecordBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25 days of publication, as `complete_topic`; any other days can be typed."""
        try:
            return await self._bot.titles.days(self._read_in(interaction), current)
        except Exception as error:  # noqa: BLE001 - typing goes on whatever happens here
            _log.info("no completion: %s", error)
            return []

    def _read_in(self, interaction: discord.Interaction[OnRecordBot]) -> tuple[str, ...]:
        return self._bot.questions.collections(place_of_interaction(interaction))

    async def _show(
        self,
        interaction: discord.Interaction[OnRecordBot],
        topic: str | None,
        *,
        picture: bool,
        private: bool,
        on: str | None = None,
        first: str | None = None,
        last: str | None = None,
    ) -> None:
        questions, place = self._bot.questions, place_of_interaction(interaction)
        today = await self._bot.stored.today(place.kept_under)
        # What cannot be read as days is said at once and to the asker alone; which days they are, the library says.
        event_query(today, about=topic, on=on, first=first, last=last)
        admitted = await questions.admit(topic or on or "what happened when", place)
        await acknowledge(interaction, private=private)

        async def stopped() -> None:
            await follow_up(interaction, [STOPPED], private=private)

        questions.running(stopped)
        drawn = await questions.library.drawn_events(
            topic, on=on, first=first, last=last, today=today, collections=admitted.collections, k=_SHOWN,
            picture=picture,
        )  # fmt: skip
        await follow_up(interaction, render_events(drawn.found), private=private, picture=drawn.picture)
