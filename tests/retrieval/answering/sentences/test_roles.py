"""Whether a sentence has the part that a question asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.question_syntax import question_syntax
from retrieval.answering.sentences.roles import UNKNOWN, fulfils, has_predicate, only_owns, without_predicate
from retrieval.search.words import stems

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


def fit(question: str, sentence: str) -> float:
    (doc,) = parsed([sentence])
    return fulfils(question_syntax(question, parsed), question, stems(question), doc)


@pytest.mark.parametrize(
    ("question", "answering", "other"),
    [
        ("Who built the dam?", "The dam was built by Lowe and Sons in 1931.", "Farmer Jo Rand lives below the dam."),
        ("Who makes the drones?", "The drones are built by Kestrel Works.", "The drones fly from April."),
        ("Who runs the club?", "The club’s new head is Ann Roe.", "The club’s former head is Ann Roe."),
        (
            "Who runs the ferry?",
            "Ann Roe, operator of the ferry, was angry.",
            "Ann Roe was the head of a tug.",
        ),
        ("Who wrote the poem?", "Ann Roe wrote the poem.", "If you have to rewrite it, it is the wrong poem."),
        ("Who filmed the beavers?", "Kasia Morn filmed the beavers.", "The beavers were filmed at the weir in March."),
        ("Who bought the mill?", "Lowe bought the mill.", "Lowe bought the house and brought a sack to the mill."),
        ("Who painted the mill?", "“The Mill”, by Ann Lowe, was painted in 1684.", "The mill was painted in May."),
        ("Who represented Norway?", "Norway’s foreign minister Karin Lind was there.", "Norway’s ship Alba was there."),
        (
            "Who represented South Norra?",
            "It brought South Norra’s Foreign Minister Karin Lind there.",
            "It brought North Norra’s Foreign Minister Karin Lind there.",
        ),
        ("Who bought the mill?", "The Bellamy family, who bought the mill, make cheese.", "The mill is very old."),
        ("What caused the leak?", "A loose bolt caused the leak.", "He ruled out that a bolt had caused the leak."),
        ("Who broke the lamp?", "The judge ruled that Orr broke the lamp.", "Orr denied that Lowe broke the lamp."),
        ("What do the dockers want?", "The dockers want a shorter day.", "The dockers met on Monday."),
        ("Who won the election?", "Jo Rand was elected mayor.", "Jo Rand was not elected mayor."),
        ("Who won the election?", "Jo Rand beat Ann Lowe by 12 votes.", "Jo Rand held the post for 12 years."),
        ("Who did Lowe beat?", "Lowe had beaten the champion, Ann Rand.", "Ann Rand had beaten Lowe."),
        ("Who won the final?", "Hallam beat Norfield.", "Jo Rand was elected chairman of Hallam."),
        ("Who lost the election?", "Rand was chosen, beating Ann Lowe by 12 votes.", "Rand was elected by 12 votes."),
        (
            "Who owns the mill?",
            "The mill, which belongs to Ann Lowe, is old.",
            "The inn by the mill belongs to Ann Lowe.",
        ),
        ("Who owns the mill?", "It belongs to Ann Lowe.", "The mill does not belong to Ann Lowe."),
        ("Who bought the mill?", "The town sold Lowe the mill.", "The town sold a barn to Lowe."),
        ("Who sold the mill?", "Lowe bought the mill from Jo Rand.", "Lowe bought the mill in May."),
        ("Who received the medal?", "The king gave the medal to Ann Lowe.", "The king gave the medal in May."),
        ("Who employs the divers?", "The divers work for Halm Rail.", "The divers work at night."),
        ("Who handed the purse in?", "A neighbour, Jo Rand, handed in a torn purse.", "The purse was handed in."),
        ("When does the book come out?", "The book came out in May.", "The book came up in May."),
        ("Who discovered Norra?", "Ann Lowe discovered Norra.", "The Norra Discovery Program began in 1990."),
        ("Who scored a hat trick?", "Ann Lowe had a hat trick for the Reds.", "Ann Lowe had a cold that week."),
        (
            "Who led the inquiry?",
            "Judge Ann Lowe’s inquiry found no fault.",
            "Ann Lowe’s boat was found by the inquiry.",
        ),
        ("Who won the match?", "Match winner Ann Lowe left.", "Both sides came to the match with winning streaks."),
        ("Who sponsored the bill?", "A bill by Speaker Ann Lowe opens the bars.", "A bill by the quay opens the bars."),
        ("How many runners started?", "Some 31,000 runners started in the rain.", "The runners were wet."),
    ],
)
def test_the_part_asked_for_is_found_or_missed(question: str, answering: str, other: str) -> None:
    assert fit(question, answering) > fit(question, other)


def test_a_question_without_a_verb_of_its_own_tells_nothing() -> None:
    assert fit("Who is the mayor?", "Ines Calder is the mayor.") == UNKNOWN


@pytest.mark.parametrize("question", ["Who built the dam?", "What do the dockers want?", "Which ship sank?"])
@pytest.mark.parametrize("sentence", ["Jo Rand lives below it.", "The builder was Lowe.", "It sank."])
def test_what_is_seen_without_the_parser_is_what_the_parser_sees(question: str, sentence: str) -> None:
    syntax = question_syntax(question, parsed)
    if not has_predicate(syntax, question, sentence):
        assert fit(question, sentence) == without_predicate(syntax)


@pytest.mark.parametrize(
    ("sentence", "owns"),
    [
        ("Peter Rell, the coxswain’s grandfather, was washed ashore.", True),
        ("The coxswain's boat was lost, said Per Rell, the coxswain.", False),
        ("Per Rell was washed ashore.", False),
    ],
)
def test_whose_grandfather_somebody_is_does_not_tell_who_is_the_coxswain(sentence: str, owns: bool) -> None:
    question = "Who is the coxswain?"
    assert only_owns(question_syntax(question, parsed), question, sentence) is owns
