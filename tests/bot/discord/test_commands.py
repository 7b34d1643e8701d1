"""All commands at once: Discord's limits and names, who may see them, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simcord.env import Env

# Whoever manages the server sees these; Discord lets admins change that in its own settings.
FOR_ADMINS = {"add", "remove", "refresh", "watch", "digest", "settings", "status", "feedback", "Add to articles"}
IN_SERVERS_ONLY = FOR_ADMINS
MANAGE_GUILD = 1 << 5


def told(env: Env) -> list[dict[str, Any]]:
    """The commands as Discord is told them."""
    tree = env.bot.tree  # type: ignore[attr-defined]
    return [command.to_dict(tree) for command in tree.get_commands()]


def options_of(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for option in command.get("options", ()):
        yield option
        yield from options_of(option)


async def test_there_are_as_many_commands_as_discord_takes(simcord_env: Env) -> None:
    kinds = [command["type"] for command in told(simcord_env)]
    assert kinds.count(1) <= 100
    assert kinds.count(3) <= 5
    assert len({(command["name"], command["type"]) for command in told(simcord_env)}) == len(kinds)


async def test_names_and_descriptions_fit_discords_limits(simcord_env: Env) -> None:
    for command in told(simcord_env):
        if command["type"] != 1:
            assert 1 <= len(command["name"]) <= 32
            continue
        for named in (command, *options_of(command)):
            assert re.fullmatch(r"[a-z0-9_-]{1,32}", named["name"])
            assert 1 <= len(named["description"]) <= 100
            assert named["description"] != "…", named["name"]
            assert len(named.get("options", ())) <= 25
            assert len(named.get("choices", ())) <= 25
        characters = sum(len(n["name"]) + len(n["description"]) for n in (command, *options_of(command)))
        assert characters <= 8000
        required = [option.get("required", False) for option in command.get("options", ())]
        assert required == sorted(required, reverse=True)


async def test_no_command_is_installed_for_a_user_or_works_in_a_group_chat(simcord_env: Env) -> None:
    for command in told(simcord_env):
        assert command["integration_types"] == [0], command["name"]
        assert command["contexts"] == ([0] if command["name"] in IN_SERVERS_ONLY else [0, 1]), command["name"]


async def test_what_changes_anything_is_for_who_manages_the_server(simcord_env: Env) -> None:
    for command in told(simcord_env):
        wanted = MANAGE_GUILD if command["name"] in FOR_ADMINS else None
        permissions = command["default_member_permissions"]
        assert (int(permissions) if permissions is not None else None) == wanted, command["name"]


async def test_every_name_is_one_that_members_were_told_of(simcord_env: Env) -> None:
    assert {command["name"] for command in told(simcord_env)} == {
        "ask", "quotes", "timeline", "on", "articles", "help", "privacy", "forget-me", "add", "remove", "refresh",
        "watch", "digest", "settings", "status", "feedback", "Ask about this", "Who said this?", "Add to articles",
    }  # fmt: skip
