"""The log holds no token."""

from __future__ import annotations

import logging
import sys

import pytest

from bot.logs import Redacting

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GaBcDe.abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("POST /webhooks/123/aW50ZXJhY3Rpb24.x-Y_z failed", "POST /webhooks/123/[token] failed"),
        ("https://discord.com/api/v10/interactions/9/secret/callback", "interactions/9/[token]/callback"),
        (f"refused: {TOKEN}", "refused: [token]"),
        ("bot.discord.client is ready", "bot.discord.client is ready"),
    ],
)
def test_what_looks_like_a_token_is_struck_out(message: str, written: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, message, (), None)
    assert Redacting("%(message)s").format(record).endswith(written)


def test_tracebacks_are_read_as_well() -> None:
    try:
        raise ValueError(TOKEN)
    except ValueError:
        record = logging.LogRecord("x", logging.INFO, "", 0, "failed", (), sys.exc_info())
    assert TOKEN not in Redacting("%(message)s").format(record)
