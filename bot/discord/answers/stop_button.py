"""The button that stops an answer while it is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.delivery import telling
from bot.discord.scope import place_of_interaction
from retrieval.errors import BadInput

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_OVER = "There is nothing to stop any more."
_NOT_YOURS = "Only who asked, or who manages this server, can stop this answer."


class StopButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"stop:(?P<key>[0-9a-f]{12})"):
    """Stops the answer that is made under a key; after a restart none is."""

    def __init__(self, key: str) -> None:
        super().__init__(discord.ui.Button(label="Stop", custom_id=f"stop:{key}"))
        self._key = key

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["key"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Stop the answer; what there is of it stays."""
        await telling(interaction, self._stop(interaction))

    async def _stop(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        running = interaction.client.questions.running_under(self._key)
        if running is None:
            raise BadInput(_OVER)
        place = place_of_interaction(interaction)
        if interaction.user.id != running.asker and not place.manages:
            raise BadInput(_NOT_YOURS)
        await interaction.response.defer()
        running.stop()
