"""Getting messages to where they belong, by the next best way where the first is closed."""

from __future__ import annotations

import io
import logging
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.discord.errors import is_gone, sentence_for

if TYPE_CHECKING:
    from bot.charts.timeline import Picture

_log = logging.getLogger(__name__)

_NO_REPLY = 160002  # Discord's code: to reply one must be allowed to read the channel's history


async def acknowledge(interaction: discord.Interaction[Any], *, private: bool) -> None:
    """Let Discord show "is thinking…"; where that came too late, `follow_up` answers in the channel."""
    try:
        await interaction.response.defer(thinking=True, ephemeral=private)
    except discord.HTTPException as error:
        if not is_gone(error):
            raise
        _log.warning("an interaction could not be acknowledged in time")


async def follow_up(
    interaction: discord.Interaction[Any],
    parts: Sequence[str],
    *,
    private: bool,
    picture: Picture | None = None,
    view: discord.ui.View | None = None,
) -> None:
    """Send the parts of an answer to a deferred interaction, the picture with the first of them, the buttons with all.

    Its token lives for 15 minutes; after that they go to the channel, unless they are private.
    """
    left = list(parts)
    while left and interaction.response.is_done() and not interaction.is_expired():
        try:
            files = [_file(picture)] if picture is not None and len(left) == len(parts) else []
            await interaction.followup.send(
                left[0],
                ephemeral=private,
                suppress_embeds=True,
                files=files,
                view=view if view is not None else discord.utils.MISSING,
            )
        except discord.HTTPException as error:
            if not is_gone(error):
                raise
            break
        left.pop(0)
    if not left:
        return
    if private or not isinstance(interaction.channel, discord.abc.Messageable):
        _log.info("an answer came too late to be shown")
        return
    await to_channel(interaction.channel, left, view)


def _file(picture: Picture) -> discord.File:
    return discord.File(io.BytesIO(picture.png), "timeline.png", description=picture.alternative)


async def to_channel(
    channel: discord.abc.Messageable, parts: Sequence[str], view: discord.ui.View | None = None
) -> None:
    """Send the parts to a channel; where that is forbidden, say so in the log."""
    try:
        for part in parts:
            if view is None:
                await channel.send(part, suppress_embeds=True)
            else:
                await channel.send(part, suppress_embeds=True, view=view)
    except (discord.Forbidden, discord.NotFound) as error:
        _log.warning("an answer cannot be shown in its channel: %s", error)


async def reply(message: discord.Message, parts: Sequence[str]) -> None:
    """Send the parts as replies to `message`, each of them so that a reply to any of them leads back to the question.

    They ping nobody. Where the question was deleted meanwhile, or replies are not allowed, they stand alone.
    """
    reference = message.to_reference(fail_if_not_exists=False)
    for i, part in enumerate(parts):
        try:
            await message.channel.send(part, reference=reference, mention_author=False, suppress_embeds=True)
        except discord.HTTPException as error:
            if error.code == _NO_REPLY:
                await to_channel(message.channel, parts[i:])
            elif isinstance(error, discord.Forbidden | discord.NotFound):
                _log.warning("an answer cannot be shown in its channel: %s", error)
            else:
                raise
            return


async def telling(interaction: discord.Interaction[Any], work: Awaitable[None]) -> None:
    """Do the work of a button or a window, which have no other place to tell what went wrong."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - whatever it is, who pressed is told, and the log has it
        await tell(interaction, error)


async def tell(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Say in one sentence what went wrong, to the asker alone.

    Only where "is thinking…" already stands for all to see, the sentence takes its place: Discord fixes with the
    acknowledgement who sees what follows. What can be checked is therefore checked before it.
    """
    sentence = sentence_for(error)
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(sentence, ephemeral=True)
        else:
            await interaction.followup.send(sentence, ephemeral=True)
    except discord.HTTPException as failure:
        if is_gone(failure):
            _log.info("an error could not be told: %s", failure)
        else:
            _log.warning("an error could not be told: %s", failure)
