"""/ask as people meet it, in SimCord's Discord."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from retrieval.errors import LibraryFailed, NotReady
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, Window, server_collection
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.answers import abstention, answer, citation, text_of
from tests.stand_in import StandIn


def bots_messages(channel: ChannelHandle, env: Env) -> list[discord.Message]:
    return [m for m in channel.history() if m.author.id == env.bot.user.id]


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
        ({"from": "banana"}, "“from” takes a day such as 2016-10-31; “banana” is none."),
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


async def test_days_in_words_narrow_the_question_too(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    await alice.slash(channel, "ask", question="When?", **{"from": "April 2031", "to": "April 2031"})
    assert library.asked[-1].window == Window(date(2031, 4, 1), date(2031, 4, 30))


async def test_a_publisher_of_whom_there_is_nothing_is_said_to_be_so_at_once(
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    tmp_path: Path,
    write: Callable[[str, str], Path],
) -> None:
    home = server_collection(alice.guild.id)
    with Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors()) as articles:
        articles.add([write("q.txt", "Quay\n\nIt closed.")], collection=home, given=Given(source="The Lorn Post"))
    result = await alice.slash(channel, "ask", question="When?", source="Nobody")
    assert text_of(result.response) == "No article here is of “Nobody”: choose a publisher from the list."
    assert result.ephemeral
    assert not library.asked
    assert simcord_env.errors
    await alice.slash(channel, "ask", question="When?", source="the lorn post")
    assert library.asked[-1].window == Window(source="the lorn post")


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
