"""`/feedback export`: what members thought of answers, as questions to evaluate with."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.access import check_manages
from bot.discord.delivery import acknowledge
from bot.discord.scope import place_of_interaction
from retrieval.errors import NotFound
from retrieval.schema import OPERATOR
from retrieval.schema.community import FeedbackRow, Opinion

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_NONE = "Nobody has said yet what they think of an answer here: that is done with 👍 and 👎 under it."
_ELSEWHERE = "All opinions here are of answers from channels that not everybody can read: export them there."
_LEFT_OUT = " Left out: {}, of answers in channels that you cannot read or that I no longer find."
_FETCHED = 100  # channels that are asked for: the archived threads of answers are many, and not in memory
_SENT = (
    "Opinions: {}. `feedback.jsonl` has what was found good, as `onrecord evaluate` reads it; `to-be-labelled.jsonl`"
    " what was found bad, with the reasons: say what was expected, and it can be evaluated too."
)


class FeedbackExport(
    commands.GroupCog,
    group_name="feedback",
    group_description="What members thought of answers",
):
    """For who manages the server."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot
        group = self.__cog_app_commands_group__
        assert group is not None
        group.default_permissions = discord.Permissions(manage_guild=True)
        group.allowed_installs = app_commands.AppInstallationType(guild=True, user=False)
        group.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)

    @app_commands.command(description="Get all feedback as JSON Lines that `onrecord evaluate` reads")
    async def export(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        """Send the file to whoever asked for it."""
        place = place_of_interaction(interaction)
        check_manages(place)
        await acknowledge(interaction, private=True)
        given = await self._bot.stored(lambda community: community.feedback(place.kept_under))
        rows = readable_rows(given, (OPERATOR, *self._bot.questions.collections(place)))
        channels = await self._read_by(interaction, dict.fromkeys(row.shown.channel for row in rows))
        told = [row for row in rows if row.shown.channel in channels]
        if not told:
            raise NotFound(_NONE if not given else _ELSEWHERE)
        files = [
            discord.File(io.BytesIO(text.encode()), name)
            for name, text in (("feedback.jsonl", as_labels(told)), ("to-be-labelled.jsonl", as_complaints(told)))
            if text
        ]
        said = _SENT.format(len(told)) + (_LEFT_OUT.format(len(rows) - len(told)) if len(told) < len(rows) else "")
        await interaction.followup.send(said, files=files, ephemeral=True)

    async def _read_by(self, interaction: discord.Interaction[OnRecordBot], channels: Iterable[int]) -> set[int]:
        """Those of `channels` that whoever exports can read: what was asked in another is none of their business."""
        member, here, fetches = interaction.user, interaction.channel_id, _FETCHED
        read: set[int] = set()
        for identity in channels:
            found: object = self._bot.get_channel(identity)
            if found is None and identity != here and fetches:
                fetches -= 1
                try:
                    found = await self._bot.fetch_channel(identity)
                except discord.HTTPException as error:
                    _log.info("a channel of answers cannot be found: %s", error)
            if identity == here or (isinstance(member, discord.Member) and _reads(member, found)):
                read.add(identity)
        return read


def _reads(member: discord.Member, channel: object) -> bool:
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return False
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return False
    may = channel.permissions_for(member)
    closed = isinstance(channel, discord.Thread) and channel.is_private()
    return may.view_channel and may.read_message_history and (may.manage_threads or not closed)


def readable_rows(rows: Sequence[FeedbackRow], collections: Sequence[str]) -> list[FeedbackRow]:
    """Those whose answers cite nothing but `collections`: what belongs to a closed channel is exported in it alone."""
    return [row for row in rows if {c.collection for c in row.shown.citations} <= set(collections)]


def as_labels(rows: Sequence[FeedbackRow]) -> str:
    """A line for each answer that was found good: its articles are what is expected, or that there is no answer."""
    lines = {
        row.shown.question: {
            "question": row.shown.question,
            "articles": [] if row.shown.abstained else list(dict.fromkeys(c.article for c in row.shown.citations)),
            "expected": [],
            "answerable": not row.shown.abstained,
            **_opinion(row),
        }
        for row in rows
        if row.feedback.opinion is Opinion.GOOD
        and row.shown.answer is not None
        and (row.shown.abstained or row.shown.citations)  # small talk says nothing of the articles
    }
    return _lines(lines.values())


def as_complaints(rows: Sequence[FeedbackRow]) -> str:
    """A line for each opinion that an answer is bad: what should have come in its place nobody knows yet."""
    bad = (row for row in rows if row.feedback.opinion is Opinion.BAD)
    return _lines({"question": row.shown.question, **_opinion(row)} for row in bad)


def _opinion(row: FeedbackRow) -> dict[str, Any]:
    return {
        "opinion": row.feedback.opinion.value,
        "reason": row.feedback.reason,
        "answer": row.shown.answer,
        "asked_at": row.shown.asked_at.isoformat(),
        "passages": [
            {"article": c.article, "revision": c.revision, "start": c.start, "end": c.end} for c in row.shown.citations
        ],
        "words": list(row.passages),
    }


def _lines(values: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
