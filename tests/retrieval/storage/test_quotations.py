"""Quotations and speakers in the catalogue: kept with their article, and who is whom across articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from retrieval.ingestion import Ingestion
from retrieval.reading.given import Given
from retrieval.schema import (
    OPERATOR,
    Article,
    Description,
    Granularity,
    Quotation,
    QuotationKind,
    Speaker,
    Stretch,
    TimeSpan,
)
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.index.vectors import MemoryVectors
from retrieval.storage.quotations import Filters, quotation_vectors, searched_quotations
from retrieval.storage.speakers import searched_speakers, speaker_key, surname_of
from retrieval.storage.store import Store


@dataclass(frozen=True)
class Says:
    """An annotator that finds what each line says: "Speaker, description: words"."""

    version: int = 1
    name: str = "quotations"

    def annotate(self, article: Article) -> list[Quotation]:
        found, at = [], 0
        for line in article.text.splitlines(keepends=True):
            who, _, words = line.rstrip("\n").partition(": ")
            name, _, description = who.partition(", ")
            start = at + len(who) + 2
            if words:
                found.append(
                    Quotation(
                        (Stretch(start, start + len(words)),),
                        QuotationKind.DIRECT,
                        speaker=None if name == "he" else name,
                        description=description or None,
                        mention=Stretch(at, at + len(who)),
                    )
                )
            at += len(line)
        return found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store", create=True, vectors=MemoryVectors())
    yield store
    store.close()


def put(store: Store, folder: Path, name: str, text: str, day: date | None = None, collection: str = OPERATOR) -> Path:
    file = folder / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    ingestion = Ingestion(store, HashingEmbedder(), annotators=[Says()])
    ingestion.add([file], collection=collection, given=Given(published=day))
    return file


def known(store: Store, collection: str = OPERATOR) -> list[Speaker]:
    found = searched_speakers(store.read(), [collection]).values()
    return sorted(found, key=lambda s: s.name)


def test_a_quotation_comes_back_as_it_was_read(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "a", "Ines Calder, the mayor: The quay is safe.\nhe: It is not.", date(2026, 3, 4))
    first, second = searched_quotations(store.read(), [OPERATOR], Filters())
    assert first.quotation.pieces == (Stretch(24, 41),)
    assert (first.quotation.speaker, first.quotation.description) == ("Ines Calder", "the mayor")
    assert first.day == "2026-03-04"
    assert (second.speaker, second.quotation.speaker) == (None, None)
    assert quotation_vectors(store.read(), [first.pk, second.pk]).shape == (2, HashingEmbedder.dimensions)


def test_the_newest_quotations_come_as_they_would_of_all(store: Store, tmp_path: Path) -> None:
    for n, day in enumerate((date(2026, 3, 4), None, date(2026, 3, 9), date(2026, 3, 4), date(2025, 1, 1))):
        put(store, tmp_path, f"a{n}", f"Ines Calder: One of {n}.\nOtto Brandl: Two of {n}.", day)
    put(store, tmp_path, "b", "Ines Calder: Elsewhere.", date(2026, 4, 1), collection="server-7")
    for filters in (Filters(), Filters(last=date(2026, 3, 5)), Filters(source="Nobody")):
        everything = searched_quotations(store.read(), [OPERATOR], filters)
        ordered = [row.pk for row in sorted(everything, key=lambda row: row.day, reverse=True)]
        for count in (1, 3, 100):
            newest = searched_quotations(store.read(), [OPERATOR], filters, count)
            assert [row.pk for row in newest] == ordered[:count]


def test_quotations_and_speakers_go_with_their_article_and_their_revision(store: Store, tmp_path: Path) -> None:
    file = put(store, tmp_path, "a", "Ines Calder: The quay is safe.\nOtto Brandl: It is not.")
    put(store, tmp_path, "b", "Ines Calder: The quay is old.")
    put(store, tmp_path, "a", "Ines Calder: The quay was safe.")
    assert [s.name for s in known(store)] == ["Ines Calder"]
    assert len(searched_quotations(store.read(), [OPERATOR], Filters())) == 2
    store.remove(OPERATOR, [str(file), str(tmp_path / "b.txt")], by_name=True)
    assert known(store) == []
    assert store.read().execute("SELECT count(*) FROM quotations").fetchone()[0] == 0
    assert store.read().execute("SELECT count(*) FROM speakers").fetchone()[0] == 0


def test_articles_stored_before_are_read_by_a_newer_version(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ines Calder: The quay is safe.", encoding="utf-8")
    Ingestion(store, HashingEmbedder()).add([file], collection=OPERATOR, given=Given())
    assert searched_quotations(store.read(), [OPERATOR], Filters()) == []
    again = Ingestion(store, HashingEmbedder(), annotators=[Says()])
    assert again.read_again() == 1
    assert again.read_again() == 0
    (found,) = searched_quotations(store.read(), [OPERATOR], Filters())
    assert quotation_vectors(store.read(), [found.pk]).shape[0] == 1


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["Ines Calder", "Ines Calder"], 1),
        (["Ines Calder", "INES CALDER"], 1),
        (["Inés Calder", "Ines Calder"], 1),
        (["Ines M. Calder", "Ines Calder"], 1),
        (["Ines Calder", "Ines M. Calder", "Ines Maria Calder"], 1),
        (["The Quay Authority", "Quay Authority"], 1),
        (["Ines Calder", "Otto Calder"], 2),
        (["Ines M. Calder", "Ines R. Calder"], 2),
        (["Otto Brandl", "Otto Brandl Jr."], 2),
        (["Ines Calder", "Calder"], 2),
        (["I. Calder", "Ines Calder"], 2),
        (["Harbour Authority", "Harbour Bridge Authority"], 2),
    ],
)
def test_one_person_is_one_speaker_and_two_of_a_surname_stay_two(
    store: Store, tmp_path: Path, names: list[str], people: int
) -> None:
    for n, name in enumerate(names):
        put(store, tmp_path, f"a{n}", f"{name}: Sentence {n}.")
    assert len(known(store)) == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (["Ines Calder, the harbour mayor", "Calder, the harbour mayor"], 1),
        (["Calder, the harbour mayor", "Ines Calder, the harbour mayor"], 1),
        (["I. Calder, the harbour mayor", "Ines Calder, the harbour mayor"], 1),
        (["Ines Calder, the harbour mayor", "Calder, a baker"], 2),
        (["Ines Calder, the mayor", "Otto Calder, the mayor", "Calder, the mayor"], 3),
    ],
)
def test_a_surname_alone_is_somebody_known_where_the_descriptions_agree(
    store: Store, tmp_path: Path, lines: list[str], people: int
) -> None:
    for n, line in enumerate(lines):
        put(store, tmp_path, f"a{n}", f"{line}: Sentence {n}.")
    assert len(known(store)) == people


STORY = "The lock at Marrowick was shut. Tolland Water had closed it."
ELSEWHERE = "The school at Pennington was shut. Hexley Council had closed it."


@pytest.mark.parametrize(
    ("articles", "people"),
    [
        ([f"{STORY}\nInes Calder: One.", f"{STORY}\nCalder: Two."], 1),
        ([f"{STORY}\nCalder: Two.", f"{STORY}\nInes Calder: One."], 1),
        ([f"{STORY}\nInes Calder: One.", f"{ELSEWHERE}\nCalder: Two."], 2),
        ([f"{STORY}\nInes Calder: One.", f"{STORY}\nCalder: Two.", f"{ELSEWHERE}\nCalder: Three."], 2),
        ([f"{STORY}\nInes Calder: One.", f"{STORY}\nOtto Calder: Two.", f"{STORY}\nCalder: Three."], 3),
        ([f"{STORY}\nInes Calder: One.\nOtto Calder: Two.", f"{STORY}\nCalder: Three."], 3),
    ],
)
def test_a_surname_alone_is_somebody_known_where_both_articles_tell_of_the_same_things(
    store: Store, tmp_path: Path, articles: list[str], people: int
) -> None:
    for n, text in enumerate(articles):
        put(store, tmp_path, f"a{n}", text)
    assert len(known(store)) == people


def test_a_speaker_has_names_and_descriptions_over_time(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "a", "Ines Calder, a harbour clerk: One.", date(2019, 5, 1))
    put(store, tmp_path, "b", "Ines M. Calder, the mayor: Two.", date(2026, 3, 4))
    put(store, tmp_path, "c", "Ines Calder, the mayor: Three.\nInes Calder, the mayor: Four.", date(2025, 1, 1))
    (speaker,) = known(store)
    assert speaker == Speaker(
        "Ines Calder",
        ("Ines M. Calder",),
        (
            Description("the mayor", date(2025, 1, 1), date(2026, 3, 4)),
            Description("a harbour clerk", date(2019, 5, 1), date(2019, 5, 1)),
        ),
        quoted=4,
    )


def test_a_description_is_one_however_its_apostrophe_is_printed(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "a", "Ines Calder, the town’s mayor: One.", date(2025, 1, 1))
    put(store, tmp_path, "b", "Ines Calder, the town's mayor: Two.", date(2026, 3, 4))
    (speaker,) = known(store)
    assert speaker.descriptions == (Description("the town's mayor", date(2025, 1, 1), date(2026, 3, 4)),)


def test_what_an_article_called_somebody_goes_with_it(store: Store, tmp_path: Path) -> None:
    gone = put(store, tmp_path, "a", "Ines Calder, the harbour master: One.")
    put(store, tmp_path, "b", "Ines Calder, a baker: Two.")
    store.remove(OPERATOR, [str(gone)], by_name=True)
    put(store, tmp_path, "c", "Calder, the harbour master: Three.")
    assert [s.name for s in known(store)] == ["Calder", "Ines Calder"]


@pytest.mark.parametrize("said_by", ["Ines Calder", "Harbour Authority"])
def test_who_says_something_is_found_as_fast_however_much_was_said_before(
    store: Store, tmp_path: Path, said_by: str
) -> None:
    def steps(name: str) -> int:
        connection, taken = store.read(), 0

        def step() -> None:
            nonlocal taken
            taken += 1

        connection.set_progress_handler(step, 10)  # called at every tenth instruction of SQLite's machine
        speaker_key(connection, 1, 1, name, None)
        connection.set_progress_handler(None, 0)
        return taken

    lines = (f"{said_by}: Sentence {n}.\nHarbour {'abc'[n % 3]} Authority: Sentence {n}." for n in range(300))
    put(store, tmp_path, "a", f"{said_by}: Sentence.")
    few = steps(said_by)
    put(store, tmp_path, "b", "\n".join(lines))
    assert steps(said_by) < 2 * few


def test_speakers_of_one_collection_are_not_those_of_another(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "a", "Ines Calder: One.")
    put(store, tmp_path, "b", "Ines Maria Calder: Two.", collection="server-7")
    assert [s.name for s in known(store)] == ["Ines Calder"]
    assert [s.name for s in known(store, "server-7")] == ["Ines Maria Calder"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (Filters(first=date(2026, 3, 4)), 1),
        (Filters(last=date(2026, 3, 3)), 1),
        (Filters(first=date(2026, 3, 5)), 0),
        (Filters(kind=QuotationKind.INDIRECT), 0),
        (Filters(kind=QuotationKind.DIRECT), 3),
        (Filters(source="LOWMOUTH POST"), 0),
    ],
)
def test_filters_keep_to_days_kinds_and_publishers(store: Store, tmp_path: Path, filters: Filters, count: int) -> None:
    put(store, tmp_path, "a", "Ines Calder: One.", date(2026, 3, 4))
    put(store, tmp_path, "b", "Ines Calder: Two.", date(2025, 3, 4))
    put(store, tmp_path, "c", "Ines Calder: Three.")  # undated: in no window
    assert len(searched_quotations(store.read(), [OPERATOR], filters)) == count


def test_a_surname_is_the_last_word_that_is_no_suffix() -> None:
    assert surname_of("Otto Brandl Jr.") == "brandl"
    assert surname_of("Inés Ødegård") == "odegard"
    assert surname_of("…") == ""


def test_the_day_stated_counts_before_the_day_of_publication(store: Store, tmp_path: Path) -> None:
    monday = TimeSpan(date(2026, 3, 2), date(2026, 3, 2), Granularity.DAY, "2026-03-02")

    class Monday(Says):
        def annotate(self, article: Article) -> list[Quotation]:
            return [replace(q, said_on=monday) for q in super().annotate(article)]

    file = tmp_path / "a.txt"
    file.write_text("Ines Calder: One.", encoding="utf-8")
    given = Given(published=date(2026, 3, 4))
    Ingestion(store, HashingEmbedder(), annotators=[Monday()]).add([file], collection=OPERATOR, given=given)
    assert not searched_quotations(store.read(), [OPERATOR], Filters(first=date(2026, 3, 3)))
    (found,) = searched_quotations(store.read(), [OPERATOR], Filters(last=date(2026, 3, 3)))
    assert found.quotation.said_on == monday
