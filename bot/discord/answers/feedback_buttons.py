"""👍 and 👎 under an answer, with a reason, as often changed as wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.answers.source_buttons import kept_answer
from bot.discord.delivery import telling
from retrieval.community import now
from retrieval.schema.community import Feedback, Opinion

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_EMOJI = {Opinion.GOOD: "👍", Opinion.BAD: "👎"}
_REASON = 500  # characters


class FeedbackButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]],
    template=r"feedback:(?P<opinion>good|bad):(?P<answer>[0-9a-f]{12})",
):
    """Asks why, in a window that may be left empty."""

    def __init__(self, opinion: Opinion, answer: str) -> None:
        custom_id = f"feedback:{opinion}:{answer}"
        super().__init__(
            discord.ui.Button(emoji=_EMOJI[opinion], style=discord.ButtonStyle.secondary, custom_id=custom_id)
        )
        self._opinion, self._answer = opinion, answer

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(Opinion(match["opinion"]), match["answer"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the window, with the reason given before."""
        await telling(interaction, self._ask(interaction))

    async def _ask(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        bot = interaction.client
        shown = await kept_answer(interaction, self._answer)
        before = await bot.stored(lambda community: community.opinion(shown.id, interaction.user.id))
        await interaction.response.send_modal(ReasonWindow(self._opinion, shown.id, before))


class ReasonWindow(discord.ui.Modal):
    """Why an answer is good or bad."""

    def __init__(self, opinion: Opinion, answer: str, before: Feedback | None) -> None:
        super().__init__(title=f"{_EMOJI[opinion]} Tell us why", timeout=900)
        self._opinion, self._answer = opinion, answer
        self._reason: discord.ui.TextInput[ReasonWindow] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=_REASON,
            default=before.reason if before is not None else None,
        )
        question = "What was good?" if opinion is Opinion.GOOD else "What was wrong or missing?"
        self.add_item(discord.ui.Label(text=question, description="May be left empty.", component=self._reason))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Keep the opinion and say so to its giver."""
        await telling(interaction, self._keep(interaction))

    async def _keep(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        reason = " ".join(self._reason.value.split()) or None
        opinion = Feedback(self._answer, interaction.user.id, self._opinion, reason, now())
        await interaction.client.stored(lambda community: community.opine(opinion))
        await interaction.followup.send(
            f"Thank you: {_EMOJI[self._opinion]} is kept with the question and the answer. Press again to change it.",
            ephemeral=True,
        )


def feedback_row(answer: str) -> discord.ui.ActionRow[Any]:
    """The two buttons under an answer."""
    return discord.ui.ActionRow(FeedbackButton(Opinion.GOOD, answer), FeedbackButton(Opinion.BAD, answer))
