"""Articles that cannot be read as they should."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval.ingestion import Ingestion
from retrieval.reading.given import Given
from retrieval.schema import Article, Record
from retrieval.storage import records
from retrieval.storage.embedding import HashingEmbedder
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
        assert len(records.outdated(store.read(), "stumbling", 1)) == 1
    finally:
        store.close()
    assert "a fault of ours" in caplog.text
    assert "bad.txt" in caplog.text
