"""What is measured of a sentence, and how it is weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.nationalities import known
from retrieval.answering.questions.question_words import (
    another_number,
    another_ordinal,
    names_in,
    opposite_extreme,
    question_words,
)
from retrieval.answering.sentences.barring import may_answer
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.matching import nearness, word_vectors
from retrieval.answering.sentences.selector import confidence, ranked
from retrieval.schema import ArticleHead, FoundPassage, Stretch
from retrieval.search.understanding import understand
from retrieval.search.words import stem
from retrieval.storage.encoding.embedding import HashingEmbedder
from retrieval.storage.encoding.token_states import TokenStates

HEAD = ArticleHead("operator", "one", 1, "Harbour closes", "Post", None, (), None, None, 1)


def found(text: str) -> FoundPassage:
    return FoundPassage(HEAD, 0, len(text), text, (Stretch(0, len(text)),), 1.0, 0.5, 1, {})


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    question = "when did the trawler leave the harbour"
    words = question_words(asked_for(question), question, {"trawler": 1, "harbour": 90}, 100)
    assert words.weights["trawler"] > words.weights["harbour"]
    assert words.covered({"trawler"}) > words.covered({"harbour"})
    assert words.covered({"trawler", "leav", "harbour"}) == pytest.approx(1.0)


def test_names_and_numbers_are_known_as_such() -> None:
    question = "did Calder see all 12 boats of lind"
    names = names_in([found("She met Calder and Lind.")], ["lind", "boats"])
    words = question_words(asked_for(question), question, {}, 10, names)
    assert words.names == {"calder", "12", "lind"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What Did The Harbour Master Tell The Town", set()),
        ("DID THE MAYOR RESIGN", set()),
        ("Did Tom Rell Leave Orrin United?", set()),
        ("did Tom Rell join Orrin United?", {"Tom", "Rell", "Orrin", "United"}),
        ("Is Tom Rell in Ulm?", {"Tom", "Rell", "Ulm"}),
        ("Who is Tom Rell", {"Tom", "Rell"}),
    ],
)
def test_a_question_in_capitals_throughout_names_nobody_by_them(question: str, names: set[str]) -> None:
    assert question_words(asked_for(question), question, {}, 10).names == {stem(name) for name in names}


@pytest.mark.parametrize(
    ("key", "among", "expected"),
    [("American", {"u.s"}, True), ("korea", {"korean"}, True), ("japan", {"china"}, False), ("quay", {"quay"}, True)],
)
def test_a_country_is_known_by_its_other_names(key: str, among: set[str], expected: bool) -> None:
    assert known(stem(key), {stem(name) for name in among}) is expected


def test_a_sentence_of_the_first_does_not_answer_for_the_fifth() -> None:
    assert another_ordinal("when was the fifth test?", "The first test was in May.")
    assert not another_ordinal("when was the fifth test?", "The fifth test followed the first.")
    assert not another_ordinal("when was the test?", "The first test was in May.")
    assert another_ordinal("who lost the semifinals?", "Orrin beat Ulm [in the quarterfinals] and Ennor.")
    assert not another_ordinal("who lost the semi-final?", "Orrin beat Ulm in the semifinals.")


@pytest.mark.parametrize(
    ("question", "sentence", "opposite"),
    [
        ("which state has the highest price?", "The cheapest fuel is in Orrin.", True),
        ("which state has the highest price?", "The lowest price is in Orrin, the highest in Ulm.", False),
        ("which state has the highest price?", "It is dearest in Ulm.", False),
        ("which town has the most pubs?", "Orrin, the smallest town, has nine pubs.", False),
        ("what is the youngest club?", "Orrin Rovers is the oldest club.", True),
        ("what is the youngest club?", "Orrin Rovers was founded in May.", False),
    ],
)
def test_the_other_end_is_not_what_is_asked_for(question: str, sentence: str, opposite: bool) -> None:
    assert opposite_extreme(question, sentence) is opposite


def test_a_number_behind_a_name_is_another_one() -> None:
    assert another_number("who won Regatta 59?", "Lind won Regatta 57.")
    assert not another_number("who won Regatta 59?", "Lind, who had won Regatta 57, won Regatta 59.")
    assert not another_number("who won Regatta 59?", "Lind won it.")


def test_a_word_is_nearest_to_itself() -> None:
    embedder = HashingEmbedder()
    question, sentence = embedder.token_states(["which trawler sank", "A trawler has left the quay"])
    near = nearness(word_vectors("which trawler sank", ("trawler", "sank"), question), sentence)
    assert near.shape == (2, 6)
    assert near[0].argmax() == 1
    assert near[0].max() == pytest.approx(1.0)


def test_states_of_a_stretch_are_counted_from_its_beginning() -> None:
    (states,) = HashingEmbedder().token_states(["One two. Three four."])
    part = states.within(9, 20)
    assert part.spans.tolist() == [[0, 5], [6, 10]]
    assert float(np.linalg.norm(part.pooled())) == pytest.approx(1.0, abs=1e-5)
    assert not TokenStates(np.zeros((0, 2), np.int64), np.zeros((0, 4), np.float32)).pooled().any()


def test_what_measures_better_ranks_higher_and_shares_add_up() -> None:
    weak = Evidence(found("It is shut."), Stretch(0, 11), "It is shut.", (), 1.0, Measures(cosine=0.2, rank=1.0))
    strong = replace(weak, measures=Measures(cosine=0.8, asking=0.9, coverage=0.9, offered=1.0, tie=0.8, rank=1.0))
    order = ranked([weak, strong])
    assert order[0].measures == strong.measures
    assert sum(e.share for e in order) == pytest.approx(1.0)
    assert confidence(order[0]) > confidence(ranked([weak, weak])[0])
    assert ranked([]) == []


def test_an_article_of_long_before_does_not_tell_of_this_week() -> None:
    asked = understand("who won the race this week?", today=date(2026, 5, 1))
    e = Evidence(found("Calder won the race."), Stretch(0, 20), "Calder won the race.", (), 1.0, Measures(passage=1.0))
    old, new = (
        replace(e, passage=replace(e.passage, article=replace(HEAD, published=day)), kind=AskedFor.ANYTHING)
        for day in (date(2024, 5, 1), date(2026, 4, 30))
    )
    offered = replace(new.measures, offered=1.0, predicate=1.0)
    assert may_answer(asked, replace(new, measures=offered))
    assert not may_answer(asked, replace(old, measures=offered))
