"""What is kept of members and servers, and that it goes when it is to go."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from bot.discord.cogs.help import render_help
from retrieval.community import CLOCK_AFTER_LEAVING, Community, now
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import channel_collection, server_collection
from retrieval.schema.community import Feedback, Opinion, ServerSettings
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.answers import answer_id, article, quotation, text_of
from tests.stand_in import StandIn
from tests.told import found, report, span


@pytest.fixture
def articles(tmp_path: Path, alice: MemberActor, write: Callable[[str, str], Path]) -> Library:
    """The library of the bot's store, with articles of the server, of one of its channels, and of another server."""
    library = Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors(), create=True)
    own, others = server_collection(alice.guild.id), server_collection(77)
    for n, collection in enumerate((own, channel_collection(alice.guild.id, 5), others)):
        library.add([write(f"{n}.txt", f"Quay number {n}\n\nThe quay was closed.")], collection=collection)
    return library


async def test_privacy_says_what_is_kept_and_how_long(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    await stored.change_settings(alice.guild.id, ServerSettings(retention_days=12))
    result = await alice.slash(channel, "privacy")
    assert result.ephemeral
    assert "for 12 days" in text_of(result.response)
    assert "no language model is used here" in text_of(result.response)
    assert len(text_of(result.response)) <= 2000


async def test_forget_me_deletes_all_of_a_member_and_nothing_of_another(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    bob = simcord_env.guild.add_member(simcord_env.create_user("bob"))
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    await stored.change_settings(alice.guild.id, ServerSettings(member_quota=9))
    await alice.slash(channel, "ask", question="Alice asks?")
    await bob.slash(channel, "ask", question="Bob asks?")
    bobs = answer_id(channel.last_message)
    await stored.flush()
    await stored(lambda c: c.opine(Feedback(bobs, alice.id, Opinion.BAD, "hm", now())))
    result = await alice.slash(channel, "forget-me")
    assert result.ephemeral
    assert "Deleted: 1 question with the answers, 1 opinion." in text_of(result.response)
    assert [turn.question for turn in await stored(lambda c: c.turns(channel.id, 9))] == ["Bob asks?"]
    assert await stored(lambda c: c.feedback(alice.guild.id)) == []
    assert await stored(lambda c: c.questions_on(alice.guild.id, now().date())) == {bob.id: 1}


async def test_answers_go_when_their_time_is_over(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    await stored.change_settings(alice.guild.id, ServerSettings(retention_days=12))
    await alice.slash(channel, "ask", question="When?")
    await stored.flush()
    assert await stored(lambda c: c.forget_what_is_old(now() + timedelta(days=11))) == 0
    assert await stored(lambda c: c.forget_what_is_old(now() + timedelta(days=13))) == 1


async def test_leaving_a_server_starts_a_clock_that_coming_back_stops(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    bot, guild = simcord_env.bot, simcord_env.bot.get_guild(alice.guild.id)
    stored, cog = bot.stored, bot.get_cog("Privacy")  # type: ignore[attr-defined]
    late = now() + CLOCK_AFTER_LEAVING + timedelta(hours=1)
    await cog.on_guild_remove(guild)
    assert await stored(lambda c: c.time_is_up(late)) == [alice.guild.id]
    assert await stored(lambda c: c.time_is_up(now())) == []
    await cog.on_guild_join(guild)
    assert await stored(lambda c: c.time_is_up(late)) == []


async def test_when_the_time_is_up_everything_of_the_server_goes_and_nothing_else(
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    articles: Library,
    simcord_env: Env,
) -> None:
    bot, guild = simcord_env.bot, alice.guild.id
    stored, cog = bot.stored, bot.get_cog("Privacy")  # type: ignore[attr-defined]
    await stored.change_settings(guild, ServerSettings(retention_days=12))
    await alice.slash(channel, "ask", question="When?")
    await stored.flush()
    await cog.forget_server(guild)
    (change,) = library.changes
    assert change[0] == "forget_collections"
    assert set(change[1]) == {server_collection(guild), channel_collection(guild, 5)}
    assert guild not in await stored(lambda c: c.servers())
    assert await stored(lambda c: c.turns(channel.id, 9)) == ()
    assert await stored.settings(guild) == ServerSettings()


async def test_a_server_that_was_left_while_the_bot_was_away_is_noticed(
    alice: MemberActor, channel: ChannelHandle, simcord_env: Env, make_bot: Callable[..., OnRecordBot]
) -> None:
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    await stored.change_settings(99, ServerSettings(retention_days=12))
    await stored.change_settings(alice.guild.id, ServerSettings(retention_days=12))
    await simcord_env.restart_bot(make_bot())
    bot = simcord_env.bot
    await bot.get_cog("Privacy")._note_departures()  # type: ignore[attr-defined]
    late = now() + CLOCK_AFTER_LEAVING + timedelta(hours=1)
    assert await bot.stored(lambda c: c.time_is_up(late)) == [99]  # type: ignore[attr-defined]


async def test_a_server_of_which_there_are_articles_alone_is_noticed_if_the_bot_was_in_it(
    articles: Library, simcord_env: Env, make_bot: Callable[..., OnRecordBot], alice: MemberActor
) -> None:
    other = simcord_env.create_guild(name="left meanwhile")
    await simcord_env.advance_time(3601)
    articles.add([Path(articles.settings.store) / "0.txt"], collection=server_collection(other.id))
    await simcord_env.restart_bot(make_bot())
    bot = simcord_env.bot
    bot._connection._guilds.pop(other.id)  # type: ignore[attr-defined]
    await bot.get_cog("Privacy")._note_departures()  # type: ignore[attr-defined]
    late = now() + CLOCK_AFTER_LEAVING + timedelta(hours=1)
    # server 77, of which there are articles, too, may still be waiting for the bot
    assert await bot.stored(lambda c: c.time_is_up(late)) == [other.id]  # type: ignore[attr-defined]


async def test_what_fails_once_is_deleted_an_hour_later(
    simcord_env: Env, alice: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def fails_once(self: Community, at: datetime) -> int:
        runs.append(at)
        if len(runs) == 1:
            raise sqlite3.OperationalError("database or disk is full")
        return 0

    monkeypatch.setattr(Community, "forget_what_is_old", fails_once)
    for _ in range(2):
        await simcord_env.advance_time(3601)
    assert len(runs) >= 2


# -- looking around -----------------------------------------------------------------------------------


async def test_the_articles_of_a_place_are_listed_searched_and_paged_also_after_a_restart(
    alice: MemberActor,
    channel: ChannelHandle,
    articles: Library,
    simcord_env: Env,
    make_bot: Callable[..., OnRecordBot],
    write: Callable[[str, str], Path],
) -> None:
    result = await alice.slash(channel, "articles")
    assert result.ephemeral
    assert text_of(result.response) == "**Articles**\n- Quay number 0, date unknown, `0.txt`\n-# 1–1 of 1"
    for n in range(10):
        articles.add([write(f"n{n}.txt", f"Née Roe {n}\n\nShe spoke.")], collection=server_collection(alice.guild.id))
    await simcord_env.restart_bot(make_bot())
    result = await alice.slash(channel, "articles", search="nee roe")
    assert result.response is not None
    assert "-# 1–8 of 10" in text_of(result.response)
    await alice.click(result.response.message, label="Next")
    assert "-# 9–10 of 10" in text_of(result.response)
    (choice,) = await alice.autocomplete(channel, "articles", "search", "quay n")
    result = await alice.slash(channel, "articles", search=choice["value"])
    assert "“Quay number 0”" in text_of(result.response)


async def test_help_has_examples_from_the_articles_here(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, articles: Library
) -> None:
    library.found = [quotation(head=article("Quay number 0"))]
    library.events = found(report(), report(when=span(date(2026, 3, 1), date(2026, 3, 31))))
    result = await alice.slash(channel, "help")
    assert "`/on date:` 2 March 2026" in text_of(result.response)
    assert "What did Ines Calder say?" in text_of(result.response)
    assert "`/timeline topic:` Quay number 0" in text_of(result.response)
    assert len(text_of(result.response)) <= 2000


async def test_topics_and_days_are_completed_from_the_articles_here(
    alice: MemberActor, channel: ChannelHandle, articles: Library, write: Callable[[str, str], Path]
) -> None:
    dated = write("dated.txt", "Ferry lost on 3 March\n\nThe ferry sank.")
    articles.add([dated], given=Given(published=date(2026, 3, 4)), collection=server_collection(alice.guild.id))
    for command in ("timeline", "on"):
        (choice,) = await alice.autocomplete(channel, command, "topic", "number")
        assert choice == {"name": "Quay number 0", "value": "Quay number 0"}
        assert await alice.autocomplete(channel, command, "topic", "ferry") == []  # its day would be what is asked for
    (day,) = await alice.autocomplete(channel, "on", "date", "march")
    assert day["value"] == "4 March 2026"


async def test_where_there_are_no_articles_help_says_how_they_come(alice: MemberActor, channel: ChannelHandle) -> None:
    result = await alice.slash(channel, "help")
    assert "There are no articles here yet" in text_of(result.response)


def test_in_a_direct_message_help_speaks_of_no_server() -> None:
    assert "server" not in render_help([], [], direct=True)
    assert "whoever manages this server" in render_help([], [])


def test_help_fits_a_message_whatever_somebody_is_called() -> None:
    said = [quotation("x", speaker="N" * 900), quotation("x", speaker="Ines Calder")]
    shown = render_help([article("T" * 900)], said)
    assert len(shown) <= 2000
    assert "What did Ines Calder say?" in shown
