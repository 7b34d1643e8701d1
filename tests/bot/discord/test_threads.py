"""Answers in a thread of their own: whether it has to be mentioned there, and where no thread can be made."""

from __future__ import annotations

from collections.abc import Callable

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from retrieval.schema import Turn
from retrieval.schema.community import AnswerPlace, ServerSettings
from tests.answers import text_of
from tests.stand_in import StandIn


async def set_up(env: Env, guild: int, settings: ServerSettings) -> None:
    await env.bot.stored.change_settings(guild, settings)  # type: ignore[attr-defined]


@pytest.mark.bot(message_content=True)
async def test_in_a_thread_of_its_own_it_answers_without_a_mention_and_goes_on_after_a_restart(
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    me: str,
    make_bot: Callable[..., OnRecordBot],
) -> None:
    await set_up(simcord_env, alice.guild.id, ServerSettings(place=AnswerPlace.THREAD))
    await alice.send(channel, f"{me} when did the bridge reopen?")
    (thread,) = channel.threads
    assert thread.name == "when did the bridge reopen?"
    assert "The bridge reopened on Sunday." in text_of(thread.last_message)
    await simcord_env.restart_bot(make_bot(message_content=True))
    await alice.send(thread, "who paid?")
    assert library.asked[-1].text == "who paid?"
    assert library.asked[-1].turns == (
        Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]", (("operator", "a1"),)),
    )
    bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))
    await bob.send(thread, f"{alice.mention} what do you think?")
    assert len(library.asked) == 2


async def test_without_the_intent_the_thread_says_that_it_needs_a_mention(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    await set_up(simcord_env, alice.guild.id, ServerSettings(place=AnswerPlace.THREAD))
    await alice.send(channel, f"{me} when did the bridge reopen?")
    (thread,) = channel.threads
    assert "In this thread mention me" in text_of(thread.last_message)
    await alice.send(thread, "who paid?")
    assert len(library.asked) == 1
    await alice.send(thread, f"{me} who paid?")
    assert len(library.asked[-1].turns) == 1


async def test_where_no_thread_may_be_made_it_replies(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env, me: str
) -> None:
    await set_up(simcord_env, alice.guild.id, ServerSettings(place=AnswerPlace.THREAD))
    simcord_env.inject_error("POST", "/channels/*/messages/*/threads", status=403, code=50013)
    await alice.send(channel, f"{me} when did the bridge reopen?")
    assert "The bridge reopened on Sunday." in text_of(channel.last_message)


async def test_where_it_may_not_write_in_threads_it_replies_and_makes_none(
    alice: MemberActor, simcord_env: Env, channel: ChannelHandle, me: str
) -> None:
    await set_up(simcord_env, alice.guild.id, ServerSettings(place=AnswerPlace.THREAD))
    silent = discord.PermissionOverwrite(send_messages_in_threads=False)
    there = simcord_env.guild.create_text_channel("no-threads", overwrites={simcord_env.bot.user: silent})
    await alice.send(there, f"{me} when did the bridge reopen?")
    assert not there.threads
    assert "The bridge reopened on Sunday." in text_of(there.last_message)
