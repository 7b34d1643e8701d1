"""`/help`: what can be asked, with examples from the articles that are read here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.delivery import acknowledge, follow_up
from bot.discord.escaping import escape
from bot.discord.scope import place_of_interaction
from retrieval.errors import OnRecordError
from retrieval.schema import ArticleHead, FoundQuotation, QuotationQuery

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_LOOKED_AT = 20  # of the newest quotations
_HOW = (
    "Ask with `/ask`, by mentioning me, or by replying to me; every sentence of an answer has a number, and every"
    " number a source with the words in it. On any message, *Apps › Ask about this* and *Apps › Who said this?*.\n"
    "`/quotes` finds who said what, `/timeline` and `/on` what happened when, `/articles` what there is to ask about,"
    " `/privacy` what I keep."
)
_EMPTY = "There are no articles here yet: whoever manages this server adds some with `/add`."


class Help(commands.Cog):
    """How to ask."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    @app_commands.command(description="What you can ask me, with examples from the articles here")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def help(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        """Tell whoever asks."""
        place = place_of_interaction(interaction)
        collections = self._bot.questions.collections(place)
        await acknowledge(interaction, private=True)
        heads = await self._bot.titles.heads(collections)
        said: list[FoundQuotation] = []
        try:
            if heads:
                said = await self._bot.questions.library.quotations(
                    QuotationQuery(), collections=collections, k=_LOOKED_AT
                )
        except OnRecordError as error:  # help comes without them too
            _log.info("no examples of quotations: %s", error)
        await follow_up(interaction, [render_help(heads, said)], private=True)


def render_help(heads: Sequence[ArticleHead], said: Sequence[FoundQuotation]) -> str:
    """How to ask, and examples: each has an answer in the newest articles."""
    if not heads:
        return f"{_HOW}\n{_EMPTY}"
    examples = []
    if quoted := next((q for q in said if q.speaker), None):
        examples.append(f"`/ask question:` What did {escape(str(quoted.speaker))} say?")
        examples.append(f"`/quotes speaker:` {escape(str(quoted.speaker))}")
    newest = heads[0]
    examples.append(f"`/timeline topic:` {escape(newest.title[:100])}")
    if newest.published_on is not None:
        examples.append(f"`/on date:` {newest.published_on:%-d %B %Y}")
    lines = "\n".join(f"- {example}" for example in examples)
    many = f"{len(heads)} article{'s' if len(heads) != 1 else ''}"
    return f"{_HOW}\n\n**For example** ({many} here)\n{lines}"
