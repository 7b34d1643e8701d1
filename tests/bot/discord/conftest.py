"""A bot in front of a stand-in for the library, for SimCord's Discord, with a channel, an admin and a member.

And one in a process of its own, whose Discord is on loopback.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import discord
import pytest
import pytest_asyncio
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.discord.answers.cooldown import Cooldown
from bot.discord.client import OnRecordBot
from tests.bot.discord.bot_process import PRELUDE, TOKEN, StartBot
from tests.loopback_discord import LoopbackDiscord
from tests.stand_in import StandIn

MakeBot = Callable[..., OnRecordBot]


@pytest.fixture
def library() -> StandIn:
    return StandIn()


@pytest.fixture
def make_bot(library: StandIn, tmp_path: Path) -> MakeBot:
    def make(**settings: bool) -> OnRecordBot:
        bot = OnRecordBot(library, folder=tmp_path, cooldown=Cooldown(3, 20.0, clock=lambda: 0.0), **settings)
        bot.shard_count = 1
        return bot

    return make


@pytest.fixture
def simcord_bot(make_bot: MakeBot, request: pytest.FixtureRequest) -> OnRecordBot:
    """The bot; the marker `bot` takes its settings."""
    marker = request.node.get_closest_marker("bot")
    return make_bot(**(marker.kwargs if marker else {}))


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


@pytest.fixture
def me(simcord_env: Env) -> str:
    assert simcord_env.bot.user is not None
    return simcord_env.bot.user.mention


@pytest_asyncio.fixture(name="discord")
async def loopback_discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(TOKEN) as server:
        yield server


@pytest_asyncio.fixture
async def start_bot(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[StartBot]:
    """Start the bot's process; it is killed in the end where it still runs."""
    processes: list[Process] = []
    (tmp_path / "articles").mkdir()

    async def begin(*, library: str = "quick", token: str = TOKEN, **environment: str) -> Process:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "DISCORD_"))}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            PRELUDE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=tmp_path,
            env={
                **inherited,
                "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
                "DISCORD_TOKEN": token,
                "ONRECORD_STORE": str(tmp_path),
                "TEST_PORT": str(discord.port),
                "TEST_LIBRARY": library,
                **environment,
            },
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        if process.returncode is None:
            process.kill()
            _, log = await process.communicate()
            sys.stderr.write(log.decode())  # shown with a test that failed
