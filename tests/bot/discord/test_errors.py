"""What people are told, and what only the log knows."""

from __future__ import annotations

import logging
import re
from unittest.mock import Mock

import discord
import pytest
from discord import app_commands

from bot.discord.errors import is_gone, sentence_for
from retrieval.errors import (
    BadInput,
    IndexUnavailable,
    LibraryFailed,
    NotConfigured,
    NotFound,
    StoreBusy,
    UserError,
    WrongModel,
)


def http_error(kind: type[discord.HTTPException], status: int, code: int) -> discord.HTTPException:
    return kind(Mock(status=status, reason="no"), {"code": code, "message": "no"})


FORBIDDEN = http_error(discord.Forbidden, 403, 50013)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (BadInput("Give a day."), "Give a day."),
        (BadInput("See <@1> at `x`."), "See \\<\\@1\\> at \\`x\\`."),
        (
            NotFound("'a' was not added from the web: `onrecord add` takes its address."),
            "'a' was not added from the web: \\`/add url:\\` takes its address.",
        ),
        (LibraryFailed("c0ffee"), "Something went wrong here (error id c0ffee)"),
        (app_commands.NoPrivateMessage(), "This command works in servers only."),
        (app_commands.BotMissingPermissions(["send_messages"]), "I lack a permission here: send messages."),
        (app_commands.MissingPermissions(["manage_guild"]), "You may not use this command here."),
        (app_commands.CommandNotFound("x", []), "This command has changed"),
        (FORBIDDEN, "I lack a permission to do that here"),
    ],
)
def test_what_can_be_mended_is_said(error: Exception, sentence: str, caplog: pytest.LogCaptureFixture) -> None:
    assert sentence_for(error).startswith(sentence)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (WrongModel("The store was filled by another model: run `onrecord reindex`."), "I cannot do that now"),
        (UserError("The disk that /srv/store is on is full."), "I cannot do that now"),
        (NotConfigured("ONRECORD_PARSER is wrong."), "I cannot do that now"),
        (
            StoreBusy("Another program has been using /srv/catalogue.sqlite."),
            "Another program is changing the articles",
        ),
    ],
)
def test_what_only_the_operator_can_mend_is_in_the_log_and_shows_members_nothing_of_the_machine(
    error: Exception, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = sentence_for(error)
    assert told.startswith(sentence)
    assert not re.search(r"/srv|ONRECORD_|onrecord ", told)
    assert str(error) in caplog.text


def test_a_sentence_on_a_long_address_fits_a_message() -> None:
    told = sentence_for(BadInput(f"https://a.example/{'_' * 2000} is watched already."))
    assert told.startswith("https")
    assert len(told) <= 2000


def test_a_commands_error_is_told_by_its_cause() -> None:
    assert sentence_for(app_commands.CommandInvokeError(Mock(), BadInput("Give a day."))) == "Give a day."


@pytest.mark.parametrize("error", [RuntimeError("the inside story"), IndexUnavailable("the inside story")])
def test_what_cannot_is_an_id_that_the_log_has_with_the_traceback(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = sentence_for(error)
    found = re.search(r"error id (\w+)", sentence)
    assert found
    assert "inside story" not in sentence
    assert f"error id {found[1]}" in caplog.text
    assert "the inside story" in caplog.text


@pytest.mark.parametrize(
    ("error", "gone"),
    [
        (http_error(discord.NotFound, 404, 10062), True),
        (http_error(discord.NotFound, 404, 10008), True),
        (http_error(discord.HTTPException, 401, 50027), True),
        (FORBIDDEN, False),
        (http_error(discord.DiscordServerError, 500, 0), False),
        (RuntimeError(), False),
    ],
)
def test_what_is_gone_is_known(error: Exception, gone: bool) -> None:
    assert is_gone(error) is gone
