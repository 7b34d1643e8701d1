"""Articles that cannot be read as they should."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from retrieval.batches import BATCH
from retrieval.errors import StoreBusy, UserError
from retrieval.ingestion import Ingestion, in_parallel
from retrieval.reading.given import Given
from retrieval.schema import Article, Record
from retrieval.storage import articles, records
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.store import Outcome, Store


class Stumbling:
    """An annotator that fails on one article."""

    name, version = "stumbling", 1

    def annotate(self, article: Article) -> Sequence[Record]:
        if "stumble" in article.text:
            raise IndexError("a fault of ours")
        return ()


def test_an_article_that_an_annotator_fails_on_goes_in_with_the_others_and_is_tried_again_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for name, text in (("bad.txt", "They stumble here."), ("good.txt", "All is well there.")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = Store(tmp_path / "store", create=True)
    try:
        files = [tmp_path / "bad.txt", tmp_path / "good.txt"]
        report = Ingestion(store, HashingEmbedder(), annotators=(Stumbling(),)).add(
            files, collection="operator", given=Given()
        )
        assert report.count(Outcome.ADDED) == 2
        (note,) = report.notes
        assert "The stumbling of" in note
        assert "bad.txt" in note
        assert len(records.outdated(store.read(), "stumbling", 1)) == 1
    finally:
        store.close()
    assert "a fault of ours" in caplog.text
    assert "bad.txt" in caplog.text


def test_more_articles_than_a_batch_go_in_each_once_and_in_order(tmp_path: Path) -> None:
    source = tmp_path / "articles.jsonl"
    rows = [{"id": f"a{n}", "title": f"Notice {n}", "text": f"Harbour number {n} closed today."} for n in range(150)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    store = Store(tmp_path / "store", create=True)
    try:
        report = Ingestion(store, HashingEmbedder()).add([source], collection="operator", given=Given())
        found = [article for _, article in articles.stored_articles(store.read(), _revisions(store))]
    finally:
        store.close()
    assert report.count(Outcome.ADDED) == 150
    assert [article.text for article in found] == [row["text"] for row in rows]


def test_a_batch_that_cannot_be_stored_ends_the_addition_and_keeps_what_came_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "articles.jsonl"
    rows = [{"id": f"a{n}", "text": f"Harbour number {n} closed today."} for n in range(2 * BATCH + 1)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    store = Store(tmp_path / "store", create=True)
    add, calls = store.add, []

    def full_at_the_second(*args: Any) -> Any:
        calls.append(args)
        if len(calls) == 2:
            raise StoreBusy("The disk is full.")
        return add(*args)

    monkeypatch.setattr(store, "add", full_at_the_second)
    try:
        with pytest.raises(StoreBusy, match="full"):
            Ingestion(store, HashingEmbedder()).add([source], collection="operator", given=Given())
        assert len(calls) == 2
        assert len(_revisions(store)) == BATCH
    finally:
        store.close()


def _revisions(store: Store) -> list[int]:
    return sorted(articles.searched_revisions(store.read(), "operator"))


def test_what_waits_for_the_web_comes_in_order_and_runs_only_so_far_ahead() -> None:
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        return number * 2

    results = in_parallel(work, range(200))
    first = next(results)
    assert len(begun) <= 20
    assert [first, *results] == [number * 2 for number in range(200)]
    assert sorted(begun) == list(range(200))
    assert list(in_parallel(work, [])) == []


def test_what_fails_is_told_without_waiting_for_what_is_slow() -> None:
    let_go, begun, ended = threading.Event(), list[int](), list[int]()

    def work(number: int) -> None:
        begun.append(number)
        if number == 0:
            raise UserError("The disk is full.")
        assert let_go.wait(30)
        ended.append(number)

    with pytest.raises(UserError, match="disk is full"):
        list(in_parallel(work, range(100)))
    assert ended == []
    let_go.set()
    assert len(begun) <= 20  # the others were given up
