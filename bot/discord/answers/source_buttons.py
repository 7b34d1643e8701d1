"""The buttons beside and below the sources of an answer, which work as long as the answer is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.discord.delivery import telling
from bot.discord.rendering.answers import LAYOUT_LIMIT, SOURCES, source_texts
from bot.discord.rendering.excerpts import render_excerpt
from bot.discord.scope import place_of_interaction
from retrieval.errors import BadInput, NotFound
from retrieval.schema import Citation
from retrieval.schema.community import ShownAnswer, ShownCitation

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

PER_PAGE = 5
"""Sources under an answer at once; the others are a page away."""

NOT_KEPT = "This answer is no longer kept: ask again."
WAS_REMOVED = "The article that this source cited was removed, so its words are not shown."
_NOT_HERE = "This source is read where it was added: it is not shown here."

_Item = discord.ui.Item[Any]


class SourceButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"source:(?P<answer>[0-9a-f]{12}):(?P<n>[0-9]{1,4})"
):
    """Shows the cited words in their paragraph, to whoever presses it and nobody else."""

    def __init__(self, answer: str, n: int) -> None:
        super().__init__(discord.ui.Button(label="Show in source", custom_id=f"source:{answer}:{n}"))
        self._answer, self._n = answer, n

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["answer"], int(match["n"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the paragraph."""
        await telling(interaction, self._show(interaction))

    async def _show(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        bot = interaction.client
        shown = await kept_answer(interaction, self._answer)
        cited = next((c for c in shown.citations if c.n == self._n), None)
        if cited is None:
            raise BadInput(NOT_KEPT)
        if cited.collection not in bot.questions.collections(place_of_interaction(interaction)):
            raise BadInput(_NOT_HERE)
        try:
            excerpt = await bot.stored(lambda community: community.excerpt(cited))
        except NotFound as error:
            raise NotFound(WAS_REMOVED) from error
        await interaction.response.send_message(render_excerpt(excerpt), ephemeral=True, suppress_embeds=True)


class SourcesPageButton(
    discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"sources:(?P<answer>[0-9a-f]{12}):(?P<page>[0-9]{1,3})"
):
    """Shows a page of all sources: from under the answer to whoever presses it alone, from a page in its place."""

    def __init__(self, answer: str, page: int, label: str, *, disabled: bool = False) -> None:
        super().__init__(discord.ui.Button(label=label, custom_id=f"sources:{answer}:{page}", disabled=disabled))
        self._answer, self._page = answer, page

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(match["answer"], int(match["page"]), "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page."""
        await telling(interaction, self._turn(interaction))

    async def _turn(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        bot = interaction.client
        shown = await kept_answer(interaction, self._answer)
        readable = bot.questions.collections(place_of_interaction(interaction))
        cited = [c for c in shown.citations if c.collection in readable]
        view = sources_page(shown.id, await bot.stored(lambda community: community.citations(cited)), self._page)
        if interaction.message is not None and interaction.message.flags.ephemeral:
            await interaction.response.edit_message(view=view)
        else:
            await interaction.response.send_message(view=view, ephemeral=True)


def source_sections(
    answer: str, citations: Sequence[Citation | ShownCitation], room: int = LAYOUT_LIMIT
) -> list[_Item]:
    """A section for each source, its button beside it; a removed article has nothing to show."""
    return [
        discord.ui.Section(text, accessory=SourceButton(answer, citation.n))
        if isinstance(citation, Citation)
        else discord.ui.TextDisplay(text)
        for citation, text in zip(citations, source_texts(citations, room), strict=True)
    ]


def sources_page(answer: str, citations: Sequence[Citation | ShownCitation], page: int) -> discord.ui.LayoutView:
    """A page of the sources of an answer, counted from 0, with buttons to the pages before and after it."""
    pages = max(1, -(-len(citations) // PER_PAGE))
    page = min(page, pages - 1)
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.TextDisplay(SOURCES))
    for item in source_sections(answer, citations[page * PER_PAGE : (page + 1) * PER_PAGE]):
        view.add_item(item)
    if pages > 1:
        before = SourcesPageButton(answer, max(0, page - 1), "Previous", disabled=page == 0)
        after = SourcesPageButton(answer, min(pages - 1, page + 1), "Next", disabled=page == pages - 1)
        view.add_item(discord.ui.ActionRow(before, after))
    return view


async def kept_answer(interaction: discord.Interaction[OnRecordBot], answer: str) -> ShownAnswer:
    """The answer of an id; NotFound where it is no longer kept, or was given to another server."""
    shown = await interaction.client.stored.shown(answer)
    if shown is None or shown.server != place_of_interaction(interaction).kept_under:
        raise NotFound(NOT_KEPT)
    return shown
