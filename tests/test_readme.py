"""Every command in the README is run, and what it says of the settings is so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.terminal.samples import make_store
from bot.terminal.settings_table import settings_table
from retrieval.library import Library
from retrieval.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.strip().splitlines()]
# Made by .ci/run in an environment of its own; the benchmarks take minutes, so only what they import is tried.
INSTALLS = [c for c in COMMANDS if "-m venv" in c]
BENCHMARKS = [c for c in COMMANDS if "tests.benchmarks" in c]


def test_ci_runs_the_readmes_test_command() -> None:
    (command,) = [c for c in INSTALLS if c.endswith("bin/pytest")]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'grep -m1 "bin/pytest$" README.md' in script
    assert command.startswith("python3 -m venv .venv-test")


def test_the_readmes_torch_is_the_one_that_is_pinned() -> None:
    (command,) = [c for c in INSTALLS if "torch" in c]
    pinned = re.search(r'"(torch==[\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert pinned is not None
    assert pinned[1] in command


@pytest.mark.parametrize("command", BENCHMARKS)
def test_a_benchmark_of_the_readme_can_start(command: str) -> None:
    module = command.split()[2]
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True, cwd=ROOT)


@pytest.mark.model
@pytest.mark.parametrize("today", [date(2026, 10, 1), date(2027, 6, 1)])
def test_the_questions_that_the_readme_proposes_are_answered(tmp_path: Path, today: date) -> None:
    proposed = re.findall(r"\*([^*]+\?)\*", README.partition("Try *")[2].partition("\n\n")[0].join(("*", "")))
    assert len(proposed) == 3
    make_store(tmp_path / "store")
    with Library(Settings(store=tmp_path / "store"), clock=lambda: today) as library:
        library.sync()
        for question, told in zip(proposed, ("Trevassick", "Morrin Bridge", "640"), strict=True):
            answer = library.ask(question)
            assert not answer.abstained, question
            assert told in answer.sentences[0].text


@pytest.mark.model
def test_the_readmes_commands_do_what_they_say(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs_store" / "articles", tmp_path / "docs_store" / "articles")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "DISCORD_"))}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    commands = [c for c in COMMANDS if c not in INSTALLS + BENCHMARKS]
    assert len(commands) >= 12
    for command in ("echo 'who was elected mayor?' | onrecord chat", *commands):
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout.strip(), command
        assert "Traceback" not in done.stderr


def test_the_readmes_settings_are_all_settings() -> None:
    assert settings_table() in README
