"""`onrecord quotes`, `verify` and `annotate`, as a user types them."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from retrieval.storage.encoding.embedding import HashingEmbedder

pytestmark = pytest.mark.model

HARBOUR = """---
title: Harbour closes
source: Lowmouth Post
published: 2026-03-04
url: https://post.example/harbour
---
Mayor Ines Calder told reporters on Monday that the quay was unsafe.

“We will close the harbour,” Calder said. “The ferries must go elsewhere.”
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `onrecord ARGUMENTS` with a deterministic embedder; its status, output and errors."""
    store = tmp_path / "store"
    (store / "articles").mkdir(parents=True)
    (store / "articles" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    monkeypatch.setenv("ONRECORD_STORE", str(store))
    monkeypatch.chdir(tmp_path)

    class Stand(HashingEmbedder):
        def __init__(self, name: str) -> None:
            """Takes the name that the real one takes."""

    monkeypatch.setattr("retrieval.library.SentenceTransformerEmbedder", Stand)

    def run(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_quotes_json_is_the_contract(run: Run) -> None:
    status, out, _ = run("quotes", "--speaker", "Calder", "--json")
    assert status == 0
    found: list[dict[str, Any]] = json.loads(out)["quotations"]
    assert len(found) == 2
    _, shown, _ = run("show", found[0]["article_id"], "--json")
    text = json.loads(shown)["article_text"]
    for q in found:
        assert {
            "article_id", "kind", "text", "pieces", "speaker", "speaker_description", "mention", "cue", "said_on",
            "title", "source", "published", "url", "score",
        } <= set(q)  # fmt: skip
        assert q["text"] == " … ".join(text[start:end] for start, end in q["pieces"])
        assert q["speaker"] == "Ines Calder"
        assert (q["source"], q["published"]) == ("Lowmouth Post", "2026-03-04")
        assert text[slice(*q["mention"])]
        assert [text[slice(*c)] for c in q["cue"]]
    dated = next(q for q in found if q["kind"] == "indirect")
    assert (dated["said_on"]["from"], dated["said_on"]["to"]) == ("2026-03-02", "2026-03-02")
    assert next(q for q in found if q["kind"] == "direct")["said_on"] is None


def test_direct_words_stand_in_quotation_marks_and_indirect_ones_do_not(run: Run) -> None:
    _, out, _ = run("quotes", "--kind", "direct")
    assert "“We will close the harbour” … “The ferries must go elsewhere.”" in out
    _, out, _ = run("quotes", "--kind", "indirect")
    assert "the quay was unsafe" in out
    assert "“" not in out
    assert "Ines Calder, Mayor, to reporters, on 2 March 2026" in out
    assert "https://post.example/harbour#:~:text=" in out


def test_quotes_narrow_by_days_and_number(run: Run) -> None:
    assert len(json.loads(run("quotes", "-k", "1", "--json")[1])["quotations"]) == 1
    assert json.loads(run("quotes", "--from", "2026-03-05", "--json")[1])["quotations"] == []
    assert "No such quotation" in run("quotes", "--speaker", "Nobody")[1]
    status, _, errors = run("quotes", "--from", "2026-03-05", "--to", "2026-03-01")
    assert status == 1
    assert "swap the two" in errors


def test_speakers_are_listed_with_what_articles_call_them(run: Run) -> None:
    assert run("speakers")[1] == "Ines Calder, quoted 2 times\n    Mayor, 4 March 2026\n"
    (found,) = json.loads(run("speakers", "Calder", "--json")[1])["speakers"]
    assert found["descriptions"] == [{"text": "Mayor", "from": "2026-03-04", "to": "2026-03-04"}]
    assert "Nobody of that name" in run("speakers", "Nobody")[1]


def test_verify_says_who_said_it_and_what_differs(run: Run) -> None:
    status, out, _ = run("verify", "we will shut the harbour", "--speaker", "Otto Brandl")
    assert status == 0
    assert out.startswith("Ines Calder said that, not Otto Brandl, and not in these very words.")
    assert "[-shut-]" in out
    assert "{+close+}" in out
    verdict = json.loads(run("verify", "The ferries must go elsewhere", "--json")[1])
    assert (verdict["verdict"], verdict["speaker_agrees"]) == ("exact", None)
    assert verdict["quotations"][0]["speaker"] == "Ines Calder"
    assert json.loads(run("verify", "nothing of the kind at all", "--json")[1])["verdict"] == "not found"


def test_annotate_reads_lines_and_stores_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "nowhere"))
    text = "“It rained,” Anna Voss said on Monday. “A lot.” The game lasted two hours."
    lines = [
        json.dumps({"id": "a", "text": text, "published": "2026-03-04"}),
        json.dumps({"id": 2, "text": text, "published": "2026-03-04T08:00:00+09:00"}),
        json.dumps({"id": 3, "text": text, "published": None}),
        "no json",
        '{"id": 5}',
        json.dumps({"id": 6, "text": "x", "published": "soon"}),
    ]
    status, out, _ = run("annotate", "--jsonl", stdin="\n".join(lines))
    assert status == 1
    answers = [json.loads(line) for line in out.splitlines()]
    assert [a.get("id") for a in answers] == ["a", 2, 3, None, 5, 6]
    (quotation,) = answers[0]["quotations"]
    assert set(quotation) == {"content", "source", "cue", "speaker", "kind"}
    assert [text[slice(*s)] for s in quotation["content"]] == ["It rained", "A lot."]
    assert [text[slice(*s)] for s in quotation["source"]] == ["Anna Voss"]
    assert [text[slice(*s)] for s in quotation["cue"]] == ["said"]
    assert (quotation["speaker"], quotation["kind"]) == ("Anna Voss", "direct")
    monday, duration = answers[0]["time_spans"]
    assert monday["from"] == monday["to"] == "2026-03-02"
    assert (duration["type"], duration["value"], duration["from"], duration["to"]) == ("DURATION", "PT2H", None, None)
    assert answers[2]["time_spans"][0]["from"] is None
    assert all("error" in a for a in answers[3:])
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("verify", "unsafe"), "Give two words or more"),
        (("quotes", "--source", "Lowmuth Post"), "No article is by 'Lowmuth Post': did you mean Lowmouth Post?"),
    ],
)
def test_what_cannot_be_looked_for_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = run(*arguments)
    assert status == 1
    assert said in err
    assert not out


def test_a_speaker_without_a_name_is_none(run: Run) -> None:
    assert "Calder said that" in run("verify", "the quay was unsafe", "--speaker", "")[1]
