"""No token and no key is ever printed or logged, whatever fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.settings import Settings

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GsentQ.sentinel-sentinel-sentinel-sentinel"
KEY = "sk-sentinel-0123456789abcdef"

COMMANDS = {
    "no store": ["status"],
    "a bot without Discord": ["bot"],
    "a question to a model that is not there": ["ask", "who said what?"],
    "a setting that cannot be": ["settings"],
    "a restore of nothing": ["backup", "nothing.tgz", "--restore"],
    "a damaged store": ["doctor", "--deep"],
}


@pytest.mark.parametrize("case", COMMANDS)
def test_what_fails_names_no_secret(case: str, tmp_path: Path) -> None:
    if case != "no store":
        (tmp_path / "docs_store" / "articles").mkdir(parents=True)
    if case in ("a damaged store", "a bot without Discord"):
        (tmp_path / "docs_store" / "catalogue.sqlite").write_text("no database" * 400, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "DISCORD_"))}
    environment |= {
        "DISCORD_TOKEN": TOKEN,
        "OPENAI_API_KEY": KEY,
        "ANTHROPIC_API_KEY": KEY,
        "ONRECORD_LOG_LEVEL": "DEBUG",
        "ONRECORD_MODEL": "openai:none",
        "ONRECORD_MODEL_BASE_URL": "http://127.0.0.1:9/v1",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
    }
    if case == "a setting that cannot be":
        environment["ONRECORD_TIME_ZONE"] = "nowhere"
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", *COMMANDS[case]],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode != 0 or case == "a question to a model that is not there"
    assert told.strip()
    assert TOKEN not in told
    assert KEY not in told
    assert "sentinel" not in told


def test_a_token_is_not_in_the_settings_text() -> None:
    settings = Settings(discord_token=TOKEN)  # type: ignore[arg-type]
    assert "sentinel" not in f"{settings!r} {settings} {settings.model_dump_json()}"
