"""What the verifier's reader is taught with, and what it learnt."""

from __future__ import annotations

import random
from itertools import islice

import numpy as np
import pytest

from retrieval.answering.verification.entailment import TaughtEntailment
from retrieval.answering.verification.meaning import Meaning
from retrieval.storage.encoding.embedding import HashingEmbedder, SentenceTransformerEmbedder
from tests.benchmarks.fit_entailment import Case, cases, counted, read_with, told


def some(embed: Meaning) -> list[Case]:
    return list(cases(islice(told(held_out=True), 4), embed))


def test_every_statement_was_written_from_sentences_of_its_story() -> None:
    ids = {held: [story.id for story, _ in told(held_out=held)] for held in (False, True)}
    assert not set(ids[True]) & set(ids[False])
    for held in (False, True):
        for story, written in told(held_out=held):
            assert {statement.borne_out for statement in written} == {False, True}, story.id
            for statement in written:
                assert max(statement.cited) < len(story.sentences), (story.id, statement.text)


def test_what_is_false_is_never_read_as_borne_out_and_what_is_true_is_read_with_what_bears_it_out() -> None:
    found = some(Meaning(HashingEmbedder().embed_documents))
    for seed, case in enumerate(found):
        for run in ("first", "second"):
            read, borne_out = read_with(case, run, random.Random(seed))
            assert case.borne_out or not borne_out
            assert all(source.text in read for source in case.cited) or not borne_out or not case.borne_out
            assert borne_out or not case.borne_out or not all(source.text in read for source in case.cited)


def test_a_statement_is_only_read_with_the_reports_that_it_was_written_from() -> None:
    for case in some(Meaning(HashingEmbedder().embed_documents)):
        reports = [source.passage.text for source in case.cited]
        assert all(source.passage.text in reports for read in case.read for source in read)


def test_what_is_counted_is_how_the_true_stand_to_the_false() -> None:
    found = some(Meaning(HashingEmbedder().embed_documents))
    known = {case.text: case.borne_out for case in found}
    higher, passing = counted(lambda sentence, _: float(known[sentence]), found)
    assert higher == 1.0
    assert set(passing.values()) == {1.0}


@pytest.mark.model
def test_it_tells_true_from_false_of_stories_that_it_did_not_learn_from() -> None:
    meaning = Meaning(SentenceTransformerEmbedder().embed_documents)
    higher, _ = counted(TaughtEntailment(), list(cases(islice(told(held_out=True), 30), meaning)))
    assert higher > 0.7


@pytest.mark.model
@pytest.mark.parametrize("sentence", ["", "🙂" * 300, "word " * 2_000, "\u202e\x00"])
def test_any_text_can_be_read(sentence: str) -> None:
    assert np.isfinite(TaughtEntailment()(sentence, [sentence, "The quay closed."]))
