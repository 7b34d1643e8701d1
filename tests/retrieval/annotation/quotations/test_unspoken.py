import pytest

from tests.quoted import read
from tests.retrieval.annotation.quotations.test_extraction import said

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


@pytest.mark.parametrize(
    "text",
    [
        'The so-called "reforms" cost thousands of jobs.',
        'Her novel "The Glass Harbour" won a prize.',
        "The minister refused to pay the bill.",
        "He charged ten dollars for a ticket.",
        "She claimed the prize on Monday.",
        "The clock read 12:15.",
        "It offered a view of the bay.",
        "The ship called at two ports.",
        "Ada Brandt painted the women who carried salt.",
        "Ada Brandt called the man who sold it.",
        "Did Ada Brandt say that it was late?",
        "Why did Ada Brandt admit to selling it?",
        "Has Ada Brandt promised to leave?",
        "Two ferries lay in the harbour all night.",
        "Not everyone found him easy.",
        "Asked about the book, she left the room.",
        "It was not late, as the defence has claimed.",
        "I should like to see Mr Brandt explain to him that it is a luxury.",
        "I would love to hear Mr Brandt say that the dam is safe when a bus is on it.",
        "Nobody has heard Brandt say that the dam is safe.",
        "If Brandt were to say that the dam is safe, I would laugh.",
        "She wants Brandt to say that the dam is safe.",
        "Brandt did not dispute that the letter was written.",
        "There is no app, thank goodness.",
        "Ada Brandt put the cup at the door.",
    ],
)
def test_nobody_says_anything(text):
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Brandt pointed out the bridge.",
        "Brandt shared a flat with Okafor.",
        "Reporter Jane Lowe reports for the Courier and Bill Tate reports for the Post.",
        "Travel tips:Is it OK to ask a passenger to move?",
    ],
)
def test_what_only_looks_like_them_says_nothing(text):
    assert said(text) == []
