"""`/status`: how things stand, for who manages a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.access import check_manages
from bot.discord.cogs.digests import may_post
from bot.discord.delivery import acknowledge, follow_up
from bot.discord.rendering.escaping import escape
from bot.discord.scope import place_of_interaction
from bot.library.reports import Feed
from retrieval.community import now
from retrieval.schema import OPERATOR, collections_of_server
from retrieval.schema.community import Digest, ServerSettings

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot
    from retrieval.status import Status as StoreStatus


class Status(commands.Cog):
    """Articles, feeds, queue, model, spending."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    @app_commands.command(description="How things stand: articles, feeds, what waits, the model, today's questions")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    async def status(self, interaction: discord.Interaction[OnRecordBot]) -> None:
        """Tell whoever asks."""
        place = place_of_interaction(interaction)
        check_manages(place)
        await acknowledge(interaction, private=True)
        server, questions = place.kept_under, self._bot.questions
        readable = questions.collections(place)
        own = tuple(collections_of_server(server, readable))
        store = await questions.library.status()
        feeds = await questions.library.watched_feeds(own)
        digests = await self._bot.stored(lambda community: community.digests())
        today = await self._bot.stored.today(server)
        asked = await self._bot.stored(lambda community: community.questions_on(server, today))
        operators_day = now().astimezone(ZoneInfo(self._bot.stored.time_zone)).date()
        tokens = await self._bot.stored(lambda community: community.tokens_on(operators_day))
        settings = await self._bot.stored.settings(server)
        lines = [
            *_articles(store, readable, own),
            *_feeds(feeds),
            *[_digest(digest, self._bot.get_channel(digest.channel)) for digest in digests if digest.server == server],
            f"Being answered: {questions.in_hand}; waiting to be added: {self._bot.intake.waiting}",
            _model(settings, self._bot.has_model, tokens),
            f"Questions counted today: {sum(asked.values())} by {_members(len(asked))}" if asked else "",
        ]
        await follow_up(interaction, ["\n".join(line for line in lines if line)[:1_950]], private=True)


def _articles(store: StoreStatus, readable: Sequence[str], own: Sequence[str]) -> list[str]:
    mine = sum(store.articles.get(name, 0) for name in own)
    lines = [f"**Articles**: {mine} of this server, as read in this channel"]
    if OPERATOR in readable:
        lines[0] += f"; {store.articles.get(OPERATOR, 0)} of whoever runs me"
    if store.pending:
        lines.append(f"Changes that the index still lacks: {store.pending}")
    lines.append(f"Embedding model: {escape(store.embedding_model or 'none yet')}")
    return lines


def _members(count: int) -> str:
    return f"{count} member{'s' if count != 1 else ''}"


def _feeds(feeds: Sequence[Feed]) -> list[str]:
    if not feeds:
        return ["**Feeds**: none"]
    shown = [f"- {escape(f.title[:80])}: {_how(f)}" for f in feeds[:10]]
    more = [f"-# and {len(feeds) - 10} more"] if len(feeds) > 10 else []
    return [f"**Feeds**: {len(feeds)}", *shown, *more]


def _digest(digest: Digest, channel: object) -> str:
    if isinstance(channel, discord.TextChannel) and may_post(channel):
        return f"**Digest**: {digest.rhythm}, in <#{digest.channel}>"
    return (
        f"**Digest**: kept back, since I may not write in <#{digest.channel}>: allow me View Channel and Send Messages"
        " there, or name another channel with `/digest channel:`."
    )


def _how(feed: Feed) -> str:
    if feed.dead:
        return f"given up: {escape((feed.error or 'no reason')[:100])}"
    if feed.error:
        return f"last time: {escape(feed.error[:100])}"
    return f"read {feed.polled_at:%-d %B %H:%M} UTC" if feed.polled_at else "not read yet"


def _model(settings: ServerSettings, has_model: bool, tokens: int) -> str:
    if not has_model:
        return "**Language model**: none; answers are the articles' own sentences"
    state = "on" if settings.language_model else "switched off in /settings"
    return f"**Language model**: {state}; {tokens:,} tokens spent today, in all servers"
