"""What was expected once tells not whether it came; what follows it may."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.question_syntax import question_syntax
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.expectations import with_what_came
from retrieval.schema import ArticleHead, FoundPassage, Stretch

HEAD = ArticleHead("operator", "one", 1, "Harbour closes", "Post", date(2026, 3, 4), (), None, None, 1)


def told(question: str, *sentences: str) -> list[str]:
    """What is left of the first sentence, with what was added to it."""
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    stretches = tuple(Stretch(at, at + len(s)) for at, s in zip(starts, sentences, strict=True))
    passage = FoundPassage(HEAD, 0, len(text), text, stretches, 1.0, 0.5, 1, {})
    syntax = question_syntax(question, lambda texts: parse(load_parser(), texts))
    found = with_what_came(question, syntax, [Evidence(passage, stretches[0], sentences[0], (), 1.0, Measures())])
    return [e.text for e in found]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "sentence", "following"),
    [
        ("Did Lind make an offer?", "An offer of Lind had been expected.", "Lind walked away."),
        ("Did Per Lind retire?", "The brewer, Per Lind, was expected to retire.", "He said that he would stay."),
        ("Did the staff strike?", "A strike had been feared.", "The staff went on working."),
        ("Has the bridge opened?", "The bridge was due to open in May.", "It is still shut."),
        ("Is the hall sold?", "The council had hoped to sell the hall.", "The buyer went home."),
    ],
)
def test_what_was_expected_stands_with_what_came_or_not_at_all(question: str, sentence: str, following: str) -> None:
    shown = told(question, sentence, following)
    assert shown == ([] if "buyer" in following else [f"{sentence} {following}"])
    assert told(question, sentence) == []
    assert told(question, sentence, "Rain fell for a week.") == []


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Was the bridge due to open in May?", "The bridge was due to open in May."),
        ("Was a strike feared?", "A strike had been feared."),
        ("Did the drivers strike?", "The drivers were expected to strike, but they took the offer."),
        ("Did Lind bid?", "Lind, who had been expected to bid, walked away."),
        ("Did more people come?", "More people came than were expected to come."),
        ("Has the bridge opened?", "The bridge is due to open in May."),
        ("Will the bridge open?", "The bridge was due to open in May."),
        ("When did the bridge open?", "The bridge was due to open in May."),
    ],
)
def test_what_is_asked_or_still_expected_stands_as_it_is(question: str, sentence: str) -> None:
    assert told(question, sentence, "It is shut.") == [sentence]
