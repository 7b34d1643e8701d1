import pytest

from retrieval.schema import QuotationKind
from tests.quoted import read

pytestmark = pytest.mark.model


def test_a_word_is_no_title_by_its_ending():
    assert [(q.speaker, q.description) for q in read("The postal service Norpost said it was late.")] == [
        ("Norpost", None)
    ]


def test_the_next_in_a_list_describe_nobody():
    text = "Ada Roe, former Brack member Nils Moss and baker Tom Poe left. Roe said it was late."
    assert [(q.speaker, q.description) for q in read(text)] == [("Ada Roe", None)]


def test_a_description_ends_with_its_sentence():
    text = (
        "It goes through the Brack Tunnel. Sen. Ada Brandt said it was late. We met Nils Moss, a clerk at the school."
    )
    quotations = read(f"{text} They left after noon. Moss said it was dark.")
    assert [(q.speaker, q.description) for q in quotations] == [
        ("Ada Brandt", None),
        ("Nils Moss", "a clerk at the school"),
    ]


def test_what_the_article_says_a_speaker_is_stays_with_the_speaker():
    text = "Mara Lindqvist, an engineer at the port, spoke first.\n\n“It is safe,” Lindqvist said."
    (found,) = read(text)
    assert (found.speaker, found.description, found.kind) == (
        "Mara Lindqvist",
        "an engineer at the port",
        QuotationKind.DIRECT,
    )


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("The mayor, Mara Lindqvist, said it fell.", "the mayor"),
        ("A lawyer for the town, who was not in court, said it fell.", "A lawyer for the town"),
    ],
)
def test_a_description_reads_well_behind_a_name_and_ends_before_a_clause(text, description):
    (found,) = read(text)
    assert found.description == description


def test_what_stands_before_the_name_is_the_description():
    (its, the) = read("Its director, Mara Lindqvist, said it was safe.\n\nBaker Joao Reis, the mayor, said it was not.")
    assert (its.description, the.description) == ("director", "the mayor")


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("The ferry can outrun any storm, said its keeper, Ray Ott, a feat that made it famous.", "keeper"),
        ("“It was one of a kind,” said Ray Ott, one that must be kept as it is.", None),
        ("Writing in The Economist, Ann Poe said the port was lost.", None),
        ("It was the last day for Democratic Party Ann Poe. Poe said she would go.", None),
        ("HOLLIN The Rev. Jan Roe said the church would stay open.", None),
    ],
)
def test_what_tells_of_something_else_describes_nobody(text, description):
    assert read(text)[0].description == description


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("“We are glad,” said Ann Poole of Greenline, a charity for walkers.", None),
        ("“We are glad,” said Ann Poole of Norvex, the drug's maker.", None),
        ("“We are glad,” said Ann Poole of Greenline, a former miner.", "a former miner"),
        ("Ann Poe, the ex-mayor who re-opened the mine, said it was late.", "the ex-mayor"),
        ("The transport agency, the Ota Transit Authority, said it was late.", "the transport agency"),
    ],
)
def test_what_is_said_of_a_body_or_cut_within_a_word_describes_nobody(text, description):
    assert [q.description for q in read(text)] == [description]
