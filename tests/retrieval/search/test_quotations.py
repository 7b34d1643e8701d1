"""Search over quotations, and checking them: by speaker, topic, days and kind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.citations import link_to
from retrieval.errors import BadInput
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, FoundQuotation, QuotationKind, QuotationQuery, server_collection
from retrieval.search import verification
from retrieval.search.quotation_topics import TopicSettings
from retrieval.search.quotations import QuotationSearch
from retrieval.search.verdicts import Verdict, VerdictKind
from tests.conftest import SEED

pytestmark = pytest.mark.model

HARBOUR = """Mayor Inés Calder, a former harbour pilot, told reporters on Monday that the quay was “unsafe in any wind.”

“We will close the harbour until the engineers have finished,” Calder said. “The ferries must go elsewhere.”

Otto Brandl, a fisherman, said the closure would ruin him. Brandl met Deputy Minister Rosa Quint in the town hall.

The company that runs the ferries declined to comment. “Nobody asked us,” a deckhand said.
"""
FERRIES = """Lena Calder, the head of the ferry line, said the ferries would sail from Ambry in April.

Mayor Inés Calder denied that the harbour had been neglected.
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def filled(library: Library, write: Write) -> Library:
    library.add(
        [write("harbour.txt", HARBOUR)],
        given=Given(published=date(2026, 3, 4), source="Lowmouth Post", title="Harbour closes"),
    )
    library.add([write("ferries.txt", FERRIES)], given=Given(published=date(2026, 3, 20), source="Ambry Times"))
    return library


def texts(found: list[FoundQuotation]) -> list[str]:
    return [f.text for f in found]


def test_every_piece_is_where_it_says(filled: Library) -> None:
    found = filled.quotations(QuotationQuery())
    assert len(found) >= 6
    for f in found:
        text = filled.article(f.article.id)[1].text
        assert tuple(text[p.start : p.end] for p in f.quotation.pieces) == f.pieces
        assert " … ".join(f.pieces) == f.text
        assert f.said.start <= f.quotation.pieces[0].start
        assert f.quotation.pieces[-1].end <= f.said.end


def test_a_speaker_is_found_by_name_without_case_and_accents(filled: Library) -> None:
    for typed in ("Inés Calder", "ines calder", "Mayor Ines Calder"):
        found = filled.quotations(QuotationQuery(speaker=typed))
        assert {f.speaker for f in found} == {"Inés Calder"}
        assert len(found) == 3


def test_a_surname_means_all_who_bear_it_and_two_stay_two(filled: Library) -> None:
    found = filled.quotations(QuotationQuery(speaker="Calder"))
    assert {f.speaker for f in found} == {"Inés Calder", "Lena Calder"}
    assert [s.name for s in filled.speakers() if "Calder" in s.name] == ["Inés Calder", "Lena Calder"]


def test_without_a_topic_the_newest_come_first(filled: Library) -> None:
    days = [f.article.published_on for f in filled.quotations(QuotationQuery(speaker="Calder"))]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]


def test_a_topic_leaves_out_what_is_about_something_else(filled: Library) -> None:
    found = filled.quotations(QuotationQuery(about="the ferries"))
    assert found
    assert all("ferr" in filled.article(f.article.id)[1].text[f.said.start : f.said.end].lower() for f in found)
    assert filled.quotations(QuotationQuery(about="astronomy")) == []


def test_days_kinds_publishers_and_numbers_narrow(filled: Library) -> None:
    assert {f.article.source for f in filled.quotations(QuotationQuery(first=date(2026, 3, 10)))} == {"Ambry Times"}
    kinds = {f.quotation.kind for f in filled.quotations(QuotationQuery(kind=QuotationKind.DIRECT))}
    assert kinds == {QuotationKind.DIRECT}
    assert {f.article.source for f in filled.quotations(QuotationQuery(source="ambry times"))} == {"Ambry Times"}
    assert len(filled.quotations(QuotationQuery(), k=2)) == 2


def test_a_day_stated_is_the_day_it_was_said(filled: Library) -> None:
    found = filled.quotations(QuotationQuery(speaker="Inés Calder", last=date(2026, 3, 2)))
    assert texts(found) == ["the quay was “unsafe in any wind.”"]
    assert found[0].addressee == "reporters"


def test_somebody_who_is_only_named_has_said_nothing(filled: Library) -> None:
    assert filled.quotations(QuotationQuery(speaker="Rosa Quint")) == []
    assert filled.quotations(QuotationQuery(speaker="Quint")) == []


