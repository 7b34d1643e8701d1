"""The library as its users meet it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from retrieval.errors import BadInput, NoStore, NotFound
from retrieval.library import Library
from retrieval.reading.given import Given, Upload
from retrieval.schema import OPERATOR, AnswerOrigin, QuotationQuery, Window, server_collection
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import TokenStates
from retrieval.storage.events import events_within
from retrieval.storage.index.vectors import MemoryVectors
from retrieval.storage.store import Outcome

Write = Callable[[str, str], Path]
HARBOUR = (
    "The harbour at Lowmouth closed on Monday after cracks were found in the quay.\n\n"
    "Mayor Ines Calder said the repair would cost 3 million crowns."
)


def test_an_article_that_is_added_twice_changes_nothing(library: Library, write: Write) -> None:
    file = write("harbour.txt", HARBOUR)
    assert library.add([file]).count(Outcome.ADDED) == 1
    assert library.add([file]).count(Outcome.UNCHANGED) == 1
    assert len(library.articles()) == 1


def test_one_source_alone_is_one_and_no_row_of_letters(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write("one/a.md", HARBOUR)
    write("one/b.md", "The ferry to Ambry was late.")
    monkeypatch.chdir(file.parent)  # what "." in the name of a file would add
    report = library.add("a.md")
    assert (report.count(Outcome.ADDED), report.unreadable) == (1, [])
    assert library.add(file).count(Outcome.UNCHANGED) == 1
    assert library.add(Upload("c.txt", b"The lighthouse at Ambry is dark.")).count(Outcome.ADDED) == 1
    assert len(library.articles()) == 2
    with pytest.raises(NotFound, match=r"'a\.md' was not added from the web"):
        library.refresh("a.md")


def test_a_changed_article_is_searched_in_its_new_revision_and_its_old_one_stays_readable(
    library: Library, write: Write
) -> None:
    library.add([write("harbour.txt", HARBOUR)])
    (head,) = library.articles()
    library.add([write("harbour.txt", HARBOUR.replace("3 million", "5 million"))])
    found = library.search("what would the repair cost?")
    assert "5 million" in found[0].text
    assert all("3 million" not in p.text for p in found)
    assert "3 million" in library.article(head.id, revision=1)[1].text
    assert library.article(head.id)[0].revision == 2


def test_a_removed_article_answers_nothing_again(library: Library, write: Write) -> None:
    library.add([write("harbour.txt", HARBOUR)])
    (head,) = library.articles()
    library.remove(head.id)
    assert library.search("harbour quay") == []
    assert library.ask("why did the harbour close?").abstained
    with pytest.raises(NotFound, match="onrecord articles"):
        library.article(head.id)
    with pytest.raises(NotFound):
        library.remove(head.id)


def test_a_question_is_answered_from_what_is_left_when_an_article_is_removed_meanwhile(
    tmp_path: Path, write: Write
) -> None:
    class Removing(HashingEmbedder):
        to_remove: str | None = None

        def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
            if self.to_remove is not None:
                library.remove(self.to_remove)
                self.to_remove = None
            return super().token_states(texts)

    embedder = Removing()
    with Library(
        Settings(store=tmp_path / "store", token_vectors_gb=0), create=True, embedder=embedder, vectors=MemoryVectors()
    ) as library:
        library.add(write("harbour.txt", HARBOUR))
        (head,) = library.articles()
        library.add(write("again.txt", "The harbour at Lowmouth closed on Monday because a ferry sank in it."))
        embedder.to_remove = head.id
        answer = library.ask("Why did the harbour at Lowmouth close?")
    assert embedder.to_remove is None
    assert "ferry sank" in answer.text
    assert "cracks" not in answer.text


def test_what_the_folder_holds_goes_in_and_what_left_it_goes_out(library: Library) -> None:
    folder = library.settings.store / "articles"
    (folder / "a.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "b.txt").write_text("The ferry to Ambry was late.", encoding="utf-8")
    assert library.sync().count(Outcome.ADDED) == 2
    assert library.sync().changed_anything is False
    (folder / "a.txt").unlink()
    assert library.sync().removed == 1
    assert [head.id for head in library.articles()] == ["articles/b.txt"]


def test_what_was_added_from_elsewhere_stays_when_the_folder_empties(library: Library, write: Write) -> None:
    library.add([write("elsewhere.txt", HARBOUR)])
    library.sync()
    assert len(library.articles()) == 1


def test_an_article_that_was_removed_by_name_does_not_come_back_with_its_file_until_it_changes(
    library: Library,
) -> None:
    file = library.settings.store / "articles" / "a.txt"
    file.write_text(HARBOUR, encoding="utf-8")
    library.sync()
    library.remove("articles/a.txt")
    file.touch()
    library.sync()
    assert library.articles() == []
    file.write_text(HARBOUR + " It reopened in May.", encoding="utf-8")
    library.sync()
    assert len(library.articles()) == 1
    library.remove("articles/a.txt")
    assert library.add([file]).count(Outcome.ADDED) == 1


def test_a_file_that_becomes_unreadable_keeps_its_articles(library: Library) -> None:
    file = library.settings.store / "articles" / "a.jsonl"
    file.write_text(json.dumps({"id": "one", "text": HARBOUR}) + "\n", encoding="utf-8")
    library.sync()
    file.write_text('{"id": "one", "te', encoding="utf-8")
    report = library.sync()
    assert len(report.unreadable) == 1
    assert [head.id for head in library.articles()] == ["one"]


def test_a_file_that_is_moved_in_the_folder_keeps_its_article(library: Library) -> None:
    folder = library.settings.store / "articles"
    (folder / "a.jsonl").write_text(json.dumps({"id": "one", "text": HARBOUR}) + "\n", encoding="utf-8")
    library.sync()
    (folder / "a.jsonl").rename(folder / "b.jsonl")
    library.sync()
    assert [head.origin for head in library.articles()] == ["articles/b.jsonl"]
    (folder / "b.jsonl").unlink()
    library.sync()
    assert library.articles() == []


def test_a_server_reads_its_own_articles_and_nobody_elses(library: Library, write: Write) -> None:
    library.add([write("harbour.txt", HARBOUR)], collection=server_collection(7))
    assert library.search("harbour quay") == []
    assert library.search("harbour quay", collections=(OPERATOR, server_collection(8))) == []
    assert len(library.search("harbour quay", collections=(OPERATOR, server_collection(7)))) == 1
    with pytest.raises(NotFound):
        library.remove(library.articles((server_collection(7),))[0].id)


def test_an_article_is_that_of_the_first_collection_that_has_one_of_its_id(library: Library, write: Write) -> None:
    collections = (OPERATOR, server_collection(7), server_collection(8))
    for collection in collections[:2]:
        row = json.dumps({"id": "same", "text": f"{HARBOUR} Read in {collection}."})
        library.add(write("same.jsonl", row), collection=collection)
    for asked in (collections, collections[::-1], collections[1:], collections[:1]):
        expected = next(c for c in asked if c in collections[:2])
        for revision in (None, 1):
            head, article = library.article("same", asked, revision)
            assert head.collection == expected
            assert article.text.endswith(f"Read in {expected}.")


def test_a_window_of_publication_days_and_a_publisher_are_kept_to(library: Library, write: Write) -> None:
    for n, day in enumerate((date(2026, 1, 5), date(2026, 3, 5), None)):
        given = Given(published=day, source=f"Post {n}")
        library.add([write(f"{n}.txt", f"{HARBOUR} This is edition {n}.")], given=given)

    def sources(window: Window) -> set[str | None]:
        return {p.article.source for p in library.search("harbour quay", window=window, k=20)}

    assert sources(Window(first=date(2026, 2, 1))) == {"Post 1"}
    assert sources(Window(last=date(2026, 1, 5))) == {"Post 0"}
    assert sources(Window(source="post 2")) == {"Post 2"}
    assert sources(Window(first=date(2027, 1, 1))) == set()
    with pytest.raises(BadInput, match="swap"):
        library.search("harbour", window=Window(date(2026, 2, 1), date(2026, 1, 1)))


@pytest.mark.parametrize("publisher", ["Éire Times", "éire times", "ÉIRE TIMES"])
def test_a_publisher_is_the_same_in_capitals_in_every_search(library: Library, write: Write, publisher: str) -> None:
    for source in ("Éire Times", "Eire Times"):
        text = f"{HARBOUR} It is no. {source[0]}."
        library.add(write(f"{source}.txt", text), given=Given(published=date(2026, 3, 4), source=source))
    asked = Window(source=publisher)
    found = library.search("harbour quay", window=asked)
    said = library.quotations(QuotationQuery(source=publisher))
    told = events_within(library._store.read(), (OPERATOR,), None, None, asked)
    nearest = library._store.vectors.nearest(OPERATOR, HashingEmbedder().embed_query("harbour"), 9, asked)
    assert {p.article.source for p in found} == {q.article.source for q in said} == {"Éire Times"}
    assert len({e.revision for e in told}) == 1
    assert 0 < len(nearest) == len(found)


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_cannot_be_asked_for(library: Library, write: Write, k: int) -> None:
    library.add(write("harbour.txt", HARBOUR))
    calls: list[Callable[[], object]] = [
        lambda: library.search("harbour quay", k=k),
        lambda: library.events("harbour", k=k),
        lambda: library.quotations(QuotationQuery(), k=k),
        lambda: library.as_retriever(k=k).invoke("harbour quay"),
    ]
    for call in calls:
        with pytest.raises(BadInput, match="1 or more"):
            call()


def test_a_story_told_by_two_publishers_is_linked_and_shown_once(library: Library, write: Write) -> None:
    story = "\n\n".join(
        f"Paragraph {n} tells at some length how the quay at Lowmouth gave way, who saw it and what it cost, and what"
        f" item {n} of the inspectors' list says about bolts, piles and planks."
        for n in range(12)
    )
    library.add([write("a.txt", story)], given=Given(title="Quay gives way", source="Post"))
    library.add([write("b.txt", story)], given=Given(title="Lowmouth's quay collapses", source="Courier"))
    (first, second) = library.articles()
    assert [h.id for h in library.told_alike(first)] == [second.id]
    found = library.search("how did the quay give way?", k=20)
    assert len({p.text for p in found}) == len(found)


def test_a_question_without_words_is_refused_in_a_sentence(library: Library) -> None:
    with pytest.raises(BadInput, match="Ask a question"):
        library.ask(" ?! ")
    with pytest.raises(BadInput, match="at most 2000"):
        library.ask("why " * 1_000)


def test_an_empty_library_says_that_it_is_empty(library: Library) -> None:
    answer = library.ask("what happened?")
    assert answer.abstained
    assert answer.text == "There are no articles to answer from yet."


def test_a_closed_library_leaves_no_thread_behind(library: Library, write: Write) -> None:
    before = set(threading.enumerate())
    library.add(write("harbour.txt", HARBOUR))
    library.ask("Why did the harbour close, and who said what the repair would cost?")
    started = set(threading.enumerate()) - before
    assert started
    library.close()
    for thread in started:
        thread.join(10)
    assert not any(thread.is_alive() for thread in started)


def test_no_store_is_made_where_none_was_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="ONRECORD_STORE"):
        Library(Settings(store=tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_langchain_users_get_documents_that_say_where_their_text_stands(library: Library, write: Write) -> None:
    library.add([write("harbour.txt", HARBOUR)], given=Given(published=date(2026, 3, 4), source="Post"))
    (document,) = library.as_retriever(k=3).invoke("why did the harbour close?")
    meta = document.metadata
    text = library.article(meta["article_id"])[1].text
    assert text[meta["start"] : meta["end"]] == document.page_content
    assert (meta["source"], meta["published"], meta["url"]) == ("Post", "2026-03-04", None)


def test_where_no_language_model_may_take_part_none_is_asked(tmp_path: Path, write: Write) -> None:
    class Never:
        def complete(self, *_: object, **__: object) -> object:
            raise AssertionError("it was asked")

    settings = Settings(store=tmp_path / "store")
    with Library(
        settings,
        create=True,
        embedder=HashingEmbedder(),
        vectors=MemoryVectors(),
        chat_model=Never(),  # type: ignore[arg-type]
    ) as library:
        library.add([write("a.txt", "Quay\n\nThe quay at Lowmouth was closed after a crane fell into the harbour.")])
        answer = library.ask("Why was the quay at Lowmouth closed?", written=False)
    assert answer.origin is AnswerOrigin.EXTRACTIVE
