"""The bot in a process of its own, whose Discord is on loopback."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable

from tests.loopback_discord import LoopbackDiscord

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789"

# What a test changes in the bot's process before its own entry point runs: where Discord is, and which library the
# child opens. Without zstandard the client asks for zlib-stream.
PRELUDE = """
import os, sys
if os.environ.get("TEST_ZLIB"):
    sys.modules["zstandard"] = None
import discord, yarl
port = os.environ["TEST_PORT"]
discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/")
import bot.discord.run
from tests import canned_library
if os.environ["TEST_LIBRARY"] != "real":
    bot.discord.run.open_library = getattr(canned_library, os.environ["TEST_LIBRARY"])
from bot.cli import main
sys.argv = ["onrecord", "bot"]
main()
"""

StartBot = Callable[..., Awaitable[Process]]


async def ended(process: Process, seconds: float = 45.0) -> str:
    """Wait for the end; what the process wrote."""
    out, err = await asyncio.wait_for(process.communicate(), seconds)
    return out.decode() + err.decode()


async def ready(discord: LoopbackDiscord) -> None:
    """Wait until the bot has logged in and told its commands."""
    await discord.until(lambda: discord.sessions and discord.commands)
