"""What admins do from Discord: articles added and removed, feeds and channels watched, digests, settings, status."""

from __future__ import annotations

import json
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

from bot.discord.adding_summary import ADDED, FAILED, KNOWN, render_taken_in
from bot.discord.client import OnRecordBot
from bot.discord.digest_rendering import render_digest
from bot.discord.digests import next_due
from bot.discord.feedback_export import as_complaints, as_labels
from bot.discord.intake import links_in
from bot.discord.taking_back import TAKEN_BACK
from bot.library_messages import ArticlesRead
from bot.library_reports import Feed, FeedNews, TakenIn
from retrieval.community import now
from retrieval.evaluation import read_labelled
from retrieval.evaluation.labelled import Labelled
from retrieval.library import Library
from retrieval.schema import channel_collection, server_collection
from retrieval.schema.community import (
    AbstentionTone,
    AnswerPlace,
    DigestRhythm,
    Feedback,
    FeedbackRow,
    Opinion,
    SentFile,
    ServerSettings,
    ShownAnswer,
    ShownCitation,
)
from retrieval.settings import Settings
from retrieval.storage.embedding import HashingEmbedder
from retrieval.storage.vectors import MemoryVectors
from tests.answers import abstention, answer, answer_id, article, citation, quotation, text_of
from tests.stand_in import StandIn


@pytest.fixture
def channel(simcord_env: Env) -> ChannelHandle:
    return simcord_env.create_guild().create_text_channel("general")


@pytest.fixture
def admin(simcord_env: Env, channel: ChannelHandle) -> MemberActor:
    role = simcord_env.guild.create_role("admins", permissions=discord.Permissions(manage_guild=True))
    return simcord_env.guild.add_member(simcord_env.create_user("admin"), roles=[role])


@pytest.fixture
def alice(simcord_env: Env, channel: ChannelHandle) -> MemberActor:
    return simcord_env.guild.add_member(simcord_env.create_user("alice"))


async def settings_of(env: Env, guild: int) -> ServerSettings:
    return await env.bot.stored.settings(guild)  # type: ignore[attr-defined, no-any-return]


# -- adding -------------------------------------------------------------------------------------------


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
    monkeypatch.setattr("bot.discord.adding._BETWEEN_EDITS", 0.0)
    library.taken, library.progress = TakenIn({"unchanged": 3}), [ArticlesRead(1, 3)]
    result = await admin.slash(channel, "add", url="https://gazette.example/bridge")
    assert text_of(result.response) == "**Articles: 3 unchanged.**"
    assert "Reading article 2 of 3 …" in simcord_env.transcript()


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


