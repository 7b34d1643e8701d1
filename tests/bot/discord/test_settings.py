"""What admins set, how it is kept to, and how things stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from bot.library.reports import Feed
from retrieval.schema import server_collection
from retrieval.schema.community import (
    AbstentionTone,
    AnswerPlace,
    ServerSettings,
)
from tests.answers import text_of
from tests.stand_in import StandIn


async def settings_of(env: Env, guild: int) -> ServerSettings:
    return await env.bot.stored.settings(guild)  # type: ignore[attr-defined, no-any-return]


async def test_where_there_is_no_language_model_none_can_be_switched_on(
    admin: MemberActor, channel: ChannelHandle
) -> None:
    screen = await admin.slash(channel, "settings")
    assert screen.response is not None
    buttons = [c for row in screen.response.components if row["type"] == 1 for c in row["components"] if c["type"] == 2]
    assert (buttons[0]["label"], buttons[0]["disabled"]) == ("Language model: there is none here", True)


@pytest.mark.bot(has_model=True)
async def test_everything_is_set_on_one_screen(admin: MemberActor, channel: ChannelHandle, simcord_env: Env) -> None:
    role = simcord_env.guild.create_role("readers")
    screen = await admin.slash(channel, "settings")
    assert screen.ephemeral
    assert screen.response is not None

    def menus(kind: int) -> list[str]:
        rows = [row for row in screen.response.components if row["type"] == 1]  # type: ignore[union-attr]
        return [c["custom_id"] for row in rows for c in row["components"] if c["type"] == kind]

    await admin.select(screen.response.message, [channel], custom_id=menus(8)[0])
    await admin.select(screen.response.message, [role], custom_id=menus(6)[0])
    await admin.select(screen.response.message, [role], custom_id=menus(6)[1])
    await admin.select(screen.response.message, ["thread"], custom_id=menus(3)[0])
    await admin.select(screen.response.message, ["friendly"], custom_id=menus(3)[1])
    await admin.click(screen.response.message, label="Language model: on")
    window = await admin.click(screen.response.message, label="Change quotas, retention, time zone")
    assert window.modal is not None
    fields = [label["component"]["custom_id"] for label in window.modal["components"]]
    await admin.submit_modal(window, dict(zip(fields, ("5", "", "30", "Europe/Berlin"), strict=True)))
    assert await settings_of(simcord_env, admin.guild.id) == ServerSettings(
        (channel.id,), (role.id,), (role.id,), AnswerPlace.THREAD, 5, None, False, AbstentionTone.FRIENDLY, 30,
        "Europe/Berlin",
    )  # fmt: skip
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    kept = await stored(lambda community: community.settings(admin.guild.id))
    assert kept == await settings_of(simcord_env, admin.guild.id)
    assert "Questions of a member: 5 a day" in text_of(screen.response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("many", "", "30", ""), "The questions of one member: give a whole number"),
        (("", "", "many", ""), "The days: give a whole number from 1 to 3,650."),
        (("", "", "", ""), "Answers are kept between 1 and 3650 days"),
        (("", "", "30", "Mars/Olympus"), "I do not know this time zone"),
    ],
)
async def test_what_cannot_be_set_is_said_and_nothing_changes(
    admin: MemberActor, channel: ChannelHandle, simcord_env: Env, typed: tuple[str, ...], sentence: str
) -> None:
    screen = await admin.slash(channel, "settings")
    assert screen.response is not None
    window = await admin.click(screen.response.message, label="Change quotas, retention, time zone")
    assert window.modal is not None
    fields = [label["component"]["custom_id"] for label in window.modal["components"]]
    result = await admin.submit_modal(window, dict(zip(fields, typed, strict=True)))
    assert sentence in text_of(result.response)
    assert await settings_of(simcord_env, admin.guild.id) == ServerSettings()


async def test_who_may_ask_where_and_how_often_is_as_set(
    alice: MemberActor, admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    other = simcord_env.guild.create_text_channel("other")
    stored, guild = simcord_env.bot.stored, alice.guild.id  # type: ignore[attr-defined]
    await stored.change_settings(guild, ServerSettings(channels=(other.id,), language_model=False))
    result = await alice.slash(channel, "ask", question="When?")
    assert f"I answer only in <#{other.id}>" in text_of(result.response)
    assert (await alice.slash(other, "ask", question="When?")).response is not None
    assert not library.asked[0].written
    await stored.change_settings(guild, ServerSettings(asking_roles=(1,)))
    result = await alice.slash(channel, "ask", question="When?")
    assert "only members with certain roles" in text_of(result.response)
    assert simcord_env.errors


async def test_a_quota_is_told_when_it_is_reached_and_a_restart_goes_on_counting(
    alice: MemberActor,
    admin: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    make_bot: Callable[..., OnRecordBot],
) -> None:
    limits = ServerSettings(member_quota=2, server_quota=3)
    await simcord_env.bot.stored.change_settings(alice.guild.id, limits)  # type: ignore[attr-defined]
    await alice.slash(channel, "ask", question="When?")
    await simcord_env.restart_bot(make_bot())
    await alice.slash(channel, "ask", question="When?")
    result = await alice.slash(channel, "ask", question="When?")
    assert "You have asked all of your 2 questions of today" in text_of(result.response)
    assert result.ephemeral
    await admin.slash(channel, "ask", question="When?")
    result = await admin.slash(channel, "ask", question="When?")
    assert "This server has asked all of its 3 questions of today" in text_of(result.response)
    assert len(library.asked) == 3
    assert simcord_env.errors


async def test_days_are_counted_in_the_servers_time_zone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago")  # 25 hours apart: never the same day
    for zone in zones:
        await simcord_env.bot.stored.change_settings(alice.guild.id, ServerSettings(time_zone=zone))  # type: ignore[attr-defined]
        await alice.slash(channel, "ask", question="What happened yesterday?")
    east, west = (datetime.now(ZoneInfo(zone)).date() for zone in zones)
    assert [asked.today for asked in library.asked] == [east, west]
    assert f"happened on {west - timedelta(days=1):%-d %B %Y}" in text_of(channel.last_message)
    await alice.slash(channel, "on", date="yesterday")
    assert library.days == [west]


# -- status -------------------------------------------------------------------------------------------


async def test_status_tells_how_things_stand(admin: MemberActor, channel: ChannelHandle, library: StandIn) -> None:
    library.feeds = [Feed(server_collection(admin.guild.id), "https://lorn.example/feed", "News", "it timed out", True)]
    result = await admin.slash(channel, "status")
    assert result.ephemeral
    shown = text_of(result.response)
    assert "0 of this server, as read in this channel; 20 of whoever runs me" in shown
    assert "- News: given up: it timed out" in shown
    assert "**Language model**: none" in shown
