"""`/privacy` and `/forget-me`, and what happens to a server's things when the bot leaves it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.delivery import acknowledge, follow_up
from bot.discord.scope import place_of_interaction
from retrieval.community import CLOCK_AFTER_LEAVING, now
from retrieval.errors import OnRecordError

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_KEPT = (
    "**What I keep**\n"
    "- Each question with its answer and what it cites, who asked, where and when, for {days} days: buttons and"
    " follow-ups need it.\n"
    "- 👍 and 👎 with the reasons, as long as the answer they are about.\n"
    "- How many questions you asked today and yesterday, where there are quotas.\n"
    "- The articles that this server adds, until it removes them; links and files that wait to be added, till they"
    " are.\n"
    "I keep no other messages, and nobody outside this server reads what is kept of it, but whoever runs me.\n"
    "**What leaves this computer**: {model}\n"
    "**When I leave a server**, all of its articles, answers, feedback and settings are deleted after {clock} days.\n"
    "`/forget-me` deletes your questions, their answers and your feedback at once, in every server."
)
_MODEL = (
    "your question, what was asked before it and the passages that may answer it go to a language model, and how many"
    " tokens you used is kept until the next day."
)
_NO_MODEL = "nothing that you write; no language model is used here."


class Privacy(commands.Cog):
    """What is kept and for how long, and the deleting of it."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin to delete what is old, every hour."""
        self.forget_what_is_old.start()

    async def cog_unload(self) -> None:
        """Stop it."""
        self.forget_what_is_old.cancel()

    @app_commands.command(description="What I keep of you, and for how long")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def privacy(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        """Say it, to whoever asks."""
        settings = await self._bot.stored.settings(place_of_interaction(interaction).kept_under)
        model = _MODEL if settings.language_model and self._bot.has_model else _NO_MODEL
        text = _KEPT.format(days=settings.retention_days, model=model, clock=CLOCK_AFTER_LEAVING.days)
        await interaction.response.send_message(text, ephemeral=True)

    @app_commands.command(name="forget-me", description="Delete everything I keep of you, in every server")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def forget_me(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        """Delete it, and say what it was."""
        await acknowledge(interaction, private=True)
        member = interaction.user.id
        await self._bot.stored.flush()
        gone = await self._bot.stored(lambda community: community.forget_member(member))
        if self._bot.has_model:
            await self._bot.questions.library.forget_person(f"discord-{member}")
        _log.info("a member was forgotten: %d answers, %d opinions", gone.answers, gone.opinions)
        said = f"Deleted: {_count(gone.answers, 'question')} with the answers, {_count(gone.opinions, 'opinion')}."
        await follow_up(
            interaction,
            [f"{said} The messages themselves stay in Discord until you delete them there."],
            private=True,
        )

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Start the clock after which a server's things are deleted."""
        await self._bot.stored(lambda community: community.leave(guild.id, now()))

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Stop it."""
        await self._bot.stored(lambda community: community.see((guild.id,)))
        await self._bot.stored(lambda community: community.come_back(guild.id))

    @tasks.loop(hours=1)
    async def forget_what_is_old(self) -> None:
        """Delete what was kept long enough, and all of servers that were left long ago."""
        try:
            await self._note_departures()
            count = await self._bot.stored(lambda community: community.forget_what_is_old(now()))
            if count:
                _log.info("answers deleted after their time: %d", count)
            for server in await self._bot.stored(lambda community: community.time_is_up(now())):
                await self.forget_server(server)
        except OnRecordError as error:
            _log.warning("what is old could not be deleted, and is tried again in an hour: %s", error)
        except Exception:  # noqa: BLE001 - a loop that ends would delete nothing any more
            _log.exception("what is old could not be deleted, and is tried again in an hour")

    @forget_what_is_old.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def forget_server(self, server: int) -> None:
        """Delete everything that is a server's: its articles first, so that a failure leaves it to be done again."""
        names = await self._bot.stored(lambda community: community.collections_of(server))
        count = await self._bot.questions.library.forget_collections(tuple(names))
        await self._bot.stored(lambda community: community.forget_server(server))
        self._bot.stored.forget_cached(server)
        _log.info("a server that was left was deleted: %d articles", count)

    async def _note_departures(self) -> None:
        """What happened while the bot was away: servers that are gone, and servers that are back."""
        here = {guild.id for guild in self._bot.guilds}
        await self._bot.stored(lambda community: community.see(here))
        for server in await self._bot.stored(lambda community: community.servers()):
            if server in here:
                await self._bot.stored(lambda community, s=server: community.come_back(s))  # type: ignore[misc]
            else:
                await self._bot.stored(lambda community, s=server: community.leave(s, now()))  # type: ignore[misc]


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
