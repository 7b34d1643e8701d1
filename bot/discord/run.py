"""Running the bot from its start to its end, in order."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal

import aiohttp
import discord
from filelock import Timeout

from bot.discord.client import OnRecordBot
from bot.library.child import open_library
from bot.library.process import LibraryProcess
from bot.logs import set_up
from bot.running import lock_of_bot
from retrieval.errors import LibraryFailed, NotConfigured, OnRecordError, StoreBusy, WrongModel
from retrieval.settings import Settings

_log = logging.getLogger(__name__)

# Seconds of an orderly end; together under ten.
_LAST_NOTE, _FINISH, _MARK, _CLOSE = 0.5, 2.5, 1.5, 1.5

BAD_TOKEN, NO_INTENT, STORE_IN_USE, WRONG_MODEL, NO_TOKEN = 10, 11, 12, 13, 14
"""Exit statuses, so that what keeps the bot alive can tell what trying again would mend; 1 is anything else."""

_IN_USE = "Another `onrecord bot` runs on this store: end it first, or name another folder in ONRECORD_STORE."
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

    0 after an orderly end; else it could not start or go on, one sentence about why is in the log, and the status is
    one of those above.
    """
    set_up(settings.log_level)
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token is not None else ""
    lock = lock_of_bot(settings.store)
    try:
        if not token:
            raise CannotStart(_NO_TOKEN, NO_TOKEN)
        with lock:
            asyncio.run(_run(settings, token))
    except Timeout:
        _log.critical("%s", _IN_USE)
        return STORE_IN_USE
    except OnRecordError as error:
        _log.critical("%s", _why(error))
        return _status_of(error)
    except Exception:  # noqa: BLE001 - the log has the traceback
        _log.critical("the bot ended for a reason that is none of its user's", exc_info=True)
        return 1
    return 0


class CannotStart(NotConfigured):
    """Something that has to be set right first, with the exit status that says so."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


def _status_of(error: OnRecordError) -> int:
    match error:
        case CannotStart():
            return error.status
        case StoreBusy():
            return STORE_IN_USE
        case WrongModel():
            return WRONG_MODEL
        case _:
            return 1


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
        time_zone=settings.time_zone,
        has_model=settings.model is not None,
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
        # What is imported is no garbage: looking through it with every full collection held the loop for 0.1 s or more
        gc.collect()
        gc.freeze()
        await bot.connect()
        raise OnRecordError("Discord ended the connection.")
    except discord.LoginFailure as error:
        raise CannotStart(_BAD_TOKEN, BAD_TOKEN) from error
    except discord.PrivilegedIntentsRequired as error:
        raise CannotStart(_NO_INTENT, NO_INTENT) from error
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise CannotStart(_BAD_TOKEN, BAD_TOKEN) from error
        raise OnRecordError(f"Discord closed the connection for good (code {error.code}).") from error
    except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
        raise OnRecordError(f"Discord cannot be reached: {type(error).__name__}: {error}") from error


async def _watch(library: LibraryProcess) -> None:
    """Raise what keeps the library from starting; else never end."""
    await library.ready()
    _log.info("the articles are read; questions are answered")
    await asyncio.Event().wait()


async def _end(bot: OnRecordBot, library: LibraryProcess) -> None:
    """Finish or mark running answers, then close the library's process and the connection; what is still to be added
    is left to the next start."""
    if not bot.is_closed():  # discord.py closes a bot that lacks an intent, and what it keeps goes with it
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LAST_NOTE):
                await bot.intake.stop()
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
