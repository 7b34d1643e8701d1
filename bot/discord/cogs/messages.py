"""Mentions of the bot, replies to it, and direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.discord.answers.addressed import Addressed, Kind, addressed
from bot.discord.answers.conversation import MAX_TURNS, incoming, turns_before
from bot.discord.answers.cooldown import TooOften
from bot.discord.delivery import reply
from bot.discord.errors import sentence_for
from retrieval.schema import Turn

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

HELP = (
    "Ask me anything that the articles may answer: mention me with a question, reply to one of my answers, or use"
    " `/ask`, which also takes days and a publisher. Every sentence of mine is cited."
)
UNREADABLE = (
    "Discord keeps from me what a reply says unless it pings me: switch the ping on (the @ beside the text box),"
    " mention me, or use `/ask`. Whoever runs me can lift this with the message-content intent."
)


class Messages(commands.Cog):
    """Answers messages that are for the bot, as replies to them."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer `message` where it is for the bot; what goes wrong is said in one sentence."""
        me = self._bot.user
        if me is None:
            return
        wanted = addressed(incoming(message, me.id, may_read=self._bot.intents.message_content), me.id)
        if wanted is None or not _may_write(message):
            return
        try:
            if wanted.kind is not Kind.QUESTION:
                self._bot.questions.count(message.author.id)
                await reply(message, [HELP if wanted.kind is Kind.HELP else UNREADABLE])
                return
            await self._answer(message, wanted, me.id)
        except TooOften as error:
            if error.first:  # once; a flood is not answered by a flood
                await reply(message, [sentence_for(error)])
        except Exception as error:  # noqa: BLE001 - whatever it is, the asker is told, and the log has it
            await reply(message, [sentence_for(error)])

    async def _answer(self, message: discord.Message, wanted: Addressed, bot_id: int) -> None:
        turns: tuple[Turn, ...] = ()
        if isinstance(message.channel, discord.Thread) and message.channel.owner_id == bot_id:
            thread = message.channel.id  # all that was asked in it is one conversation
            turns = await self._bot.stored(lambda community: community.turns(thread, MAX_TURNS))
        elif wanted.continues:
            turns = await turns_before(
                message, bot_id, lambda ids: self._bot.stored(lambda community: community.cited_in(ids))
            )
        await self._bot.asking.by_message(message, wanted.question, turns)


def _may_write(message: discord.Message) -> bool:
    """Whether an answer could be shown where the message stands; what is not known is tried."""
    if message.guild is None or message.guild.me is None:
        return True
    if isinstance(message.channel, discord.PartialMessageable | discord.DMChannel | discord.GroupChannel):
        return True
    try:
        may = message.channel.permissions_for(message.guild.me)
    except discord.ClientException:  # a thread whose parent is not cached
        return True
    in_thread = isinstance(message.channel, discord.Thread)
    return may.view_channel and (may.send_messages_in_threads if in_thread else may.send_messages)
