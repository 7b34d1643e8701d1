"""`onrecord doctor`: one finding for each thing, and what to do where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import doctor
from bot.doctor import Finding, examine
from retrieval.library import Library
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No model is loaded and no `.env` read; the store is a folder of the test's."""
    monkeypatch.setattr(doctor, "_embedding_model", lambda settings: "loads")
    monkeypatch.setattr(doctor, "_parser", lambda settings: "loads")
    for name in ("DISCORD_TOKEN", "ONRECORD_MODEL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)


def found(what: str) -> Finding:
    (finding,) = [finding for finding in examine() if finding.what == what]
    return finding


def test_where_there_is_no_store_it_says_how_to_make_one() -> None:
    assert not found("store").fine
    assert "onrecord init" in found("store").said


def test_a_store_of_another_model_is_named_with_the_command_to_run(tmp_path: Path) -> None:
    with Library(
        Settings(store=tmp_path / "store"), create=True, embedder=HashingEmbedder(), vectors=MemoryVectors()
    ) as library:
        (tmp_path / "a.txt").write_text("Quay\n\nIt was closed.", encoding="utf-8")
        library.add([tmp_path / "a.txt"])
    assert not found("store's model").fine
    assert "onrecord reindex" in found("store's model").said


@pytest.mark.parametrize(
    ("name", "value", "what", "words"),
    [
        ("DISCORD_TOKEN", "not-a-token", "Discord token", "copy it afresh"),
        ("ONRECORD_TIME_ZONE", "Mars/Olympus", "settings", "is no time zone"),
        ("ONRECORD_MODEL_BASE_URL", "not a url", "settings", "is no address such as"),
        ("ONRECORD_STOR", "elsewhere", "settings", "no setting ONRECORD_STOR: did you mean ONRECORD_STORE?"),
        ("ONRECORD_MODEL", "local:/no/such", "language model", "there is no such file or folder"),
        ("ONRECORD_MODEL", "gpt-4o", "language model", "write provider:model"),
        ("ONRECORD_MODEL", "nobody:gpt", "language model", "write provider:model"),
        ("ONRECORD_MODEL", "openai:gpt-4o", "language model", "needs a key: set OPENAI_API_KEY."),
        ("ONRECORD_CROSS_ENCODER", "no/such", "ONRECORD_CROSS_ENCODER", "is not on this machine"),
        ("ONRECORD_ENTAILMENT_MODEL", "no/such", "ONRECORD_ENTAILMENT_MODEL", "is not on this machine"),
    ],
)
def test_what_is_set_wrongly_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    assert not found(what).fine
    assert words in found(what).said
    assert value not in "".join(f.said for f in examine() if f.what == "Discord token")


def test_a_package_in_another_version_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda name: ["click==0.1", "nothing-such==1.0"])
    assert not found("packages").fine
    assert "and not 0.1; nothing-such is missing" in found("packages").said


def test_a_build_of_the_required_version_is_that_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.importlib.metadata, "requires", lambda name: ["torch==2.13.0"])
    monkeypatch.setattr(doctor.importlib.metadata, "version", lambda name: "2.13.0+cpu")
    assert found("packages").fine


def test_a_line_of_env_without_a_value_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ONRECORD_SOURCE\n", encoding="utf-8")
    assert "ONRECORD_SOURCE in .env has no value" in found("settings").said


def test_a_damaged_catalogue_is_one_finding_of_many(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "catalogue.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    assert "--restore" in found("store").said
    assert found("disk").said
