"""Who-said questions, answered from quotations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.given import Given
from retrieval.schema import Answer
from tests.conftest import SEED
from tests.retrieval.answering.who_said.test_disagreement import NEW, OLD
from tests.retrieval.search.test_quotations import FERRIES, HARBOUR

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]


@pytest.fixture
def filled(library: Library, write: Write) -> Library:
    library.add([write("harbour.txt", HARBOUR)], given=Given(published=date(2026, 3, 4), source="Lowmouth Post"))
    library.add([write("ferries.txt", FERRIES)], given=Given(published=date(2026, 3, 20), source="Ambry Times"))
    return library


def check_contract(library: Library, answer: Answer) -> None:
    """Citations are what stands there; sentences differ from them by what stands in square brackets."""
    for c in answer.citations:
        text = library.article(c.article.id)[1].text
        assert text[c.start : c.end] == c.text
    cited = {c.n: " ".join(c.text.split()) for c in answer.citations}
    for sentence in answer.sentences:
        (n,) = sentence.citations
        assert re.sub(r"^\[[^\]]+\] ", "", sentence.text) == cited[n]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did Inés Calder say about the quay?", ["the quay was “unsafe in any wind.”"]),
        ("what did mayor ines calder say about the quay", ["the quay was “unsafe in any wind.”"]),
        ("Did Otto Brandl ever mention the closure?", ["Otto Brandl, a fisherman, said the closure would ruin him."]),
        ("Who said the closure would ruin him?", ["Otto Brandl, a fisherman, said the closure would ruin him."]),
        ("Did the mayor deny that the harbour had been neglected?", ["Mayor Inés Calder denied that the harbour"]),
        ("What did Calder say about the ferries?", ["ferries would sail from Ambry", "The ferries must go elsewhere."]),
    ],
)
def test_the_sentences_that_quote_are_the_answer(filled: Library, question: str, expected: list[str]) -> None:
    answer = filled.ask(question)
    assert not answer.abstained
    for words in expected:
        assert words in answer.text
    check_contract(filled, answer)


def test_words_that_stand_in_what_is_shown_for_others_are_shown_once(library: Library, write: Write) -> None:
    text = (
        "The wall fell in May.\n\nOne of the injured, Oona Pell, who broke her wrist, said she had never blamed anyone."
        ' "It\'s the company I\'m angry with," said Pell, a nurse. "They knew about that pump in December."\n'
    )
    library.add([write("wall.txt", text)], given=Given(title="The wall", published=date(2026, 5, 4)))
    answer = library.ask("What did Oona Pell say?")
    assert answer.text.count("never blamed") == answer.text.count("angry with") == 1


def test_an_act_is_asked_for_though_it_says_to_whom(library: Library, write: Write) -> None:
    text = "Milo Farr said he was sorry.\n\nFarr accused Ada Lind of leaving early.\n"
    library.add([write("talks.txt", text)], given=Given(title="The talks", published=date(2026, 5, 4)))
    assert "sorry" not in library.ask("What did Milo Farr accuse her of?").text


def test_a_surname_that_two_bear_is_told_apart(filled: Library) -> None:
    answer = filled.ask("What did Calder say about the ferries?")
    assert "[Inés Calder" in answer.text
    assert "Lena Calder" in answer.text


def test_what_is_said_at_a_place_is_not_of_everybody_asked_about_there(library: Library, write: Write) -> None:
    text = (
        "“Our work is far from over,” Milo Farr told the Orrin convention.\n\n"
        "Farr described Dr Ada Lind as “not a great doctor” at the Orrin convention.\n"
    )
    library.add([write("talks.txt", text)], given=Given(title="The talks", published=date(2026, 5, 4)))
    answer = library.ask("What did Milo Farr say about Lind at the Orrin convention?")
    assert "not a great doctor" in answer.text
    assert "far from over" not in answer.text


def test_a_name_in_brackets_is_told_without_them(library: Library, write: Write) -> None:
    text = "The toll was attacked by Councillor (Josh) Arkwell, who was not at the meeting.\n"
    library.add([write("toll.txt", text)], given=Given(title="The toll", published=date(2026, 5, 4)))
    assert "no words of Josh Arkwell." in (library.ask("What did Josh Arkwell say?").reason or "")


def test_that_somebody_would_not_comment_is_what_is_told_of_his_words(library: Library, write: Write) -> None:
    text = "Arkwell Lines is in talks about the ferry, two people said. Arkwell Lines would not comment on that.\n"
    library.add([write("ferry.txt", text)], given=Given(title="The ferry", published=date(2026, 5, 4)))
    assert library.ask("What did Arkwell Lines say?").text.startswith("Arkwell Lines would not comment on that.")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Rosa Quint say?", "The articles name Rosa Quint, but I found no words of Rosa Quint."),
        ("what did quint say about the ferries?", "The articles name Quint, but I found no words of Quint."),
        (
            "What did Otto Brandl say about astronomy?",
            "The articles quote Otto Brandl, but I found nothing said on that.",
        ),
        (
            "What did Otto Brandl say in May 2019?",
            "The articles quote Otto Brandl, but I found nothing said in that time.",
        ),
    ],
)
def test_who_is_named_but_not_quoted_is_given_no_words(filled: Library, question: str, reason: str) -> None:
    answer = filled.ask(question)
    assert answer.abstained
    assert answer.reason == reason
    assert answer.nearest
    for c in answer.nearest:
        assert filled.article(c.article.id)[1].text[c.start : c.end] == c.text


def test_somebody_whom_no_article_names_is_not_said_to_be_named(filled: Library) -> None:
    answer = filled.ask("What did Zora Plinth say?")
    assert answer.abstained
    assert "Plinth" not in (answer.reason or "")


def test_a_common_noun_is_nobody_whom_the_articles_name(filled: Library) -> None:
    answer = filled.ask("what did the closure say about the quay?")
    assert "The articles name" not in (answer.reason or "")


def test_a_pronoun_is_given_its_name_in_brackets(library: Library, write: Write) -> None:
    text = "Ines Calder, the mayor, opened the hall on Friday. “It cost too much,” she said."
    library.add([write("hall.txt", text)])
    answer = library.ask("What did Calder say about the cost?")
    assert answer.sentences[0].text == "[Ines Calder, the mayor:] “It cost too much,” she said."
    check_contract(library, answer)


def test_another_ones_words_do_not_stand_before_what_somebody_said(library: Library, write: Write) -> None:
    text = (
        "The mayor, Inés Calder, was unhappy with the toll. “It is far too high,” she said.\n\n"
        "Brandl disagreed. “I had the best view of it all. It was a toll ten years ago and it’s a toll now.”"
        " Calder also complained that Brandl had been late."
    )
    library.add([write("toll.txt", text)])
    for sentence in library.ask("What did Calder say about the toll?").sentences:
        assert "ten years ago" not in sentence.text


def test_who_has_no_name_is_told_by_the_words_for_them(library: Library, write: Write) -> None:
    text = "Mayor Inés Calder spoke for an hour. She denied that the quay was unsafe, as the fishermen have claimed."
    library.add([write("quay.txt", text)])
    answer = library.ask("Who disagreed with Calder?")
    assert answer.sentences[0].text.startswith("[the fishermen:] ")


def test_who_reports_that_somebody_was_told_something_did_not_tell_them(library: Library, write: Write) -> None:
    text = (
        "The prosecutor, Rolf Hagen, reminded the jury that the clerk, Tamsin Reid, had testified that she was told to"
        " record the payments as repairs.\n\nThe judge warned Hagen not to lead the witness.\n"
    )
    library.add([write("trial.txt", text)], given=Given(published=date(2026, 3, 4)))
    assert "Hagen" not in library.ask("Who told Reid to record the payments as repairs?").text
    assert "The judge warned Hagen" in library.ask("Who warned Hagen not to lead the witness?").text


def test_a_pronoun_that_stands_for_nobody_known_is_asked_back(filled: Library) -> None:
    answer = filled.ask("What did she say about the quay?")
    assert answer.abstained
    assert answer.reason == "It is not clear whom “she” means: ask again with a name."


def test_days_are_counted_from_the_askers_today(library: Library, write: Write) -> None:
    today = date(2026, 4, 16)
    library.add([write("old.txt", OLD)], given=Given(published=date(2026, 1, 7)))
    library.add([write("new.txt", NEW)], given=Given(published=date(2026, 4, 15)))
    assert "four crowns" in library.ask("What have officials said about the toll this week?", today=today).text
    assert "never rise" not in library.ask("What have officials said about the toll this week?", today=today).text
    last = library.ask("What have officials said about the toll last week?", today=today)
    assert last.abstained
    assert last.reason == "The articles quote officials, but I found nothing said on that in that time."


def test_a_surname_is_whoever_the_article_calls_by_it_alone(library: Library, write: Write) -> None:
    text = (
        "Brita Garner has been in prison for eight months. “Thank you all,” Garner said on her birthday.\n\n"
        "Her wife, Charlotte Garner, spoke as well. “I have felt every hour of it,” Charlotte said.\n"
    )
    library.add([write("a.txt", text)], given=Given(published=date(2026, 3, 4)))
    answer = library.ask("What did Garner say on her birthday?")
    assert "Thank you all" in answer.text
    assert "every hour" not in answer.text


def test_what_somebody_says_far_from_a_topic_is_not_on_it(library: Library, write: Write) -> None:
    text = (
        "The author Curt Wilder wrote an essay about the lake in the Post.\n\n"
        + "It tells of boats, of fish and of the long winters that the old people know. " * 8
        + "\n\nTwo days later Mayor Inés Calder announced that she would not stand again.\n"
    )
    library.add([write("a.txt", text)], given=Given(title="A writer", published=date(2026, 3, 4)))
    assert library.ask("What did Calder say about Wilder's essay?").abstained
    assert "not stand again" in library.ask("What did Calder announce?").text


def test_a_denial_is_shown_with_what_it_denies(library: Library, write: Write) -> None:
    library.add([write("a.txt", "Two people say Otto Brandl sold his boat. Brandl denied that.")])
    assert "sold his boat" in library.ask("Did Otto Brandl deny selling the boat?").text


def test_an_answer_in_an_interview_is_shown_with_its_question(library: Library, write: Write) -> None:
    text = "PELL: Are you bitter about the automation?\n\nBRANNIGAN: Not a bit of it.\n\nPELL: What is next?"
    library.add([write("a.txt", text)])
    answer = library.ask("What did Brannigan say about the automation?")
    assert "Not a bit of it." in answer.text
    assert not answer.text.startswith("[Brannigan")


def test_questions_about_the_sample_article(library: Library) -> None:
    if not SEED.exists():
        pytest.skip("the sample article is not here")
    library.add([SEED])
    answer = library.ask("What did Kirby say about the discussions?")
    assert "“independent of any U.S. government involvement.”" in answer.text
    check_contract(library, answer)
    for name in ("Han Song Ryol", "Blinken", "Gallucci"):
        refused = library.ask(f"What did {name} say?")
        assert refused.abstained
        assert refused.reason == f"The articles name {name}, but I found no words of {name}."


def test_the_words_of_another_firms_chief_are_not_given(library: Library, write: Write) -> None:
    text = (
        "Alm to close two dairies\n\nAlm will close two dairies. “We looked at everything,” said the chief executive,"
        " Ingrid Maas, on Monday. Its rival Norgold employs 9,400 people."
    )
    library.add([write("alm.txt", text)])
    assert "We looked" in library.ask("What did Alm’s chief executive say?").text
    assert "We looked" not in library.ask("What did Norgold’s chief executive say?").text


def test_whoever_is_named_late_is_told_first_with_how_it_was_said(library: Library, write: Write) -> None:
    text = (
        "“The quay has been unsafe in any wind since the storm of last winter, and we have told the council so in four"
        " letters that nobody has answered,” Ines Calder said by telephone."
    )
    library.add([write("quay.txt", text)])
    answer = library.ask("What did Ines Calder say about the quay?")
    assert answer.sentences[0].text.startswith("[Ines Calder, by telephone:] “The quay")


def test_its_lawyer_is_the_lawyer_of_what_the_sentence_before_names(library: Library, write: Write) -> None:
    text = 'Halcyon said it would appeal. "The report rests on guesswork," its lawyer, Beatriz Fontaine, said.\n'
    library.add([write("fine.txt", text)], given=Given(published=date(2026, 1, 7), title="A fine"))
    assert "guesswork" in library.ask("What did Halcyon's lawyer say?").text


def test_what_nobody_said_is_given_to_nobody(filled: Library) -> None:
    assert filled.ask("Who said that the quay was enchanting?").abstained


def test_what_somebody_rejected_is_not_what_else_they_said(library: Library, write: Write) -> None:
    text = (
        "The health board said that patients would be seen in Stoke Farrow. It rejected a proposal to pay for a second"
        " doctor. The mayor, Otto Brandl, called it a bad day and promised a bus."
    )
    library.add([write("surgery.txt", text)], given=Given(published=date(2026, 2, 27), title="Surgery to close"))
    rejected = library.ask("What did the health board reject?")
    assert "Stoke Farrow" not in rejected.text
    assert "promised a bus" in library.ask("What did Otto Brandl promise?").text
    assert "Stoke Farrow" in library.ask("What did the health board say?").text


def test_a_denial_in_other_words_is_not_said_to_be_missing(library: Library, write: Write) -> None:
    text = (
        "Birgit Solheim accused the airport of ignoring a survey of cracks. Mr Kemal denied that. “The survey spoke of"
        " wear, not of cracks,” said its director, Yusuf Kemal."
    )
    library.add([write("airport.txt", text)], given=Given(published=date(2026, 10, 12), title="Cracks"))
    answer = library.ask("Did Kemal deny that it ignored a survey of cracks?")
    assert not any(note.startswith("No denial") for note in answer.notes)
