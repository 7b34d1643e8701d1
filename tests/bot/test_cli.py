"""The command line, as a user types it."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from bot.discord.cogs.feedback_export import as_labels
from retrieval.community import now
from retrieval.schema.community import Feedback, FeedbackRow, Opinion, ShownAnswer, ShownCitation
from retrieval.storage.encoding.embedding import HashingEmbedder

HARBOUR = """---
title: Harbour closes
source: Lowmouth Post
published: 2026-03-04
url: https://post.example/harbour
---
The harbour at Lowmouth closed on Monday after cracks were found in the quay.

Mayor Ines Calder said the repair would cost 3 million crowns.
"""


@dataclass
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `onrecord ARGUMENTS` with a deterministic embedder over a store with one article in its folder."""
    store = tmp_path / "store"
    (store / "articles").mkdir(parents=True)
    (store / "articles" / "harbour.md").write_text(HARBOUR, encoding="utf-8")
    monkeypatch.setenv("ONRECORD_STORE", str(store))
    monkeypatch.chdir(tmp_path)

    class Stand(HashingEmbedder):
        def __init__(self, name: str) -> None:
            """Takes the name that the real one takes."""

    monkeypatch.setattr("retrieval.library.SentenceTransformerEmbedder", Stand)

    def run(*arguments: str, stdin: str = "") -> Result:
        monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        status = 0
        try:
            cli.main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return run


def test_ask_takes_in_the_folder_and_answers_with_a_numbered_source_and_a_link(run: Run) -> None:
    result = run("ask", "why did the harbour at Lowmouth close?")
    assert result.status == 0
    assert "[1]" in result.out
    assert "cracks were found in the quay" in " ".join(result.out.split())
    assert "Harbour closes · Lowmouth Post · 4 March 2026" in result.out
    assert "https://post.example/harbour#:~:text=" in result.out
    assert "1 added" in result.err


def test_ask_json_is_the_contract_and_nothing_else_on_standard_output(run: Run) -> None:
    answer = run("ask", "why did the harbour at Lowmouth close?", "--json").json
    assert {"question", "kind", "abstained", "answer", "sentences", "citations", "seconds"} <= set(answer)
    assert answer["abstained"] is False
    (first, *_) = answer["citations"]
    shown = run("show", first["article_id"], "--json").json
    assert shown["article_text"][first["start"] : first["end"]] == first["text"]
    assert first["published"] == "2026-03-04"
    assert all(set(s["citations"]) <= {c["n"] for c in answer["citations"]} for s in answer["sentences"])


def test_jsonl_answers_line_by_line_and_names_the_lines_it_cannot(run: Run) -> None:
    lines = '{"id": 7, "question": "why did the harbour close?"}\nnot json\n{"id": "x"}\n\n{"question": "quay?"}\n'
    result = run("ask", "--jsonl", stdin=lines)
    answers = [json.loads(line) for line in result.out.splitlines()]
    assert [a.get("id") for a in answers] == [7, None, "x", None]
    assert "Line 2 is no JSON" in answers[1]["error"]
    assert "Line 3 has no question" in answers[2]["error"]
    assert result.status == 1


def test_search_gives_passages_with_their_place(run: Run) -> None:
    found = run("search", "quay cracks", "-k", "1", "--json").json
    (passage,) = found["passages"]
    keys = {"article_id", "title", "source", "published", "url", "start", "end", "text", "score"}
    assert keys <= set(passage)
    text = run("show", passage["article_id"], "--json").json["article_text"]
    assert text[passage["start"] : passage["end"]] == passage["text"]
    lines = run("search", "--jsonl", stdin='{"id": 1, "question": "quay"}\n').out.splitlines()
    assert json.loads(lines[0])["id"] == 1


def test_windows_keep_to_their_days(run: Run) -> None:
    assert run("search", "quay", "--from", "2026-03-05", "--json").json["passages"] == []
    assert run("search", "quay", "--to", "2026-03-04", "--json").json["passages"]
    wrong = run("search", "quay", "--from", "yesterday")
    assert wrong.status == 2
    assert "write it as 2016-10-31" in wrong.err


def test_show_marks_the_cited_words(run: Run) -> None:
    run("add")
    result = run("show", "https://post.example/harbour:4-11")
    assert "The »harbour« at Lowmouth" in result.out
    assert run("show", "https://post.example/harbour:4-9999").status == 1
    assert "no stretch" in run("show", "https://post.example/harbour:9-4").err


