"""Discord's objects as its API gives them: users, members, messages, interactions, guilds, applications."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

_EPOCH_MS = 1_420_070_400_000
_numbers = itertools.count(1)


def snowflake() -> str:
    """A fresh id of now: discord.py reads the time out of ids."""
    return str(((time.time_ns() // 1_000_000 - _EPOCH_MS) << 22) + next(_numbers) % (1 << 22))


def now() -> str:
    """This instant as Discord writes it."""
    return datetime.now(UTC).isoformat()


def user(name: str, *, bot: bool = False) -> Json:
    """A new user."""
    return {"id": snowflake(), "username": name, "discriminator": "0", "avatar": None, "bot": bot}


def member() -> Json:
    """What a user is in a guild."""
    return {"roles": [], "joined_at": now(), "deaf": False, "mute": False, "flags": 0}


def message(channel_id: str, author: Json, body: Json) -> Json:
    """A new message of `author`, as `body` asks for it."""
    return {
        "id": snowflake(),
        "channel_id": channel_id,
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": numbered(body.get("components") or []),
        "pinned": False,
        "flags": body.get("flags") or 0,
        "type": 0,
        "sent": body.get("sent", []),
    }


def interaction(who: Json, token: str, at: Json, permissions: int = 0) -> Json:
    """A new interaction of a member's; `at` holds the ids of the application, the guild and the channel."""
    return {
        "id": snowflake(),
        **at,
        "token": token,
        "version": 1,
        "attachment_size_limit": 10_485_760,
        "channel": {"id": at["channel_id"], "type": 0},
        "member": {"user": who, "permissions": str(permissions), **member()},
        "app_permissions": "2147483647",
        "entitlements": [],
        "authorizing_integration_owners": {"0": at["guild_id"]},
        "context": 0,
        "locale": "en-GB",
    }


def application(application_id: str, owner: Json) -> Json:
    """The application that the bot is of."""
    return {
        "id": application_id,
        "name": "OnRecord",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": owner,
        "verify_key": "0" * 64,
        "flags": 0,
    }


def guild(guild_id: str, channel_id: str, owner: Json, bot: Json) -> Json:
    """A guild with one channel, of which the bot is a member."""
    everyone = {"id": guild_id, "name": "@everyone", "permissions": "2147483647", "position": 0, "color": 0}
    everyone |= {"colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False}
    return {
        "id": guild_id,
        "name": "Lorn",
        "owner_id": owner["id"],
        "roles": [everyone],
        "channels": [{"id": channel_id, "type": 0, "name": "general", "position": 0}],
        "members": [{**member(), "user": bot}],
        "threads": [],
        "unavailable": False,
        "member_count": 2,
    }


def numbered(components: list[Json]) -> list[Json]:
    """Components with their numbers, as Discord gives them back."""
    numbers = itertools.count(1)

    def number(component: Json) -> Json:
        made = {**component, "id": next(numbers)}
        if "components" in component:
            made["components"] = [number(child) for child in component["components"]]
        if "accessory" in component:
            made["accessory"] = number(component["accessory"])
        return made

    return [number(component) for component in components]
