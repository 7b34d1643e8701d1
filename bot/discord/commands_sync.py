"""Telling Discord the commands, but only when they changed: it counts and limits how often that is done."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

from discord import app_commands

_log = logging.getLogger(__name__)

FILE_NAME = "discord-commands.json"


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of the commands as Discord is told them."""
    definitions = sorted((command.to_dict(tree) for command in tree.get_commands()), key=lambda c: str(c["name"]))
    return hashlib.sha256(json.dumps(definitions, sort_keys=True).encode()).hexdigest()


async def sync_if_changed(tree: app_commands.CommandTree[Any], application_id: int, folder: Path) -> bool:
    """Sync `tree` unless `folder` says that this application was told the same commands; whether it was done."""
    state = {"application": application_id, "commands": fingerprint(tree)}
    path = folder / FILE_NAME
    if _read(path) == state:
        return False
    await tree.sync()
    _log.info("Discord was told %d command(s)", len(tree.get_commands()))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(state), encoding="utf-8")
        os.replace(fresh, path)
    except OSError as error:
        _log.warning("%s cannot be written, so the commands are synced at every start: %s", path, error)
    return True


def _read(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