def test_add_says_what_was_left_out_and_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"text": "The ferry to Ambry was late."}\n{"text": "cut', encoding="utf-8")
    (tmp_path / "photo.bin").write_bytes(b"\x89PNG\x00\x01\x02")
    result = run("add", str(tmp_path / "bad.jsonl"), str(tmp_path / "photo.bin"), str(tmp_path / "missing.txt"))
    assert result.status == 3
    assert "1 added" in result.out
    complaints = [line for line in result.err.splitlines() if line.startswith("Left out:")]
    assert len(complaints) == 3
    assert any("bad.jsonl, line 2" in line for line in complaints)
    assert "\x1b" not in result.err + result.out


def test_an_empty_name_is_not_the_working_directory(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("A letter that nobody is to read.", encoding="utf-8")
    result = run("add", "")
    assert result.status == 3
    assert "name a file, a folder or a web address" in result.err
    assert "letter" not in run("articles").out


def test_an_address_of_another_kind_is_said_to_be_none_that_is_asked(run: Run) -> None:
    result = run("add", "ftp://post.example/harbour.txt")
    assert result.status == 3
    assert "ftp://post.example/harbour.txt: no http or https address" in result.err


def test_what_is_left_out_is_counted_whole_and_named_in_part(run: Run, tmp_path: Path) -> None:
    (tmp_path / "numbers.jsonl").write_text("1\n" * 500, encoding="utf-8")
    result = run("add", str(tmp_path / "numbers.jsonl"))
    assert "500 left out" in result.out
    assert len(result.err.splitlines()) < 30


def test_add_keeps_what_the_user_says_of_an_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Talks were held in Ambry.", encoding="utf-8")
    run("add", str(tmp_path / "talk.txt"), "--published", "2016-10-31", "--source", "Ambry Times", "--title", "Talks")
    articles = run("articles", "--json").json["articles"]
    (talk,) = [a for a in articles if a["title"] == "Talks"]
    assert (talk["source"], talk["published"]) == ("Ambry Times", "2016-10-31")
    assert "unknown" not in run("articles").out.split("Talks")[0].splitlines()[-1]


def test_columns_of_other_names_are_mapped(run: Run, tmp_path: Path) -> None:
    dump = tmp_path / "dump.csv"
    dump.write_text("headline,body\nFerry lost,The ferry to Ambry sank on Friday off Cape Tell.\n", encoding="utf-8")
    result = run("add", str(dump), "--map", "title=headline", "--map", "text=body")
    assert result.status == 0, result.err
    assert "Ferry lost" in {article["title"] for article in run("articles", "--json").json["articles"]}
    refused = run("add", str(dump), "--map", "headline")
    assert refused.status != 0
    assert "title=headline" in refused.err


def test_an_article_without_a_date_is_said_to_have_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Talks were held in Ambry.", encoding="utf-8")
    run("add", str(tmp_path / "talk.txt"))
    assert "date unknown" in run("ask", "where were the talks held?").out


def test_an_article_that_takes_the_place_of_one_in_the_same_file_is_told_of(run: Run, tmp_path: Path) -> None:
    rows = '{"id": "a", "text": "The pier opened."}\n{"id": "b", "text": "The ferry sank."}\n'
    (tmp_path / "dump.jsonl").write_text(f'{rows}{{"id": "a", "text": "The quay closed."}}\n', encoding="utf-8")
    assert "1 of its articles have the id or the URL of one before" in run("add", str(tmp_path / "dump.jsonl")).err
    (tmp_path / "dump.jsonl").write_text(rows, encoding="utf-8")
    assert "of one before" not in run("add", str(tmp_path / "dump.jsonl")).err


def test_an_id_is_on_one_line_where_a_program_reads(run: Run, tmp_path: Path) -> None:
    name = "talks-" + "on-" * 60 + "end.txt"
    (tmp_path / name).write_text("Talks were held in Ambry.", encoding="utf-8")
    run("add", str(tmp_path / name))
    assert any(line.rstrip().endswith(name) for line in run("articles").out.splitlines())


def test_a_server_has_articles_of_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Talks were held in Ambry.", encoding="utf-8")
    run("add", str(tmp_path / "talk.txt"), "--server", "7")
    assert "Talks" not in run("articles").out
    assert "Talks" in run("articles", "--server", "7").out
    assert "Talks" not in run("articles", "--server", "8").out


def test_remove_takes_an_article_out(run: Run) -> None:
    run("add")
    assert "Removed" in run("remove", "https://post.example/harbour").out
    assert run("articles", "--json").json == {"articles": []}
    again = run("remove", "https://post.example/harbour")
    assert again.status == 1
    assert "onrecord articles" in again.err


def test_status_counts(run: Run) -> None:
    run("add")
    status = run("status", "--json").json
    assert status["articles"] == {"operator": 1}
    assert status["pending"] == 0
    assert "Articles (operator)" in run("status").out


def test_backup_and_restore(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("add")
    assert run("backup", str(tmp_path / "copy.tgz")).status == 0
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "restored"))
    assert run("backup", str(tmp_path / "copy.tgz"), "--restore").status == 0
    assert run("search", "quay cracks", "--json").json["passages"]


def test_reindex_says_how_many_were_read(run: Run) -> None:
    run("add")
    assert "Read 0 articles again" in run("reindex").out


def test_no_store_is_said_where_it_was_looked_for_and_none_is_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (str(tmp_path / "nowhere"), None):
        if folder:
            monkeypatch.setenv("ONRECORD_STORE", folder)
        else:
            monkeypatch.delenv("ONRECORD_STORE")
        for command in (["ask", "what?"], ["articles"], ["status"], ["add"], ["search", "x"], ["chat"]):
            result = run(*command)
            assert result.status == 1
            assert str(Path(folder) if folder else tmp_path / "docs_store") in result.err
            assert result.out == ""
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "docs_store").exists()