def test_a_name_beside_what_somebody_is_is_that_speakers(filled: Library, write: Write) -> None:
    filled.add([write("mill.txt", "The mill opened in May.\n\nIts director, Ada Moss, said the wheel was new.")])
    assert texts(filled.quotations(QuotationQuery(speaker="Ada Moss"))) == ["the wheel was new"]


def test_a_relation_or_a_body_of_somebody_is_not_that_somebody(filled: Library, write: Write) -> None:
    filled.add(
        [write("m.txt", "Ada Moss died. His daughter, Ida Poe, sang. Poe said it rained.\n\nMoss's office said no.")]
    )
    assert {f.speaker for f in filled.quotations(QuotationQuery(speaker="Moss"))} <= {None}
    assert texts(filled.quotations(QuotationQuery(speaker="Moss’s daughter"))) == ["it rained"]


def test_a_speaker_is_described_from_when_to_when(library: Library, write: Write) -> None:
    for day, what in ((4, "the harbour pilot"), (9, "the harbour pilot"), (20, "the mayor")):
        text = f"Ada Moss, {what}, said that day {day} was cold."
        library.add([write(f"{day}.txt", text)], given=Given(published=date(2026, 3, day)))
    (moss,) = library.speakers(named="Moss")
    assert [(d.text, d.first, d.last) for d in moss.descriptions] == [
        ("the mayor", date(2026, 3, 20), date(2026, 3, 20)),
        ("the harbour pilot", date(2026, 3, 4), date(2026, 3, 9)),
    ]


def test_one_servers_quotations_are_nobody_elses(filled: Library, write: Write) -> None:
    mine = server_collection(7)
    filled.add([write("mine.txt", "Ada Moss said the vote was lost.")], collection=mine)
    assert filled.quotations(QuotationQuery(speaker="Moss")) == []
    assert texts(filled.quotations(QuotationQuery(speaker="Moss"), collections=(OPERATOR, mine))) == [
        "the vote was lost"
    ]
    assert "Ada Moss" not in {s.name for s in filled.speakers()}


