"""Questions in a conversation in which it is not clear what is left to it: they stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.conversation.condensing import condense
from retrieval.schema import Turn

pytestmark = pytest.mark.model

KIRBY = Turn("When did John Kirby speak?", "John Kirby spoke on Monday.")
COUNCIL = Turn("Who leads the council?", "Ines Calder leads the council.")
BRIDGE = Turn("When was the Morrin Bridge closed?", "It was closed on Friday.")
DEAL = Turn("When was the nuclear deal with Iran reached?", "It was reached in 2015.")


def parsed(texts: Iterable[str]) -> Iterable[Any]:
    return parse(load_parser(), texts)


LEFT = [
    ("Who said it sounded like a train?", [BRIDGE], "“it” stands in what was said"),
    (
        "Why did it end?",
        [Turn("When did Tolley take office?", "Tolley took office in May.")],
        "an office is no “it” here",
    ),
    (
        "When was it found?",
        [Turn("What was stolen from the museum?", "A ring.")],
        "what was stolen is meant, not the museum",
    ),
    ("How old is it?", [Turn("What did his lawyer say?", "No.")], "a person is no “it”"),
    ("When did John Kirby say he would go?", [COUNCIL], "its own name comes first"),
    ("Why did he resign?", [Turn("Did Tom Rell criticise Ines Calder?", "Yes.")], "two persons"),
    ("How long did it take?", [BRIDGE], "“it” stands for nothing"),
    ("Is it true that the mayor resigned?", [BRIDGE], "“it” stands for nothing"),
    ("Who built the dam?", [KIRBY], "leans on nothing"),
    ("Who did it?", [BRIDGE], "“it” is what was done"),
    ("Who really did it?", [Turn("How long were they in prison?", "Nine years.")], "nothing that was done"),
    ("Why was it so hot in May?", [BRIDGE], "“it” stands for nothing"),
    ("What did they decide?", [KIRBY], "nobody that “they” may be"),
    ("What is her job?", [Turn("Was the plan opposed?", "Dana Whitlock opposed it, said Piers Otway.")], "two persons"),
    ("Who signed that treaty?", [DEAL], "no treaty was spoken of"),
    ("And in 2013?", [Turn("What changed between 2010 and 2012?", "Much.")], "two dates"),
    ("What did he say?", [Turn("Who ran the port?", "Oona Rell ran it before she left.")], "“she” was said of her"),
    ("When?", [Turn("Who opposed the plan?", "Nobody did.")], "nobody is named"),
    ("Where did he live?", [Turn("Who is Mrs Ines Calder?", "Mrs Ines Calder is the mayor.")], "she is no “he”"),
    ("What did he say?", [], "no conversation"),
    ("What did he say?", [Turn("What grew there?", "A pear lost since the First World War.")], "no war is a “he”"),
    (
        "Was he jailed before?",
        [Turn("Who fired?", "A 69-year-old French man of a Turkish club did.")],
        "no people is a “he”",
    ),
    ("Was he jailed before?", [Turn("How many died?", "All three people who died were Kurds.")], "nor are several"),
    (
        "How big is it?",
        [
            Turn("Who read bad news?", "Bad news was read."),
            Turn("When was Oru found?", "Found in 2002, Oru is a moon."),
        ],
        "what was asked about last may be meant",
    ),
    ("What does he want?", [Turn("Is it the Lady Grey?", "Nobody is certain that it is the Lady Grey.")], "a pear"),
    (
        "What does he want?",
        [Turn("What did Ines Calder say?", "Ines Calder said she was glad. [1] Calder asked for a toll. [2]")],
        "“she” was said of her",
    ),
    ("Is it certain that the mayor resigned?", [BRIDGE], "“it” stands for nothing"),
    ("Who voted for it?", [Turn("How did the committee vote?", "Nine to two.")], "nobody votes for who votes"),
    (
        "did reyes say he was pushed",
        [
            Turn("Who denied it?", "Tomas Reyes denied it. [1]"),
            Turn("Why did Silas Poole go?", "Silas Poole left. [1] Reyes stays. [2]"),
        ],
        "Reyes is named, in small letters",
    ),
    ("Did the mayor say he lied?", [Turn("Why did Silas Poole go?", "Silas Poole left. [1]")], "the mayor may have"),
    ("Who says so?", [Turn("Is it shut?", "The articles do not answer that. I looked for it.")], "nobody said a thing"),
    ("which one got it?", [Turn("what does professor lind think?", "Lind said no. [1]")], "a person is no “it”"),
    ("where is it?", [Turn("what did Yolanda Pike keep?", "Yolanda Pike kept a bottle. [1]")], "nor is Yolanda"),
    ("Who built it?", [BRIDGE, Turn("how long is the second one?", "9 m.")], "the second one may be meant"),
    ("who voted for it?", [Turn("when was that article published?", "In May.")], "no article is voted for"),
    ("how long is the other one?", [BRIDGE], "no other one is known"),
    ("what did the other one say?", [Turn("what did the engineer say?", "No.")], "the article has one engineer"),
    ("did the mayor say who it was?", [BRIDGE], "“it” stands for nothing"),
    ("who was the mayor before, the one in office then?", [BRIDGE], "the question says which one"),
    ("Where will it go?", [Turn("What did the police find?", "A painting.")], "the police are many"),
    (
        "What did she say?",
        [Turn("Who applied?", "The plan is by Arden Slate, which digs there. [1]")],
        "what “which” follows is nobody",
    ),
]


@pytest.mark.parametrize(("question", "turns", "why"), LEFT, ids=[f"{q} {why}" for q, _, why in LEFT])
def test_an_unclear_question_stays_as_it_is(question: str, turns: list[Turn], why: str) -> None:
    assert condense(question, turns, parsed) == question
