import pytest

from tests.quoted import read

pytestmark = pytest.mark.model


def told(text):
    """(speaker's mention, what is said) of each quotation."""
    return [
        (text[slice(*q.mention)] if q.mention else None, " ".join(text[slice(*p)] for p in q.pieces))
        for q in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Roe said the bridge had cracked and insisted that repairs would start soon.", "Ann Roe"),
        ("The ministry acknowledged that two clerks had been dismissed but denied that it was late.", "The ministry"),
        ("Paul Lee said parents would get a refund and accused the union of lying.", "Paul Lee"),
        ("The letter said his plan was late and warned that costs would rise.", "The letter"),
    ],
)
def test_a_second_cue_is_of_who_spoke_before_and_no_part_of_it(text, speaker):
    first, second = told(text)
    assert [first[0], second[0]] == [speaker, speaker]
    assert first[1] in text.split(" and ")[0].split(" but ")[0]


def test_a_second_cue_that_may_be_either_speakers_is_nobodys():
    assert told("The mayor said the union had rejected the offer and called it an insult.") == [
        ("The mayor", "the union had rejected the offer"),
        (None, "it an insult"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said the bill was late, that costs had risen and that he was sorry.",
        "Ann Roe said Nils Poe was acting badly and showing contempt for the court.",
    ],
)
def test_a_clause_that_goes_on_is_said_whole(text):
    assert [content for _, content in told(text)] == [text[text.index("the bill" if "bill" in text else "Nils") : -1]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Denmark is an ally and Greenland's residents say that they are opposed.", "Greenland's residents"),
        ("The firm is backed by investor Tom Reed and Ann Lowe said it would grow.", "Ann Lowe"),
        ("The report was written by senator Carl Moe and Lind has called it a fraud.", "Lind"),
        ("The mayor met union leaders and on Monday said the strike was over.", "The mayor"),
        ("The firm sells boats and trucks and says it will grow.", "The firm"),
    ],
)
def test_the_name_right_before_the_cue_speaks_where_and_stands_before_the_name(text, speaker):
    assert [who for who, _ in told(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "The dam needs repairs, engineers and divers said on Monday.",
            "engineers and divers",
            "The dam needs repairs",
        ),
        ("The river flooded a school, a church and a shop, the mayor said.", "the mayor", None),
        (
            "Officials are poised to overhaul the policies next week, said three people briefed on the matter.",
            "three people",
            "Officials are poised to overhaul the policies next week",
        ),
    ],
)
def test_speakers_at_the_sentences_end_are_no_part_of_what_is_said(text, speaker, content):
    assert told(text) == [(speaker, content or text[: text.index(", the mayor")])]
