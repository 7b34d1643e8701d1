"""What can be done with an answer that is shown: its buttons, also after a restart, and how it comes about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.answers.source_buttons import NOT_KEPT, WAS_REMOVED
from bot.discord.answers.understood import said_of, understood
from bot.discord.client import OnRecordBot
from bot.library.messages import SentenceVerified, StageReached
from retrieval.answering.listening import Stage
from retrieval.errors import NotReady
from retrieval.library import Library
from retrieval.schema import AnswerSentence, Citation, Window, server_collection
from retrieval.schema.community import Opinion
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.answers import answer, answer_id, citation, text_of
from tests.stand_in import StandIn

TEXT = (
    "Bridge reopens\n\n"
    "It had been closed for a year. The bridge over the *Lorn* reopened on Sunday. Lorries stay away.\n\n"
    "The mayor was there."
)
SENTENCE = "The bridge over the *Lorn* reopened on Sunday."


@pytest.fixture
def articles(tmp_path: Path, write: Callable[[str, str], Path]) -> Library:
    """The library of the bot's store, with one article in the operator's collection."""
    library = Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors(), create=True)
    library.add([write("articles/bridge.txt", TEXT)])
    return library


def bots_messages(channel: ChannelHandle, env: Env) -> list[discord.Message]:
    return [m for m in channel.history() if m.author.id == env.bot.user.id]


def cited(library: Library, n: int = 1) -> Citation:
    (head,) = library.articles()
    text = library.article(head.id)[1].text
    start = text.index(SENTENCE)
    return Citation(n, head, start, start + len(SENTENCE), SENTENCE, None)


def button(message: discord.Message, label: str) -> str:
    """The id of the first button with a label."""
    found = [c for c in walk(message.components) if getattr(c, "label", None) == label]
    return str(found[0].custom_id)


def walk(components: object) -> list[discord.Component]:
    found = []
    for component in components or ():  # type: ignore[attr-defined]
        found.append(component)
        found += walk(getattr(component, "children", ()))
        if (accessory := getattr(component, "accessory", None)) is not None:
            found.append(accessory)
    return found


async def test_the_source_is_shown_with_the_cited_words_marked_to_who_presses_also_after_a_restart(
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    articles: Library,
    simcord_env: Env,
    make_bot: Callable[..., OnRecordBot],
) -> None:
    library.result = answer([SENTENCE], citations=[cited(articles)])
    await alice.slash(channel, "ask", question="When did it reopen?")
    for restarted in (False, True):
        if restarted:
            await simcord_env.restart_bot(make_bot())
        result = await alice.click(channel.last_message, label="Show in source")
        assert result.ephemeral
        shown = text_of(result.response)
        assert shown.startswith(
            "> It had been closed for a year. **The bridge over the \\*Lorn\\* reopened on Sunday.** Lorries stay away."
        )
        assert "The mayor" not in shown
        assert "-# [1] Bridge reopens, date unknown, `articles/bridge.txt:3`" in shown


async def test_of_a_removed_article_nothing_is_shown_any_more(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, articles: Library, simcord_env: Env
) -> None:
    library.result = answer([SENTENCE], citations=[cited(articles)])
    await alice.slash(channel, "ask", question="When did it reopen?")
    articles.remove("articles/bridge.txt")
    result = await alice.click(channel.last_message, label="Show in source")
    assert text_of(result.response) == WAS_REMOVED
    assert simcord_env.bot.stored._community.turns(channel.id, 4) == ()  # type: ignore[attr-defined]


async def test_more_sources_are_paged_through_by_who_wants_them(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, articles: Library
) -> None:
    library.result = answer([SENTENCE], citations=[cited(articles, n) for n in range(1, 13)])
    await alice.slash(channel, "ask", question="When did it reopen?")
    assert "[5]" in text_of(channel.last_message)
    assert "[6]" not in text_of(channel.last_message)
    result = await alice.click(channel.last_message, label="Sources 6 to 12")
    assert result.ephemeral
    assert result.response is not None
    assert "[6]" in text_of(result.response)
    await alice.click(result.response.message, label="Next")
    assert "[12]" in text_of(result.response)
    shown = await alice.click(result.response.message, custom_id=button(result.response.message, "Show in source"))
    assert "**The bridge over" in text_of(shown.response)


async def test_an_answer_that_is_no_longer_kept_says_so(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    await alice.slash(channel, "ask", question="When?")
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    await stored(lambda community: community.forget_member(alice.id))
    result = await alice.click(channel.last_message, label="Show in source")
    assert text_of(result.response) == NOT_KEPT


async def test_another_servers_answer_is_none_here(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    await alice.slash(channel, "ask", question="When?")
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    await stored.flush()
    given = await stored(lambda community: community.shown(answer_id(channel.last_message)))
    await stored(lambda community: community.forget_server(alice.guild.id))
    await stored(lambda community: community.remember(replace(given, server=77)))
    buttons = [c.custom_id for c in walk(channel.last_message.components) if getattr(c, "custom_id", None)]
    assert len(buttons) == 3
    for custom_id in buttons:
        result = await alice.click(channel.last_message, custom_id=custom_id)
        assert text_of(result.response) == NOT_KEPT
        assert result.ephemeral


# -- feedback -----------------------------------------------------------------------------------------


async def test_feedback_with_a_reason_is_kept_and_can_be_changed(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, make_bot: Callable[..., OnRecordBot]
) -> None:
    await alice.slash(channel, "ask", question="When did the bridge reopen?")
    await simcord_env.restart_bot(make_bot())
    good, bad = [
        c.custom_id
        for c in walk(channel.last_message.components)
        if str(getattr(c, "custom_id", "")).startswith("feed")
    ]
    window = await alice.click(channel.last_message, custom_id=good)
    result = await alice.submit_modal(window, {})
    assert "👍 is kept" in text_of(result.response)
    window = await alice.click(channel.last_message, custom_id=bad)
    await alice.submit_modal(window, {text_input(window): "  It was a   Monday. "})
    (row,) = await simcord_env.bot.stored(lambda community: community.feedback(alice.guild.id))  # type: ignore[attr-defined]
    assert row.feedback.opinion is Opinion.BAD
    assert row.feedback.reason == "It was a Monday."
    assert row.shown.question == "When did the bridge reopen?"
    assert row.shown.citations[0].article == "a1"


def text_input(result: object) -> str:
    """The id of the first field of a window."""
    return str(result.modal["components"][0]["component"]["custom_id"])  # type: ignore[attr-defined]


# -- while it is made ---------------------------------------------------------------------------------


async def test_a_slow_answer_shows_its_stage_and_its_sentences_and_in_the_end_all_of_it(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    gate = hold(library, simcord_env)
    library.progress = [
        SentenceVerified(AnswerSentence("The bridge reopened.", (1,)), (citation(),)),
        StageReached(Stage.VERIFYING, 3),
    ]
    await alice.send(channel, f"{me} when?")
    (working,) = bots_messages(channel, simcord_env)
    assert text_of(working) == "The bridge reopened. [1]\n-# Checking 3 sentences against the articles"
    gate.set()
    await simcord_env.settle()
    (shown,) = bots_messages(channel, simcord_env)
    assert shown.id == working.id
    assert text_of(shown).startswith("The bridge reopened on Sunday. [1]\n**Sources**")
    assert all(getattr(c, "label", None) != "Stop" for c in walk(shown.components))


async def test_the_asker_can_stop_an_answer_and_nobody_else_can(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    hold(library, simcord_env)
    bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))
    await alice.slash(channel, "ask", question="When?")
    refused = await bob.click(channel.last_message, label="Stop")
    assert "Only who asked" in text_of(refused.response)
    await alice.click(channel.last_message, label="Stop")
    assert text_of(channel.last_message) == "-# Stopped."


async def test_what_goes_wrong_after_something_was_shown_takes_its_place(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, me: str
) -> None:
    gate = hold(library, simcord_env)
    library.result = NotReady("Ask again in a minute.")
    await alice.send(channel, f"{me} when?")
    gate.set()
    await simcord_env.settle()
    (shown,) = bots_messages(channel, simcord_env)
    assert text_of(shown) == "Ask again in a minute."


def hold(library: StandIn, env: Env) -> asyncio.Event:
    """Let the library answer nothing until the event is set."""
    gate = asyncio.Event()
    library.waiting = lambda: env.external_wait(gate.wait(), reason="the library is at work")
    return gate


# -- what was understood, and asking otherwise --------------------------------------------------------


async def test_what_was_read_out_of_the_question_is_said_and_can_be_changed(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    await alice.slash(channel, "ask", question="What did Calder say in May 2031?", source="The Lorn Times")
    shown = text_of(channel.last_message)
    assert "Understood as: happened in May 2031; said by Calder; only from The Lorn Times" in shown
    window = await alice.click(channel.last_message, label="Change")
    assert window.modal is not None
    fields = [label["component"]["custom_id"] for label in window.modal["components"]]
    assert window.modal["components"][0]["component"]["value"] == "What did Calder say in May 2031?"
    assert window.modal["components"][3]["component"]["value"] == "The Lorn Times"
    await alice.submit_modal(window, {fields[0]: "What did Roe say?", fields[1]: "2031-06-01"})
    assert library.asked[-1].text == "What did Roe say?"
    assert library.asked[-1].window.first == date(2031, 6, 1)


def test_how_the_library_understood_it_is_said_once() -> None:
    read = understood("What happened in May 2031?", Window(source="The Lorn Times"), date(2031, 6, 1))
    sentence, left = said_of(read, ("Understood as: events in May 2031.", "One is a plan."))
    assert sentence == "Understood as: events in May 2031; only from The Lorn Times"
    assert left == ["One is a plan."]
    assert said_of(read, ())[0] == "Understood as: happened in May 2031; only from The Lorn Times"


async def test_a_message_is_made_a_question_and_answered_to_the_asker_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    message = await alice.send(channel, "The bridge   reopened on Monday!")
    window = await alice.context_menu(channel, "Ask about this", message)
    assert window.modal is not None
    field = window.modal["components"][0]["component"]
    assert field["value"] == "The bridge reopened on Monday!"
    result = await alice.submit_modal(window, {field["custom_id"]: "When did the bridge reopen?"})
    assert library.asked[0].text == "When did the bridge reopen?"
    assert result.ephemeral
    assert "The bridge reopened on Sunday." in text_of(result.response)


# -- whose articles are read --------------------------------------------------------------------------


async def test_what_belongs_to_a_closed_channel_is_read_in_it_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    everybody, guild = simcord_env.guild.default_role, alice.guild.id
    closed = simcord_env.guild.create_text_channel(
        "closed",
        overwrites={everybody: discord.PermissionOverwrite(view_channel=False),
                    alice: discord.PermissionOverwrite(view_channel=True),
                    simcord_env.bot.user: discord.PermissionOverwrite(view_channel=True)},
    )  # fmt: skip
    await alice.slash(closed, "ask", question="When?")
    assert library.asked[0].collections == (
        "operator", server_collection(guild), f"server-{guild}-channel-{closed.id}",
    )  # fmt: skip
    await alice.slash(channel, "ask", question="When?")
    assert library.asked[1].collections == ("operator", server_collection(guild))
