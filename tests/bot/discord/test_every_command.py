"""What holds of every command and menu: who may use it, and what is said where anything goes wrong."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from retrieval.errors import IndexUnavailable, NotReady, UserError
from retrieval.schema.community import ServerSettings
from tests.answers import text_of
from tests.stand_in import StandIn

Use = Callable[[MemberActor, ChannelHandle], Awaitable[Any]]


def slash(name: str, **options: Any) -> Use:
    return lambda member, channel: member.slash(channel, name, **options)


def menu(name: str) -> Use:
    async def use(member: MemberActor, channel: ChannelHandle) -> Any:
        return await member.context_menu(
            channel, name, await member.send(channel, "“It was a Monday”, said https://a.example/x")
        )

    return use


ADMINS: dict[str, Use] = {
    "add": slash("add", url="https://gazette.example/bridge"),
    "remove": slash("remove", article="articles/bridge.md"),
    "refresh": slash("refresh"),
    "watch": slash("watch", feed="https://gazette.example/feed"),
    "digest": slash("digest"),
    "settings": slash("settings"),
    "status": slash("status"),
    "feedback export": slash("feedback export"),
    "Add to articles": menu("Add to articles"),
}
EVERYBODYS: dict[str, Use] = {
    "ask": slash("ask", question="When did the bridge reopen?"),
    "quotes": slash("quotes", speaker="Calder"),
    "timeline": slash("timeline", topic="the bridge"),
    "on": slash("on", date="2 March 2026"),
    "articles": slash("articles"),
    "help": slash("help"),
    "privacy": slash("privacy"),
    "forget-me": slash("forget-me"),
    "Ask about this": menu("Ask about this"),
    "Who said this?": menu("Who said this?"),
}
ALL = ADMINS | EVERYBODYS
OF_THE_LIBRARY = (
    "ask",
    "quotes",
    "timeline",
    "on",
    "Who said this?",
    "add",
    "refresh",
    "watch",
    "status",
    "Add to articles",
)
QUESTIONS = ("ask", "quotes", "timeline", "on", "Who said this?")
WITHOUT_THE_STORE = ("Ask about this",)  # it only opens a window
FAILURE = re.compile(r"Something went wrong here \(error id ([0-9a-f]{8})\)")


def test_every_command_is_here(simcord_env: Env) -> None:
    tree = simcord_env.bot.tree  # type: ignore[attr-defined]
    names = [c.qualified_name for c in tree.walk_commands() if not isinstance(c, discord.app_commands.Group)]
    menus = [c.name for c in tree.get_commands(type=discord.AppCommandType.message)]
    assert {*names, *menus} == set(ALL)


@pytest.mark.parametrize("name", ALL)
async def test_it_answers(name: str, admin: MemberActor, channel: ChannelHandle, simcord_env: Env) -> None:
    result = await ALL[name](admin, channel)
    assert result.modal is not None or text_of(result.response)
    if name in ("remove", "feedback export"):  # there is no such article, and no feedback yet
        assert simcord_env.errors
    else:
        assert not simcord_env.errors


@pytest.mark.parametrize("name", ADMINS)
async def test_who_does_not_manage_the_server_is_refused_even_where_discord_lets_them(
    name: str, alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    told = await simcord_env.bot.tree.fetch_commands()  # type: ignore[attr-defined]
    command = next(c for c in told if c.name == name.partition(" export")[0])
    simcord_env.guild.set_command_permissions(command, {alice: True})
    result = await ADMINS[name](alice, channel)
    assert "Manage Server" in text_of(result.response)
    assert result.ephemeral
    assert not library.changes
    assert simcord_env.errors


@pytest.mark.parametrize("name", ADMINS)
async def test_discord_shows_it_to_those_who_manage_the_server_alone(
    name: str, alice: MemberActor, admin: MemberActor, channel: ChannelHandle
) -> None:
    assert name not in alice.available_commands(channel)
    assert name[0].isupper() or name in admin.available_commands(channel)


@pytest.mark.parametrize("name", [name for name in ALL if name not in WITHOUT_THE_STORE])
async def test_whatever_fails_inside_is_one_private_sentence_with_an_id_that_the_log_has(
    name: str, admin: MemberActor, channel: ChannelHandle, simcord_env: Env, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    async def broken(*_: object) -> None:
        raise RuntimeError("the inside story")

    monkeypatch.setattr("bot.discord.stored.Stored.__call__", broken)
    result = await ALL[name](admin, channel)
    found = FAILURE.search(text_of(result.response))
    assert found is not None
    assert result.ephemeral
    assert f"error id {found[1]}" in caplog.text
    assert "the inside story" in caplog.text
    assert simcord_env.errors


@pytest.mark.parametrize("name", OF_THE_LIBRARY)
@pytest.mark.parametrize("error", [IndexUnavailable("the inside story"), NotReady("I am still warming up.")])
async def test_a_failure_of_the_library_is_told(
    name: str, error: Exception, admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    library.result = error
    result = await ALL[name](admin, channel)
    said = text_of(result.response)
    assert "I am still warming up." in said or FAILURE.search(said)
    assert "inside story" not in said
    assert simcord_env.errors or name == "ask"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize(("status", "code"), [(404, 10062), (403, 50013), (500, 0)])
async def test_where_discord_refuses_the_acknowledgement_nothing_else_breaks(
    name: str, status: int, code: int, admin: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    simcord_env.inject_error("POST", "/interactions/*/callback", status=status, code=code, message="no")
    await ALL[name](admin, channel)
    expected = (discord.HTTPException, UserError)
    assert all(isinstance(getattr(e, "original", e), expected) for e in simcord_env.errors)
    await EVERYBODYS["privacy"](admin, channel)
    assert not simcord_env.errors_since(len(simcord_env.errors))


@pytest.mark.parametrize("name", QUESTIONS)
async def test_quotas_and_the_places_and_roles_that_are_set_count_for_every_question(
    name: str, alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    elsewhere = simcord_env.guild.create_text_channel("elsewhere")
    stored, guild = simcord_env.bot.stored, alice.guild.id  # type: ignore[attr-defined]
    for limits, sentence in (
        (ServerSettings(channels=(elsewhere.id,)), f"I answer only in <#{elsewhere.id}>"),
        (ServerSettings(asking_roles=(1,)), "only members with certain roles may ask"),
        (ServerSettings(member_quota=0), "You have asked all of your 0 questions of today"),
    ):
        await stored.change_settings(guild, limits)
        result = await EVERYBODYS[name](alice, channel)
        assert sentence in text_of(result.response)
        assert result.ephemeral
    assert simcord_env.errors


@pytest.mark.parametrize("name", [name for name in EVERYBODYS if name[0].islower()])
async def test_it_works_in_direct_messages(name: str, simcord_env: Env, library: StandIn) -> None:
    carol = simcord_env.create_user("carol")
    options = {"ask": {"question": "When?"}, "on": {"date": "2 March 2026"}}.get(name, {})
    result = await carol.slash(name, **options)
    assert text_of(result.response)
    assert not simcord_env.errors