@pytest.mark.parametrize(
    ("claim", "speaker", "kind", "sentence"),
    [
        ("The ferries must go elsewhere.", None, VerdictKind.EXACT, "Inés Calder said that."),
        ("“the ferries must go elsewhere”", "Calder", VerdictKind.EXACT, "Inés Calder said that."),
        ("The ferries must go elsewhere.", "Brandl", VerdictKind.EXACT, "Inés Calder said that, not Otto Brandl."),
        ("We will close the harbour until engineers finished", None, VerdictKind.NEAR, "Inés Calder said nearly that."),
        (
            "the closure would ruin him",
            None,
            VerdictKind.EXACT,
            "Otto Brandl said that, in the words of the article, not in quotation marks.",
        ),
        (
            "The ferries must go elsewhere, nobody asked us",
            None,
            VerdictKind.STITCHED,
            "These words are stitched together from 2 separate quotations of Inés Calder and a deckhand.",
        ),
        (
            "the harbour had been neglected",
            None,
            VerdictKind.EXACT,
            "Inés Calder denied that, in the words of the article, not in quotation marks.",
        ),
        (
            "We will not close the harbour until the engineers have finished",
            None,
            VerdictKind.NEAR,
            "Inés Calder said nearly that. What differs is a negation, so it may mean the contrary.",
        ),
        (
            "met Deputy Minister Rosa Quint in the town hall",
            None,
            VerdictKind.NOT_FOUND,
            "The words stand in the article “Harbour closes”, but not as what somebody said.",
        ),
        (
            "I have never seen such a thing in all my life",
            None,
            VerdictKind.NOT_FOUND,
            "No quotation in the articles has these words or says the same.",
        ),
    ],
)
@pytest.mark.parametrize("many", [verification._MANY, 0])
def test_a_claim_is_checked(
    filled: Library,
    claim: str,
    speaker: str | None,
    kind: VerdictKind,
    sentence: str,
    many: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(verification, "_MANY", many)
    verdict = filled.verify(claim, speaker=speaker)
    assert (verdict.kind, verdict.sentence) == (kind, sentence)


def test_what_differs_is_shown_word_by_word(filled: Library) -> None:
    verdict = filled.verify("the quay was quite unsafe in any wind")
    assert [(p.op.value, p.text) for p in verdict.diff] == [
        ("same", "the quay was"),
        ("added", "quite"),
        ("same", "unsafe in any wind"),
    ]


def test_a_claim_is_checked_against_what_is_left_when_an_article_is_removed_meanwhile(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = verification.texts_of

    def removed_before(connection: sqlite3.Connection, revisions: Sequence[int]) -> Iterator[tuple[int, str]]:
        for head in filled.articles():
            if head.title == "Harbour closes":
                filled.remove(head.id)
        return read(connection, revisions)

    monkeypatch.setattr(verification, "texts_of", removed_before)
    assert filled.verify("unsafe in any wind").kind is VerdictKind.NOT_FOUND


def test_a_claim_is_found_among_many_articles_that_have_some_of_its_words(
    filled: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(25):
        said = f"“The harbour and the ferries and the engineers are number {n} of my concerns,” Ada Roe said."
        filled.add(write(f"{n}.txt", said))
    monkeypatch.setattr(verification, "_MANY", 0)
    monkeypatch.setattr(verification, "_PASSAGES", 3)
    monkeypatch.setattr(QuotationSearch, "articles_on", lambda *_: frozenset())  # what is near is all, of so few
    looked_at, read = list[int](), verification.texts_of

    def noted(connection: sqlite3.Connection, revisions: Sequence[int]) -> Iterator[tuple[int, str]]:
        looked_at.append(len(revisions))
        return read(connection, revisions)

    monkeypatch.setattr(verification, "texts_of", noted)
    for claim, kind in (
        ("We will close the harbour until the engineers have finished", VerdictKind.EXACT),
        ("close … the engineers have finished", VerdictKind.EXACT),
        ("We will shut the harbour until the engineers are finished", VerdictKind.NEAR),
        ("The ferries must go elsewhere, nobody asked us", VerdictKind.STITCHED),
    ):
        assert filled.verify(claim).kind is kind
    assert max(looked_at) < 15


def test_a_claim_without_words_is_refused(filled: Library) -> None:
    with pytest.raises(BadInput, match="Give two words or more"):
        filled.verify("“…”")
    with pytest.raises(BadInput, match="at most 4000"):
        filled.verify("word " * 1000)


# -- the sample article -------------------------------------------------------------------------------


@pytest.fixture
def seed(library: Library) -> Library:
    if not SEED.exists():
        pytest.skip("the sample article is not here")
    library.add([SEED])
    return library


def test_the_sample_articles_speakers_have_their_words(seed: Library) -> None:
    detrani = seed.quotations(QuotationQuery(speaker="Joseph DeTrani"))
    assert {f.speaker for f in detrani} == {"Joseph DeTrani"}
    assert sum(f.quotation.kind is not QuotationKind.INDIRECT for f in detrani) >= 4
    assert any(f.quotation.kind is QuotationKind.INDIRECT for f in detrani)
    (kirby,) = seed.quotations(QuotationQuery(speaker="Kirby"))
    assert kirby.speaker == "John Kirby"
    assert "“private citizens”" in kirby.text
    assert "“independent of any U.S. government involvement.”" in kirby.text
    assert kirby.quotation.description == "a spokesman for the U.S. State Department"
    assert kirby.quotation.said_on is not None
    assert kirby.quotation.said_on.value == "XXXX-WXX-1"  # a Monday
    for name in ("Blinken", "Liu Zhenmin", "Gallucci", "Han Song Ryol", "Han"):
        assert seed.quotations(QuotationQuery(speaker=name)) == []


def test_the_sample_articles_claims(seed: Library) -> None:
    verdict = seed.verify("independent of any government involvement")
    assert verdict.sentence == "John Kirby said nearly that."
    assert [(p.op.value, p.text) for p in verdict.diff if p.op.value != "same"] == [("missing", "U.S.")]
    wrong = seed.verify("independent of any government involvement", speaker="DeTrani")
    assert wrong.agrees is False
    assert wrong.sentence.startswith("John Kirby said that, not Joseph DeTrani")


def test_a_verdict_names_a_speaker_without_a_name_by_what_the_article_calls_him() -> None:
    assert Verdict("x", VerdictKind.NOT_FOUND).agrees is None


def test_of_very_many_quotations_those_on_the_topic_are_found_all_the_same(filled: Library) -> None:
    parts = filled._parts
    many = QuotationSearch(filled._store, filled._embedder, link_to, lambda: parts.search, TopicSettings(many=0))
    for query in (
        QuotationQuery(about="close the harbour"),
        QuotationQuery(speaker="fisherman", about="the closure"),
        QuotationQuery(speaker="Inés Calder", about="the harbour"),
    ):
        found = many.search(query, (OPERATOR,))
        assert found
        assert texts(found) == texts(filled.quotations(query))
