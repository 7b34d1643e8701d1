"""What happened when, asked of a library by day, topic and publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given, Upload
from retrieval.schema import EventStatus
from retrieval.settings import Settings
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.events import EventTable
from retrieval.storage.index.vectors import MemoryVectors

pytestmark = pytest.mark.model


class Unused(HashingEmbedder):
    """An embedder that is not to be asked about questions."""

    def embed_query(self, text: str) -> object:  # type: ignore[override]
        raise AssertionError(f"embedded {text!r}")


@pytest.fixture
def library(lowmouth: Library) -> Library:
    return lowmouth


def test_a_day_finds_what_happened_on_it_with_every_article_that_reports_it(library: Library) -> None:
    found = library.events(on="2 March 2026")
    first = found.events[0]
    assert {r.article.title for r in first.reports} == {"Lowmouth quay closed", "Cracks shut Lowmouth quay"}
    assert first.status is EventStatus.HAPPENED
    for event in found.events:
        for told in event.reports:
            _, article = library.article(told.article.id)
            assert article.text[told.start : told.end] == told.text
    assert all(event.when.value != "1911" for event in found.events)


def test_a_day_of_unknown_year_is_found_as_such(library: Library) -> None:
    walk = [e for e in library.events(on="2 March 2024").events if "lantern" in e.shown.text]
    assert [(e.when.first, e.when.value) for e in walk] == [(None, "XXXX-03-02")]


def test_plans_and_what_was_called_off_are_marked(library: Library) -> None:
    found = {e.when.value: e.status for e in library.events(on="March 2026").events}
    assert found["2026-03-18"] is EventStatus.SCHEDULED
    assert found["2026-03-09"] is EventStatus.DENIED


def test_an_empty_time_has_its_nearest_events_on_either_side(library: Library) -> None:
    found = library.events(on="1970")
    assert found.events == ()
    assert found.before is not None
    assert found.before.when.value == "1911"
    assert found.after is not None
    assert found.after.when.first == date(2026, 3, 2)


def test_publication_is_another_window(library: Library) -> None:
    assert {r.article.source for e in library.events(on="2 March 2026", published_first="5 March 2026").events
            for r in e.reports} == {"Ingle Radio"}  # fmt: skip
    assert library.events(on="2 March 2026", published_last="2025").events == ()


def test_a_topic_narrows(library: Library) -> None:
    found = library.events("the harbour board meeting about repairs")
    assert "harbour board" in max(found.events, key=lambda e: e.score).shown.text


def test_a_topic_with_nothing_to_it_finds_nothing(library: Library) -> None:
    assert library.events("volcanic eruptions in Iceland").events == ()


def test_today_is_the_clocks(library: Library) -> None:
    assert library.events(on="last week").events[0].when.first == date(2026, 3, 2)


def test_a_year_left_open_is_looked_for_in_other_years(tmp_path: Path, library: Library) -> None:
    with Library(
        Settings(store=tmp_path / "store"), embedder=HashingEmbedder(), vectors=MemoryVectors(),
        clock=lambda: date(2031, 9, 1),
    ) as later:  # fmt: skip
        found = later.events(on="18 March")
    assert found.query.any_year
    assert [e.when.first for e in found.events] == [date(2026, 3, 18)]


def test_without_a_topic_nothing_is_embedded(tmp_path: Path, library: Library) -> None:
    with Library(Settings(store=tmp_path / "store"), embedder=Unused(), vectors=MemoryVectors()) as other:
        assert other.events(on="2 March 2026").events


def test_events_go_with_their_article(library: Library) -> None:
    library.remove("https://post.example/quay")
    library.remove("https://radio.example/quay")
    assert library.events(on="18 March 2026").events == ()
    assert library.events(on="1911").events == ()


def test_articles_read_by_an_older_onrecord_are_said_to_lack_events_until_a_reindex(library: Library) -> None:
    with library._store.connections.transaction() as connection:
        for (revision,) in connection.execute("SELECT searched FROM articles").fetchall():
            EventTable().delete(connection, revision)
        connection.execute("DELETE FROM annotations WHERE annotator = 'events'")
    assert library.events(on="2 March 2026").unread == 3
    library.reindex()
    found = library.events(on="2 March 2026")
    assert found.unread == 0
    assert found.events


def test_each_part_of_a_question_is_asked_on_the_day_of_whoever_asks(library: Library) -> None:
    for day, struck in ((8, "bakers"), (9, "miners")):
        text = f"# Strike at Ambry\n\nThe {struck} of Ambry walked out on March {day} over pay.\n"
        library.add(Upload(f"{day}.md", text.encode()), given=Given(published=date(2026, 3, day)))
    question = "What happened at Ambry yesterday, and what did divers find at Lowmouth?"
    assert "bakers" in library.ask(question, today=date(2026, 3, 9)).text
    assert "bakers" not in library.ask(question, today=date(2026, 3, 10)).text
