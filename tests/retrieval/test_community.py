"""What servers keep in the catalogue: the excerpt of a citation, what a removal takes along, what is deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.community import Community, now, paragraph
from retrieval.errors import NotFound
from retrieval.library import Library
from retrieval.schema import OPERATOR, Stretch, server_collection
from retrieval.schema.community import ShownAnswer, ShownCitation
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from retrieval.storage.store import Store


@pytest.fixture
def community(tmp_path: Path, library: Library) -> Iterator[Community]:
    community = Community(tmp_path / "store")
    yield community
    community.close()


def test_the_excerpt_is_of_the_revision_that_was_cited(
    community: Community, library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("a.txt", "Quay\n\nIt was closed. Nobody knew.\n\nThe end.")])
    (head,) = library.articles()
    text = library.article(head.id)[1].text
    start = text.index("Nobody")
    cited = ShownCitation(1, OPERATOR, head.id, 1, start, start + len("Nobody knew."))
    library.add([write("a.txt", "Quay\n\nSomething else entirely.")])
    excerpt = community.excerpt(cited)
    assert excerpt.citation.text == "Nobody knew."
    assert excerpt.text[excerpt.first : excerpt.last] == "It was closed. Nobody knew."
    library.remove(head.id)
    with pytest.raises(NotFound):
        community.excerpt(cited)


def test_a_removed_article_takes_the_text_of_the_answers_that_cite_it_along(
    community: Community, library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("a.txt", "Quay\n\nIt was closed."), write("b.txt", "Pier\n\nIt was open, they say.")])
    heads = {head.title: head for head in library.articles()}
    for title, head in heads.items():
        cited = (ShownCitation(1, OPERATOR, head.id, 1, 0, 4),)
        community.remember(ShownAnswer(title.ljust(12, "0"), 1, 2, 3, now(), "Q?", f"{title}. [1]", False, cited, 4))
    library.remove(heads["Quay"].id)
    assert [turn.answer for turn in community.turns(2, 4)] == ["Pier. [1]"]
    shown = community.shown("Quay00000000")
    assert shown is not None
    assert shown.answer is None


@given(st.text(alphabet="ab \n", max_size=80), st.data())
def test_a_paragraph_holds_its_stretch_and_no_blank_line_beyond_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = paragraph(text, Stretch(start, end))
    if text[start:end].strip() and not text[start].isspace() and not text[end - 1].isspace():
        assert first <= start <= end <= last
        assert "\n\n" not in text[first:start]
        assert "\n\n" not in text[end:last]


def test_a_collection_is_deleted_with_everything_in_it(tmp_path: Path, write: Callable[[str, str], Path]) -> None:
    vectors = MemoryVectors()
    settings = Settings(store=tmp_path / "store")
    with Library(settings, create=True, embedder=HashingEmbedder(), vectors=vectors) as library:
        for collection in (OPERATOR, server_collection(5)):
            library.add([write("a.txt", "Quay\n\n“It was closed,” said Anna Voss.")], collection=collection)
    store = Store(tmp_path / "store", vectors=vectors)
    assert store.forget(server_collection(5)) == 1
    assert store.forget(server_collection(5)) == 0
    assert vectors.count(server_collection(5)) == 0
    assert store.disagreements() == []
    names = [name for (name,) in store.read().execute("SELECT name FROM collections")]
    assert names == [OPERATOR]
    store.close()
