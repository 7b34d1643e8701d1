"""Questions in a conversation, asked of the library: what they are taken to be about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.conversation.in_conversation import OF_ANYTHING
from retrieval.answering.parts_in_turn import OF_ANOTHER
from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import OPERATOR, Turn

BEES = (
    "Eleven beekeepers are taking Keston town council to court over bees that died in June.\n\n"
    "The council says it used only a product based on vinegar. It will not pay.\n"
)
MEALS = (
    "Children in Marsham will eat potatoes from farms nearby, after a vote on Thursday.\n\n"
    "The council said that all cooks would be offered work in the new kitchens.\n"
)


@pytest.mark.model
def test_what_a_body_says_is_told_of_the_one_that_the_talk_is_about(
    library: Library, write: Callable[[str, str], Path]
) -> None:
    library.add([write("bees.txt", BEES)], given=Given(title="Bees die at Keston", published=date(2026, 6, 19)))
    library.add([write("meals.txt", MEALS)], given=Given(title="Meals change", published=date(2026, 6, 20)))
    question = "What does the council say?"
    alone = library.ask(question)
    assert {c.article.title for c in alone.citations} == {"Bees die at Keston", "Meals change"}
    turns = [Turn("What happened to the bees at Keston?", "Eleven beekeepers are taking Keston to court. [1]")]
    answer = library.ask(question, turns=turns)
    assert [c.article.title for c in answer.citations] == ["Bees die at Keston"]
    assert [s.citations for s in answer.sentences] == [(1,)]
    assert "vinegar" in answer.text


FLATS = (
    "A fire broke out in a block of flats in Canning Street. The flames reached the tenth floor.\n\n"
    "Nine people are in hospital, and one is missing. The owner, Castell Homes, paid for no sprinklers.\n"
)
FLU = (
    "Flu has closed four wards. 84 people are in hospital with it, nurses say.\n\n"
    "The flu came early this year, and the mayor, Ann Roe, paid for masks. Lessons were learnt from 2019.\n"
)


@pytest.fixture
def talk(library: Library, write: Callable[[str, str], Path]) -> tuple[Library, list[Turn]]:
    library.add([write("flats.txt", FLATS)], given=Given(title="Flats burn", published=date(2026, 6, 19)))
    library.add([write("flu.txt", FLU)], given=Given(title="Flu closes wards", published=date(2026, 6, 20)))
    asked = library.ask("where did a fire break out?")
    assert [c.article.title for c in asked.citations] == ["Flats burn"]
    return library, [Turn("where did a fire break out?", "In a block of flats. [1]", asked.cited)]


@pytest.mark.model
def test_a_question_that_names_nothing_is_asked_of_the_article_cited_last(talk: tuple[Library, list[Turn]]) -> None:
    library, turns = talk
    answer = library.ask("how many people are in hospital?", turns=turns)
    assert {c.article.title for c in answer.citations} == {"Flats burn"}
    assert "Nine people" in answer.text
    assert not answer.notes


@pytest.mark.model
def test_what_it_does_not_answer_is_said_to_be_of_something_else(talk: tuple[Library, list[Turn]]) -> None:
    library, turns = talk
    for question, note in (("who was it that came early?", True), ("how many wards has the flu closed?", False)):
        answer = library.ask(question, turns=turns)
        assert {c.article.title for c in answer.citations} == {"Flu closes wards"}
        assert (OF_ANYTHING in answer.notes) is note


@pytest.mark.model
def test_a_question_that_names_something_is_asked_of_all(talk: tuple[Library, list[Turn]]) -> None:
    library, turns = talk
    answer = library.ask("what did the mayor, Ann Roe, pay for?", turns=turns)
    assert {c.article.title for c in answer.citations} == {"Flu closes wards"}
    assert not answer.notes


@pytest.mark.model
def test_an_article_that_is_gone_or_of_others_is_not_gone_back_to(talk: tuple[Library, list[Turn]]) -> None:
    library, turns = talk
    for cited in ((OPERATOR, "gone.txt"), ("server-1", turns[0].articles[0][1])):
        elsewhere = [Turn(turns[0].question, turns[0].answer, (cited,))]
        answer = library.ask("how many people are in hospital?", turns=elsewhere)
        assert answer.text == library.ask("how many people are in hospital?").text


@pytest.mark.model
def test_whom_she_means_is_told_by_the_articles_talked_of(library: Library, write: Callable[[str, str], Path]) -> None:
    text = "Maud Amadi died on Monday. She was 93.\n\nHer son, David Holt, told of it. He thanked the nurses of Marl.\n"
    library.add([write("maud.txt", text)])
    cited = library.ask("who told of Maud Amadi's death?").cited
    turns = [Turn("How old was Maud Amadi?", "She was 93.", cited), Turn("Who told of it?", "David Holt. [1]", cited)]
    assert library.ask("how old was she?", turns=turns).question.text == "how old was Maud Amadi?"


@pytest.mark.model
def test_a_when_without_a_conversation_is_asked_back(talk: tuple[Library, list[Turn]]) -> None:
    library, _ = talk
    assert "ask it in full" in (library.ask("when?").reason or "")


@pytest.mark.model
def test_thanks_and_greetings_are_no_turn_that_the_next_question_leans_on(talk: tuple[Library, list[Turn]]) -> None:
    library, turns = talk
    between = [Turn(told, library.ask(told).reason or "") for told in ("thanks", "lol", "what can you do?")]
    assert library.ask("when?", turns=[*turns, *between]).question.text == "When did a fire break out?"
    greeted = [replace(turns[0], question="Good evening, where did a fire break out?")]
    assert library.ask("when?", turns=greeted).question.text == "When did a fire break out?"


@pytest.mark.model
def test_an_article_that_was_talked_of_before_is_nothing_else(talk: tuple[Library, list[Turn]]) -> None:
    library, turns = talk
    question = "who was it that paid for no sprinklers?"
    flu = Turn(
        "how many wards has the flu closed?", "Four. [1]", library.ask("what did the mayor, Ann Roe, pay for?").cited
    )
    assert OF_ANYTHING in library.ask(question, turns=[flu]).notes
    back = library.ask(question, turns=[*turns, flu])
    assert {c.article.title for c in back.citations} == {"Flats burn"}
    assert OF_ANYTHING not in back.notes


BUSES = (
    "Bus drivers in Marle stopped work on Monday over their shifts. Some 540 of them stayed at home.\n\n"
    "“My members start at five,” said Rosa Dell, regional secretary of the Transport Workers' League. She said that the"
    " league would strike again.\n\n"
    "Metrobus's managing director, Stuart Penn, called the strike needless. He said that he had offered £35 a week.\n"
)
CANS = (
    "The cannery at Kelstrand fell silent on Friday, when 640 workers walked out.\n\n"
    "“The wage has not gone up,” said Judith Alder, general secretary of the Cannery Workers' Union. The union said"
    " that it could hold out until May.\n\n"
    "The company said that it had offered 2 per cent. The mayor, Tom Rell, said that the town would starve. Ms Alder"
    " said that a cat had been fed.\n"
)


@pytest.fixture
def strikes(library: Library, write: Callable[[str, str], Path]) -> tuple[Library, list[Turn]]:
    library.add([write("buses.txt", BUSES)], given=Given(title="Buses stop in Marle", published=date(2026, 6, 19)))
    library.add([write("cans.txt", CANS)], given=Given(title="Cannery falls silent", published=date(2026, 6, 20)))
    asked = library.ask("how many bus drivers stayed at home?")
    assert [c.article.title for c in asked.citations] == ["Buses stop in Marle"]
    return library, [Turn("how many bus drivers stayed at home?", asked.text, asked.cited)]


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "told"), [("what did the union say?", "start at five"), ("and what did the company say?", "needless")]
)
def test_the_union_and_the_company_are_those_of_the_article_talked_of_whatever_it_calls_them(
    strikes: tuple[Library, list[Turn]], question: str, told: str
) -> None:
    library, turns = strikes
    answer = library.ask(question, turns=turns)
    assert {c.article.title for c in answer.citations} == {"Buses stop in Marle"}
    assert told in answer.text
    assert OF_ANYTHING not in answer.notes


@pytest.mark.model
def test_another_articles_mayor_is_shown_with_a_note_alone(strikes: tuple[Library, list[Turn]]) -> None:
    library, turns = strikes
    answer = library.ask("what did the mayor say?", turns=turns)
    assert {c.article.title for c in answer.citations} == {"Cannery falls silent"}
    assert OF_ANYTHING in answer.notes
    assert OF_ANYTHING not in library.ask("what did the mayor of Kelstrand say?", turns=turns).notes


@pytest.mark.model
def test_about_that_is_about_what_was_told_and_never_about_anything(strikes: tuple[Library, list[Turn]]) -> None:
    library, turns = strikes
    answer = library.ask("what did Penn say about that?", turns=turns)
    assert "needless" in answer.text
    for question, before in (("what did Alder say about that?", turns), ("what did Alder say about that?", [])):
        answer = library.ask(question, turns=before)
        assert answer.abstained
        assert "cat" not in answer.text


@pytest.mark.model
def test_the_source_of_the_last_answer_is_told_also_behind_one_that_had_none(
    strikes: tuple[Library, list[Turn]],
) -> None:
    library, turns = strikes
    turns = [*turns, Turn("who will pay?", "The articles do not answer that.")]
    for question in ("which article is that from?", "when was that published?"):
        answer = library.ask(question, turns=turns)
        assert "Buses stop in Marle" in answer.text
        assert "19 June 2026" in answer.text
        assert [c.article.title for c in answer.nearest] == ["Buses stop in Marle"]
        turns = [*turns, Turn(question, answer.text)]
    assert library.ask("is that true?", turns=turns).abstained
    assert not library.ask("source?").text.startswith("The last answer")


@pytest.mark.model
def test_the_second_of_two_questions_in_one_is_asked_of_the_article_of_the_first(
    strikes: tuple[Library, list[Turn]],
) -> None:
    library, _ = strikes
    answer = library.ask("how many bus drivers in Marle stayed at home and what did the union say?")
    assert {c.article.title for c in answer.citations} == {"Buses stop in Marle"}
    assert "540" in answer.text
    both = library.ask("how many bus drivers stayed at home and how many workers walked out in Kelstrand?")
    assert {c.article.title for c in both.citations} == {"Buses stop in Marle", "Cannery falls silent"}
    other = library.ask("how many bus drivers in Marle stayed at home and what did the mayor say?")
    assert "Cannery falls silent" not in other.text or any(OF_ANOTHER in note for note in other.notes)
