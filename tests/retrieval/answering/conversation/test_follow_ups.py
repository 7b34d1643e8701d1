"""Questions that lean on a conversation, without a model: what they come to, and when they are left as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.conversation.condensing import condense
from retrieval.answering.conversation.follow_ups import leans
from retrieval.schema import Turn

MUSEUM = Turn("How many people visited the museum in 2012?", "The museum had 86,000 visitors in 2012.")
KIRBY = Turn("When did John Kirby speak?", "John Kirby spoke on Monday.")
COUNCIL = Turn("Who leads the council?", "Ines Calder leads the council.")
BRIDGE = Turn("When was the Morrin Bridge closed?", "It was closed on Friday.")
DEAL = Turn("When was the nuclear deal with Iran reached?", "It was reached in 2015.")
ABOUT = Turn("What did Ines Calder say about the quay?", "Calder said no.")
SAID = Turn("What did Ines Calder say?", "Calder said no.")


def parsed(texts: Iterable[str]) -> Iterable[Any]:
    return parse(load_parser(), texts)


RESOLVED = [
    (
        "and when was it built?",
        [Turn("when was the tower last repaired", "[1987] It was last repaired in 1987. [1]")],
        "and when was the tower built?",
    ),
    (
        "What happened to her?",
        [Turn("Who was Hedda Quist?", "The widow. [1] Hedda Quist | Salt boiler, widow, leader of the revolt [2]")],
        "What happened to Hedda Quist?",
    ),
    (
        "when?",
        [Turn("Who stole the astrolabe?", "The articles do not answer that. I looked for a person.")],
        "When did somebody steal the astrolabe?",
    ),
    ("where?", [Turn("How many died?", "Two people have died. [1]")], "Where did people die?"),
    (
        "Did residents say he lied?",
        [Turn("Why did Silas Poole resign?", "Silas Poole resigned in protest. [1]")],
        "Did residents say Silas Poole lied?",
    ),
    (
        "who runs it",
        [Turn("What did Roe accuse the airport of?", "She accused it of ignoring a survey.")],
        "who runs the airport",
    ),
    ("What did he say about it?", [KIRBY], "What did John Kirby say about it?"),
    (
        "How long is it?",
        [Turn("Did the architect agree?", "No."), Turn("What about Castle Bridge?", "The old bridge is shut. [1]")],
        "How long is Castle Bridge?",
    ),
    (
        "How many shops do they have?",
        [Turn("How much did Roe & Sons cost?", "£8.")],
        "How many shops do Roe & Sons have?",
    ),
    ("What did Roe say about that?", [BRIDGE], "What did Roe say about the Morrin Bridge?"),
    ("What did Roe say about that?", [SAID, BRIDGE], "What did Roe say about the Morrin Bridge?"),
    ("What did Roe say about that?", [BRIDGE, SAID], "What did Roe say about that?"),
    ("Did Roe say that the quay is shut?", [BRIDGE], "Did Roe say that the quay is shut?"),
    ("When did she resign?", [COUNCIL], "When did Ines Calder resign?"),
    ("And about the toll?", [ABOUT], "What did Ines Calder say about the toll?"),
    ("and about the toll?", [SAID], "What did Ines Calder say about the toll?"),
    ("What about tolls?", [ABOUT], "What did Ines Calder say about tolls?"),
    (
        "when did it happen?",
        [Turn("how many people were stuck on the lift", "Some 62 were. [1]")],
        "When were the people stuck on the lift?",
    ),
    ("why did it happen?", [Turn("Which bridge fell?", "The Alm Bridge fell. [1]")], "Why did the bridge fall?"),
    ("did Roe deny it?", [Turn("Which bridge fell?", "The Alm Bridge fell. [1]")], "did Roe deny it?"),
    ("and the harbour's owner?", [Turn("what did calder say", "No. [1]")], "what did the harbour's owner say?"),
    ("and the mayor?", [Turn("what did calder say about it", "No. [1]")], "what did the mayor say about it?"),
    (
        "What did he say?",
        [Turn("Why did the lamp go out?", "MARL — The lamp went out on Friday as Jim Laird cut the wire. [1]")],
        "What did Jim Laird say?",
    ),
    (
        "What did he say?",
        [Turn("Who left?", "Twelve farms left, and so did Bryn Rell. [1]")],
        "What did Bryn Rell say?",
    ),
    (
        "When did she resign?",
        [COUNCIL, Turn("How many boats has the council bought (Calder)?", "It has bought nine of them.")],
        "When did Ines Calder resign?",
    ),
    (
        "What did he see?",
        [Turn("Who raised the alarm?", "It was raised by a baker, Jo Horvat, who saw smoke across Market Square.")],
        "What did Jo Horvat see?",
    ),
    (
        "Where was she?",
        [Turn("Who took over for Dan Roe?", "Calder, who was on leave with her son, took over Roe’s post. [1]")],
        "Where was Calder?",
    ),
    (
        "Was she hurt?",
        [
            Turn("how many bridges has ines calder built?", "Ines Calder has built two. [1]"),
            Turn("Was one in Orrin?", "The articles do not answer that. I looked for a place beside “Rell”."),
        ],
        "Was Ines Calder hurt?",
    ),
    (
        "Where did she go?",
        [COUNCIL, Turn("How big is the budget?", "Specifically, the budget fell to $5 million. [1]")],
        "Where did Ines Calder go?",
    ),
    (
        "When was the last one?",
        [Turn("How many surgeries has Ines Calder had on her back?", "Three. [1]")],
        "When was the last surgery?",
    ),
    ("Did it end his career?", [Turn("Was anyone hurt with Dan Roe?", "No.")], "Did it end Dan Roe’s career?"),
    ("Who built it?", [Turn("When will the council decide on the bridge?", "In May.")], "Who built the bridge?"),
    ("What about?", [Turn("When will Ines Calder testify?", "In May.")], "What will Ines Calder testify about?"),
    ("Who to?", [Turn("How much will the council pay?", "$5.")], "Who will the council pay to?"),
    ("What is her age?", [COUNCIL], "What is Ines Calder’s age?"),
    ("Did anybody criticise her?", [COUNCIL], "Did anybody criticise Ines Calder?"),
    ("And in 2013?", [MUSEUM], "How many people visited the museum in 2013?"),
    ("in 2014?", [MUSEUM], "How many people visited the museum in 2014?"),
    ("What about 2014?", [MUSEUM, Turn("And in 2013?", "90,000.")], "How many people visited the museum in 2014?"),
    ("And on Tuesday?", [Turn("What did the council decide?", "To close.")], "What did the council decide on Tuesday?"),
    ("What about Tom Rell?", [SAID], "What did Tom Rell say?"),
    ("And the mayor?", [SAID], "What did the mayor say?"),
    ("How long is it?", [BRIDGE], "How long is the Morrin Bridge?"),
    ("Why?", [Turn("When did the ferry stop?", "In May.")], "Why did the ferry stop?"),
    ("When did she say it?", [ABOUT], "When did Ines Calder say that about the quay?"),
    (
        "By how many votes?",
        [Turn("When was Ines Calder elected?", "In May.")],
        "By how many votes was Ines Calder elected?",
    ),
    ("What did she promise?", [SAID, Turn("Was anybody hurt?", "No.")], "What did Ines Calder promise?"),
    (
        "How long is it?",
        [BRIDGE, Turn("Who was hurt?", "A driver.")],
        "How long is the Morrin Bridge?",
    ),
    ("When did it begin?", [Turn("When does the market take place?", "In May.")], "When did the market begin?"),
    ("Which ones?", [Turn("How many wells were shut in Orrin?", "Nine wells.")], "Which wells were shut in Orrin?"),
    ("When?", [Turn("Which company bought the quay?", "No.")], "When did the company buy the quay?"),
    ("how much?", [Turn("Who paid for the quay?", "The town did.")], "How much did somebody pay for the quay?"),
    ("And how long?", [Turn("When was the quay closed?", "In May.")], "How long was the quay closed?"),
    ("how many?", [Turn("Who was hurt on the quay?", "Six people.")], "How many people were hurt on the quay?"),
    ("How many?", [Turn("Which boats left?", "The old ones.")], "How many boats left?"),
    ("How many?", [Turn("Who is the mayor?", "Ada Lind.")], "How many?"),
    ("When?", [Turn("Who won the race?", "Ada Lind. Ada Lind won the race.")], "When did Ada Lind win the race?"),
    (
        "When was it?",
        [Turn("What happened to the barge?", "BRACK — The barge sank off Brack on Friday [6 March].")],
        "When did the barge sink?",
    ),
    (
        "When was it?",
        [Turn("What happened to the barge?", "Lind said the barge had leaked in May. The barge sank on Friday.")],
        "When did the barge sink?",
    ),
    ("What caused it?", [Turn("When did the barge sink?", "In May.")], "Why did the barge sink?"),
    ("When did it sink?", [Turn("What sank?", "Ondine. The barge Ondine sank.")], "When did Ondine sink?"),
    ("When will it shut?", [Turn("What about Norbury?", "Norbury and Tolley stay.")], "When will Norbury shut?"),
    ("Why was it shut?", [Turn("When will the Brack Bridge reopen?", "In May.")], "Why was the Brack Bridge shut?"),
    ("How much did it cost?", [BRIDGE], "How much did the Morrin Bridge cost?"),
    ("How many ships crossed under it?", [BRIDGE], "How many ships crossed under the Morrin Bridge?"),
    ("How much did the city pay for it?", [BRIDGE], "How much did the city pay for the Morrin Bridge?"),
    (
        "Who sold it?",
        [Turn("Who painted The Tide Gatherers?", "Ada Lind did."), Turn("What did the museum pay for it?", "A lot.")],
        "Who sold The Tide Gatherers?",
    ),
    ("How long do they have?", [Turn("Will the company appeal?", "Yes.")], "How long do the company have?"),
    (
        "Who says so?",
        [Turn("Did Roe hide the picture?", "The historian Ada Lind believes Roe hid it in 1943. [1]")],
        "Who said that Roe hid it in 1943?",
    ),
    (
        "What did she say to that?",
        [Turn("What did Milo Roe accuse her of?", "Roe accused Ada Lind of leaving early. [1]")],
        "What did Ada Lind say to that?",
    ),
    (
        "How much did he take?",
        [Turn("What happened to Dale Lunt?", "Dale Lunt, 61, of Mill Lane, Skarrow, was jailed. [1]")],
        "How much did Dale Lunt take?",
    ),
    (
        "Who was her husband?",
        [Turn("Who was Ada Lind?", "She mapped the sea."), Turn("Did Roe apologise?", "He said he was sorry. [1]")],
        "Who was Ada Lind’s husband?",
    ),
    (
        "When did he die?",
        [Turn("Who was Ada Lind's husband?", "Dr Lind married Olof Sand, an engineer, in 1958. [1]")],
        "When did Olof Sand die?",
    ),
    (
        "Did she win a prize?",
        [
            Turn("Who was Ada Lind's husband?", "Dr Lind married Olof Sand, an engineer, in 1958. [1]"),
            Turn(
                "When did Olof Sand die?",
                "I found no sentence that plainly answers that. The nearest one (The Courier): He died in 2003.",
            ),
        ],
        "Did Lind win a prize?",
    ),
    ("When does the next one start?", [Turn("Who paid for the trial?", "I did.")], "When does the next trial start?"),
    ("Who is she?", [Turn("What did Orrin's lawyer say?", "“No,” its lawyer, Ada Lind, said.")], "Who is Ada Lind?"),
    (
        "Who owns it?",
        [Turn("Which ship lost the buoys?", "A ship lost them.")],
        "Who owns the ship that lost the buoys?",
    ),
    (
        "What did she say?",
        [Turn("Who was elected?", "Ada Lind was elected on Sunday, beating Per Holm. [1]")],
        "What did Ada Lind say?",
    ),
    (
        "What did she say?",
        [Turn("Who is Per Farrar’s lawyer?", "Ada Lind. Asked by his lawyer, Ada Lind, Farrar said it was his. [1]")],
        "What did Ada Lind say?",
    ),
    (
        "Who did she replace?",
        [Turn("Who is the head of Hollin & Reeve?", "“We were slow,” said Ada Lind, who followed Per Holm. [1]")],
        "Who did Ada Lind replace?",
    ),
    (
        "When will it land?",
        [Turn("When did Caravel lose contact?", "Caravel, which was launched in May, lost contact on Monday. [1]")],
        "When will Caravel land?",
    ),
    (
        "What did their lawyer say?",
        [Turn("How many farmers sued the mill?", "Nineteen farmers sued the mill. [1]")],
        "What did the farmers’ lawyer say?",
    ),
    ("When was that?", [SAID], "When did Ines Calder say that?"),
    (
        "Who said that?",
        [Turn("Why was it shut?", "The piers [of the bridge] are weak. Ask.")],
        "Who said “The piers are weak”?",
    ),
    ("Tell me more.", [BRIDGE], "What about Morrin Bridge?"),
    (
        "Who were they?",
        [Turn("How many people were killed in the slide?", "Two hikers were killed and a third is missing.")],
        "Who were the people who were killed in the slide?",
    ),
    (
        "Why?",
        [Turn("Who was dismissed by Orrin United?", "The coach and his assistant have been dismissed, the club said.")],
        "Why was somebody dismissed by Orrin United?",
    ),
    (
        "What did he say?",
        [Turn("Who led the dive?", "“There is a wreck at Ulm,” Tom Brandl, who led the dive, said on Monday.")],
        "What did Tom Brandl say?",
    ),
    (
        "What did he tell the crew?",
        [Turn("Where (Brandl)?", "Rell, Otway and Brandl worked on the wreck. He is a diver.")],
        "What did Brandl tell the crew?",
    ),
    (
        "what did she say?",
        [Turn("who is Ada Lind?", "“He is a good man,” said the club’s owner, Ada Lind. [1]")],
        "what did Ada Lind say?",
    ),
    (
        "why did it pile up?",
        [Turn("how much rubbish was there in Orrin?", "Forty tons.")],
        "why did the rubbish pile up?",
    ),
    (  # the toll, or the fine?
        "who pays for it?",
        [Turn("how high is the toll?", "It is $2."), Turn("how high is the fine?", "The articles do not answer that.")],
        "who pays for it?",
    ),
    (
        "who pays for it?",
        [Turn("how high is the toll?", "It is $2."), Turn("and the council?", "The articles do not answer that.")],
        "who pays for the toll?",
    ),
    (
        "who leads the other one, in Orrin?",
        [Turn("how long is the pier?", "9 m.")],
        "who leads the other pier, in Orrin?",
    ),
    ("Who signed that deal?", [DEAL], "Who signed the nuclear deal?"),
    (
        "What was lost there?",
        [Turn("When was the museum in Dunvarrow shut?", "In May.")],
        "What was lost in Dunvarrow?",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("question", "turns", "whole"), RESOLVED, ids=[q for q, _, _ in RESOLVED])
def test_what_a_question_leaves_to_the_turn_before_is_put_in(question: str, turns: list[Turn], whole: str) -> None:
    assert condense(question, turns, parsed) == whole


@pytest.mark.model
def test_five_turns_each_lean_on_the_one_before() -> None:
    turns: list[Turn] = []
    wholes = []
    for question, answer in (
        ("How many people visited the museum in 2012?", "86,000 did."),
        ("And in 2013?", "90,000 did."),
        ("What about 2014?", "95,000 did."),
        ("Who ran it?", "Clea Fontin ran the museum."),
        ("When did she leave?", "She left in 2015."),
    ):
        wholes.append(condense(question, turns, parsed))
        turns.append(Turn(question, answer))
    assert wholes[1:] == [
        "How many people visited the museum in 2013?",
        "How many people visited the museum in 2014?",
        "Who ran the museum?",
        "When did Clea Fontin leave?",
    ]


@pytest.mark.parametrize("question", ["Who built the dam?", "When did the bridge reopen?", "How many people died?"])
def test_questions_that_stand_alone_lean_on_nothing(question: str) -> None:
    assert not leans(question)
