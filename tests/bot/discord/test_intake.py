"""What is to be added is kept until it is, whatever ends the process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import AsyncMock, Mock

import pytest
import pytest_asyncio

from bot.discord.answers.cooldown import Cooldown
from bot.discord.intake import Intake
from bot.discord.stored import Stored
from bot.library.reports import TakenIn
from retrieval.community import Community
from retrieval.errors import BadInput, NotReady
from retrieval.schema.community import Addition, SentFile
from tests.stand_in import StandIn

PAGE = Addition(5, "server-5", ("https://lorn.example/a",), 7)
FILE = Addition(5, "server-5-channel-9", ("https://lorn.example/b", SentFile("notes.txt", b"\x00The bridge.")), 9, 11)
AGAIN = Addition(5, "server-5", ("a1",), 7, again=True)


@pytest_asyncio.fixture
async def stored(tmp_path: Path) -> AsyncIterator[Stored]:
    stored = Stored(Community(tmp_path))
    yield stored
    await stored.close()


async def cut_off(stored: Stored, *additions: Addition) -> None:
    """Ask for `additions`, and end while the first of them is being added."""
    library = StandIn(waiting=asyncio.Event().wait)
    intake = Intake(library, stored)
    tasks = []
    for addition in additions:
        tasks.append(asyncio.create_task(intake.take_in(addition)))
        while not library.changes or len(await stored(lambda community: community.to_be_added())) < len(tasks):
            await asyncio.sleep(0.01)
    await intake.stop()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def resumed(stored: Stored, library: StandIn) -> list[tuple[Addition, TakenIn]]:
    heard: list[tuple[Addition, TakenIn]] = []

    async def hear(addition: Addition, taken: TakenIn) -> None:
        heard.append((addition, taken))

    intake = Intake(library, stored)
    await intake.recall()
    await intake.resume(hear)
    return heard


async def test_what_was_cut_off_or_waited_is_done_in_order_after_the_next_start(stored: Stored) -> None:
    await cut_off(stored, PAGE, FILE, AGAIN)
    library = StandIn(taken=TakenIn({"added": 1}))
    heard = await resumed(stored, library)
    assert library.changes == [
        ("take_in", PAGE.sources, "server-5"),
        ("take_in", FILE.sources, "server-5-channel-9"),
        ("fetch_again", AGAIN.sources, "server-5"),
    ]
    assert [(told.channel, told.message) for told, _ in heard] == [(7, None), (9, 11), (7, None)]
    assert await resumed(stored, library) == []


async def test_what_is_done_or_refused_is_not_kept(stored: Stored) -> None:
    await Intake(StandIn(), stored).take_in(PAGE)
    with pytest.raises(BadInput):
        await Intake(StandIn(BadInput("no")), stored).take_in(PAGE)
    assert await stored(lambda community: community.to_be_added()) == []


async def test_what_is_refused_after_a_restart_is_told_with_the_reason(stored: Stored) -> None:
    await cut_off(stored, PAGE)
    ((_, taken),) = await resumed(stored, StandIn(BadInput("It is paywalled.")))
    assert taken.left_out == ("It is paywalled.",)
    assert await resumed(stored, StandIn()) == []


async def test_what_fails_because_of_the_end_is_kept(stored: Stored) -> None:
    intake = Intake(StandIn(NotReady("I am being switched off.")), stored)
    await intake.stop()
    with pytest.raises(NotReady):
        await intake.take_in(PAGE)
    assert len(await resumed(stored, StandIn())) == 1


async def test_what_ends_the_process_again_and_again_is_given_up(
    stored: Stored, caplog: pytest.LogCaptureFixture
) -> None:
    await stored(lambda community: community.keep(PAGE))
    for _ in range(3):
        (kept,) = await stored(lambda community: community.to_be_added())
        await stored(lambda community, kept=kept: community.begin(kept))  # type: ignore[misc]
    library = StandIn()
    ((_, taken),) = await resumed(stored, library)
    assert taken.left_out == ("It was tried 3 times, and each time I broke down over it: it is left out.",)
    assert library.changes == []
    assert "is given up" in caplog.text
    assert await resumed(stored, library) == []


async def test_however_often_the_bot_is_ended_in_order_nothing_is_given_up(stored: Stored) -> None:
    await cut_off(stored, PAGE)
    for _ in range(5):
        intake = Intake(StandIn(waiting=asyncio.Event().wait), stored)
        await intake.recall()
        resuming = asyncio.create_task(intake.resume(lambda addition, taken: pytest.fail("it cannot be done")))
        while not intake.waiting:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        await intake.stop()
        resuming.cancel()
        await asyncio.gather(resuming, return_exceptions=True)
    assert len(await resumed(stored, StandIn())) == 1


async def test_what_is_asked_for_after_the_start_is_not_taken_for_what_was_left(stored: Stored) -> None:
    gate = asyncio.Event()
    library = StandIn(waiting=gate.wait)
    intake = Intake(library, stored)
    await intake.recall()
    fresh = asyncio.create_task(intake.take_in(PAGE))
    while not library.changes:
        await asyncio.sleep(0.01)
    gate.set()
    await asyncio.gather(fresh, intake.resume(lambda addition, taken: pytest.fail("it was done twice")))
    assert len(library.changes) == 1


async def test_one_is_added_at_a_time(stored: Stored) -> None:
    gate = asyncio.Event()
    library = StandIn(waiting=gate.wait)
    intake = Intake(library, stored)
    both = [asyncio.create_task(intake.take_in(addition)) for addition in (PAGE, FILE)]
    while not library.changes or intake.waiting < 2:
        await asyncio.sleep(0.01)
    assert len(library.changes) == 1
    gate.set()
    await asyncio.gather(*both)
    assert len(library.changes) == 2
    assert intake.waiting == 0


async def test_servers_take_turns(stored: Stored) -> None:
    gate = asyncio.Event()
    library = StandIn(waiting=gate.wait)
    intake = Intake(library, stored)
    tasks = []
    for n, server in enumerate((5, 5, 5, 6, 7, 6)):
        addition = Addition(server, f"server-{server}", (f"https://lorn.example/{n}",), 7)
        tasks.append(asyncio.create_task(intake.take_in(addition)))
        while not library.changes or len(await stored(lambda community: community.to_be_added())) < len(tasks):
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
    assert [intake.ahead_of(server) for server in (5, 6, 8)] == [6, 6, 3]
    tasks[1].cancel()  # whoever waits no more keeps nobody waiting
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert [change[1][0][-1] for change in library.changes] == ["0", "3", "4", "2", "5"]
    assert intake.waiting == 0


async def test_what_there_is_no_room_for_is_refused_before_it_is_downloaded(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.discord.intake._BYTES_EACH", 100)
    monkeypatch.setattr("bot.discord.intake._WAITING_EACH", 2)
    gate = asyncio.Event()
    intake = Intake(StandIn(waiting=gate.wait), stored)
    small, large = (Mock(size=size, filename="x.txt", read=AsyncMock(return_value=b"x")) for size in (60, 70))
    first = asyncio.create_task(intake.take_in(PAGE, files=[small]))
    await asyncio.sleep(0.05)
    with pytest.raises(NotReady, match="Too much of this server"):
        await intake.take_in(PAGE, files=[large])
    large.read.assert_not_awaited()
    second = asyncio.create_task(intake.take_in(PAGE))
    await asyncio.sleep(0.05)
    with pytest.raises(NotReady, match="Too much of this server"):
        await intake.take_in(PAGE)
    other = asyncio.create_task(intake.take_in(replace(PAGE, server=6), files=[large]))
    gate.set()
    await asyncio.gather(first, second, other)
    assert (await intake.take_in(PAGE, files=[large])).counts == {}


async def test_one_member_adds_so_much_in_a_while_and_no_more(stored: Stored) -> None:
    now = 0.0
    intake = Intake(StandIn(), stored, Cooldown(2, 60.0, clock=lambda: now))
    for _ in range(2):
        await intake.take_in(PAGE, member=1)
    with pytest.raises(NotReady, match="in 60 seconds"):
        await intake.take_in(PAGE, member=1)
    await intake.take_in(PAGE, member=2)
    now = 61.0
    await intake.take_in(PAGE, member=1)


async def test_the_server_that_is_left_takes_its_queue_along(stored: Stored) -> None:
    await cut_off(stored, PAGE)
    await stored(lambda community: community.forget_server(5))
    assert await stored(lambda community: community.to_be_added()) == []
