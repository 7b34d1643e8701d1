"""Mentions, replies and direct messages as people meet them, in SimCord's Discord."""

from __future__ import annotations

from collections.abc import Callable

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models.message import AllowedMentions
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from bot.discord.cogs.messages import HELP, UNREADABLE
from retrieval.schema import OPERATOR, Turn
from tests.answers import answer, text_of
from tests.stand_in import StandIn

A1 = (("operator", "a1"),)  # what the stand-in cites


def bots_messages(channel: ChannelHandle, env: Env) -> list[discord.Message]:
    return [m for m in channel.history() if m.author.id == env.bot.user.id]


async def reply_without_a_ping(env: Env, who: MemberActor, channel: ChannelHandle, text: str) -> None:
    """Reply to the last message with the ping switched off, which actors cannot do themselves."""
    assert channel.last_message is not None
    reference = env.backend.normalize_message_reference(channel.id, {"message_id": str(channel.last_message.id)})
    env.backend.create_message(
        channel.id, who.id, text, reference=reference, allowed_mentions=AllowedMentions(replied_user=False)
    )
    await env.settle()


async def test_a_mention_is_answered_as_a_reply_that_pings_nobody(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str
) -> None:
    question = await alice.send(channel, f"{me} when did the bridge reopen?")
    shown = channel.last_message
    assert shown is not None
    assert text_of(shown).startswith("The bridge reopened on Sunday. [1]\n**Sources**")
    assert shown.reference is not None
    assert shown.reference.message_id == question.id
    assert not shown.mentions
    assert library.asked[0].text == "when did the bridge reopen?"
    assert library.asked[0].collections == (OPERATOR, f"server-{alice.guild.id}")


async def test_a_mention_without_a_word_is_told_how_to_ask(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str
) -> None:
    await alice.send(channel, me)
    assert channel.last_message is not None
    assert text_of(channel.last_message) == HELP
    assert not library.asked


async def test_asking_for_help_again_and_again_is_not_answered_each_time(
    alice: MemberActor, channel: ChannelHandle, me: str, simcord_env: Env
) -> None:
    for _ in range(6):
        await alice.send(channel, me)
    assert len(bots_messages(channel, simcord_env)) == 3 + 1


async def test_a_mention_in_a_thread_is_answered_there(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env, me: str
) -> None:
    started = await alice.send(channel, "a matter")
    guild_channel = simcord_env.bot.get_channel(channel.id)
    assert isinstance(guild_channel, discord.TextChannel)
    await guild_channel.create_thread(name="matter", message=discord.Object(started.id))
    thread = channel.threads[0]
    await alice.send(thread, f"{me} when?")
    assert thread.last_message is not None
    assert "The bridge reopened" in text_of(thread.last_message)


@pytest.mark.parametrize("text", ["when did it reopen?", "@everyone when did it reopen?", "<@&1> when?"])
async def test_talk_among_people_is_left_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, text: str
) -> None:
    await alice.send(channel, text)
    assert not bots_messages(channel, simcord_env)
    assert not library.asked


async def test_bots_and_webhooks_are_never_answered(
    simcord_env: Env, channel: ChannelHandle, library: StandIn, me: str
) -> None:
    other = simcord_env.guild.add_member(simcord_env.create_user("other", bot=True))
    await other.send(channel, f"{me} when?")
    await simcord_env.guild.create_webhook(channel).send(f"{me} when?")
    assert not library.asked
    assert not bots_messages(channel, simcord_env)


async def test_a_reply_continues_the_conversation(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str
) -> None:
    await alice.send(channel, f"{me} when did the bridge reopen?")
    assert channel.last_message is not None
    library.result = answer(["It cost four million."])
    await alice.send(channel, f"{me} what did it cost?", reply_to=channel.last_message)
    assert channel.last_message is not None
    await alice.send(channel, f"{me} who paid?", reply_to=channel.last_message)
    assert [asked.turns for asked in library.asked] == [
        (),
        (Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]", A1),),
        (
            Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]", A1),
            Turn("what did it cost?", "It cost four million. [1]", A1),
        ),
    ]


