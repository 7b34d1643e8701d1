"""Feeds and channels are watched, and digests tell what came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.client import OnRecordBot
from bot.discord.cogs.digests import next_due
from bot.discord.rendering.additions import ADDED, FAILED, KNOWN
from bot.discord.rendering.digests import render_digest
from bot.library.reports import Feed, FeedNews, TakenIn
from retrieval.community import Community, now
from retrieval.library import Library
from retrieval.schema import server_collection
from retrieval.schema.community import Digest, DigestRhythm, SentFile, ServerSettings, WatchedChannel
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from tests.answers import article, quotation, text_of
from tests.bot.discord.test_answers import walk
from tests.stand_in import StandIn


async def test_a_feed_is_watched_listed_and_stopped(
    admin: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    home = server_collection(admin.guild.id)
    result = await admin.slash(channel, "watch", feed="https://lorn.example/feed")
    assert "Watching “News of \\*Lorn\\*”" in text_of(result.response)
    library.feeds = [Feed(home, "https://lorn.example/feed", "News", "it timed out")]
    shown = await admin.slash(channel, "watch")
    assert shown.response is not None
    assert "News (last time: it timed out)" in text_of(shown.response)
    await admin.select(shown.response.message, ["0"])
    assert library.changes[-1] == ("unwatch_feed", "https://lorn.example/feed", home)


async def test_all_that_is_watched_is_listed_and_can_be_stopped(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    home = server_collection(admin.guild.id)
    library.feeds = [Feed(home, f"https://lorn.example/{n}", f"Feed {n}" if n else "  ") for n in range(32)]
    links = WatchedChannel(admin.guild.id, channel.id, home)
    simcord_env.bot.get_cog("Watching")._channels[channel.id] = links  # type: ignore[attr-defined]
    shown = await admin.slash(channel, "watch")
    assert shown.response is not None
    text = text_of(shown.response)
    assert "https\\://lorn.example/0" in text
    assert all(f"Feed {n}" in text for n in range(1, 32))
    menus = [item for item in walk(shown.response.message.components) if isinstance(item, discord.SelectMenu)]
    labels = [option.label for menu in menus for option in menu.options]
    assert labels == ["https://lorn.example/0", *(f"Feed {n}" for n in range(1, 32)), "Links in #general"]
    await admin.select(shown.response.message, ["4"], custom_id=menus[1].custom_id)
    assert library.changes[-1] == ("unwatch_feed", "https://lorn.example/29", home)


async def test_what_is_no_address_is_no_feed(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    result = await admin.slash(channel, "watch", feed="not an url at all")
    assert "takes a web address that begins with" in text_of(result.response)
    assert result.ephemeral
    assert not library.changes
    assert simcord_env.errors


@pytest.mark.bot(message_content=True)
async def test_a_channel_that_cannot_be_read_is_not_watched_and_one_without_reactions_has_no_receipts(
    admin: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    hidden, silent = discord.PermissionOverwrite(view_channel=False), discord.PermissionOverwrite(add_reactions=False)
    closed = simcord_env.guild.create_text_channel("closed", overwrites={simcord_env.bot.user: hidden})
    result = await admin.slash(channel, "watch", channel=closed)
    assert text_of(result.response).startswith(f"I cannot read <#{closed.id}>")
    assert simcord_env.errors
    assert await simcord_env.bot.stored(lambda community: community.watched()) == []  # type: ignore[attr-defined]
    plain = simcord_env.guild.create_text_channel("plain", overwrites={simcord_env.bot.user: silent})
    result = await admin.slash(channel, "watch", channel=plain)
    assert "I can put no receipt under a message" in "".join(text_of(m) for m in (result.response, *result.followups))


async def test_without_the_intent_a_channel_cannot_be_watched_and_that_is_said(
    admin: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    result = await admin.slash(channel, "watch", channel=channel)
    assert "message-content intent" in text_of(result.response)
    assert simcord_env.errors


@pytest.mark.bot(message_content=True)
async def test_links_in_a_watched_channel_are_added_with_a_reaction_as_receipt_also_after_a_restart(
    admin: MemberActor,
    alice: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    make_bot: Callable[..., OnRecordBot],
) -> None:
    await admin.slash(channel, "watch", channel=channel)
    await simcord_env.restart_bot(make_bot(message_content=True))
    for taken, receipt in (
        (TakenIn({"added": 1}, (article(),)), ADDED),
        (TakenIn({"unchanged": 1}), KNOWN),
        (TakenIn({}, (), ("it is gone",)), FAILED),
    ):
        library.taken = taken
        message = await alice.send(channel, "see https://a.example/x")
        seen = next(m for m in channel.history() if m.id == message.id)
        assert [str(reaction.emoji) for reaction in seen.reactions] == [receipt]
    await alice.send(channel, "nothing to add")
    assert [change[0] for change in library.changes] == ["take_in"] * 3


@pytest.mark.bot(message_content=True)
async def test_files_in_a_watched_channel_are_taken_from_members_who_may_add_alone(
    admin: MemberActor, alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    await admin.slash(channel, "watch", channel=channel)
    library.taken = TakenIn({"added": 1}, (article(),))
    forged = ("x.jsonl", b'{"url": "https://a.example/x", "text": "It was never closed."}')
    silent = await alice.send(channel, "", attachments=[forged])
    assert not library.changes
    assert not next(m for m in channel.history() if m.id == silent.id).reactions
    await alice.send(channel, "see https://a.example/x", attachments=[forged])
    await admin.send(channel, "", attachments=[forged])
    adder = simcord_env.guild.create_role("adders")
    await simcord_env.bot.stored.change_settings(  # type: ignore[attr-defined]
        admin.guild.id, ServerSettings(adding_roles=(adder.id,))
    )
    bob = simcord_env.guild.add_member(simcord_env.create_user("bob"), roles=[adder])
    await bob.send(channel, "", attachments=[forged])
    file = (SentFile(*forged),)
    assert [change[1] for change in library.changes] == [("https://a.example/x",), file, file]


@pytest.mark.parametrize("command", [{"name": "watch", "feed": "https://lorn.example/feed"}, {"name": "digest"}])
async def test_a_feed_that_is_given_up_is_reported_once_where_it_was_watched_else_where_digests_go(
    command: dict[str, str], admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    elsewhere = simcord_env.guild.create_text_channel("elsewhere")
    if command["name"] == "watch":
        await admin.slash(elsewhere, "digest", channel=elsewhere)
        await admin.slash(channel, "watch", feed=command["feed"])
    else:
        await admin.slash(elsewhere, "digest", channel=channel)
    feed = Feed(server_collection(admin.guild.id), "https://lorn.example/feed", "News", dead=True)
    library.news = [FeedNews(feed, TakenIn(), "it has failed for 8 days")]
    cog = simcord_env.bot.get_cog("Watching")  # type: ignore[attr-defined]
    for _ in range(2):
        await cog.poll.coro(cog)
    told = [m.content for m in (*channel.history(), *elsewhere.history()) if m.content.startswith("The feed")]
    assert told == ["The feed “News” is read no more: it has failed for 8 days"]
    assert channel.last_message is not None
    assert channel.last_message.content == told[0]


# -- digests ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "rhythm", "due"),
    [
        ("2031-05-04 05:59", DigestRhythm.DAILY, "2031-05-04 06:00"),
        ("2031-05-04 06:00", DigestRhythm.DAILY, "2031-05-05 06:00"),
        ("2031-05-04 05:59", DigestRhythm.WEEKLY, "2031-05-05 06:00"),
        ("2031-03-29 12:00", DigestRhythm.DAILY, "2031-03-30 06:00"),  # the clocks go forward that night
    ],
)
def test_a_digest_is_due_at_its_hour_of_the_servers_day(after: str, rhythm: DigestRhythm, due: str) -> None:
    at = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_due(at, rhythm, 8, ZoneInfo("Europe/Berlin")).astimezone(UTC) == datetime.fromisoformat(due).replace(
        tzinfo=UTC
    )


async def test_a_digest_tells_what_is_new_once(
    admin: MemberActor,
    channel: ChannelHandle,
    library: StandIn,
    simcord_env: Env,
    tmp_path: Path,
    write: Callable[[str, str], Path],
) -> None:
    result = await admin.slash(channel, "digest", channel=channel, every="week", hour=7)
    assert "every Monday at 7:00 (UTC)" in text_of(result.response)
    articles = Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors(), create=True)
    articles.add([write("x.txt", "Quay closed\n\nThe quay was closed.")], collection=server_collection(admin.guild.id))
    (head,) = articles.articles((server_collection(admin.guild.id),))
    library.found = [quotation("The quay is unsafe.", head=head), quotation("Old words.", speaker="Nobody")]
    cog = simcord_env.bot.get_cog("Digests")  # type: ignore[attr-defined]
    stored = simcord_env.bot.stored  # type: ignore[attr-defined]
    for _ in range(2):
        (digest,) = await stored(lambda community: community.digests())
        await cog.send(digest)
    (message,) = channel.history()
    assert message.content.startswith("**1 new article**\n[1] Quay closed, date unknown")
    assert "**Who said what**\n**Ines Calder, the mayor**: “The quay is unsafe.” [1]" in message.content
    assert "Old words" not in message.content
    await admin.slash(channel, "digest")
    assert await stored(lambda community: community.digests()) == []


async def test_a_digest_comes_when_it_is_due_and_again_only_when_it_is_due_again(
    admin: MemberActor, channel: ChannelHandle, simcord_env: Env, write: Callable[[str, str], Path], tmp_path: Path
) -> None:
    stored, cog = simcord_env.bot.stored, simcord_env.bot.get_cog("Digests")  # type: ignore[attr-defined]
    await admin.slash(channel, "digest", channel=channel)
    with Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors()) as library:
        library.add([write("q.txt", "Quay closed\n\nIt was.")], collection=server_collection(admin.guild.id))
    await cog.send_what_is_due.coro(cog)
    assert not channel.history()
    (digest,) = await stored(lambda community: community.digests())
    await stored(lambda community: community.send_digest(replace(digest, due=now() - timedelta(minutes=1))))
    for _ in range(2):
        await cog.send_what_is_due.coro(cog)
    (message,) = channel.history()
    assert message.content.startswith("**1 new article**\n[1] Quay closed")
    (later,) = await stored(lambda community: community.digests())
    assert later.due > now()
    await admin.slash(channel, "digest", channel=channel, hour=20)  # at another hour it goes on where it was
    (changed,) = await stored(lambda community: community.digests())
    assert changed.after == later.after


@pytest.mark.parametrize("does", ["stops it", "moves it"])
async def test_a_digest_that_is_changed_while_it_is_sent_stays_changed(
    does: str, admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env, tmp_path: Path,
    write: Callable[[str, str], Path],
) -> None:  # fmt: skip
    stored, cog = simcord_env.bot.stored, simcord_env.bot.get_cog("Digests")  # type: ignore[attr-defined]
    elsewhere = simcord_env.guild.create_text_channel("elsewhere")
    await admin.slash(channel, "digest", channel=channel)
    with Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors()) as articles:
        articles.add([write("q.txt", "Quay closed\n\nIt was.")], collection=server_collection(admin.guild.id))
    (digest,) = await stored(lambda community: community.digests())
    quotations = library.quotations

    async def changed(*given: object, **options: object) -> object:
        if does == "stops it":
            await stored(lambda community: community.send_no_digest(admin.guild.id))
        else:
            await stored(lambda community: community.send_digest(replace(digest, channel=elsewhere.id, hour=20)))
        return await quotations(*given, **options)  # type: ignore[arg-type]

    library.quotations = changed  # type: ignore[method-assign, assignment]
    await cog.send(digest)
    kept = await stored(lambda community: community.digests())
    assert [(d.channel, d.hour) for d in kept] == ([] if does == "stops it" else [(elsewhere.id, 20)])
    for d in kept:
        await cog.send(d)
    assert not elsewhere.history()


async def test_a_digest_is_kept_back_while_the_bot_may_not_write_there_and_status_says_so(
    admin: MemberActor, channel: ChannelHandle, simcord_env: Env, tmp_path: Path, write: Callable[[str, str], Path]
) -> None:
    stored, cog = simcord_env.bot.stored, simcord_env.bot.get_cog("Digests")  # type: ignore[attr-defined]
    await admin.slash(channel, "digest", channel=channel)
    assert f"**Digest**: daily, in <#{channel.id}>" in text_of((await admin.slash(channel, "status")).response)
    with Library(Settings(store=tmp_path), embedder=HashingEmbedder(), vectors=MemoryVectors()) as articles:
        articles.add([write("q.txt", "Quay closed\n\nIt was.")], collection=server_collection(admin.guild.id))
    simcord_env.inject_error("POST", f"/channels/{channel.id}/messages", status=403, code=50013)
    for _ in range(2):
        (digest,) = await stored(lambda community: community.digests())
        await cog.send(digest)
    (message,) = channel.history()
    assert message.content.startswith("**1 new article**\n[1] Quay closed")
    gone = replace(digest, channel=1)
    await stored(lambda community: community.send_digest(gone))
    assert "kept back, since I may not write in <#1>" in text_of((await admin.slash(channel, "status")).response)


async def test_digests_go_on_after_a_failure(
    simcord_env: Env, admin: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def fails_once(self: Community) -> list[Digest]:
        looks.append(self)
        if len(looks) == 1:
            raise sqlite3.OperationalError("database or disk is full")
        return []

    monkeypatch.setattr(Community, "digests", fails_once)
    for _ in range(2):
        await simcord_env.advance_time(301)
    assert len(looks) >= 2


def test_a_long_digest_fits_messages() -> None:
    heads = [article(f"{n} " + "T" * 250) for n in range(40)]
    parts = render_digest(heads, [quotation("word " * 200, head=head) for head in heads], ())
    assert all(len(part) <= 2000 for part in parts)
    assert "and 28 more" in "\n".join(parts)
