"""The bot's process from its start to its end: what keeps it from running, and what it leaves behind."""

from __future__ import annotations

import asyncio
import re
import signal

import psutil
import pytest

from tests.bot.discord.bot_process import StartBot, ended, ready
from tests.loopback_discord import LoopbackDiscord, text_of


async def test_while_the_articles_are_read_everything_is_acknowledged_at_once(
    discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    process = await start_bot(library="endless")
    await ready(discord)
    asked = await discord.slash("ask", question="When did the bridge reopen?")
    await discord.until(lambda: asked["callbacks"])
    process.send_signal(signal.SIGTERM)
    await ended(process)
    assert process.returncode == 0
    assert "switched off before I could answer" in text_of(asked["followups"][0])


async def test_an_answer_in_hand_is_finished_before_the_end(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    process = await start_bot()
    await ready(discord)
    await discord.say(f"<@{discord.me['id']}> who paid?")
    await discord.until(discord.posted)  # the library is ready
    await discord.say(f"<@{discord.me['id']}> sleep 1")
    await discord.until(lambda: sum(call.path.endswith("/typing") for call in discord.calls) == 2)
    process.send_signal(signal.SIGINT)
    await ended(process)
    assert process.returncode == 0
    assert "was asked 'sleep 1'" in text_of(discord.posted()[1])


async def test_what_is_not_added_at_the_end_is_added_after_the_next_start_and_told(
    discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    process = await start_bot(library="adding_for_ever")
    await ready(discord)
    added = []
    for n in range(2):
        added.append(await discord.slash("add", manages=True, url=f"https://lorn.example/{n}"))
        await discord.until(lambda: added[-1]["callbacks"])
    await discord.until(lambda: any("Waiting for 1 other" in text_of(shown) for shown in added[1]["followups"]))
    process.send_signal(signal.SIGTERM)
    log = await ended(process)
    assert process.returncode == 0
    assert "Traceback" not in log
    assert all("is added when I am back" in text_of(one["followups"][0]) for one in added)

    discord.sessions.clear()
    process = await start_bot()
    await ready(discord)
    await discord.until(lambda: len(discord.posted()) == 2)
    assert all("1 added" in text_of(message) for message in discord.posted())
    process.send_signal(signal.SIGTERM)
    await ended(process)

    discord.sessions.clear()
    await start_bot()
    await ready(discord)
    await discord.slash("ask", question="When did the bridge reopen?")
    assert len(discord.posted()) == 2


async def test_the_end_leaves_no_process_behind(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    process = await start_bot()
    await ready(discord)
    await discord.say(f"<@{discord.me['id']}> who paid?")
    await discord.until(discord.posted)
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    process.send_signal(signal.SIGTERM)
    await ended(process)
    _, alive = psutil.wait_procs(children, timeout=3)
    assert not alive


@pytest.mark.parametrize(
    ("environment", "sentence", "status"),
    [
        ({"token": "MTIz.wrong.token"}, "Discord refuses the token in DISCORD_TOKEN", 10),
        ({"token": ""}, "DISCORD_TOKEN is not set", 14),
        ({"ONRECORD_MESSAGE_CONTENT": "true"}, "switch on “Message Content Intent”", 11),
        ({"library": "refusing"}, "The index was filled by another model: run `onrecord reindex`.", 13),
    ],
)
async def test_what_keeps_it_from_running_is_said_in_one_sentence(
    discord: LoopbackDiscord, start_bot: StartBot, environment: dict[str, str], sentence: str, status: int
) -> None:
    process = await start_bot(**environment)
    log = await ended(process)
    assert process.returncode == status
    assert len(re.findall(re.escape(sentence), log)) == 1
    assert "Traceback" not in log


async def test_a_second_bot_on_the_same_store_is_refused(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    await start_bot()
    await ready(discord)
    second = await start_bot()
    log = await ended(second)
    assert second.returncode == 12
    assert log.count("Another `onrecord bot` runs on this store") == 1


async def test_where_discord_cannot_be_reached_that_is_said(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    process = await start_bot(TEST_PORT="9")
    log = await ended(process)
    assert process.returncode == 1
    assert "Discord cannot be reached" in log
    assert "Traceback" not in log


async def test_it_can_be_ended_before_it_has_logged_in(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    discord.hold = asyncio.Event()
    process = await start_bot()
    await discord.until(lambda: discord.calls)
    process.send_signal(signal.SIGTERM)
    log = await ended(process)
    assert process.returncode == 0
    assert "Traceback" not in log
    discord.hold.set()


async def test_commands_are_told_to_discord_once(discord: LoopbackDiscord, start_bot: StartBot) -> None:
    for _ in range(2):
        process = await start_bot()
        discord.sessions.clear()
        await ready(discord)
        process.send_signal(signal.SIGTERM)
        await ended(process)
    assert sum(call.method == "PUT" for call in discord.calls) == 1
