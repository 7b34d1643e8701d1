import pytest

from tests.quoted import read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "A judge denied bail to Tom Reed.",
        "The council denied the firm a permit.",
        "The park offers rides.",
        "Norpost offers a new show.",
        "The drought threatened crops.",
        "The storm threatened to flood the town.",
        "The league has guaranteed contracts.",
        "Firefighters were responding to a blaze.",
        "The task is promising work.",
        "The bridge was first proposed by the late engineer Ida Crome.",
        "That said, prices may fall next year.",
        "The mayor addressed the crowd.",
        "An increase put the rate at 3%.",
        "A closer look reveals a trend.",
        "She is thought to be the cook.",
    ],
)
def test_a_verb_that_means_something_else_says_nothing(text):
    assert list(read(text)) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ann Roe denied the theft.", "the theft"),
        ("The union denied any role in the raid.", "any role in the raid"),
        ("Ann Roe offered an apology.", "an apology"),
        ("The mayor offered to resign.", "to resign"),
        ("Parents threatened legal action.", "legal action"),
        ("The union promised a strike.", "a strike"),
        ("Ann Roe responded to criticism of the plan.", "criticism of the plan"),
        ("A ban on cars in the old town was proposed by Ann Roe.", "A ban on cars in the old town"),
        ("The airline did not respond to a request for comment.", "a request for comment"),
        ("Ann Roe addressed the rumours.", "the rumours"),
        ("The report reveals a trend.", "a trend"),
        ("Ann Roe said that, as far as she knew, it was late.", "as far as she knew, it was late"),
    ],
)
def test_the_same_verb_says_something_elsewhere(text, content):
    assert [" ".join(text[slice(*p)] for p in q.pieces) for q in read(text)] == [content]
