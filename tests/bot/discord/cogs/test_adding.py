"""Articles are added, removed and fetched again from Discord."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.cogs.taking_back import TAKEN_BACK
from bot.discord.errors import sentence_for
from bot.discord.intake import links_in
from bot.discord.rendering.additions import render_taken_in
from bot.library.messages import ArticlesRead
from bot.library.reports import TakenIn
from retrieval.errors import BadInput, LibraryFailed
from retrieval.library import Library
from retrieval.schema import channel_collection, server_collection
from retrieval.schema.community import AnswerPlace, SentFile, ServerSettings
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.answers import abstention, answer, article, citation, text_of
from tests.stand_in import StandIn


async def test_a_page_is_added_to_the_server_and_what_became_of_it_is_told(
    admin: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.taken = TakenIn({"added": 1}, (article("The *Lorn* <@1>"),), ("https://x.example/b: it is paywalled",))
    result = await admin.slash(channel, "add", url="https://gazette.example/bridge")
    assert library.changes == [("take_in", ("https://gazette.example/bridge",), server_collection(admin.guild.id))]
    assert text_of(result.response) == (
        "**Articles: 1 added, 1 left out.**\n"
        "- [The \\*Lorn\\* \\<\\@1\\>](<https://gazette.example/bridge>), Tarn Valley Gazette\n"
        "Left out:\n"
        "- https\\://x.example/b: it is paywalled"
    )


async def test_a_file_is_added_under_its_name(admin: MemberActor, channel: ChannelHandle, library: StandIn) -> None:
    await admin.slash(channel, "add", file=("notes.txt", b"The bridge reopened."))
    ((_, sources, _),) = library.changes
    assert sources == (SentFile("notes.txt", b"The bridge reopened."),)


async def test_how_far_it_is_is_shown_and_the_end_is_right(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.cogs.adding._BETWEEN_EDITS", 0.0)
    library.taken, library.progress = TakenIn({"unchanged": 3}), [ArticlesRead(1, 3)]
    result = await admin.slash(channel, "add", url="https://gazette.example/bridge")
    assert text_of(result.response) == "**Articles: 3 unchanged.**"
    assert "Reading article 2 of 3 …" in simcord_env.transcript()


@pytest.mark.parametrize("error", [LibraryFailed("c0ffee"), BadInput("It is no page.")])
async def test_what_fails_after_progress_is_said_in_its_place(
    error: Exception,
    admin: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.discord.cogs.adding._BETWEEN_EDITS", 0.0)
    library.result, library.progress = error, [ArticlesRead(1, 3)]
    result = await admin.slash(channel, "add", url="https://gazette.example/bridge")
    assert text_of(result.response) == sentence_for(error)


@pytest.mark.parametrize("options", [{}, {"url": "gazette.example/bridge"}])
async def test_what_cannot_be_added_is_said_at_once(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, options: dict[str, str]
) -> None:
    result = await admin.slash(channel, "add", **options)
    assert result.ephemeral
    assert not library.changes
    assert simcord_env.errors


async def test_the_links_and_files_of_a_message_are_added(
    admin: MemberActor, alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    message = await alice.send(
        channel,
        "look: <https://a.example/x>, (https://b.example/y).",
    )
    await admin.context_menu(channel, "Add to articles", message)
    assert library.changes[0][1] == ("https://a.example/x", "https://b.example/y")


async def test_a_file_that_is_too_large_is_refused_to_its_sender_alone(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.intake.MAX_FILE", 10)
    result = await admin.slash(channel, "add", file=("notes.txt", b"The bridge reopened."))
    assert text_of(result.response).startswith("notes.txt has 0 MB, and I take files of up to")
    assert result.ephemeral
    assert not library.changes
    assert simcord_env.errors


async def test_a_message_without_either_is_refused(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    message = await admin.send(channel, "no links here")
    result = await admin.context_menu(channel, "Add to articles", message)
    assert "neither a link nor a file" in text_of(result.response)
    assert result.ephemeral
    assert simcord_env.errors


async def test_what_is_added_in_a_closed_channel_is_that_channels_own(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    hidden = discord.PermissionOverwrite(view_channel=False)
    seen = discord.PermissionOverwrite(view_channel=True)
    closed = simcord_env.guild.create_text_channel(
        "closed", overwrites={simcord_env.guild.default_role: hidden, admin: seen, simcord_env.bot.user: seen}
    )
    await admin.slash(closed, "add", url="https://gazette.example/bridge")
    assert library.changes[0][2] == channel_collection(admin.guild.id, closed.id)


async def test_who_neither_manages_nor_has_the_role_may_not_add_even_where_discord_lets_them(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    told = await simcord_env.bot.tree.fetch_commands()  # type: ignore[attr-defined]
    simcord_env.guild.set_command_permissions(next(c for c in told if c.name == "add"), {alice: True})
    result = await alice.slash(channel, "add", url="https://gazette.example/bridge")
    assert "You may not change the articles here" in text_of(result.response)
    assert result.ephemeral
    assert not library.changes
    assert simcord_env.errors


def test_links_are_found_in_a_message() -> None:
    assert links_in("(https://a.example/x_(y)), **http://b.example/?q=1&r=2**! ftp://c https://a.example/x_(y)") == [
        "https://a.example/x_(y",
        "http://b.example/?q=1&r=2",
    ]


def test_what_was_left_out_names_the_command_of_discord() -> None:
    taken = TakenIn(left_out=("https://a.example/feed: a feed, whose entries change: `onrecord watch` follows it",))
    assert "/watch feed:" in render_taken_in(taken)
    assert "onrecord" not in render_taken_in(taken)


def test_a_summary_of_much_fits_a_message() -> None:
    taken = TakenIn({"added": 300}, tuple(article("T" * 300) for _ in range(300)), ("x" * 3000,) * 50, ("n" * 900,) * 9)
    assert len(render_taken_in(taken)) <= 2000


# -- removing and refreshing --------------------------------------------------------------------------


@pytest.fixture
def own_article(tmp_path: Path, admin: MemberActor, write: Callable[[str, str], Path]) -> str:
    """An article in the server's own collection of the bot's store; its id."""
    library = Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors(), create=True)
    library.add([write("x.txt", "Quay closed\n\nThe quay was closed.")], collection=server_collection(admin.guild.id))
    (head,) = library.articles((server_collection(admin.guild.id),))
    return head.id


def remove_from(folder: Path) -> Callable[[str, str], None]:
    """Removes an article from the store in `folder`, as the library's process or another does."""

    def remove(article_id: str, collection: str) -> None:
        with Library(Settings(store=folder), embedder=HashingEmbedder(), vectors=MemoryVectors()) as library:
            library.remove(article_id, collection)

    return remove


