"""Whose words are asked for, and whose words a sentence reports."""

import pytest

from retrieval.answering.questions.speech import speaker_asked_about, speaks


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Ines Calder say about the quay?", "Ines Calder"),
        ("what has the union said", "union"),
        ("what is Per Lind saying about the strike", "Per Lind"),
        ("How did Calder describe the storm?", "Calder"),
        ("what else did the mayor tell reporters", "mayor"),
        ("what did the state media want", None),
        ("who said that the quay was safe", None),
        ("what did he say", None),
        ("why was the concert called off", None),
        ("what were Calder's promises", None),
        ("when did the boat sink", None),
        ("what is the biggest city in the state", None),
        ("what does the report state", "report"),
    ],
)
def test_a_question_names_whose_words_it_wants(question: str, speaker: str | None) -> None:
    assert speaker_asked_about(question) == speaker


@pytest.mark.parametrize(
    ("speaker", "sentence"),
    [
        ("Calder", "“It is safe,” said Ines Calder, the mayor."),
        ("Ines Calder", "Calder said it was safe."),
        ("Calder", "Ines Calder, a former officer of the U.S. Navy, told reporters that it was safe."),
        ("Calder", "Mayor Ines Calder of Lowmouth urged people to stay away."),
        ("Calder", "It was safe, according to Calder."),
        ("calder", "Calder has denied it."),
        ("mayor calder", "Ines Calder has denied it."),
        ("mayor", "“It is safe,” said Ines Calder, the mayor."),
        ("National Parks Authority", "The NPA said it was safe."),
        ("NPA", "The National Parks Authority said it was safe."),
        ("mayor of Lowmouth", "“It is safe,” said Ines Calder, the mayor of Lowmouth."),
        (
            "Calder",
            "Ms. Calder added that it was safe.",
        ),
    ],
)
def test_words_are_given_to_who_says_them(speaker: str, sentence: str) -> None:
    assert speaks(speaker, sentence, (), sentence)


@pytest.mark.parametrize(
    ("speaker", "sentence"),
    [
        ("mayor of Port Lorn", "It was safe, the hospital in Port Lorn said."),
        ("Calder", "Per Lind said that Calder was wrong."),
        ("Calder", "Ines Calder will visit Lowmouth on Saturday."),
        ("Calder", "The Secretary of State Ines Calder was there."),
        ("Ines Calder", "Tom Calder said it was safe."),
        ("jo calder", "Tom Calder said it was safe."),
        ("mayor", "Per Lind said that the mayor was wrong."),
        ("Calder", "“It is safe,” he said."),
    ],
)
def test_words_are_never_given_to_somebody_else(speaker: str, sentence: str) -> None:
    assert not speaks(speaker, sentence, (), sentence)


def test_he_and_she_are_who_spoke_last_by_name() -> None:
    before = ("Ines Calder said it was safe.", "Per Lind denied that.")
    assert speaks("Lind", "“I was there,” he said.", before)
    assert not speaks("Calder", "“I was there,” he said.", before)
    assert speaks("Lind", "“I was there.”", before)


def test_an_apostrophe_is_the_same_straight_or_curled() -> None:
    assert speaks("O'Brien", "“We will stay,” O’Brien said in a statement.")
