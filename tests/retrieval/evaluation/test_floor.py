"""The labelled questions over the samples, through the evaluation command: search and answers keep their level."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.terminal.samples import make_store

DATA = Path(__file__).parents[2] / "data" / "questions.jsonl"


def labelled(every: int) -> str:
    """One in `every` of the questions for development without a window of days, in the command's form."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    chosen = [row for row in rows if row["split"] == "develop" and not row.get("window")][::every]
    return "".join(
        json.dumps(
            {
                "question": row["question"],
                "answerable": row["answerable"],
                "expected": row.get("facts") or [],
                "articles": [gold["article_id"] for gold in row["gold"]],
            }
        )
        + "\n"
        for row in chosen
    )


@pytest.mark.model
def test_answers_over_the_samples_do_not_fall_below_their_level(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, file = tmp_path / "store", tmp_path / "questions.jsonl"
    make_store(store)
    file.write_text(labelled(3), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_STORE", str(store))
    done = CliRunner().invoke(cli, ["evaluate", str(file), "--json"], catch_exceptions=False)
    (run,) = json.loads(done.stdout)["runs"]
    assert run["run"] == "without a model"
    assert run["questions"] >= 40
    assert run["hits_at_4"] >= 0.85
    assert run["mrr"] >= 0.75
    assert run["citation_precision"] >= 0.6
    assert run["abstention_recall"] >= 0.5
    assert run["verified"] is None
    table = CliRunner().invoke(cli, ["evaluate", str(file), "--no-model"], catch_exceptions=False)
    assert "mean reciprocal rank" in table.stdout
