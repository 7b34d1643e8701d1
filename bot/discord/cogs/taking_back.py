"""A removed article leaves the answers that are still shown, whoever removed it: a member, the terminal, the folder."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord.ext import commands, tasks

from bot.discord.answers.answer_view import text_view
from retrieval.errors import OnRecordError

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_AT_ONCE = 50  # messages; the others come at the next look
_LOOK = 1  # minutes
_ARCHIVED = 50083  # Discord's code: the thread is archived
_PASSES = 429  # HTTP status: this and those above are of Discord's, and pass
TAKEN_BACK = "An article that this answer cited was removed, and the answer with it."


class TakingBack(commands.Cog):
    """Looks every minute, and at once after `/remove`."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin to look."""
        self.look.start()

    async def cog_unload(self) -> None:
        """Stop it."""
        self.look.cancel()

    @tasks.loop(minutes=_LOOK)
    async def look(self) -> None:
        """Take back what is to be; a failure is tried again at the next look."""
        try:
            await self.take_back()
        except OnRecordError as error:
            _log.warning("answers are taken back later: %s", error)
        except Exception:  # noqa: BLE001 - a loop that ends would take back nothing any more
            _log.exception("answers could not be taken back")

    @look.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def take_back(self) -> None:
        """Put a sentence in the place of the answers that cited what was removed.

        What Discord does not let the bot change is noted in the log and left, else it would come back for ever.
        """
        for shown in await self._bot.stored(lambda community: community.robbed(_AT_ONCE)):
            assert shown.message is not None
            try:
                for message in (*shown.earlier, shown.message):
                    await self._replace(shown.channel, message)
            except discord.HTTPException as error:
                _log.warning("an answer is taken back later: %s", error)
                continue
            await self._bot.stored(lambda community, i=shown.id: community.take_back(i))  # type: ignore[misc]

    async def _replace(self, channel: int, message: int) -> None:
        """Do it in one message; raises only what may pass."""
        part = self._bot.get_partial_messageable(channel).get_partial_message(message)
        try:
            try:
                await part.edit(view=text_view(TAKEN_BACK))
            except discord.HTTPException as error:
                if error.code != _ARCHIVED:
                    raise
                await self._open_again(channel)
                await part.edit(view=text_view(TAKEN_BACK))
        except (discord.NotFound, discord.Forbidden) as error:
            _log.info("an answer cannot be taken back: %s", error)
        except discord.HTTPException as error:
            if error.status >= _PASSES:
                raise
            _log.warning("the answer in channel %d, message %d cannot be taken back: %s", channel, message, error)

    async def _open_again(self, channel: int) -> None:
        """Open an archived thread, in which nothing can be edited."""
        thread = await self._bot.fetch_channel(channel)
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=False)
