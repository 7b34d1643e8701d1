"""The short answer before a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from retrieval.annotation.parser import load_parser, parse
from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.questions.question_syntax import question_syntax
from retrieval.answering.short_answers.leads import lead
from retrieval.search.words import stems

if TYPE_CHECKING:
    from spacy.tokens import Doc


def parsed(sentences: Iterable[str]) -> Iterable[Doc]:
    return parse(load_parser(), sentences)


def led(question: str, sentence: str) -> str:
    (doc,) = parsed([sentence])
    return lead(asked_for(question), question_syntax(question, parsed), question, stems(question), doc)


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("How many homes were cut off?", "The storm cut some 3,100 homes off the grid on Sunday.", "Some 3,100 homes."),
        (
            "Which countries does Alm work in?",
            "The group, Alm, employs 9,400 people in four countries: Austria, Slovenia, Hungary and Croatia.",
            "Austria, Slovenia, Hungary and Croatia.",
        ),
        (
            "Which firms have bid for it?",
            "Three firms have bid for the works: Halm Rail, Brick Works and the state-owned Railways.",
            "",
        ),
        ("Where was the painting found?", "The painting stolen from the Lindenhof was found behind a wardrobe.", ""),
        ("How long has Rell been coxswain?", "Per Rell, the coxswain since 2008, called it wrong.", "Since 2008."),
        ("How long has Rell been coxswain?", "Per Rell, the coxswain since the war, called the figure wrong.", ""),
        ("What are the odds of a flood?", "The odds of a flood have grown since the last study seven years ago.", ""),
        ("What are the odds of a flood?", "The odds of a flood are 7 percent, a study said.", "7 percent."),
        (
            "Where was the money found (Pellow)?",
            "Duncan Farrar is accused of having taken the money from Pellow, the builder, in three parts.",
            "",
        ),
        ("How old is Rita Salgado?", "She is 37 and has played 402 matches for the club since her debut.", "37."),
        ("How tall is the dam?", "The office recommended on Monday that the old dam be lowered by 6 metres.", ""),
        (
            "Who built the robot?",
            "The robot, Nemo, was built by the Institute for Ocean Technology in Kiel for the state.",
            "The Institute for Ocean Technology.",
        ),
        ("How large was the fine?", "The operator was fined, the court said, $4.2 million; it was a large fine.",
         "$4.2 million."),
        (
            "What did Dr Roe compare the genes with?",
            "He sent the other to a garden at Brack, where Dr Ada Roe compared its genes with those of 2,300 sorts.",
            "",
        ),
        (
            "How long does the firm have to appeal?",
            "Paying every crew for delays would cost the firm about £600,000 a year, the director told the court.",
            "",
        ),
        (
            "How often were crossings late?",
            "The director accepted that one crossing in 30 was late last winter, in fog.",
            "One crossing in 30.",
        ),
        (
            "How long has Jo Rell been mayor?",
            "My name is Jo Rell, and I am your mayor, a post that I have held with pride since January 2007.",
            "Since January 2007.",
        ),
        (
            "How many storms were there?",
            "The storms of the year so far have included 13 hailstorms, one blizzard and one flood.",
            "",
        ),
        (
            "Who led the dive?",
            "Dr. Lena Osk of the Marine Institute, who led the dive, said that a net could destroy it in a minute.",
            "",
        ),
        (
            "How many cheesemakers are on the trail?",
            "For those who want to taste it, the trail of the council has more than 45 prize-winning cheesemakers.",
            "More than 45.",
        ),
        (
            "How many employees are there now?",
            "The budget fell, so that staff were cut from 85 employees in 2007 to 59 employees now.",
            "",
        ),
        (
            "Where did Ada throw the ring away?",
            "It was in the month in which Ada, they say, threw the ring away at a north Vardonia grocery store.",
            "At a north Vardonia grocery store.",
        ),
        (
            "Who apologised for the ruling?",
            "In the same week then-District Attorney Cy Rell apologised for the ruling and what it brought.",
            "Then-District Attorney Cy Rell.",
        ),
        (
            "Which tug brought the ferry in?",
            "It lay at anchor until a tug, the Bruiser, brought it in at 9.40 the next morning.",
            "The Bruiser.",
        ),
        (
            "What was the fine for?",
            "The branch fined the firm £75,000 in June for postponing the work on the pumps of both of its ships.",
            "",
        ),
        (
            "Who scored the winner?",
            "The visitors had led from the twelfth minute, when Nils Aker beat two defenders and scored from afar.",
            "",
        ),
        (
            "Who scored the winner?",
            "The winner came late, when Malik Torres scored it with his head from a corner in the last minute.",
            "Malik Torres.",
        ),
        ("How tall is the tower?", "The tower, 41 metres tall, was sold on Monday to two sisters.", "41 metres."),
        ("How strong were the gusts?", "Gusts of up to 154 km/h were recorded at the cape.", "Up to 154 km/h."),
        ("Who paid for the study?", "The study was paid for by the Marine Fund, which gave much.", "The Marine Fund."),
        ("Who is the lawyer of Ebert?", "Ebert’s lawyer, Karim Haddad, had asked for less than that.", "Karim Haddad."),
        (
            "How many pools will close in Orrin?",
            "Orrin council voted on Tuesday to close four of its eleven pools.",
            "Four of its eleven pools.",
        ),
        (
            "How many people were killed?",
            "The ship sank off the cape, killing 90 passengers and 11 people on the quay.",
            "90 passengers and 11 people.",
        ),
        (
            "How many divers were killed?",
            "The minister said on Friday that 137 Norran divers and sailors had been killed with hundreds hurt.",
            "137 Norran divers and sailors.",
        ),
        ("Who appointed Rand?", "Lind and Moe were appointed by Ann Lowe and Rand was appointed by Orr.", "Orr."),
        ("Who is the captain?", "Captain Tilly Moreno was hit on Friday but is to play on Sunday.", "Tilly Moreno."),
        ("Where did she land?", "Ada Lind, 41, who flew alone, landed in Lowmouth on Monday night.", "In Lowmouth."),
        ("Was the pool to have reopened in May?", "The pool was to have reopened in May; a pipe burst.", "Yes:"),
        ("Did the pool reopen in May?", "The pool was to have reopened in May; a pipe burst.", ""),
        ("Did Ebert plead guilty?", "Conrad Ebert, 47, had pleaded guilty to 38 counts of theft.", "Yes:"),
        ("How many nurses dropped out?", "On Monday seventy nurses finished both; five of them had withdrawn.", ""),
        ("How loud is the Kestrel?", "For good coffee get the Kestrel ($229), which is louder than the others.", ""),
        ("Who was governor after Thorne?", "In 1782 the governor, Baron Axel Thorne, arrested eleven people.", ""),
        ("How many people marched?", "On Monday several hundred people marched here.", "Several hundred people."),
        ("How many people use it?", "Mr Gatenby says that only 90 people a day use the library.", ""),
        ("How many people use it?", "Police said that only 90 people a day use the library.", "Only 90 people."),
        ("Did the bank pay the ransom?", "The bank did not pay the ransom, Dorte Hamm said.", "No:"),
        ("Did the bank pay the ransom?", "Dorte Hamm denied that the bank had paid it.", "Dorte Hamm denied it:"),
        ("was Roe cleared in 1996?", "Yet an inquiry in 1996 cleared Roe of any wrongdoing at the bank.", "Yes:"),
        (
            "Is Roe listed as a donor?",
            "On Wednesday, Roe was not listed as a donor by the club, which has raised nearly $9 million.",
            "No:",
        ),
        ("Was anyone hurt in the fire?", "Nobody was hurt in the fire, the chief of the brigade said.", "No:"),
        ("Was anyone hurt in the fire?", "Two people were hurt in the fire, the chief of the brigade said.", "Yes:"),
        ("What did Roe show?", "At a harbour meeting, Ann Roe showed a map of Morrin Quay.", "A map of Morrin Quay."),
        ("Was Roe involved in the theft?", "Roe has denied involvement in the theft of the boat.", "Roe denied it:"),
        ("Has the council passed the plan?", "The council has yet to pass the plan for the quay.", "No:"),
        ("Has the sale been approved yet?", "The Competition Office must approve the sale by 28 February.", ""),
        ("Has the state paid half of the bill?", "The state shall pay half of the bill.", ""),
        ("Did the state pay half of the bill?", "The state will pay half of the bill.", ""),
        ("Was the plan sent to the minister?", "The plan will be sent to the minister.", ""),
        ("Is the plan approved?", "The minister must approve the plan.", ""),
        ("Does the state pay half of the bill?", "The state ought to pay half of the bill.", ""),
        ("Has the sale been approved?", "The Competition Office has approved the sale, as it had to.", "Yes:"),
        ("Has the sale been approved?", "The Competition Office will not approve the sale of it.", "No:"),
        ("Will the state pay half of the bill?", "The state shall pay half of the bill.", "Yes:"),
        ("Is the state going to pay half of the bill?", "The state will pay half of the bill.", "Yes:"),
        ("Did Lind endorse Roe?", "Lind spoke at the meeting, though she did not endorse Roe for mayor.", "No:"),
        (
            "Who got sent off?",
            "The score was two all, a minute after Orrin's defender Radek Holm had been sent off for a foul.",
            "Orrin's defender Radek Holm.",
        ),
        ("Who wrote it?", "It was written by Marl's engineer, the Lind Bank said on Monday.", "Marl's engineer."),
        ("Who is Jo Rand?", "Among them is Father Jo Rand, whose own church was flooded on Monday.", ""),
        ("Who is Jo Rand?", "On Monday morning Mayor Jo Rand opened the bridge to cars.", "Mayor."),
        ("How old was Ada Lind?", "The pilot, the 41-year-old Ada Lind, landed in Lowmouth on Monday.", "41-year-old."),
    ],
)  # fmt: skip
def test_the_short_answer_is_in_the_sentences_own_words(question: str, sentence: str, expected: str) -> None:
    assert led(question, sentence) == expected


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What songs did the bakers sing?", "The bakers sang a lullaby by the composer Maarja Tamm and a medley."),
        (
            "How many homes were cut off?",
            "Of 9,000 homes in the town 3,100 homes were cut off from the grid on Sunday.",
        ),
        (
            "How many potters were hurt?",
            "Nobody was hurt, and the 26 potters were back at their wheels on Wednesday.",
        ),
        ("What is the price of milk?", "Shoppers are glad: milk is about 20 cents a litre less than it was last May."),
        ("How much did the Norra trip cost?", "The club has planned a trip to Norra, a rock worth $10 million."),
        ("How many pools does Orrin have?", "Orrin council voted on Tuesday to close four of its eleven pools."),
        ("How many cups have the Reds won?", "Despite playing in four cups, the Reds have only managed to win one."),
        (
            "How long is Lind's sentence?",
            "The state wants to bring home Lind and Tomas Roe, a sailor serving a 16-year sentence in the north.",
        ),
        ("Who paid for the trial?", "Dale Lunt, two years after he was appointed, took money to pay his debts."),
        ("Where is the wreck?", "Its inspector, Tomas Brandl, said a drone would be sent to the wreck at 90 metres."),
        ("Who filmed the beavers?", "The beavers were filmed last month at the weir of Hallam, the river trust said."),
        ("How long did the thefts go on?", "A treasurer who stole from the club was jailed for two years on Monday."),
        ("What did the navy deliver?", "The storm cut the island off, and the navy delivered food on Aug. 19."),
        ("Did the bank pay the ransom?", "The bank may pay the ransom, Dorte Hamm said."),
        ("Did the bank pay the ransom?", "The bank refused to pay the ransom."),
        ("Does Roe still work for the club?", "Roe still works for the club, but no longer as its head."),
        ("Did the mayor resign?", "The mayor was asked whether she would resign."),
        ("Why was the dam built?", "The dam was built because the valley had been flooded twice in ten years."),
        ("Who was Roe's finance minister?", "The cuts were taken back by Ulm’s new finance minister, Tomas Lind."),
        ("Who was Roe's mayor?", "Many of the cuts were taken back by Ulm’s new Mayor Tomas Lind on the same day."),
        ("Where (Roe)?", "Tomas Roe, a singer, asked his followers on Monday to stay away from his camp in Ennor."),
        ("How high is the fuel tax?", "Beside the fuel tax Ennor levies its 6% sales tax on what is sold at a pump."),
        (
            "Who replaced Marek Dunn as the miller?",
            "The film stars Ida Roe, Tom Lind, Sara Pell and Moss, who replaced Marek Dunn as the miller.",
        ),
    ],
)
def test_nothing_stands_before_a_sentence_where_it_is_not_certain(question: str, sentence: str) -> None:
    assert led(question, sentence) == ""
