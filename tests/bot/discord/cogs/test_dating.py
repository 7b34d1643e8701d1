"""`/timeline` and `/on`, in SimCord's Discord."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.charts.timeline import Picture
from bot.discord.rendering.events import render_events
from retrieval.errors import LibraryFailed
from retrieval.schema import OPERATOR, EventStatus
from retrieval.search.found_events import EventQuery, EventsFound, FoundEvent
from tests.stand_in import StandIn
from tests.told import found, report, span

PNG = Picture(b"\x89PNG\r\n\x1a\n", "The quay, as a timeline of 1 event.")
DAY = EventQuery(date(2026, 3, 2), date(2026, 3, 2))


async def test_a_timeline_is_a_picture_with_alternative_text_and_a_numbered_list(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.events, library.picture = found(report(), query=EventQuery(about="the quay")), PNG
    result = await alice.slash(channel, "timeline", topic="the quay", **{"from": "2026", "to": "March 2026"})
    assert result.response is not None
    (file,) = result.response.attachments
    assert file.filename == "timeline.png"
    assert file.description == PNG.alternative
    assert "`1` **2 March 2026**\\* The quay at Lowmouth was closed — [Title of a](<" in result.response.content
    assert library.dated == [
        {"about": "the quay", "on": None, "first": "2026", "last": "March 2026",
         "collections": (OPERATOR, f"server-{alice.guild.id}")}
    ]  # fmt: skip


async def test_on_a_day_there_is_a_list_and_no_picture(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.events, library.picture = found(report(), query=DAY), PNG
    result = await alice.slash(channel, "on", date="2 March 2026")
    assert result.response is not None
    assert result.response.attachments == []
    assert result.response.content.startswith("**Events on 2 March 2026**\n")
    assert library.dated[0]["on"] == "2 March 2026"


async def test_a_private_timeline_is_for_the_asker_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn
) -> None:
    library.events, library.picture = found(report()), PNG
    result = await alice.slash(channel, "timeline", private=True)
    assert result.ephemeral


async def test_what_names_no_day_is_said_at_once_to_the_asker_alone(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    result = await alice.slash(channel, "on", date="the mayor")
    assert result.ephemeral
    assert result.response is not None
    assert "names no day" in result.response.content
    assert library.dated == []
    assert simcord_env.errors


async def test_a_failure_is_told_in_a_sentence(
    alice: MemberActor, channel: ChannelHandle, library: StandIn, simcord_env: Env
) -> None:
    library.result = LibraryFailed("abcd1234")
    result = await alice.slash(channel, "on", date="2026")
    assert result.response is not None
    assert "abcd1234" in result.response.content
    assert simcord_env.errors


def test_an_article_can_neither_mark_up_nor_ping() -> None:
    hostile = report("@everyone [click](https://evil.example) **bold** `code` <@1>")
    (message,) = render_events(found(hostile))
    assert "@everyone" not in message
    assert "](https://evil" not in message
    assert "\\*\\*bold" in message


def test_plans_and_new_dates_and_further_sources_are_said() -> None:
    plan = report(status=EventStatus.SCHEDULED, expression="March 2", inferred=False)
    later = report(when=span(date(2026, 4, 1)), article="b")
    (message,) = render_events(found(FoundEvent((plan, report(article="c")), 1.0, 1.0, later)))
    assert "scheduled, as the article tells it; later given as 1 April 2026" in message
    assert "and 1 more article" in message


def test_nothing_is_an_answer_with_the_nearest() -> None:
    nothing = EventsFound(DAY, (), 0, FoundEvent((report(when=span(date(2026, 1, 1))),)), None)
    (message,) = render_events(nothing)
    assert "Nothing in the articles is dated then." in message
    assert "The nearest before: **1 January 2026**" in message


def test_many_long_events_are_cut_into_messages_that_discord_takes() -> None:
    parts = render_events(found(*(report("word " * 200, article=str(n)) for n in range(10))))
    assert len(parts) > 1
    assert all(len(part) <= 2000 for part in parts)


@pytest.mark.parametrize("length", range(100, 200, 10))
def test_the_notes_on_events_are_no_message_of_their_own(length: int) -> None:
    events = replace(found(*(report("w" * length, article=str(n)) for n in range(10))), total=99)
    for part in render_events(events):
        assert len(part) <= 2000
        assert not part.startswith("-#")
