"""Where something is asked or added, and which collections that reads or changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import discord

from retrieval.errors import BadInput
from retrieval.schema import OPERATOR, channel_collection, server_collection
from retrieval.schema.community import DIRECT


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as the decisions see it, with whoever acts there.

    ``server`` is None in direct messages. ``channel`` is the channel that settings speak of: for a thread the one it
    hangs from. ``closed`` are the channels here that not everybody in the server can read, the innermost first: what is
    added goes to the first of them, and what was added to any of them is read.
    """

    server: int | None
    channel: int
    member: int
    thread: int | None = None
    closed: tuple[int, ...] = ()
    roles: frozenset[int] = frozenset()
    manages: bool = False

    @property
    def kept_under(self) -> int:
        """The server under which what happens here is kept."""
        return DIRECT if self.server is None else self.server

    @property
    def here(self) -> int:
        """The very channel or thread."""
        return self.channel if self.thread is None else self.thread


def place_of(channel: object, user: discord.abc.User, guild: discord.Guild | None, guild_id: int | None) -> Place:
    """The place of an interaction or a message. A channel that is not known well enough counts as closed."""
    identity = getattr(channel, "id", 0)
    roles = frozenset(role.id for role in getattr(user, "roles", ()))
    permissions = getattr(user, "guild_permissions", None)
    manages = bool(permissions and (permissions.manage_guild or permissions.administrator))
    if guild_id is None:
        return Place(None, identity, user.id)
    parent_id = getattr(channel, "parent_id", None) if isinstance(channel, discord.Thread) else None
    closed = _closed(channel, guild)
    if parent_id is not None:
        return Place(guild_id, parent_id, user.id, identity, closed, roles, manages)
    return Place(guild_id, identity, user.id, None, closed, roles, manages)


def place_of_interaction(interaction: discord.Interaction) -> Place:
    """Where an interaction comes from; what its member may do, Discord says with it."""
    place = place_of(interaction.channel, interaction.user, interaction.guild, interaction.guild_id)
    may = place.server is not None and interaction.permissions.manage_guild
    return replace(place, manages=place.manages or may)


def place_of_message(message: discord.Message) -> Place:
    """Where a message stands."""
    guild_id = message.guild.id if message.guild is not None else None
    return place_of(message.channel, message.author, message.guild, guild_id)


def collections_of(place: Place, *, servers_read_operator: bool) -> tuple[str, ...]:
    """The collections that may be read in a place.

    Raises BadInput for a direct message where the operator's collection is kept from Discord: nothing is left to read.
    """
    if place.server is None:
        if not servers_read_operator:
            raise BadInput("I do not answer direct messages here: ask me in a server that we share.")
        return (OPERATOR,)
    own = (server_collection(place.server), *(channel_collection(place.server, c) for c in place.closed))
    return (OPERATOR, *own) if servers_read_operator else own


def home_of(place: Place) -> str:
    """The collection that what is added in a place goes to: the channel's own where not everybody can read it."""
    if place.server is None:
        raise BadInput("Articles are added in a server, not in direct messages.")
    return channel_collection(place.server, place.closed[0]) if place.closed else server_collection(place.server)


def _closed(channel: object, guild: discord.Guild | None) -> tuple[int, ...]:
    identity = getattr(channel, "id", 0)
    if not isinstance(channel, discord.Thread):
        return () if _everybody_reads(channel, guild) else (identity,)
    parent = () if _everybody_reads(channel.parent, guild) else (channel.parent_id,)
    return (identity, *parent) if channel.is_private() else parent


def _everybody_reads(channel: object, guild: discord.Guild | None) -> bool:
    if guild is None or not isinstance(channel, discord.abc.GuildChannel):
        return False
    allowed = channel.permissions_for(guild.default_role)
    return allowed.view_channel and allowed.read_message_history
