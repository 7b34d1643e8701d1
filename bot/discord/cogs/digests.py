"""`/digest`: what is new in the articles, to a channel, every day or every week."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.access import check_manages
from bot.discord.delivery import acknowledge, follow_up
from bot.discord.rendering.digests import render_digest
from bot.discord.scope import Place, collections_of, place_of, place_of_interaction
from retrieval.community import now
from retrieval.errors import BadInput, OnRecordError
from retrieval.schema import QuotationQuery
from retrieval.schema.community import Digest, DigestRhythm

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_LOOK = 5  # minutes
_READ = 200  # quotations and events looked at for a digest


class Digests(commands.Cog):
    """One digest a server."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        """Begin to look what is due."""
        self.send_what_is_due.start()

    async def cog_unload(self) -> None:
        """Stop it."""
        self.send_what_is_due.cancel()

    @app_commands.command(description="Send a digest of new articles to a channel; without a channel, stop it")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(channel="Where it goes", every="How often", hour="At what hour of this server's day")
    async def digest(
        self,
        interaction: discord.Interaction[OnRecordBot],
        channel: discord.TextChannel | None = None,
        every: Literal["day", "week"] = "day",
        hour: app_commands.Range[int, 0, 23] = 8,
    ) -> None:
        """Begin to send it, or stop."""
        place = place_of_interaction(interaction)
        check_manages(place)
        if channel is not None and not may_post(channel):
            raise BadInput(f"I may not write in <#{channel.id}>: allow me View Channel and Send Messages there.")
        await acknowledge(interaction, private=True)
        if channel is None:
            had = await self._bot.stored(lambda community: community.send_no_digest(place.kept_under))
            said = "No digest is sent any more." if had else "No digest was sent. Name a channel to begin."
        else:
            rhythm = DigestRhythm.DAILY if every == "day" else DigestRhythm.WEEKLY
            zone = await self._zone(place.kept_under)
            new = Digest(place.kept_under, channel.id, rhythm, hour, next_due(now(), rhythm, hour, zone))
            await self._bot.stored(lambda community: community.send_digest(new))
            when = "every day" if every == "day" else "every Monday"
            said = f"A digest goes to <#{channel.id}> {when} at {hour}:00 ({zone.key}), where there is something new."
        await follow_up(interaction, [said], private=True)

    @tasks.loop(minutes=_LOOK)
    async def send_what_is_due(self) -> None:
        """Send the digests that are due; one that fails is tried again at the next look."""
        try:
            for digest in await self._bot.stored(lambda community: community.digests()):
                if digest.due > now():
                    break
                await self._try(digest)
        except Exception:  # noqa: BLE001 - a loop that ends would send none any more
            _log.exception("digests could not be sent")

    async def _try(self, digest: Digest) -> None:
        try:
            await self.send(digest)
        except (OnRecordError, discord.HTTPException) as error:
            _log.warning("a digest waits: %s", error)
        except Exception:  # noqa: BLE001 - the digests of other servers are still to be sent
            _log.exception("a digest failed")

    @send_what_is_due.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def send(self, digest: Digest) -> None:
        """Send what is new since the last one, and note when the next is due.

        Where the bot may not write any more, nothing counts as told.
        """
        zone = await self._zone(digest.server)
        last = await self._bot.stored(lambda community: community.last_revision())
        place = self._place(digest)
        collections = collections_of(place, servers_read_operator=self._bot.questions.servers_read_operator)
        fresh = await self._bot.stored(lambda community: community.added_after(collections, digest.after or 0))
        if fresh:
            wanted = {(head.collection, head.id) for head in fresh}
            days = [head.published_on for head in fresh if head.published_on is not None]
            library = self._bot.questions.library
            query = QuotationQuery(first=min(days) if days else None)
            said = await library.quotations(query, collections=collections, k=_READ)
            since = min(days).isoformat() if days else None
            drawn = await library.drawn_events(
                first=since, today=now().astimezone(zone).date(), collections=collections, k=_READ, picture=False
            )
            parts = render_digest(
                fresh,
                [q for q in said if (q.article.collection, q.article.id) in wanted],
                [e for e in drawn.found.events if (e.shown.article.collection, e.shown.article.id) in wanted],
            )
            try:
                for part in parts:
                    await self._bot.get_partial_messageable(digest.channel).send(part, suppress_embeds=True)
            except (discord.Forbidden, discord.NotFound) as error:  # it comes with the next one; /status says so
                _log.warning("the digest of server %d cannot be sent: %s", digest.server, error)
                last = digest.after or 0
        due = next_due(now(), digest.rhythm, digest.hour, zone)
        await self._bot.stored(lambda community: community.digest_sent(digest, due, last))

    def _place(self, digest: Digest) -> Place:
        """The digest's channel as one who stands in it: what is its own may be told there."""
        channel = self._bot.get_channel(digest.channel)
        guild = self._bot.get_guild(digest.server)
        assert self._bot.user is not None
        return place_of(channel, self._bot.user, guild, digest.server)

    async def _zone(self, server: int) -> ZoneInfo:
        settings = await self._bot.stored.settings(server)
        return self._bot.stored.zone(settings)


def next_due(after: datetime, rhythm: DigestRhythm, hour: int, zone: ZoneInfo) -> datetime:
    """The next time it is `hour` in `zone`, of a Monday where it comes weekly."""
    local = after.astimezone(zone)
    due = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    while due <= local or (rhythm is DigestRhythm.WEEKLY and due.weekday() != 0):
        due += timedelta(days=1)
    return due


def may_post(channel: discord.TextChannel) -> bool:
    """Whether the bot may write in a channel."""
    may = channel.permissions_for(channel.guild.me)
    return may.view_channel and may.send_messages
