"""The bot as people meet it, in SimCord's Discord."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import date

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models.message import AllowedMentions
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from bot.discord.messages import HELP, UNREADABLE
from retrieval.errors import LibraryFailed, NotReady
from retrieval.schema import OPERATOR, Turn, Window
from tests.answers import abstention, answer, article, citation, text_of
from tests.stand_in import StandIn

HOSTILE = "@everyone @here {mentions} [click](https://evil.example) https://evil.example ||x|| # big"


@pytest.fixture
def me(simcord_env: Env) -> str:
    assert simcord_env.bot.user is not None
    return simcord_env.bot.user.mention


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


# -- /ask ---------------------------------------------------------------------------------------------


async def test_ask_is_answered_with_the_question_above_and_sources_below(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    result = await alice.slash(channel, "ask", question="When did the bridge reopen?")
    assert result.acknowledged
    assert not result.ephemeral
    assert result.response is not None
    assert text_of(result.response) == (
        "> When did the bridge reopen?\n"
        "The bridge reopened on Sunday. [1]\n"
        "**Sources**\n"
        "[1] [Bridge over the Lorn reopens](<https://gazette.example/bridge>)\n-# Tarn Valley Gazette, 4 May 2031"
    )
    assert library.asked[0].collections == (OPERATOR, f"server-{alice.guild.id}")
    assert library.asked[0].window == Window()


async def test_ask_is_acknowledged_before_anything_else_is_done(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    await alice.slash(channel, "ask", question="When?")
    posts = [r.path for r in simcord_env.http_requests if r.method == "POST"]
    assert posts[0].endswith("/callback")


async def test_days_and_a_publisher_narrow_the_question(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    options = {"from": "2031-05-01", "to": "2031-05-31", "source": "The Lorn Times"}
    await alice.slash(channel, "ask", question="When?", **options)
    assert library.asked[0].window == Window(date(2031, 5, 1), date(2031, 5, 31), "The Lorn Times")


async def test_a_private_answer_is_for_the_asker_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.result = answer(["A long sentence it is. " * 20] * 10)
    result = await alice.slash(channel, "ask", question="When?", private=True)
    assert result.ephemeral
    assert result.followups
    assert all(part.ephemeral for part in result.followups)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"from": "yesterday"}, "“from” takes a day such as 2016-10-31; “yesterday” is none."),
        ({"to": "31/10/2016"}, "“to” takes a day such as 2016-10-31; “31/10/2016” is none."),
        ({"from": "2031-05-02", "to": "2031-05-01"}, "“from” (2031-05-02) is later than “to” (2031-05-01): swap them."),
    ],
)
async def test_a_day_that_is_none_is_said_to_the_asker_alone(
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    options: dict[str, str],
    sentence: str,
) -> None:
    result = await alice.slash(channel, "ask", question="When?", **options)
    assert result.response is not None
    assert text_of(result.response) == sentence
    assert result.ephemeral
    assert not library.asked
    assert simcord_env.errors


async def test_the_publisher_is_completed_while_it_is_typed(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.names = [f"Paper {i}" for i in range(40)] + ["The Lorn Times", "Paper " + "x" * 100]
    assert await alice.autocomplete(channel, "ask", "source", "lorn") == [
        {"name": "The Lorn Times", "value": "The Lorn Times"}
    ]
    assert len(await alice.autocomplete(channel, "ask", "source", "paper")) == 25


async def test_completion_offers_nothing_where_the_library_is_not_ready(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.result = NotReady("not yet")
    assert await alice.autocomplete(channel, "ask", "source", "lorn") == []


async def test_an_abstention_says_why(alice: MemberActor, channel: ChannelHandle, library: StandIn) -> None:
    library.result = abstention("The articles do not say who won.", [citation()])
    result = await alice.slash(channel, "ask", question="Who won?")
    assert result.response is not None
    assert "The articles do not say who won." in text_of(result.response)
    assert "**Nearest articles**" in text_of(result.response)


async def test_a_long_answer_comes_in_several_messages(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.result = answer([f"Sentence {i} of a long answer says what it says." for i in range(120)])
    result = await alice.slash(channel, "ask", question="What?")
    shown = [text_of(m) for m in channel.history()]
    assert len(shown) > 2
    assert all(len(part) <= 2000 for part in shown)
    assert all(any(f"Sentence {i} of" in part for part in shown) for i in range(120))
    assert result.response is not None


# -- errors -------------------------------------------------------------------------------------------


async def test_what_the_user_can_mend_is_one_sentence_for_him_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    library.result = NotReady("I am still warming up: ask again in a minute.")
    result = await alice.slash(channel, "ask", question="When?", private=True)
    assert result.response is not None
    assert text_of(result.response) == "I am still warming up: ask again in a minute."
    assert result.ephemeral
    assert not result.followups
    assert simcord_env.errors


async def test_what_we_caused_is_an_apology_with_an_id_that_the_log_has(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, caplog: pytest.LogCaptureFixture
) -> None:
    library.result = RuntimeError("the inside story")
    result = await alice.slash(channel, "ask", question="When?")
    assert result.response is not None
    found = re.search(r"error id (\w+)", text_of(result.response))
    assert found
    assert "inside story" not in text_of(result.response)
    assert found[1] in caplog.text
    assert "the inside story" in caplog.text
    assert simcord_env.errors


async def test_a_failure_of_the_librarys_process_keeps_its_id(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    library.result = LibraryFailed("c0ffee")
    await alice.send(channel, f"{me} when?")
    assert channel.last_message is not None
    assert "(error id c0ffee)" in text_of(channel.last_message)


async def test_an_interaction_that_is_gone_is_answered_in_the_channel(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    simcord_env.inject_error("POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction")
    await alice.slash(channel, "ask", question="When?")
    assert channel.last_message is not None
    assert "The bridge reopened on Sunday." in text_of(channel.last_message)


async def test_an_answer_later_than_the_interactions_token_comes_in_the_channel(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    simcord_env.inject_error("POST", "/webhooks/*", status=401, code=50027, message="Invalid Webhook Token")
    await alice.slash(channel, "ask", question="When?")
    assert channel.last_message is not None
    assert "The bridge reopened on Sunday." in text_of(channel.last_message)


async def test_a_private_answer_that_comes_too_late_is_not_shown_to_all(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    simcord_env.inject_error("POST", "/webhooks/*", status=401, code=50027, message="Invalid Webhook Token")
    await alice.slash(channel, "ask", question="When?", private=True)
    assert all("bridge" not in text_of(message) for message in channel.history())


async def test_asking_too_often_is_declined_and_a_flood_is_not_answered_by_a_flood(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    for _ in range(6):
        await alice.send(channel, f"{me} when?")
    shown = [text_of(m) for m in bots_messages(channel, simcord_env)]
    assert len(library.asked) == 3
    assert sum("ask again in 20 seconds" in content for content in shown) == 1


# -- mentions, replies, direct messages ---------------------------------------------------------------


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
        (Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]"),),
        (
            Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]"),
            Turn("what did it cost?", "It cost four million. [1]"),
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
    assert library.asked[1].turns == (Turn("When did the *bridge* reopen?", "The bridge reopened on Sunday. [1]"),)


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
    assert library.asked[1].turns == (Turn("when did the bridge reopen?", "The bridge reopened on Sunday. [1]"),)


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


# -- intents ------------------------------------------------------------------------------------------


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


# -- what an article may not do, and where the bot may not write --------------------------------------


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


# -- life ---------------------------------------------------------------------------------------------


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