async def test_a_reply_to_any_part_of_a_long_answer_continues_it(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str, simcord_env: Env
) -> None:
    library.result = answer([f"Sentence {i} of a long answer says what it says." for i in range(80)])
    await alice.send(channel, f"{me} when?")
    parts = bots_messages(channel, simcord_env)
    assert len(parts) > 2
    for part in parts[:2]:
        await alice.send(channel, f"{me} who paid?", reply_to=part)
        (turn,) = library.asked[-1].turns
        assert turn.question == "when?"
        assert turn.answer.startswith("Sentence")


async def test_a_reply_to_the_answer_of_a_slash_command_continues_it(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str
) -> None:
    result = await alice.slash(channel, "ask", question="When did the *bridge* reopen?")
    assert result.response is not None
    await alice.send(channel, f"{me} who paid?", reply_to=result.response.message)
    assert library.asked[1].turns == (Turn("When did the *bridge* reopen?", "The bridge reopened on Sunday. [1]", A1),)


async def test_a_conversation_goes_back_only_so_far(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str, simcord_env: Env
) -> None:
    simcord_env.bot.questions._cooldown._rate = 100  # type: ignore[attr-defined]
    await alice.send(channel, f"{me} question 0?")
    for i in range(1, 8):
        assert channel.last_message is not None
        await alice.send(channel, f"{me} question {i}?", reply_to=channel.last_message)
    assert [turn.question for turn in library.asked[-1].turns] == [f"question {i}?" for i in range(3, 7)]


async def test_the_conversation_survives_a_restart(
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    me: str,
    simcord_env: Env,
    make_bot: Callable[..., OnRecordBot],
) -> None:
    await alice.send(channel, f"{me} when did the bridge reopen?")
    assert channel.last_message is not None
    await simcord_env.restart_bot(make_bot())
    await alice.send(channel, f"{me} who paid?", reply_to=channel.last_message)
    assert library.asked[1].turns == (Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]", A1),)


async def test_a_reply_to_a_deleted_answer_is_still_answered(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, me: str, simcord_env: Env
) -> None:
    await alice.send(channel, f"{me} when?")
    first = channel.last_message
    assert first is not None
    simcord_env.inject_error("GET", "/channels/*/messages/*", status=404, code=10008, times=None)
    await alice.send(channel, f"{me} who paid?", reply_to=first)
    assert library.asked[1].text == "who paid?"


async def test_a_direct_message_reads_the_operators_articles(library: StandIn, simcord_env: Env) -> None:
    alice = simcord_env.create_user("alice")
    await alice.send_dm("when did the bridge reopen?")
    assert alice.dm_channel.last_message is not None
    assert "The bridge reopened on Sunday." in text_of(alice.dm_channel.last_message)
    assert library.asked[0].collections == (OPERATOR,)
    result = await alice.slash("ask", question="When?")
    assert library.asked[1].collections == (OPERATOR,)
    assert result.response is not None


@pytest.mark.bot(servers_read_operator=False)
async def test_where_the_operator_keeps_his_articles_servers_read_their_own_and_direct_messages_are_declined(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    await alice.slash(channel, "ask", question="When?")
    assert library.asked[0].collections == (f"server-{alice.guild.id}",)
    bob = simcord_env.create_user("bob")
    await bob.send_dm("when?")
    assert bob.dm_channel.last_message is not None
    assert "ask me in a server" in text_of(bob.dm_channel.last_message)
    assert len(library.asked) == 1


async def test_without_the_message_content_intent_a_reply_that_does_not_ping_is_told_why(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    await alice.send(channel, f"{me} when?")
    await reply_without_a_ping(simcord_env, alice, channel, "who paid?")
    assert channel.last_message is not None
    assert text_of(channel.last_message) == UNREADABLE
    assert len(library.asked) == 1


@pytest.mark.bot(message_content=True)
async def test_with_the_message_content_intent_it_is_answered(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    await alice.send(channel, f"{me} when?")
    await reply_without_a_ping(simcord_env, alice, channel, "who paid?")
    assert library.asked[-1].text == "who paid?"


@pytest.mark.simcord(approved_intents=discord.Intents.default())
async def test_no_privileged_intent_is_asked_for(simcord_env: Env) -> None:
    asked = {name for name, wanted in simcord_env.bot.intents if wanted}
    assert asked == {"guilds", "guild_messages", "dm_messages"}
