"""The extractive answer over a small library with the deterministic embedder."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answering.abstaining import NOTHING_PLAIN
from retrieval.answering.extractive import HELP, ExtractiveAnswerer
from retrieval.answering.joining import NOTHING_FOUND_ON
from retrieval.answering.sentences.choosing import choose
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.roles import FILLED, UNDONE, UNKNOWN
from retrieval.errors import BadInput
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import Answer, ArticleHead, FoundPassage, QuestionKind, Stretch
from retrieval.search.understanding import understand
from tests.judges import Preferring

HARBOUR = """The harbour at Lowmouth closed on Monday after a crack was found in the quay.

“Nobody will be hurt,” said Ines Calder, the mayor of Lowmouth. She said the quay would be tested in May.

The repair of the quay will cost $3.2 million. Per Lind of the Fishing Union called the closure a disgrace.
"""
TOLD = Measures(passage=1.0, context=0.9, weakest=0.6, offered=1.0, predicate=0.9, cosine=0.5, coverage=0.8)
LATER = """The repair of the quay will cost $4.1 million, the harbour authority of Lowmouth said on Friday.

The Marigold, a trawler with seven men aboard, was the last boat to leave the harbour.
"""


@pytest.fixture
def harbour(library: Library, write: Callable[[str, str], Path]) -> Library:
    library.add([write("closed.txt", HARBOUR)], given=Given(title="Harbour closes", published=date(2026, 3, 4)))
    library.add([write("later.txt", LATER)], given=Given(title="Quay dearer", published=date(2026, 4, 10)))
    return library


def test_the_sentence_that_answers_comes_first_with_its_exact_words(harbour: Library) -> None:
    answer = harbour.ask("who called the closure of the quay a disgrace?")
    assert not answer.abstained
    assert answer.sentences[0].text == "Per Lind of the Fishing Union called the closure a disgrace."


@pytest.mark.parametrize(
    "question",
    [
        "what did Anna Berg say about the quay?",  # a name no article has
        "what did Per Lind say about the Marigold?",  # he did not
        "what did Ines Calder say about the Marigold?",
        "who won the world cup in 1998?",
        "qwrt zxcv plkj",
    ],
)
def test_what_the_articles_do_not_say_is_not_answered(harbour: Library, question: str) -> None:
    answer = harbour.ask(question)
    assert answer.abstained
    assert not answer.sentences
    assert answer.reason


def test_what_is_not_sure_enough_is_told_as_the_nearest_sentence_of_its_article(
    harbour: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "which boat was the last to leave the harbour?"
    given = harbour.ask(question)
    extractive = harbour._parts.pipeline.extractive
    assert isinstance(extractive, ExtractiveAnswerer)
    monkeypatch.setattr(extractive, "_least_confidence", 0.99)
    answer = harbour.ask(question)
    assert answer.abstained
    assert answer.reason is not None
    assert answer.reason.startswith(NOTHING_PLAIN)
    assert answer.reason.endswith(f"(10 April 2026): {given.citations[0].text}")
    assert answer.nearest[0].text == given.citations[0].text
    monkeypatch.setattr(extractive, "_least_confidence", 0.25)
    assert "The nearest one" not in (harbour.ask("who won the world cup in 1998?").reason or "")


def test_what_the_judge_prefers_comes_first_and_what_it_thinks_nothing_of_is_not_given(
    harbour: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractive = harbour._parts.pipeline.extractive
    question = "what is known of the tested quay, after the crack?"
    for word in ("crack", "tested"):
        judge = Preferring(word)
        monkeypatch.setattr(extractive, "_judge", judge)
        assert word in harbour.ask(question).sentences[0].text
        assert judge.most <= 8
    monkeypatch.setattr(extractive, "_judge", Preferring("no such word"))
    assert harbour.ask(question).abstained


@pytest.mark.parametrize(("judged", "kept"), [(3.0, True), (0.0, False)])
def test_a_sentence_without_the_verb_is_left_out_but_where_the_judge_prefers_it(judged: float, kept: bool) -> None:
    head = ArticleHead("operator", "one", 1, "The final", "Post", None, (), None, None, 1)

    def told(text: str, measures: dict[str, float]) -> Evidence:
        stretch = Stretch(0, len(text))
        passage = FoundPassage(head, 0, len(text), text, (stretch,), 1.0, 0.5, 1, {})
        return Evidence(passage, stretch, text, (), 1.0, replace(TOLD, **measures), share=0.4)

    performs = told("Jo Rand will perform the anthem.", {"role": UNDONE, "judged": judged})
    sings = told("Ann Lind will sing a hymn.", {"role": FILLED, "judged": 1.0})
    found = choose(understand("Who will sing the anthem?"), [performs, sings], 0.0)
    assert (performs.text in [e.text for e in found]) is kept


def test_what_the_judge_doubts_gets_no_short_answer(harbour: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    extractive = harbour._parts.pipeline.extractive
    question = "how many men were aboard the Marigold?"
    sentence = "The Marigold, a trawler with seven men aboard, was the last boat to leave the harbour."
    monkeypatch.setattr(extractive, "_least_confidence", 0.05)
    for doubted, lead in ((False, "Seven men. "), (True, "")):
        judge = Preferring("seven")
        judge.best = -0.5 if doubted else 8.0
        monkeypatch.setattr(extractive, "_judge", judge)
        assert harbour.ask(question).sentences[0].text == lead + sentence


def test_what_the_judge_is_sure_does_not_answer_is_not_given_however_near_it_is(
    harbour: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractive = harbour._parts.pipeline.extractive
    question = "what is known of the quay at Lowmouth?"
    monkeypatch.setattr(extractive, "_least_confidence", 0.0)
    for log_odds, answered in ((-1.0, True), (-4.0, False)):
        judge = Preferring("crack")
        judge.best = log_odds
        monkeypatch.setattr(extractive, "_judge", judge)
        assert harbour.ask(question).abstained is not answered


def test_words_are_only_given_of_the_speaker_asked_about(harbour: Library) -> None:
    answer = harbour.ask("what did Ines Calder say about the quay?")
    shown = " ".join(s.text for s in answer.sentences)
    assert "Calder" in shown
    assert "Lind" not in shown


@pytest.mark.parametrize("text", ["hi", "thanks!", "what can you do?"])
def test_small_talk_gets_one_friendly_sentence_and_no_articles(harbour: Library, text: str) -> None:
    answer = harbour.ask(text)
    assert (answer.question.kind, answer.abstained, answer.reason) == (QuestionKind.HELP, True, HELP)
    assert not answer.nearest


def test_a_newer_figure_stands_before_the_older_which_is_marked(
    harbour: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harbour._parts.pipeline.extractive, "_judge", Preferring("will cost"))
    answer = harbour.ask("what will the repair of the quay cost?")
    texts = [s.text for s in answer.sentences]
    assert texts[0].startswith("$4.1 million. The repair of the quay will cost $4.1 million")
    assert "[Earlier, on 4 March 2026:] The repair of the quay will cost $3.2 million." in texts
    assert sum(text.startswith("[Earlier") for text in texts) == 1


def test_a_correction_comes_whole_and_before_what_it_corrects(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    told = "Nine boats sank in the harbour of Lowmouth in the storm.\n"
    corrected = (
        "Divers were at work in the harbour of Lowmouth.\n\nCorrection: An earlier version of this report said that"
        " nine boats sank in the harbour. Seven did.\n\nThe weather is fair.\n"
    )
    library.add([write("told.txt", told)], given=Given(title="Storm", published=date(2026, 3, 4)))
    library.add([write("corrected.txt", corrected)], given=Given(title="Divers", published=date(2026, 3, 6)))
    answer = library.ask("how many boats sank in the harbour?")
    assert [s.text for s in answer.sentences] == [
        "Correction: An earlier version of this report said that nine boats sank in the harbour. Seven did.",
        "[Earlier, on 4 March 2026:] Nine boats sank in the harbour of Lowmouth in the storm.",
    ]
    assert_holds(library, answer)


def test_what_an_article_asks_itself_is_no_answer_but_what_follows_is(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    text = (
        "Thursday, 5 March 2026, 6:09 p.m.\n\nWill the pool in Orrin be shut for long?\n\nBoth have a pool in use."
        "\n\nWhy is the pool in Orrin shut?\n\nIn the pool a pipe burst, and the boiler is as old as the hall.\n"
    )
    library.add([write("pool.txt", text)], given=Given(title="The pool in Orrin", published=date(2026, 3, 5)))
    answer = library.ask("Why is the pool in Orrin shut?")
    assert "a pipe burst" in answer.sentences[0].text
    assert all("?" not in s.text and "6:09" not in s.text for s in answer.sentences)


def test_a_number_that_is_no_sum_does_not_answer_what_something_cost(harbour: Library) -> None:
    assert harbour.ask("what did the Marigold cost?").abstained


def test_both_sides_of_a_question_are_answered_and_a_missing_one_is_named(harbour: Library) -> None:
    both = harbour.ask("Who called the closure a disgrace, and what will the repair of the quay cost?")
    shown = " ".join(s.text for s in both.sentences)
    assert "disgrace" in shown
    assert "$4.1 million" in shown
    half = harbour.ask("Who called the closure a disgrace, and who won the Tour of Spain?")
    assert any(note.startswith(NOTHING_FOUND_ON) for note in half.notes)


def test_where_neither_side_is_answered_the_comparison_is(harbour: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    extractive = harbour._parts.pipeline.extractive
    monkeypatch.setattr(extractive, "_part", lambda part, _: Answer(part, (), (), abstained=True))
    monkeypatch.setattr(extractive, "_judge", Preferring("$4.1 million"))
    whole = harbour.ask("how did the price of the repair of the quay differ from the cost of the repair of the quay?")
    assert "$4.1 million" in whole.sentences[0].text
    assert harbour.ask("what will the repair of the quay cost, and what is the price of the repair?").abstained


def test_an_undated_article_is_not_taken_for_an_old_one(library: Library, write: Callable[[str, str], Path]) -> None:
    library.add([write("undated.txt", "Genvolt will not buy the cannery, which is valued at £2.6 million.\n")])
    extractive = library._parts.pipeline.extractive
    assert isinstance(extractive, ExtractiveAnswerer)
    asked = understand("how much is the cannery worth now?", today=date(2026, 3, 4))
    (told,) = extractive.evidence(asked, library._parts.search.search(asked, 3))
    assert asked.prior is not None
    assert told.measures.timely == UNKNOWN


def assert_holds(library: Library, answer: Answer) -> None:
    """Citations are the article's words; sentences differ from them by brackets and by a lead, which is yes or no, who
    denied it, or words of the same citation; markers name citations."""
    by_number = {c.n: c for c in answer.citations}
    assert sorted(by_number) == list(range(1, len(answer.citations) + 1))
    for citation in (*answer.citations, *answer.nearest):
        head = citation.article
        text = library.article(head.id, (head.collection,), head.revision)[1].text
        assert text[citation.start : citation.end] == citation.text
    for sentence in answer.sentences:
        bare = re.sub(r"^\[[^\]]*\] | \[[^\]]*\]", "", sentence.text)
        (cited,) = [by_number[n].text for n in sentence.citations]
        lead = bare.removesuffix(cited).rstrip()
        assert bare.endswith(cited)
        assert (
            lead in ("", "Yes:", "No:") or lead.removesuffix(" denied it:").rstrip(".").casefold() in cited.casefold()
        )
    assert answer.abstained == (not answer.sentences)


_SOME_WORDS = """
    who what when did how much many the quay repair cost Calder Lind harbour and both before or after Marigold say first
    closed men ? , Lowmouth union mayor 3.2 vs
"""
_WORDS = st.sampled_from(_SOME_WORDS.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS, min_size=1, max_size=14))
def test_whatever_is_asked_only_the_articles_words_are_shown(harbour: Library, words: list[str]) -> None:
    try:
        answer = harbour.ask(" ".join(words))
    except BadInput:
        return
    assert_holds(harbour, answer)
