"""Whether a sentence offers what is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.offers import offers

OFFERED = [
    (AskedFor.NUMBER, "Some 640 people walked out.", "how many walked out", "640"),
    (AskedFor.NUMBER, "Seven boats were lost.", "how many boats were lost", "Seven"),
    (AskedFor.NUMBER, "Turnout was 61%, the mayor said.", "turnout?", "61%"),
    (AskedFor.AMOUNT, "The repair cost $4.5 million in all.", "what did it cost", "$4.5 million"),
    (AskedFor.AMOUNT, "Children travel free.", "fare for children", "free"),
    (AskedFor.AMOUNT, "Entry is free for all.", "fare for children", "free"),
    (AskedFor.PLACE, "She works for Lowmouth Hospital.", "where does she work", "for Lowmouth Hospital"),
    (AskedFor.MEASURE, "He drove at 90 km/h.", "how fast did he drive", "90 km"),
    (AskedFor.AMOUNT, "They offered 300 euros.", "how much did they offer", "300 euros"),
    (AskedFor.MEASURE, "The town saw a record 40.3C on Monday.", "how hot did it get", "40.3C"),
    (AskedFor.REASON, "She called on them to shut it as a way of saving water.", "why", "as a way of"),
    (AskedFor.MEASURE, "The crack is 31 centimetres long.", "how big is it", "31 centimetres"),
    (AskedFor.EXTENT, "The 900-metre pier is shut.", "how long is the pier", "900-metre"),
    (AskedFor.AGE, "Ines Calder, 52, was not there.", "how old is she", ", 52,"),
    (AskedFor.AGE, "The shot is for adults 60 and older.", "how old must one be", "60 and older"),
    (AskedFor.AGE, "Happy 50th birthday to Ines Calder.", "how old is Calder", "0th birthday"),
    (AskedFor.AGE, "A couple with a baby of seven months were there.", "how old is the baby", "baby of seven"),
    (AskedFor.AGE, "A boy of nine fell from the wall.", "how old is the boy", "boy of nine"),
    (AskedFor.AGE, "The hall dates from 1868.", "how old is the hall", "dates from 1868"),
    (AskedFor.AGE, "A 34-year-old man was hurt.", "how old was the driver", "34-year-old"),
    (AskedFor.AGE, "A 34-year-old man from Ulm was hurt.", "how old is the driver", "34-year-old"),
    (AskedFor.AGE, "A 34-year-old injured woman left.", "how old is the driver", "34-year-old"),
    (AskedFor.AGE, "The 300-year-old wooden bridge fell.", "how old was the bridge", "300-year-old"),
    (AskedFor.MEASURE, "Its shares fell 12 per cent.", "how far did the shares fall", "12 per cent"),
    (AskedFor.DURATION, "It lasted six long weeks.", "how long did it last", "six long weeks"),
    (AskedFor.DURATION, "She has led it since 2019.", "how long has she led it", "since"),
    (AskedFor.DAY, "It opens on Sept. 12.", "when does it open", "Sept. 12"),
    (AskedFor.DAY, "It closed on Monday.", "when did it close", "Monday"),
    (AskedFor.AMOUNT, "It costs $9 a dose.", "how much does MV-9 cost", "$9"),
    (AskedFor.DAY, "It hopes to open by April.", "when does it open", "April"),
    (AskedFor.DAY, "The pier, built in 1904, burned.", "when was it built", "1904"),
    (AskedFor.DEFINITION, "“Rain comes,” said Per Lind, chief of the bureau.", "Who is Per Lind?", "Per Lind, c"),
    (AskedFor.PERSON, "The boat belongs to a friend of Pieter Vang.", "who owns the boat", "Pieter Vang"),
    (AskedFor.BODY, "He works for the Harbour Authority.", "which body", "Harbour Authority"),
    (AskedFor.PLACE, "She was found in Lowmouth.", "where was she found", "in Lowmouth"),
    (AskedFor.PLACE, "The pact joined Norway, Chile and Japan.", "which countries joined", "Norway"),
    (AskedFor.NUMBER, "No one was hurt.", "how many were hurt", "No one"),
    (AskedFor.NUMBER, "There were no serious injuries.", "how many were hurt", "no serious injuries"),
    (AskedFor.DURATION, "The league banned him for four games.", "how long is his ban", "four games"),
    (AskedFor.REASON, "It closed because the quay had cracked.", "why", "because"),
    (AskedFor.LIST, "They took coins, a clock and two rings.", "what was stolen", "coins, a clock and t"),
    (AskedFor.DEFINITION, "Skerry is a dried fish.", "what is skerry", "is a"),
]


@pytest.mark.parametrize(("kind", "sentence", "question", "found"), OFFERED)
def test_the_thing_asked_for_is_found_where_it_stands(kind: AskedFor, sentence: str, question: str, found: str) -> None:
    best = max(offers(kind, sentence, question), key=lambda o: o.strength)
    assert sentence[best.start : best.end].strip() in found or found in sentence[best.start : best.end]


@pytest.mark.parametrize(
    ("kind", "sentence", "question"),
    [
        (AskedFor.NUMBER, "The B-52 bombers stayed away.", "how many bombers"),
        (AskedFor.NUMBER, "The vote was on April 17, 2026.", "how many votes"),
        (AskedFor.NUMBER, "It no longer was the mayor's.", "how many votes"),
        (AskedFor.AMOUNT, "The toll will rise.", "what will the toll be"),
        (AskedFor.MEASURE, "The walk costs $12.", "how far did they walk"),
        (AskedFor.MEASURE, "He was charged with two counts of theft.", "how fast did he drive"),
        (AskedFor.AMOUNT, "It was made with a free and open program.", "what did the film cost"),
        (AskedFor.AMOUNT, "It was the 25th largest storm.", "how much did the storm cost"),
        (AskedFor.PLACE, "She spoke in Lowmouth.", "where is Lowmouth"),
        (AskedFor.REASON, "The mill will close after 140 years.", "why is it closing"),
        (AskedFor.REASON, "The mill has been closed since 2008.", "why is it closed"),
        (AskedFor.REASON, "It has lost games such as the last one.", "why does it lose"),
        (AskedFor.DAY, "They may reopen it.", "when will it reopen"),
        (AskedFor.REASON, "The mill has been closed since Saturday.", "why is it closed"),
        (AskedFor.REASON, "The growers lodged a complaint in May.", "why have the growers complained"),
        (AskedFor.DURATION, "It would cost £600,000 a year.", "how long would it take"),
        (AskedFor.AGE, "They found it in 830-million-year-old salt.", "how old are the worms"),
        (AskedFor.AGE, "The mayor was there.", "how old is the mayor"),
        (AskedFor.PERSON, "The van had been rented by a tall man.", "who rented the van"),
        (AskedFor.PERSON, "The Calder report is out.", "who wrote the Calder report"),
        (AskedFor.DAY, "The 2023 report is out.", "when was the 2023 report printed"),
        (AskedFor.WORDS, "The mayor was there.", "what did the mayor say"),
    ],
)
def test_what_is_not_there_or_stands_in_the_question_is_not_offered(
    kind: AskedFor, sentence: str, question: str
) -> None:
    assert not [o for o in offers(kind, sentence, question) if o.strength > 0.3]


def test_who_held_a_post_before_is_a_weaker_answer_than_who_holds_it() -> None:
    now, before = "Per Lind, the chairman, agreed.", "Per Lind, a former chairman, agreed."
    question = "who is the chairman"
    assert _best(now, question) > _best(before, question)
    assert _best(before, "who was the former chairman") > _best(before, question)


def test_a_post_and_a_full_name_together_are_a_plain_answer() -> None:
    question = "who is the president of the Dockers"
    assert _best("It was Dockers President Per Lind.", question) > _best("It was the Dockers League.", question)


def test_who_is_named_as_of_the_body_asked_about_is_a_plainer_answer() -> None:
    question = "who spoke for Norway"
    assert _best("They met Norway’s envoy Per Lind.", question) > _best("They met the envoy Per Lind.", question)


def _best(sentence: str, question: str) -> float:
    return max(o.strength for o in offers(AskedFor.PERSON, sentence, question))


@given(st.sampled_from(AskedFor), st.text(max_size=200), st.text(max_size=60))
def test_an_offer_lies_in_its_sentence(kind: AskedFor, sentence: str, question: str) -> None:
    for offer in offers(kind, sentence, question):
        assert 0 <= offer.start <= offer.end <= len(sentence)
        assert 0.0 < offer.strength <= 1.0
