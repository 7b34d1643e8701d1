"""Fifty members asking at once while five hundred articles are added: `python -m tests.benchmarks.discord_soak`.

The real bot in a process of its own, against the Discord on loopback, over the real library. Prints the latest
acknowledgement, the answers that were lost, how long the event loop was held, and the bot's memory over time.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.loopback_discord import LoopbackDiscord, answered, text_of

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789"
ROOT = Path(__file__).resolve().parents[2]

# The bot's process tells how long its event loop was late, from the moment it is ready.
PRELUDE = """
import asyncio, os, sys, time
import discord, yarl
port = os.environ["TEST_PORT"]
discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/")
import bot.discord.answers.cooldown, bot.discord.run
from bot.discord.client import OnRecordBot
bot.discord.answers.cooldown.Cooldown.spend = lambda self, member: None
if os.environ.get("TEST_LIBRARY"):
    from tests import canned_library
    bot.discord.run.open_library = getattr(canned_library, os.environ["TEST_LIBRARY"])
ready = OnRecordBot.on_ready

async def tick():
    worst = busiest = 0.0
    while True:
        begun, worked = time.monotonic(), time.thread_time()
        await asyncio.sleep(0.005)
        late, work = time.monotonic() - begun - 0.005, time.thread_time() - worked
        if late > worst or work > busiest:
            worst, busiest = max(late, worst), max(work, busiest)
            print(f"HELD {worst:.4f} {busiest:.4f}", file=sys.stderr, flush=True)

async def on_ready(self):
    await ready(self)
    self.ticking = asyncio.create_task(tick())

OnRecordBot.on_ready = on_ready
from bot.cli import main
sys.argv = ["onrecord", "bot"]
main()
"""

QUESTIONS = (
    "How many cracks were found in the bridge?",
    "Who wanted the toll raised?",
    "What did the mayor say about the museum?",
    "When did the strike begin?",
    "What happened in March 2026?",
)


@dataclass
class Figures:
    """What the soak came to; seconds and megabytes."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    lost: int = 0
    told_to_wait: int = 0
    held: float = 0.0
    worked: float = 0.0
    memory: list[float] = field(default_factory=list)
    library_memory: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(
            (
                f"questions            {len(self.acknowledged)}",
                f"latest acknowledged  {max(self.acknowledged):.2f} s",
                f"answered, median     {statistics.median(self.answered or [0]):.2f} s",
                f"answered, latest     {max(self.answered or [0]):.2f} s",
                f"told to ask again    {self.told_to_wait}",
                f"lost                 {self.lost}",
                f"event loop held      {self.held * 1000:.0f} ms at most; by work of its own"
                f" {self.worked * 1000:.0f} ms at most, the rest was the machine's",
                f"memory, bot          {_course(self.memory)}",
                f"memory, library      {_course(self.library_memory)}",
            )
        )


def _course(megabytes: list[float]) -> str:
    third = max(1, len(megabytes) // 3)
    first, last = (statistics.mean(part or [0]) for part in (megabytes[:third], megabytes[-third:]))
    return f"{first:.0f} MB in the first third, {last:.0f} MB in the last"


async def soak(folder: Path, *, members: int, seconds: float, articles: int, library: str | None = None) -> Figures:
    """Run it over a store in `folder`."""
    figures = Figures()
    async with LoopbackDiscord(TOKEN) as discord:
        process = await _start(folder, discord.port, library)
        log = asyncio.create_task(_log(process, figures))
        await discord.until(lambda: discord.sessions and discord.commands, 60)
        await _first_answer(discord)
        adding = asyncio.create_task(_add(folder, articles)) if articles else None
        measuring = asyncio.create_task(_measure(process.pid, figures))
        end = time.monotonic() + seconds
        await asyncio.gather(*(_member(discord, number, end, figures) for number in range(members)))
        measuring.cancel()
        if adding is not None:
            await adding
        process.terminate()
        await process.wait()
        await log
    return figures


async def _start(folder: Path, port: int, library: str | None) -> Process:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "DISCORD_"))}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", PRELUDE, stdout=PIPE, stderr=PIPE, cwd=folder,
        env={
            **inherited, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]), "DISCORD_TOKEN": TOKEN,
            "ONRECORD_STORE": str(folder), "TEST_PORT": str(port), "TEST_LIBRARY": library or "",
        },
    )  # fmt: skip


async def _first_answer(discord: LoopbackDiscord) -> None:
    """Wait until the library answers, so that what is measured is the work and not the start."""
    for _ in range(60):
        asked = await discord.slash("ask", question=QUESTIONS[0])
        await discord.until(lambda asked=asked: answered(asked), 60)  # type: ignore[misc]
        if "warming up" not in text_of(asked["followups"][0]):
            return


async def _member(discord: LoopbackDiscord, number: int, end: float, figures: Figures) -> None:
    """Ask, wait for the answer, ask again."""
    turn = number
    while time.monotonic() < end:
        begun = time.monotonic()
        asked = await discord.slash("ask", member=number, question=QUESTIONS[turn % len(QUESTIONS)])
        turn += 1
        try:
            await discord.until(lambda asked=asked: answered(asked), 60)  # type: ignore[misc]
        except TimeoutError:
            figures.lost += 1
            continue
        figures.acknowledged.append(asked["acknowledged_after"])
        if "ask again in a minute" in text_of(asked["followups"][0]):
            figures.told_to_wait += 1
        else:
            figures.answered.append(time.monotonic() - begun)
        await asyncio.sleep(1.0)


async def _add(folder: Path, count: int) -> None:
    """Add articles as somebody at the terminal does, each the sample's words in another order."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs_store" / "articles").glob("*.md"))]
    extra = folder / "extra"
    extra.mkdir()
    for number in range(count):
        body = texts[number % len(texts)].split("---", 2)[-1].strip()
        sentences = re.split(r"(?<=[.!?])\s+", body)
        turned = sentences[number % 7 :] + sentences[: number % 7]
        (extra / f"{number}.txt").write_text(f"Report {number}\n\n{' '.join(turned)}\n", encoding="utf-8")
    adding = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "add", str(extra), stdout=PIPE, stderr=PIPE, cwd=ROOT,
        env={**os.environ, "ONRECORD_STORE": str(folder), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    out, _ = await adding.communicate()
    sys.stdout.write(out.decode())


async def _measure(pid: int, figures: Figures) -> None:
    """The memory of the bot's process and of the largest of its children, which holds the library."""
    process = psutil.Process(pid)
    children = process.children(recursive=True)
    while True:
        figures.memory.append(process.memory_info().rss / 1024**2)
        figures.library_memory.append(max(child.memory_info().rss for child in children) / 1024**2)
        await asyncio.sleep(1.0)


async def _log(process: Process, figures: Figures) -> None:
    assert process.stderr is not None
    async for line in process.stderr:
        if match := re.match(rb"HELD ([\d.]+) ([\d.]+)", line):
            figures.held, figures.worked = float(match[1]), float(match[2])
        elif b"Traceback" in line or b"ERROR" in line:
            sys.stderr.write(line.decode())


def main() -> None:
    """Two minutes of it, unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--articles", type=int, default=500)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "docs_store" / "articles", Path(folder) / "articles")
        figures = asyncio.run(soak(Path(folder), members=given.members, seconds=given.seconds, articles=given.articles))
    sys.stdout.write(f"{figures}\n")


if __name__ == "__main__":
    main()
