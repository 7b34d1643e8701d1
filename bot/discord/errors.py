"""What a person is told when something went wrong, and what the log is."""

from __future__ import annotations

import logging
import re
import secrets

import discord
from discord import app_commands

from bot.discord.access import NotAllowed
from bot.discord.rendering.escaping import escape
from retrieval.errors import BadInput, LibraryFailed, NotFound, NotReady, StoreBusy, UserError

_log = logging.getLogger(__name__)

# Discord's codes for "whom this is for can no longer be reached": the interaction is unknown (it was acknowledged too
# late), its token expired, or its message, channel or webhook is gone.
_GONE = frozenset({10003, 10008, 10015, 10062, 50027})

_LONGEST = 900  # characters of a sentence, which escapes may double
_BUSY = "Another program is changing the articles: try again in a few minutes."
_OPERATORS = "I cannot do that now, for a reason that only whoever runs me can mend: the log says it."
_IN_DISCORD = {
    "add": "/add url:",
    "articles": "/articles",
    "feeds": "/watch",
    "refresh": "/refresh",
    "remove": "/remove",
    "watch": "/watch feed:",
}
_COMMAND = re.compile(rf"\bonrecord ({'|'.join(_IN_DISCORD)})\b")


def is_gone(error: BaseException) -> bool:
    """Whether `error` says that the interaction, message or channel is no longer there."""
    return isinstance(error, discord.HTTPException) and (error.code in _GONE or isinstance(error, discord.NotFound))


def sentence_for(error: BaseException) -> str:
    """One sentence for whoever asked; what was not their doing is logged with its traceback under the id it names."""
    cause = _cause(error)
    if isinstance(cause, NotAllowed):  # a sentence of ours, which may name channels
        return str(cause)
    if isinstance(cause, UserError):
        sentence = plain_sentence(cause)  # it may name an address of 2,000 characters, which no message holds
        return escape(sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…")
    if isinstance(cause, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
        return "This command has changed: wait a minute, reload Discord (Ctrl+R) and try again."
    if isinstance(cause, app_commands.TransformerError):
        return escape(f"“{cause.value}” cannot be used there: see what the option's description asks for.")
    if isinstance(cause, app_commands.NoPrivateMessage):
        return "This command works in servers only."
    if isinstance(cause, app_commands.BotMissingPermissions):
        missing = ", ".join(name.replace("_", " ") for name in cause.missing_permissions)
        return f"I lack a permission here: {missing}. Somebody who manages this server can grant it."
    if isinstance(cause, app_commands.CheckFailure):
        return "You may not use this command here."
    if isinstance(cause, discord.Forbidden):
        _log.warning("Discord forbids it: %s", cause)
        return "I lack a permission to do that here: somebody who manages this server can grant it."
    if isinstance(cause, LibraryFailed):
        return _apology(cause.error_id)  # the library's process has logged it
    error_id = secrets.token_hex(4)
    _log.error("error id %s", error_id, exc_info=cause)
    return _apology(error_id)


def plain_sentence(error: UserError) -> str:
    """What a member is told of an error, not yet escaped. What only the operator can mend the operator's log says: it
    names folders, settings and commands of the machine."""
    if isinstance(error, BadInput | NotFound | NotReady):
        return for_members(str(error))
    _log.error("for whoever runs this: %s", error)
    return _BUSY if isinstance(error, StoreBusy) else _OPERATORS


def for_members(text: str) -> str:
    """A sentence that names a terminal's command, with that of Discord in its place."""
    return _COMMAND.sub(lambda match: _IN_DISCORD[match[1]], text)


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _apology(error_id: str) -> str:
    return f"Something went wrong here (error id {error_id}). Whoever runs me finds it in the log under this id."
