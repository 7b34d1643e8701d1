"""Who may do what where, as the settings of a server say."""

from __future__ import annotations

from bot.discord.scope import Place
from retrieval.errors import BadInput
from retrieval.schema.community import ServerSettings


class NotAllowed(BadInput):
    """The server's settings do not allow it; the sentence says what does."""


def check_may_ask(place: Place, settings: ServerSettings) -> None:
    """Raise NotAllowed where this member may not ask here."""
    if settings.channels and place.channel not in settings.channels and place.here not in settings.channels:
        raise NotAllowed(f"In this server I answer only in {_channels(settings.channels)}.")
    if settings.asking_roles and not place.manages and not place.roles & set(settings.asking_roles):
        raise NotAllowed("In this server only members with certain roles may ask me; an admin sees them in /settings.")


def may_add(place: Place, settings: ServerSettings) -> bool:
    """Whether this member may change the articles here."""
    return place.server is not None and (place.manages or bool(place.roles & set(settings.adding_roles)))


def check_may_add(place: Place, settings: ServerSettings) -> None:
    """Raise NotAllowed where this member may not change the articles."""
    if place.server is None:
        raise NotAllowed("Articles are added in a server, not in direct messages.")
    if not may_add(place, settings):
        raise NotAllowed("You may not change the articles here: that takes the permission Manage Server, or a role"
                         " that an admin names in /settings.")  # fmt: skip


def check_manages(place: Place) -> None:
    """Raise NotAllowed where this member does not manage the server; Discord's own check can be switched off there."""
    if place.server is None or not place.manages:
        raise NotAllowed("That takes the permission Manage Server.")


def _channels(ids: tuple[int, ...]) -> str:
    shown = ", ".join(f"<#{i}>" for i in ids[:5])
    return shown if len(ids) <= 5 else f"{shown} and {len(ids) - 5} more"
