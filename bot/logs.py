"""Logging to standard error, without tokens and without what people write."""

from __future__ import annotations

import logging
import re

# an interaction's token stands in its address; whoever has it can answer in the bot's name for 15 minutes
_ADDRESS_TOKEN = re.compile(r"(/(?:webhooks|interactions)/\d+/)[\w.-]+")
_BOT_TOKEN = re.compile(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}")


class Redacting(logging.Formatter):
    """Formats a record, traceback included, with what looks like a token struck out."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line, and its traceback below."""
        return _BOT_TOKEN.sub("[token]", _ADDRESS_TOKEN.sub(r"\1[token]", super().format(record)))


def set_up(level: str) -> None:
    """Log at `level` to standard error; the bot's own few lines of its life always from INFO on.

    discord.py writes whole payloads, people's messages among them, at DEBUG, so it is kept at INFO.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    wanted = logging.getLevelNamesMapping().get(level.upper(), logging.WARNING)
    logging.basicConfig(level=wanted, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(min(wanted, logging.INFO))
    for name in ("discord", "aiohttp", "asyncio"):
        logging.getLogger(name).setLevel(max(wanted, logging.INFO))
