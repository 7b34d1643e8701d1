"""Which collections a request may be answered from."""

from __future__ import annotations

from retrieval.errors import BadInput
from retrieval.schema import OPERATOR


def server_collection(guild_id: int) -> str:
    """The name of a Discord server's own collection, which only that server reads."""
    return f"server-{guild_id}"


def collections_of(guild_id: int | None, *, servers_read_operator: bool) -> tuple[str, ...]:
    """The collections that a server (or, with None, a direct message) may read.

    Raises BadInput for a direct message where the operator's collection is kept from Discord: nothing is left to read.
    """
    if guild_id is not None:
        own = server_collection(guild_id)
        return (OPERATOR, own) if servers_read_operator else (own,)
    if not servers_read_operator:
        raise BadInput("I do not answer direct messages here: ask me in a server that we share.")
    return (OPERATOR,)
