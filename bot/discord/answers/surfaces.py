"""Where an answer is shown: in the place of "is thinking…", or as a reply to a message."""

from __future__ import annotations

import logging
from typing import Any, Protocol

import discord

from bot.discord.errors import is_gone

_log = logging.getLogger(__name__)

_NO_REPLY = 160002  # Discord's code: to reply one must be allowed to read the channel's history

View = discord.ui.LayoutView


class Surface(Protocol):
    """One message that is shown and edited, and those that come after it; None where nothing can be shown."""

    async def show(self, view: View) -> discord.Message | None:
        """Show `view`, in the place of what was shown before."""
        ...

    async def more(self, view: View) -> discord.Message | None:
        """Show `view` in a message of its own."""
        ...


class InteractionSurface:
    """The response to a deferred interaction. Its token lives for 15 minutes; after that the channel takes its place,
    unless the answer is private."""

    def __init__(self, interaction: discord.Interaction[Any], *, private: bool) -> None:
        self._interaction, self._private = interaction, private
        self._gone = False
        self._in_channel: discord.Message | None = None

    async def show(self, view: View) -> discord.Message | None:
        """Show `view`, in the place of "is thinking…" or of what was shown before."""
        if self._usable():
            try:
                return await self._interaction.edit_original_response(view=view)
            except discord.HTTPException as error:
                self._give_up(error)
        if self._in_channel is not None:
            return await self._in_channel.edit(view=view)
        self._in_channel = await self._to_channel(view)
        return self._in_channel

    async def more(self, view: View) -> discord.Message | None:
        """Show `view` below."""
        if self._usable():
            try:
                return await self._interaction.followup.send(view=view, ephemeral=self._private, wait=True)
            except discord.HTTPException as error:
                self._give_up(error)
        return await self._to_channel(view)

    def _usable(self) -> bool:
        return self._interaction.response.is_done() and not self._interaction.is_expired() and not self._gone

    def _give_up(self, error: discord.HTTPException) -> None:
        if not is_gone(error):
            raise error
        self._gone = True

    async def _to_channel(self, view: View) -> discord.Message | None:
        channel = self._interaction.channel
        if self._private or not isinstance(channel, discord.abc.Messageable):
            _log.info("an answer came too late to be shown")
            return None
        return await _sent(channel, view, None)


class MessageSurface:
    """Replies to a message in its channel, or messages in a thread. They ping nobody.

    Where the question was deleted meanwhile, or replies are not allowed, they stand alone.
    """

    def __init__(self, channel: discord.abc.Messageable, replying_to: discord.Message | None) -> None:
        self._channel = channel
        self._reference = replying_to.to_reference(fail_if_not_exists=False) if replying_to is not None else None
        self._shown: discord.Message | None = None

    async def show(self, view: View) -> discord.Message | None:
        """Show `view`, in the place of what was shown before."""
        if self._shown is not None:
            try:
                self._shown = await self._shown.edit(view=view)
                return self._shown
            except discord.NotFound:  # somebody deleted it
                self._shown = None
        self._shown = await self.more(view)
        return self._shown

    async def more(self, view: View) -> discord.Message | None:
        """Show `view` in a message of its own."""
        try:
            return await _sent(self._channel, view, self._reference)
        except discord.HTTPException as error:
            if error.code != _NO_REPLY:
                raise
            self._reference = None
            return await _sent(self._channel, view, None)


async def _sent(
    channel: discord.abc.Messageable, view: View, reference: discord.MessageReference | None
) -> discord.Message | None:
    try:
        if reference is None:
            return await channel.send(view=view)
        return await channel.send(view=view, reference=reference, mention_author=False)
    except (discord.Forbidden, discord.NotFound) as error:
        _log.warning("an answer cannot be shown in its channel: %s", error)
        return None
