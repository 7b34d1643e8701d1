"""The Discord client: how it is set up, and nothing of what it does."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answerer import Answerer
from bot.discord.ask import Ask
from bot.discord.commands_sync import sync_if_changed
from bot.discord.cooldown import Cooldown
from bot.discord.dating import Dating
from bot.discord.delivery import tell
from bot.discord.errors import sentence_for
from bot.discord.messages import Messages
from bot.discord.pages import Pages
from bot.discord.questions import Questions
from bot.discord.quotes import Quotes

_log = logging.getLogger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # there is no voice here to warn about


def intents(*, message_content: bool) -> discord.Intents:
    """No more than is used: servers with their channels and roles (for permissions), and messages.

    Discord delivers the text of direct messages, mentions and pinging replies without the privileged message-content
    intent; with it, also the text of replies that do not ping.
    """
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    wanted.message_content = message_content
    return wanted


class _Tree(app_commands.CommandTree["OnRecordBot"]):
    async def on_error(
        self, interaction: discord.Interaction[OnRecordBot], error: app_commands.AppCommandError, /
    ) -> None:
        await tell(interaction, error)


class OnRecordBot(commands.AutoShardedBot):
    """OnRecord on Discord. `folder` is where it remembers which commands Discord was told."""

    def __init__(
        self,
        answerer: Answerer,
        *,
        folder: Path,
        servers_read_operator: bool = True,
        message_content: bool = False,
        cooldown: Cooldown | None = None,
    ) -> None:
        super().__init__(
            commands.when_mentioned,
            help_command=None,
            tree_cls=_Tree,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=500,
        )
        self.questions = Questions(answerer, servers_read_operator=servers_read_operator, cooldown=cooldown)
        self.pages = Pages(folder)
        self._folder = folder

    async def setup_hook(self) -> None:
        """Everything that is done once; `on_ready` comes again after every reconnect."""
        await self.add_cog(Ask(self))
        await self.add_cog(Quotes(self))
        await self.add_cog(Dating(self))
        await self.add_cog(Messages(self))
        assert self.application_id is not None
        await sync_if_changed(self.tree, self.application_id, self._folder)
        if not self.intents.message_content:
            _log.info(
                "without the message-content intent: /ask, mentions, pinging replies and direct messages are answered,"
                " replies that do not ping are not (ONRECORD_MESSAGE_CONTENT=true, and the switch in the developer"
                " portal, change that)"
            )

    async def on_ready(self) -> None:
        """Say in the log that it runs."""
        _log.info("logged in as %s, in %d server(s)", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: there are no prefix commands, and the cog listens for itself."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what a listener let through; there is nobody to tell."""
        error = sys.exc_info()[1]
        if error is not None:
            _log.error("in %s: %s", event_method, sentence_for(error))
