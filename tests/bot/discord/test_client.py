"""Where the bot may not write, what an article may not do, and how it ends."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from tests.answers import answer, article, citation, text_of
from tests.stand_in import StandIn

HOSTILE = "@everyone @here {mentions} [click](https://evil.example) https://evil.example ||x|| # big"


def bots_messages(channel: ChannelHandle, env: Env) -> list[discord.Message]:
    return [m for m in channel.history() if m.author.id == env.bot.user.id]


async def test_nothing_in_an_article_pings_or_links(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    role = simcord_env.guild.create_role("all", permissions=discord.Permissions(mention_everyone=True))
    hostile = HOSTILE.format(mentions=f"<@{alice.id}> <@&{role.id}> <#{channel.id}>")
    head = article(hostile, source=hostile, url="https://gazette.example/)@everyone")
    library.result = answer([hostile] * 3, citations=[citation(head=head)], notes=[hostile])
    await alice.send(channel, f"{me} when?")
    await alice.slash(channel, "ask", question=hostile)
    shown = bots_messages(channel, simcord_env)
    assert len(shown) >= 2
    for message in shown:
        assert not message.mention_everyone
        assert not message.mentions
        assert not message.role_mentions
        assert not message.raw_channel_mentions
        assert not re.search(r"https?://evil", text_of(message))
    sends = [r.json for r in simcord_env.http_requests if r.json and "components" in r.json]
    assert sends
    for payload in sends:
        assert payload["allowed_mentions"]["parse"] == []
        assert payload["flags"] & discord.MessageFlags(components_v2=True).value  # a layout shows no previews


async def test_where_the_bot_may_not_write_a_mention_is_left_alone_and_ask_still_works(
    simcord_env: Env, alice: MemberActor, library: StandIn, me: str
) -> None:
    mute = simcord_env.guild.create_text_channel(
        "mute", overwrites={simcord_env.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    await alice.send(mute, f"{me} when?")
    assert not library.asked
    result = await alice.slash(mute, "ask", question="When?")
    assert result.response is not None
    assert "The bridge reopened on Sunday." in text_of(result.response)


async def test_a_permission_that_is_taken_away_meanwhile_ends_in_the_log(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env, me: str, caplog: pytest.LogCaptureFixture
) -> None:
    simcord_env.inject_error("POST", "/channels/*/messages", status=403, code=50013, message="Missing Permissions")
    with caplog.at_level("INFO"):
        await alice.send(channel, f"{me} when?")
    assert "cannot be shown in its channel" in caplog.text


async def test_where_replies_are_not_allowed_the_answer_stands_alone(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env, me: str
) -> None:
    sentence = "Cannot reply without permission to read message history"
    simcord_env.inject_error("POST", "/channels/*/messages", status=400, code=160002, message=sentence)
    await alice.send(channel, f"{me} when?")
    assert channel.last_message is not None
    assert channel.last_message.reference is None
    assert "The bridge reopened on Sunday." in text_of(channel.last_message)


async def test_commands_are_synced_once_and_again_only_when_they_changed(
    simcord_env: Env, make_bot: Callable[..., OnRecordBot]
) -> None:
    def syncs() -> int:
        return sum(r.method == "PUT" and r.path.endswith("/commands") for r in simcord_env.http_requests)

    assert syncs() == 1
    await simcord_env.restart_bot(make_bot())
    assert syncs() == 1
    changed = make_bot()
    changed.tree.command(name="extra", description="another")(_extra)
    await simcord_env.restart_bot(changed)
    assert syncs() == 2


async def _extra(interaction: discord.Interaction) -> None:
    """A command that was not there before."""


async def test_an_answer_that_may_not_finish_before_the_end_is_marked_as_stopped(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    library.gate = asyncio.Event()

    async def end() -> None:
        while not library.asked:
            await asyncio.sleep(0.01)
        await simcord_env.bot.questions.stop(finish=0.05, mark=1.0)  # type: ignore[attr-defined]

    ending = asyncio.create_task(end())
    await alice.send(channel, f"{me} when?")
    await ending
    assert channel.last_message is not None
    assert "switched off before I could answer" in text_of(channel.last_message)
    await alice.send(channel, f"{me} and now?")
    assert "being switched off" in text_of(channel.last_message)
