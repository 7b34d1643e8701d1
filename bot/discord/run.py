"""Running the bot from its start to its end, in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal

import aiohttp
import discord

from bot.discord.client import OnRecordBot
from bot.library_child import open_library
from bot.library_process import LibraryProcess
from bot.logs import set_up
from retrieval.errors import LibraryFailed, NotConfigured, OnRecordError
from retrieval.settings import Settings

_log = logging.getLogger(__name__)

# Seconds of an orderly end; together under ten.
_FINISH, _MARK, _CLOSE = 2.5, 1.5, 1.5

_NO_TOKEN = (
    "DISCORD_TOKEN is not set: create an application at https://discord.com/developers/applications, copy the token"
    " from its page “Bot”, and set DISCORD_TOKEN to it, in the environment or in a file .env."
)
_BAD_TOKEN = (
    "Discord refuses the token in DISCORD_TOKEN: copy it afresh from the page “Bot” of your application at"
    " https://discord.com/developers/applications."
)
_NO_INTENT = (
    "ONRECORD_MESSAGE_CONTENT is on, but Discord refuses the message-content intent: switch on “Message Content"
    " Intent” on the page “Bot” of your application at https://discord.com/developers/applications, or unset"
    " ONRECORD_MESSAGE_CONTENT; /ask, mentions and pinging replies work without it."
)


def run_bot(settings: Settings) -> int:
    """Run the bot until it is told to end (SIGTERM, SIGINT); the exit status.

    0 after an orderly end, 1 where it could not start or go on, with one sentence about why in the log. Raises
    NotConfigured where there is no token.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token is not None else ""
    if not token:
        raise NotConfigured(_NO_TOKEN)
    set_up(settings.log_level)
    try:
        asyncio.run(_run(settings, token))
    except OnRecordError as error:
        _log.critical("%s", _why(error))
        return 1
    except Exception:  # noqa: BLE001 - the log has the traceback
        _log.critical("the bot ended for a reason that is none of its user's", exc_info=True)
        return 1
    return 0


def _why(error: OnRecordError) -> str:
    if isinstance(error, LibraryFailed):
        return f"The articles could not be opened; the reason stands above under error id {error.error_id}."
    return str(error)


async def _run(settings: Settings, token: str) -> None:
    """Connect and answer until told to end; raises OnRecordError with a sentence about what is wrong."""
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # on Windows, where Ctrl+C raises KeyboardInterrupt instead
            loop.add_signal_handler(number, ending.set)
    library = LibraryProcess(settings, factory=open_library)
    bot = OnRecordBot(
        library,
        folder=settings.store,
        servers_read_operator=settings.servers_read_operator,
        message_content=settings.message_content,
    )
    tasks = [
        asyncio.create_task(ending.wait(), name="ending"),
        asyncio.create_task(_connect(bot, library, token), name="discord"),
        asyncio.create_task(_watch(library), name="library's start"),
    ]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if ending.is_set():
            _log.info("ending")
            return
        for task in done:
            task.result()  # raises what went wrong
    finally:
        await _end(bot, library)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        _log.info("ended")


async def _connect(bot: OnRecordBot, library: LibraryProcess, token: str) -> None:
    try:
        await bot.login(token)
        library.start()
        _log.info("reading the articles")
        await bot.connect()
        raise OnRecordError("Discord ended the connection.")
    except discord.LoginFailure as error:
        raise NotConfigured(_BAD_TOKEN) from error
    except discord.PrivilegedIntentsRequired as error:
        raise NotConfigured(_NO_INTENT) from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise NotConfigured(_BAD_TOKEN) from error
        raise OnRecordError(f"Discord closed the connection for good (code {error.code}).") from error
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        raise OnRecordError(f"Discord cannot be reached: {type(error).__name__}: {error}") from error


async def _watch(library: LibraryProcess) -> None:
    """Raise what keeps the library from starting; else never end."""
    await library.ready()
    _log.info("the articles are read; questions are answered")
    await asyncio.Event().wait()


async def _end(bot: OnRecordBot, library: LibraryProcess) -> None:
    """Finish or mark running answers, then close the library's process and the connection."""
    await bot.questions.stop(finish=_FINISH, mark=_MARK)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_CLOSE + 4.5):
            await asyncio.gather(library.close(), _close(bot))


async def _close(bot: OnRecordBot) -> None:
    try:
        async with asyncio.timeout(_CLOSE):
            await bot.close()
    except TimeoutError:
        _log.warning("Discord did not confirm the end of the connection in time")