async def test_an_article_is_chosen_by_its_title_and_removed_with_the_answers_that_cite_it(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, tmp_path: Path, own_article: str
) -> None:
    home = server_collection(admin.guild.id)
    head = article("Quay closed")
    cited = citation(head=type(head)(home, own_article, 1, "Quay closed", None, None, (), None, None, 1))
    library.result = abstention("It does not say.", [cited])
    await admin.slash(channel, "ask", question="Why?")
    answered = channel.last_message
    library.removing = remove_from(tmp_path)
    (choice,) = await admin.autocomplete(channel, "remove", "article", "quay")
    assert choice["name"] == "Quay closed"
    result = await admin.slash(channel, "remove", article=choice["value"])
    assert library.changes == [("remove", own_article, home)]
    assert "Removed “Quay closed”" in text_of(result.response)
    assert result.ephemeral
    assert "An article that this answer cited was removed" in text_of(
        next(m for m in channel.history() if m.id == answered.id)
    )


async def test_answers_are_taken_back_also_where_an_article_is_removed_at_the_terminal(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, tmp_path: Path, own_article: str
) -> None:
    home = server_collection(alice.guild.id)
    head = article("Quay closed")
    cited = citation(head=type(head)(home, own_article, 1, "Quay closed", None, None, (), None, None, 1))
    library.result = answer(["The quay was closed."], citations=[cited])
    await alice.slash(channel, "ask", question="What was closed?")
    library.result = answer(["Another sentence."])
    await alice.slash(channel, "ask", question="What else?")
    remove_from(tmp_path)(own_article, home)
    await simcord_env.advance_time(61)
    assert [text_of(m).split("\n")[0] for m in channel.history()] == [TAKEN_BACK, "> What else?"]