def test_a_store_is_made_where_the_user_names_one_and_adds_to_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "talk.txt").write_text("Talks were held in Ambry.", encoding="utf-8")
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "new"))
    assert "Making a new store" in run("add", str(tmp_path / "talk.txt")).err
    assert "Ambry" in run("ask", "where were the talks held?").out


def test_init_makes_a_store_with_the_samples_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_STORE", str(tmp_path / "new"))
    assert run("init").status == 0
    assert len(run("articles", "--json").json["articles"]) >= 12
    assert run("init").status == 1


def test_chat_answers_line_after_line(run: Run) -> None:
    result = run("chat", stdin="why did the harbour close?\n\n?!\n/help\n/quit\n")
    assert result.status == 0
    assert "cracks were found" in " ".join(result.out.split())
    assert "Ask a question in words" in result.out


def test_a_command_that_chat_does_not_know_is_not_asked(run: Run) -> None:
    result = run("chat", stdin="/bogus\n/why\n/quit\n")
    assert "There is no /bogus here." in result.out
    assert "Nothing was asked yet." in result.out
    assert "nearest articles" not in result.out


def test_an_article_cannot_move_the_readers_cursor(run: Run, tmp_path: Path) -> None:
    (tmp_path / "evil.txt").write_text("The quay \x1b[2J\x1b[31mof Ambry sank \u202etoday.", encoding="utf-8")
    run("add", str(tmp_path / "evil.txt"))
    for result in (run("ask", "did the quay of Ambry sink?"), run("search", "quay of Ambry"), run("articles")):
        assert "\x1b" not in result.out
        assert "\u202e" not in result.out


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "?"], ["search"]])
def test_nothing_asked_is_one_plain_sentence(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.status == 1
    assert len(result.err.strip().splitlines()[-1]) < 120
    assert "Traceback" not in result.err


def test_a_setting_that_cannot_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_CHROMA_URL", "not a url")
    result = run("status")
    assert result.status == 1
    assert "ONRECORD_CHROMA_URL" in result.err


def test_a_fault_of_ours_is_logged_with_its_traceback_and_an_apology(
    run: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("retrieval.library.Library.status", broken)
    result = run("status")
    assert result.status == 70
    assert "OnRecord itself failed" in result.err
    assert "a fault of ours" in caplog.text


def test_feedback_that_was_exported_is_evaluated(run: Run, tmp_path: Path) -> None:
    cited = (ShownCitation(1, "operator", "https://post.example/harbour", 1, 0, 9),)
    asked = ("When did the harbour\u2028close?", "Why was the quay unsafe?")
    rows = [
        FeedbackRow(
            Feedback("0" * 12, 3, Opinion.GOOD, None, now()),
            ShownAnswer("0" * 12, 1, 2, 3, now(), question, "On Monday. [1]", False, cited),
        )
        for question in asked
    ]
    (tmp_path / "feedback.jsonl").write_text(as_labels(rows), encoding="utf-8")
    result = run("evaluate", str(tmp_path / "feedback.jsonl"), "--json")
    assert result.status == 0, result.err
    assert result.json["runs"][0]["questions"] == 2
