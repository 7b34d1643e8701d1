"""What the admins of servers have set, one JSON object each."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, fields
from typing import Any

from retrieval.schema.community import AbstentionTone, AnswerPlace, ServerSettings

_KNOWN = {field.name for field in fields(ServerSettings)}
_TYPES: dict[str, Any] = {
    "channels": tuple, "asking_roles": tuple, "adding_roles": tuple, "place": AnswerPlace, "tone": AbstentionTone,
}  # fmt: skip


def get(connection: sqlite3.Connection, server: int) -> ServerSettings:
    """A server's settings; the defaults for what it has not set."""
    row = connection.execute("SELECT settings FROM server_settings WHERE server = ?", (server,)).fetchone()
    if row is None:
        return ServerSettings()
    kept = {name: value for name, value in json.loads(row["settings"]).items() if name in _KNOWN}
    return ServerSettings(**{name: _TYPES.get(name, lambda given: given)(value) for name, value in kept.items()})


def put(connection: sqlite3.Connection, server: int, settings: ServerSettings) -> None:
    """Keep a server's settings in place of those it had."""
    connection.execute(
        "INSERT OR REPLACE INTO server_settings (server, settings) VALUES (?, ?)",
        (server, json.dumps(asdict(settings))),
    )


def delete(connection: sqlite3.Connection, server: int) -> None:
    """Forget a server's settings."""
    connection.execute("DELETE FROM server_settings WHERE server = ?", (server,))
