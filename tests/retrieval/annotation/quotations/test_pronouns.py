import pytest

from tests.quoted import read, speakers

pytestmark = pytest.mark.model


def test_a_pronoun_does_not_cross_gender():
    text = (
        "Spokesman Nils Brandt opened the meeting. He said it would be short.\n\n"
        "Spokeswoman Mara Lindqvist answered. She said it would be long."
    )
    assert speakers(text) == [("He", "Nils Brandt"), ("She", "Mara Lindqvist")]


def test_what_runs_something_is_no_person_and_may_be_it():
    text = "Arden Slate, which runs the quarry, grows. Arden Slate promised to pay. It denied that there was dust."
    assert speakers(text) == [("Arden Slate", "Arden Slate"), ("It", "Arden Slate")]
    text = "Roe had a letter from Ann Poe, which said no. Ann Poe promised to pay. It denied that there was dust."
    assert speakers(text)[-1] == ("It", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mara Lindqvist spoke first. Though Nils Brandt, a baker, objected, he said it was fair.",
            [("he", "Nils Brandt")],
        ),
        (
            "“It is fair,” said Nils Brandt.\n\nAsked about Joao Reis, he said it was over.",
            [("Nils Brandt", "Nils Brandt"), ("he", "Nils Brandt")],
        ),
        (
            "Brandt and Reis differ. Nils Brandt met Joao Reis. They said it was over.",
            [("They", None)],
        ),
    ],
)
def test_a_pronoun_goes_by_the_structure_of_the_sentence(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Ann Poe, an engineer, came. She stood by the Orrin River. “Look at it shine,” she said.",
            "Ann Poe",
        ),
        (
            "For Ann Poe, her Marlow Harbour tattoo is a memory. “It still hurts,” she said.",
            None,
        ),
        (
            "Ann Poe, the county engineer, wrote to the Department of Coastal Safety. She said the wall was thin.",
            "Ann Poe",
        ),
        (
            "Dan Ott, an officer at UCM, said so. Utopian Coastal Mortgage expects more. It fell, he said.",
            "Dan Ott",
        ),
        (
            "Ann Poe arrived. A top official said he had been asked about Poe but declined to say more.",
            None,
        ),
        (
            "Press secretary Ann Poe said that Dan Roe had asked for a meeting. “That is the custom,” she said.",
            "Ann Poe",
        ),
    ],
)
def test_no_thing_and_nobody_reported_on_takes_up_the_word(text, speaker):
    assert read(text)[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“It rained,” said Ann Voss. Tom Roe was not convinced. “I saw nothing,” he said.", None),
        ("Ann Voss says the dam is safe. Her opponent does not buy it. “Show me,” he said.", None),
        ("Ann Voss met Tom Roe, a baker. “He lied to me,” she said.", None),
        ("Ann Voss, a baker, left. Her mother, Rose Holt, taught her to read. “I knew it all,” she said.", None),
        ("Tell that to Mrs Osei, who is 78 and whom the clerk, Jo Lyle, helps. “I am not afraid,” she said.", "Osei"),
        ("Ann Voss, a baker, left. Her deputy, Rose Holt, stayed. “I never knew it,” she said.", "Rose Holt"),
        ("Ann Voss spoke of the past. Tom Roe, she says, taught her to read. “He saved it,” she said.", "Ann Voss"),
        ("“I took it,” said Dan Ott. The judge smiled. “Then who did?” he asked.", None),
        ("The mayor, Dan Ott, left. “I took it,” he said. The mayor smiled. “For a while,” he added.", "Dan Ott"),
        ("Ann Voss, a baker, left. Her husband wept. “I am not sorry,” she said.", "Ann Voss"),
        ("Nils Brandt, a baker, spoke. Prof. Reis sat beside him. “It is over,” he said.", "Nils Brandt"),
        ("“It rained,” said Ann Voss, a baker. Seven Swedish ships sank. “I saw it,” she said.", "Ann Voss"),
    ],
)
def test_a_pronoun_after_somebody_elses_sentence_is_unclear(text, speaker):
    assert read(text)[-1].speaker == speaker


def test_somebody_named_in_passing_does_not_speak_next():
    text = (
        "Mr Brandt says that it is over. Mrs Osei, who is 78, comes on Tuesdays so that the clerk, Jo Lyle, can help "
        "her with the forms. “I am not afraid,” she told me.\n\nHe says that the rent would pay for it."
    )
    assert [speaker for _, speaker in speakers(text)] == ["Brandt", "Osei", None]
