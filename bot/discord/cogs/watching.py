"""`/watch`: feeds, and channels of which the links are added, with a reaction as receipt."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.access import NotAllowed, check_may_add, may_add
from bot.discord.delivery import acknowledge, follow_up, telling, to_channel
from bot.discord.intake import links_in
from bot.discord.rendering.additions import ADDED, FAILED, receipt_of
from bot.discord.rendering.escaping import escape
from bot.discord.rendering.splitting import length
from bot.discord.scope import Place, home_of, place_of, place_of_interaction, place_of_message
from bot.library.reports import Feed, FeedNews
from retrieval.errors import BadInput, OnRecordError, UserError
from retrieval.schema import collections_of_server, server_collection
from retrieval.schema.community import Addition, WatchedChannel

if TYPE_CHECKING:
    from bot.discord.client import OnRecordBot

_log = logging.getLogger(__name__)

_LISTED, _OPTIONS = 100, 25  # what is watched that is shown, and how much of it one menu takes
_LIST = 3_500  # UTF-16 units of the list
_POLL = 5  # minutes; a feed is read when it is due, which it says itself
_NO_INTENT = (
    "Links in a channel can be added only with the message-content intent: whoever runs me sets"
    " ONRECORD_MESSAGE_CONTENT=true and switches the intent on in the developer portal."
)
_NOTHING = "Nothing is watched here. `/watch feed:` takes the address of a feed, `/watch channel:` a channel."
_Address = app_commands.Range[str, 8, 2000]


class Watching(commands.Cog):
    """Feeds and channels that are watched."""

    def __init__(self, bot: OnRecordBot) -> None:
        self._bot = bot
        self._channels: dict[int, WatchedChannel] = {}

    async def cog_load(self) -> None:
        """Begin to watch."""
        self._channels = {w.channel: w for w in await self._bot.stored(lambda community: community.watched())}
        self.poll.start()

    async def cog_unload(self) -> None:
        """Stop it."""
        self.poll.cancel()

    @app_commands.command(description="Watch a feed or a channel for new articles; without either, see what is watched")
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.describe(feed="The address of an RSS or Atom feed", channel="A channel; links posted there are added")
    async def watch(
        self,
        interaction: discord.Interaction[OnRecordBot],
        feed: _Address | None = None,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Watch what is given, else list what is watched."""
        place = place_of_interaction(interaction)
        check_may_add(place, await self._bot.stored.settings(place.kept_under))
        if channel is not None and not self._bot.intents.message_content:
            raise BadInput(_NO_INTENT)
        if feed is not None and not feed.strip().lower().startswith(("http://", "https://")):
            raise BadInput("`feed` takes a web address that begins with https:// or http://.")
        if channel is not None:
            _check_readable(channel)
        await acknowledge(interaction, private=True)
        said = []
        if feed is not None:
            home = home_of(place)
            watched = await self._bot.questions.library.watch_feed(feed.strip(), collection=home)
            here = WatchedChannel(place.kept_under, place.here, home)
            await self._bot.stored(lambda community: community.tell_of_feeds(here))
            said.append(f"Watching “{escape(watched.title)}”: what appears in it from now on is added.")
        if channel is not None:
            await self._watch_channel(place, channel, interaction.user)
            said.append(
                f"Links posted in <#{channel.id}> are added from now on, and the files of members who may add; the"
                f" receipt is {ADDED} under a message."
            )
            if not channel.permissions_for(channel.guild.me).add_reactions:
                said.append("Without the permission Add Reactions there I can put no receipt under a message.")
        if said:
            await follow_up(interaction, said, private=True)
        else:
            await self._list(interaction, place)

    async def _watch_channel(self, place: Place, channel: discord.TextChannel, user: discord.abc.User) -> None:
        there = place_of(channel, user, channel.guild, place.server)
        watched = WatchedChannel(place.kept_under, channel.id, home_of(there))
        await self._bot.stored(lambda community: community.watch(watched))
        self._channels[channel.id] = watched

    async def _list(self, interaction: discord.Interaction[OnRecordBot], place: Place) -> None:
        own = collections_of_server(place.kept_under, self._bot.questions.collections(place))
        feeds = await self._bot.questions.library.watched_feeds(tuple(own))
        channels = [w for w in self._channels.values() if w.server == place.server]
        if not feeds and not channels:
            await follow_up(interaction, [_NOTHING], private=True)
            return
        everything: list[Feed | WatchedChannel] = [*feeds, *channels]
        watched = everything[:_LISTED]
        lines = [f"- {_line(w)}" for w in watched]
        while length("\n".join(lines)) > _LIST:
            lines.pop()
        if more := len(everything) - len(lines):
            lines.append(f"-# and {more} more")
        view = discord.ui.LayoutView(timeout=900)
        view.add_item(discord.ui.TextDisplay("**Watched here**\n" + "\n".join(lines)))
        names = {w.channel: getattr(self._bot.get_channel(w.channel), "name", "a deleted channel") for w in channels}
        for at in range(0, len(watched), _OPTIONS):
            view.add_item(discord.ui.ActionRow(StopWatching(self, watched[at : at + _OPTIONS], names)))
        await interaction.followup.send(view=view, ephemeral=True)

    async def stop_watching(self, interaction: discord.Interaction[OnRecordBot], chosen: Feed | WatchedChannel) -> None:
        """Watch something no more; its articles stay."""
        place = place_of_interaction(interaction)
        check_may_add(place, await self._bot.stored.settings(place.kept_under))
        await acknowledge(interaction, private=True)
        if isinstance(chosen, Feed):
            await self._bot.questions.library.unwatch_feed(chosen.url, collection=chosen.collection)
        else:
            await self._bot.stored(lambda community: community.unwatch(chosen.server, chosen.channel))
            self._channels.pop(chosen.channel, None)
        await follow_up(interaction, ["It is watched no more; its articles stay."], private=True)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Add the links of a message in a watched channel, and the files of who may add, with a receipt."""
        watched = self._channels.get(message.channel.id)
        if watched is None or message.author.id == getattr(self._bot.user, "id", None):
            return
        if not links_in(message.content) and not message.attachments:
            return
        try:
            place = place_of_message(message)
            home = home_of(place)  # the channel may have been closed since it is watched
            # A link anybody may post, since its page speaks for itself; a file may say whatever its sender likes.
            adds = may_add(place, await self._bot.stored.settings(place.kept_under))
            links, files = tuple(links_in(message.content)), message.attachments if adds else []
            if not links and not files:
                return
            wanted = Addition(watched.server, home, links, message.channel.id, message.id)
            taken = await self._bot.intake.take_in(wanted, files=files, member=message.author.id)
            receipt = receipt_of(taken)
        except Exception as error:  # noqa: BLE001 - nobody asked, so the receipt is all there is to tell
            if self._bot.intake.stopping:  # it is kept for the next start
                return
            receipt = FAILED
            _log.warning("a link in a watched channel was not added: %s", error, exc_info=not _expected(error))
        try:
            await message.add_reaction(receipt)
        except discord.HTTPException as error:
            _log.info("no receipt: %s", error)

    @tasks.loop(minutes=_POLL)
    async def poll(self) -> None:
        """Read the feeds that are due; one that is given up is reported once, where it was watched or digests go."""
        try:
            for news in await self._bot.questions.library.poll():
                await self._tell(news)
        except OnRecordError as error:
            _log.warning("feeds are read again in %d minutes: %s", _POLL, error)
        except Exception:  # noqa: BLE001 - a loop that ends would read no feed any more
            _log.exception("feeds could not be read")

    @poll.before_loop
    async def _ready(self) -> None:
        await self._bot.wait_until_ready()

    async def _tell(self, news: FeedNews) -> None:
        _log.info("feed brought=%d left_out=%d", len(news.taken_in.fresh), len(news.taken_in.left_out))
        if news.given_up is None:
            return
        collection = news.feed.collection
        channel = await self._bot.stored(lambda community: community.feeds_told_in(collection))
        if channel is None:  # it was watched at the terminal
            digests = await self._bot.stored(lambda community: community.digests())
            channel = next((d.channel for d in digests if server_collection(d.server) == collection), None)
        if channel is not None:
            why = f"The feed “{escape(news.feed.title)}” is read no more: {escape(news.given_up)}"
            await to_channel(self._bot.get_partial_messageable(channel), [why[:1_900]])


class StopWatching(discord.ui.Select[Any]):
    """Chooses what is watched no more."""

    def __init__(self, cog: Watching, choices: Sequence[Feed | WatchedChannel], names: Mapping[int, str]) -> None:
        self._cog, self._choices = cog, choices
        super().__init__(
            placeholder="Stop watching …",
            options=[discord.SelectOption(label=_label(c, names), value=str(i)) for i, c in enumerate(choices)],
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Stop it."""
        await telling(interaction, self._cog.stop_watching(interaction, self._choices[int(self.values[0])]))


def _label(chosen: Feed | WatchedChannel, names: Mapping[int, str]) -> str:
    if isinstance(chosen, Feed):
        return (chosen.title.strip() or chosen.url)[:100]
    return f"Links in #{names[chosen.channel]}"[:100]


def _line(watched: Feed | WatchedChannel) -> str:
    if isinstance(watched, WatchedChannel):
        return f"<#{watched.channel}>"
    return f"{escape(watched.title[:100]) or escape(watched.url[:100])}{_trouble(watched)}"


def _check_readable(channel: discord.TextChannel) -> None:
    may = channel.permissions_for(channel.guild.me)
    if not (may.view_channel and may.read_message_history):
        raise NotAllowed(f"I cannot read <#{channel.id}>: allow me View Channel and Read Message History there.")


def _trouble(feed: Feed) -> str:
    if feed.dead:
        return f" (given up: {escape(feed.error or 'no reason')[:120]})"
    return f" (last time: {escape(feed.error)[:120]})" if feed.error else ""


def _expected(error: Exception) -> bool:
    return isinstance(error, UserError | discord.HTTPException)
