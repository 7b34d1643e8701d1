"""What goes wrong around a command: a full disk, a damaged file, a pipe that closes, a terminal without “."""

from __future__ import annotations

import errno
import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot import cli
from bot.commands.shared import answer_lines
from bot.terminal.machine import dump
from bot.terminal.progress import watched
from retrieval.storage.index.inspection import Finding


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    """Runs `onrecord settings` while it raises; the exit status and what stands on standard error."""
    monkeypatch.chdir(tmp_path)

    def run(error: BaseException) -> tuple[int, str]:
        def broken(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("bot.terminal.settings_table.settings_table", broken)
        monkeypatch.setattr(sys, "argv", ["onrecord", "settings"])
        with pytest.raises(SystemExit) as end:
            cli.main()
        assert isinstance(end.value.code, int)
        return end.value.code, capsys.readouterr().err

    return run


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 1, "The disk is full: make room, and run this again."),
        (sqlite3.OperationalError("database or disk is full"), 1, "The disk is full: make room, and run this again."),
        (sqlite3.DatabaseError("database disk image is malformed"), 1, "onrecord backup FILE --restore"),
        (KeyboardInterrupt(), 130, "Stopped. What was stored by now stays."),
        (OSError(errno.EPERM, "Not allowed"), 70, "OnRecord itself failed"),
        (sqlite3.OperationalError("no such column: x"), 70, "OnRecord itself failed"),
    ],
)
def test_what_the_machine_did_is_one_sentence_and_what_we_did_an_apology(
    fails: Any, error: BaseException, status: int, said: str
) -> None:
    code, err = fails(error)
    assert code == status
    assert said in err
    assert "is safe" not in err


def test_settings_in_another_encoding_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_bytes("ONRECORD_STORE=here\n".encode("utf-16"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["onrecord", "settings"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 1
    assert capsys.readouterr().err == f"{tmp_path / '.env'} is not UTF-8: save it as UTF-8.\n"


def test_lines_end_when_nobody_reads_on_and_go_on_after_a_line_without_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def closed(text: str, given: object) -> dict[str, object]:
        raise BrokenPipeError

    monkeypatch.setattr(sys, "stdin", io.StringIO('{"question": "quay?"}\n'))
    with pytest.raises(BrokenPipeError):
        answer_lines(closed)
    monkeypatch.setattr(sys, "stdin", io.StringIO("[" * 100_000 + '\n{"question": "quay?"}\n'))
    with pytest.raises(SystemExit):
        answer_lines(lambda text, given: {"asked": text})
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["error"].startswith("Line 1 is no JSON")
    assert second == {"asked": "quay?"}


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "“Łódź”"), ("ascii", "\\u201c\\u0141\\u00f3d\\u017a\\u201d")]
)
def test_json_is_written_so_that_it_can_be_read_back(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: str
) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding))
    assert dump({"a": "“Łódź”"}) == f'{{"a": "{shown}"}}'


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["quotes", "--server", "abc"], "'abc' is not a valid whole number"),
        (["search", "quay", "-k", "0"], "0 is not in the range 1<=x<=100"),
        (["timeline", "--png", "out.jpg"], "name it out.png"),
        (["ask", "Why?", "--jsonl"], "leave out the one given here"),
        (["search", "--json", "--jsonl"], "give one of the two"),
    ],
)
def test_an_argument_that_cannot_be_used_is_told_in_plain_words(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(cli.cli, arguments)
    assert said in result.output + str(result.exception)


def test_a_reason_that_still_stands_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, *_: object, **__: object) -> None: ...
        def __enter__(self) -> Broken:
            return self

        def __exit__(self, *_: object) -> None: ...
        def mend(self) -> list[Finding]:
            reason = "the index server cannot be reached."
            return [Finding(f"The index cannot be read: {reason}", reason, mended=False)]

    monkeypatch.setattr("retrieval.library.Library", Broken)
    assert CliRunner().invoke(cli.cli, ["doctor", "--deep"]).output.count("cannot be reached") == 1


def test_standard_output_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with watched("Reading") as watcher:
        watcher.progress(1, 2)
