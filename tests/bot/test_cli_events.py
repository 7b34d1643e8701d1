"""`onrecord events` and `onrecord timeline`, as a user types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.model

QUAY = """---
title: Lowmouth quay closed
source: Lowmouth Post
published: 2026-03-04
url: https://post.example/quay
---
Lowmouth closed its north quay to lorries on Monday after divers found cracks in the wall.

The harbour board will meet on March 18 to decide on repairs.
"""
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "spacy", "matplotlib", "langchain_core"}
CODE = """
import json, sys
import retrieval.library
from retrieval.storage.encoding.embedding import HashingEmbedder
class Stand(HashingEmbedder):
    def __init__(self, name): pass
retrieval.library.SentenceTransformerEmbedder = Stand
from bot.cli import main
try:
    main()
finally:
    print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("store")
    (store / "articles").mkdir()
    (store / "articles" / "quay.md").write_text(QUAY, encoding="utf-8")
    onrecord(store, "status")
    onrecord(store, "events")
    return store


def onrecord(store: Path, *arguments: str) -> tuple[str, str, set[str]]:
    """Standard output, standard error, and the packages that were imported."""
    environment = {**os.environ, "ONRECORD_STORE": str(store), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", CODE, *arguments],
        cwd=store,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    *said, packages = done.stderr.strip().splitlines()
    return done.stdout, "\n".join(said), set(json.loads(packages))


def test_events_json_is_the_contract(store: Path) -> None:
    out, _, _ = onrecord(store, "events", "--on", "2 March 2026", "--json")
    answer: dict[str, Any] = json.loads(out)
    assert answer["understood"] | {"from": "2026-03-02", "to": "2026-03-02", "about": None} == answer["understood"]
    event = answer["events"][0]
    assert event["article_ids"] == ["https://post.example/quay"]
    assert event["when"] | {
        "value": "2026-03-02", "from": "2026-03-02", "to": "2026-03-02", "granularity": "day", "text": "Monday",
    } == event["when"]  # fmt: skip
    assert (event["status"], event["published"], event["source"]) == ("happened", "2026-03-04", "Lowmouth Post")
    shown = json.loads(
        onrecord(store, "show", f"https://post.example/quay:{event['start']}-{event['end']}", "--json")[0]
    )
    assert shown["text"] == event["text"]


def test_without_a_topic_no_model_is_loaded(store: Path) -> None:
    for command in (["events", "--from", "2026"], ["timeline"], ["events", "--on", "1999", "--json"]):
        _, _, packages = onrecord(store, *command)
        assert not packages & HEAVY


def test_a_list_has_dates_statuses_and_sources(store: Path) -> None:
    out, _, _ = onrecord(store, "timeline")
    assert "2 March 2026*" in out
    assert "18 March 2026* (scheduled" in out
    assert "Lowmouth quay closed · Lowmouth Post · 4 March 2026" in out


def test_nothing_dated_then_names_the_nearest(store: Path) -> None:
    out, _, _ = onrecord(store, "events", "--on", "1999")
    assert "Nothing in the articles is dated then." in out
    assert "The nearest after:" in out


def test_a_topic_and_its_picture(store: Path, tmp_path: Path) -> None:
    out, said, _ = onrecord(store, "timeline", "the harbour board meeting", "--png", str(tmp_path / "t.png"))
    assert "Events about “the harbour board meeting”" in out
    assert "t.png" in said
    assert (tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")


def test_what_names_no_day_is_one_sentence(store: Path) -> None:
    out, said, _ = onrecord(store, "events", "--on", "the mayor")
    assert out == ""
    assert said.startswith("“the mayor” names no day")