async def test_a_message_without_either_is_refused(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    message = await admin.send(channel, "no links here")
    result = await admin.context_menu(channel, "Add to articles", message)
    assert "neither a link nor a file" in text_of(result.response)
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


async def test_the_operators_articles_are_not_a_servers_to_remove(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    result = await admin.slash(channel, "remove", article="articles/bridge.md")
    assert "no such article among this server's own" in text_of(result.response)
    assert simcord_env.errors


async def test_pages_are_fetched_again(admin: MemberActor, channel: ChannelHandle, library: StandIn) -> None:
    library.taken = TakenIn({"changed": 2, "unchanged": 1})
    result = await admin.slash(channel, "refresh")
    assert library.changes == [("fetch_again", (), server_collection(admin.guild.id))]
    assert text_of(result.response) == "**Articles: 2 changed, 1 unchanged.**"


# -- watching -----------------------------------------------------------------------------------------


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


def test_a_long_digest_fits_messages() -> None:
    heads = [article(f"{n} " + "T" * 250) for n in range(40)]
    parts = render_digest(heads, [quotation("word " * 200, head=head) for head in heads], ())
    assert all(len(part) <= 2000 for part in parts)
    assert "and 28 more" in "\n".join(parts)


# -- settings -----------------------------------------------------------------------------------------


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


# -- status and feedback ------------------------------------------------------------------------------


async def test_status_tells_how_things_stand(admin: MemberActor, channel: ChannelHandle, library: StandIn) -> None:
    library.feeds = [Feed(server_collection(admin.guild.id), "https://lorn.example/feed", "News", "it timed out", True)]
    result = await admin.slash(channel, "status")
    assert result.ephemeral
    shown = text_of(result.response)
    assert "0 of this server, as read in this channel; 20 of whoever runs me" in shown
    assert "- News: given up: it timed out" in shown
    assert "**Language model**: none" in shown


async def test_feedback_is_exported_to_who_manages_the_server(
    admin: MemberActor, alice: MemberActor, channel: ChannelHandle, simcord_env: Env
) -> None:
    result = await admin.slash(channel, "feedback export")
    assert "Nobody has said yet" in text_of(result.response)
    await alice.slash(channel, "ask", question="When?")
    opinion = Feedback(answer_id(channel.last_message), alice.id, Opinion.GOOD, "exact", now())
    await simcord_env.bot.stored(lambda c: c.opine(opinion))  # type: ignore[attr-defined]
    result = await admin.slash(channel, "feedback export")
    assert result.ephemeral
    assert [file.filename for file in result.response.attachments] == ["feedback.jsonl"]  # type: ignore[union-attr]
    assert simcord_env.errors


async def test_feedback_on_what_belongs_to_a_closed_channel_is_exported_in_it_alone(
    admin: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    hidden = discord.PermissionOverwrite(view_channel=False)
    closed = simcord_env.guild.create_text_channel(
        "closed",
        overwrites={simcord_env.guild.default_role: hidden, admin: discord.PermissionOverwrite(view_channel=True)},
    )
    head = replace(article(), collection=channel_collection(admin.guild.id, closed.id))
    library.result = answer(["It was secret."], citations=[citation(head=head)])
    result = await admin.slash(closed, "ask", question="What was it?")
    opinion = Feedback(answer_id(result.response), admin.id, Opinion.GOOD, "exact", now())
    await simcord_env.bot.stored.flush()  # type: ignore[attr-defined]
    await simcord_env.bot.stored(lambda c: c.opine(opinion))  # type: ignore[attr-defined]
    refused = await admin.slash(channel, "feedback export")
    assert "export them there" in text_of(refused.response)
    assert simcord_env.errors
    exported = await admin.slash(closed, "feedback export")
    assert exported.response is not None
    assert len(exported.response.attachments) == 1


def test_what_was_found_good_is_a_label_and_what_was_found_bad_is_to_be_labelled() -> None:
    def row(
        opinion: Opinion,
        question: str,
        *,
        abstained: bool = False,
        answer: str | None = "It did.",
        cited: tuple[ShownCitation, ...] = (ShownCitation(1, "o", "a", 1, 0, 5),),
    ) -> FeedbackRow:
        shown = ShownAnswer("0" * 12, 1, 2, 3, now(), question, answer, abstained, cited)
        return FeedbackRow(Feedback("0" * 12, 3, opinion, "because", now()), shown, ("It did.",))

    rows = [
        row(Opinion.GOOD, "When?"),
        row(Opinion.GOOD, "Who?", abstained=True),
        row(Opinion.BAD, "Why?"),
        row(Opinion.GOOD, "Gone?", answer=None),
        row(Opinion.GOOD, "How are\u2028you?", cited=()),
    ]
    labels = [json.loads(line) for line in as_labels(rows).splitlines()]
    assert [(line["question"], line["articles"], line["answerable"]) for line in labels] == [
        ("When?", ["a"], True),
        ("Who?", [], False),
    ]
    assert all(line["expected"] == [] for line in labels)
    (complaint,) = [json.loads(line) for line in as_complaints(rows).splitlines()]
    assert complaint["question"] == "Why?"
    assert complaint["reason"] == "because"
    assert complaint["words"] == ["It did."]
    assert read_labelled(as_labels(rows).split("\n")) == [
        Labelled("When?", (), ("a",)),
        Labelled("Who?", (), (), False),
    ]
