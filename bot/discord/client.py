"""The Discord client: how it is set up, and nothing of what it does."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.answerer import Served
from bot.discord.answers.asking import Asking
from bot.discord.answers.cooldown import Cooldown
from bot.discord.answers.feedback_buttons import FeedbackButton
from bot.discord.answers.questions import Questions
from bot.discord.answers.source_buttons import SourceButton, SourcesPageButton
from bot.discord.answers.stop_button import StopButton
from bot.discord.answers.understood import ChangeButton
from bot.discord.cogs.adding import Adding
from bot.discord.cogs.articles import Articles
from bot.discord.cogs.ask import Ask
from bot.discord.cogs.dating import Dating
from bot.discord.cogs.digests import Digests
from bot.discord.cogs.feedback_export import FeedbackExport
from bot.discord.cogs.help import Help
from bot.discord.cogs.messages import Messages
from bot.discord.cogs.privacy import Privacy
from bot.discord.cogs.quotes import Quotes
from bot.discord.cogs.settings_screen import SettingsScreen
from bot.discord.cogs.status import Status
from bot.discord.cogs.taking_back import TakingBack
from bot.discord.cogs.watching import Watching
from bot.discord.commands_sync import sync_if_changed
from bot.discord.delivery import tell
from bot.discord.errors import sentence_for
from bot.discord.intake import Intake
from bot.discord.pages import Pages
from bot.discord.stored import Stored
from bot.discord.titles import Titles
from retrieval.community import Community

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
    """OnRecord on Discord. `folder` is the store: what servers set and were shown is kept in its catalogue."""

    def __init__(
        self,
        answerer: Served,
        *,
        folder: Path,
        servers_read_operator: bool = True,
        message_content: bool = False,
        cooldown: Cooldown | None = None,
        time_zone: str = "UTC",
        has_model: bool = False,
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
        self.has_model = has_model
        self.stored = Stored(Community(folder), time_zone)
        self.questions = Questions(
            answerer, self.stored, servers_read_operator=servers_read_operator, cooldown=cooldown
        )
        self.asking = Asking(self)
        self.intake = Intake(answerer, self.stored)
        self.titles = Titles(self.stored)
        self.taking_back = TakingBack(self)
        self.pages = Pages(folder)
        self._folder = folder

    async def setup_hook(self) -> None:
        """Everything that is done once; `on_ready` comes again after every reconnect."""
        await self.add_cog(Ask(self))
        await self.add_cog(Quotes(self))
        await self.add_cog(Dating(self))
        await self.add_cog(Messages(self))
        await self.add_cog(Adding(self))
        await self.add_cog(FeedbackExport(self))
        await self.add_cog(SettingsScreen(self))
        await self.add_cog(Privacy(self))
        await self.add_cog(Watching(self))
        await self.add_cog(Digests(self))
        await self.add_cog(Articles(self))
        await self.add_cog(Help(self))
        await self.add_cog(Status(self))
        await self.add_cog(self.taking_back)
        self.add_dynamic_items(SourceButton, SourcesPageButton, FeedbackButton, ChangeButton, StopButton)
        assert self.application_id is not None
        await sync_if_changed(self.tree, self.application_id, self._folder)
        if not self.intents.message_content:
            _log.info(
                "without the message-content intent: /ask, mentions, pinging replies and direct messages are answered,"
                " replies that do not ping are not (ONRECORD_MESSAGE_CONTENT=true, and the switch in the developer"
                " portal, change that)"
            )

    async def close(self) -> None:
        """End the connection, then let go of the catalogue."""
        await super().close()
        await self.stored.close()

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