async def test_an_answer_of_several_messages_is_taken_back_in_all_of_them(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, tmp_path: Path, own_article: str
) -> None:
    home = server_collection(alice.guild.id)
    cited = citation(head=replace(article("Quay closed"), collection=home, id=own_article))
    library.result = answer([f"Secret number {n} " + "word " * 60 + "ends." for n in range(20)], citations=[cited])
    await alice.slash(channel, "ask", question="What was closed?")
    assert len(channel.history()) > 2
    remove_from(tmp_path)(own_article, home)
    await simcord_env.advance_time(61)
    assert {text_of(m) for m in channel.history()} == {TAKEN_BACK}


async def test_an_answer_that_cannot_be_changed_keeps_no_other_from_being_taken_back(
    admin: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    tmp_path: Path,
    own_article: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    home = server_collection(admin.guild.id)
    cited = citation(head=replace(article("Quay closed"), collection=home, id=own_article))
    library.result = answer(["The quay was closed."], citations=[cited])
    asked = [channel.last_message for _ in range(3) if await admin.slash(channel, "ask", question="What was closed?")]
    library.removing = remove_from(tmp_path)
    locked, down = asked[2], asked[1]
    for message, status, code in ((locked, 400, 50083), (down, 500, 0)):
        simcord_env.inject_error("PATCH", f"/channels/*/messages/{message.id}", status=status, code=code, times=None)
    result = await admin.slash(channel, "remove", article=own_article)
    assert "Removed “Quay closed”" in text_of(result.response)
    assert text_of(channel.history()[0]) == TAKEN_BACK
    assert f"message {locked.id} cannot be taken back" in caplog.text
    simcord_env.backend.faults.clear()
    await simcord_env.advance_time(61)
    assert text_of(next(m for m in channel.history() if m.id == down.id)) == TAKEN_BACK


async def test_an_answer_in_an_archived_thread_is_taken_back(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, tmp_path: Path, own_article: str,
    me: str,
) -> None:  # fmt: skip
    home = server_collection(alice.guild.id)
    await simcord_env.bot.stored.change_settings(  # type: ignore[attr-defined]
        alice.guild.id, ServerSettings(place=AnswerPlace.THREAD)
    )
    cited = citation(head=replace(article("Quay closed"), collection=home, id=own_article))
    library.result = answer(["The quay was closed."], citations=[cited])
    await alice.send(channel, f"{me} What was closed?")
    (thread,) = channel.threads
    simcord_env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083)
    remove_from(tmp_path)(own_article, home)
    await simcord_env.advance_time(61)
    assert text_of(thread.last_message) == TAKEN_BACK


async def test_the_operators_articles_are_not_a_servers_to_remove(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    result = await admin.slash(channel, "remove", article="articles/bridge.md")
    assert "no such article among this server's own" in text_of(result.response)
    assert simcord_env.errors


async def test_where_no_article_is_from_the_web_there_is_nothing_to_fetch_again(
    admin: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    result = await admin.slash(channel, "refresh")
    assert "none of this server's is from the web" in text_of(result.response)


async def test_pages_are_fetched_again(admin: MemberActor, channel: ChannelHandle, library: StandIn) -> None:
    library.taken = TakenIn({"changed": 2, "unchanged": 1})
    result = await admin.slash(channel, "refresh")
    assert library.changes == [("fetch_again", (), server_collection(admin.guild.id))]
    assert text_of(result.response) == "**Articles: 2 changed, 1 unchanged.**"
