"""`/help`: what can be asked, with examples from the articles that are read here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.delivery import acknowledge, follow_up
from bot.discord.rendering.escaping import escape
from bot.discord.scope import place_of_interaction
from bot.discord.titles import is_topic
from retrieval.errors import OnRecordError
from retrieval.schema import ArticleHead, EventStatus, FoundQuotation, Granularity, QuotationQuery
from retrieval.search.found_events import FoundEvent

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_LOOKED_AT = 20  # of the newest quotations and articles
_EVENTS = 200  # looked at for one that is an example
_HOW = (
    "Ask with `/ask`, by mentioning me, or by replying to me; every sentence of an answer has a number, and every"
    " number a source with the words in it. On any message, *Apps › Ask about this* and *Apps › Who said this?*.\n"
    "`/quotes` finds who said what, `/timeline` and `/on` what happened when, `/articles` what there is to ask about,"
    " `/privacy` what I keep."
)
_EMPTY = "There are no articles here yet: whoever manages this server adds some with `/add`."
_EMPTY_DIRECT = "There are no articles here yet: whoever runs me adds some."
_NAME = 80  # characters; a longer one is no example


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
        happened: Sequence[FoundEvent] = ()
        try:
            if heads:
                library, today = self._bot.questions.library, await self._bot.stored.today(place.kept_under)
                said = await library.quotations(QuotationQuery(), collections=collections, k=_LOOKED_AT)
                drawn = await library.drawn_events(
                    first=_since(heads), today=today, collections=collections, k=_EVENTS, picture=False
                )
                happened = drawn.found.events
        except OnRecordError as error:  # help comes without them too
            _log.info("no examples from what was said and what happened: %s", error)
        await follow_up(interaction, [render_help(heads, said, happened, direct=place.server is None)], private=True)


def _since(heads: Sequence[ArticleHead]) -> str | None:
    """The day of publication of the oldest of the newest articles."""
    days = [head.published_on for head in heads[:_LOOKED_AT] if head.published_on is not None]
    return min(days).isoformat() if days else None


def render_help(
    heads: Sequence[ArticleHead],
    said: Sequence[FoundQuotation],
    happened: Sequence[FoundEvent] = (),
    *,
    direct: bool = False,
) -> str:
    """How to ask, and examples: each has an answer in the newest articles. `direct`: in a direct message."""
    if not heads:
        return f"{_HOW}\n{_EMPTY_DIRECT if direct else _EMPTY}"
    examples = []
    if quoted := next((q for q in said if q.speaker and len(q.speaker) <= _NAME), None):
        examples.append(f"`/ask question:` What did {escape(str(quoted.speaker))} say?")
        examples.append(f"`/quotes speaker:` {escape(str(quoted.speaker))}")
    if topics := [head.title for head in heads[:_LOOKED_AT] if is_topic(head.title)]:
        examples.append(f"`/timeline topic:` {escape(min(topics, key=len))}")
    if day := next((e.shown.when.first for e in reversed(happened) if _is_of_one_day(e)), None):
        examples.append(f"`/on date:` {day:%-d %B %Y}")
    lines = "\n".join(f"- {example}" for example in examples)
    many = f"{len(heads)} article{'s' if len(heads) != 1 else ''}"
    return f"{_HOW}\n\n**For example** ({many} here)\n{lines}"


def _is_of_one_day(event: FoundEvent) -> bool:
    when = event.shown.when
    return event.shown.status is EventStatus.HAPPENED and when.granularity is Granularity.DAY and when.first is not None
