"""Settings as whoever runs OnRecord writes them, and what is said of those that cannot be used."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from retrieval.errors import NotConfigured
from retrieval.settings import Caution, LogLevel, Settings


@pytest.fixture(autouse=True)
def no_env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["stor", "Store", "colour"])
def test_a_keyword_that_is_no_setting_is_refused(name: str) -> None:
    with pytest.raises(NotConfigured, match=f"no setting '{name}'"):
        Settings(**{name: "x"})


def test_a_slip_in_a_name_is_told_with_the_name_that_it_is_like() -> None:
    with pytest.raises(NotConfigured, match="did you mean store"):
        Settings(**{"stor": "x"})


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("ONRECORD_LOG_LEVEL", "loud", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("ONRECORD_TIME_ZONE", "Mars/X", "no time zone such as Europe/Berlin"),
        ("ONRECORD_CAUTION", "wild", "'bold', 'balanced' or 'careful'"),
        ("ONRECORD_MODEL_TIMEOUT", "0", "greater than 0"),
        ("ONRECORD_TOKEN_VECTORS_GB", "inf", "finite number"),
        ("ONRECORD_TOKEN_VECTORS_GB", "nan", "finite number"),
        ("ONRECORD_TOKEN_VECTORS_GB", "1e300", "less than or equal to 1000000"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, told: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(NotConfigured) as error:
        Settings()
    assert str(error.value).startswith(f"{variable} cannot be used: ")
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    name = variable.removeprefix("ONRECORD_").lower()
    with pytest.raises(NotConfigured, match=variable):
        Settings(**{name: value})


def test_what_the_environment_has_besides_is_another_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ONRECORD_COLOUR", "blue")
    (tmp_path / ".env").write_text("ONRECORD_SHAPE=round\nPATHS=x\nONRECORD_CAUTION=bold\n", encoding="utf-8")
    assert Settings().caution is Caution.BOLD


@pytest.mark.parametrize("level", ["debug", "Debug", "DEBUG"])
def test_a_level_is_written_in_any_case(level: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_LOG_LEVEL", level)
    assert Settings().log_level is LogLevel.DEBUG


def test_settings_reach_another_process_as_they_are(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "s", discord_token="secret", _env_file=None)
    assert pickle.loads(pickle.dumps(settings)) == settings
    assert settings.discord_token is not None
    assert Settings(DISCORD_TOKEN="secret").discord_token == settings.discord_token
