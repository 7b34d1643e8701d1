from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.schema import Article, Quotation, QuotationKind, Stretch

pytestmark = pytest.mark.model


def read(text, **kwargs):
    return QuotationAnnotator().annotate(Article("a", text, "A title", **kwargs))


def speakers(text):
    """The resolved speaker beside the words of the mention, in the order of the text."""
    return [(text[slice(*q.mention)] if q.mention else None, q.speaker) for q in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mara Lindqvist, an engineer, said the dam was safe.\n\nLindqvist said it was old. She said it would last.",
            [("Mara Lindqvist", "Mara Lindqvist"), ("Lindqvist", "Mara Lindqvist"), ("She", "Mara Lindqvist")],
        ),
        (
            "Sen. Mara Lindqvist said the dam was safe. Mrs. Lindqvist said it was old.",
            [("Sen. Mara Lindqvist", "Mara Lindqvist"), ("Mrs. Lindqvist", "Mara Lindqvist")],
        ),
        (
            "Deputy Harbour Minister Joao Reis arrived. The deputy harbour minister said the port was open.",
            [("The deputy harbour minister", "Joao Reis")],
        ),
        (
            "The Federal Dam Agency (FDA) closed the road. The FDA said it would open soon.",
            [("The FDA", "Federal Dam Agency")],
        ),
        (
            "Okafor Chidi, who said he had seen the letter, left.",
            [("who", "Okafor Chidi")],
        ),
        (
            "It was brought by the potter Okafor Chidi, who grew up in Brack and said that the kiln there made him.",
            [("who", "Okafor Chidi")],
        ),
        ("Mara J. Lindqvist spoke. Mara Lindqvist said it was safe.", [("Mara Lindqvist", "Mara J. Lindqvist")]),
    ],
)
def test_mentions_of_one_speaker_are_chained(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mara Lindqvist said it rained. Nils Lindqvist said it snowed.",
            [("Mara Lindqvist", "Mara Lindqvist"), ("Nils Lindqvist", "Nils Lindqvist")],
        ),
        (
            "Mara Lindqvist and Nils Lindqvist run the mill. Lindqvist said it was old.",
            [("Lindqvist", None)],
        ),
        (
            "Mr. Nils Lindqvist and Mrs. Mara Lindqvist run the mill. Mrs. Lindqvist said it was old.",
            [("Mrs. Lindqvist", "Mara Lindqvist")],
        ),
        ("A spokesman said the road was closed.", [("A spokesman", None)]),
        ("A spokesman for Ms Reis said the road was closed.", [("A spokesman for Ms Reis", None)]),
        (
            "The wife of President Joao Reis said the road was closed.",
            [("The wife of President Joao Reis", None)],
        ),
        (
            "A spokesman for Dam Agency Director Joao Reis said the road was closed.",
            [("A spokesman for Dam Agency Director Joao Reis", None)],
        ),
        ("Nobody was about. She said the road was closed.", [("She", None)]),
        ("Analysts said prices would rise.", [("Analysts", None)]),
        ("Brandt and Okafor said they agreed.", [("Brandt and Okafor", None)]),
    ],
)
def test_two_people_stay_two_and_the_unclear_stays_unclear(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what something is in does not speak as "he"
        ("Rain fell in Camp Brack. Camp Brack said it was dry. He said it was late.", [("He", None)]),
        ("The BRT said it was late. BRT Video said it was dark. The BRT said it was cold.", [("The BRT", "BRT")] * 2),
        ("Whichever of the two it is, one of the crew said it was late.", [("one of the crew", None)]),
        ("Resident Ada Brandt said it was late.", [("Resident Ada Brandt", "Ada Brandt")]),
        ("Harbour Coroner Ada Brandt said it was late.", [("Harbour Coroner Ada Brandt", "Ada Brandt")]),
        ("It was late. Adds Nils Brandt: “It was dark.”", [("Nils Brandt", "Nils Brandt")]),
        ("Skipper Nils Moss, who ran it, heard of it. “It is late,” he said.", [("he", "Nils Moss")]),
        ("Nils 'Bo' Moss came with his son Tom Moss. Moss said it was late.", [("Moss", "Nils 'Bo' Moss")]),
    ],
)
def test_a_name_is_of_whom_it_is_used(text, expected):
    assert [s for s in speakers(text) if s[0] in {mention for mention, _ in expected}] == expected


def test_a_word_is_no_title_by_its_ending():
    assert [(q.speaker, q.description) for q in read("The postal service Norpost said it was late.")] == [
        ("Norpost", None)
    ]


def test_a_pronoun_alone_is_nothing_said():
    assert [q.pieces for q in read("Ada Brandt, the manager, apologised for that on Wednesday.")] == []


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


def test_a_pronoun_does_not_cross_gender():
    text = (
        "Spokesman Nils Brandt opened the meeting. He said it would be short.\n\n"
        "Spokeswoman Mara Lindqvist answered. She said it would be long."
    )
    assert speakers(text) == [("He", "Nils Brandt"), ("She", "Mara Lindqvist")]


def test_the_lead_is_named_where_the_next_paragraph_names_its_speaker():
    text = (
        "The dam may fail this winter, said a former harbour engineer who has seen the plans.\n\n"
        "“It was built in a hurry,” said Mara Lindqvist, a former engineer at the port."
    )
    assert [q.speaker for q in read(text)] == ["Mara Lindqvist", "Mara Lindqvist"]


def test_the_lead_stays_unnamed_where_somebody_else_speaks_next():
    text = (
        "The dam may fail this winter, said a former harbour engineer who has seen the plans.\n\n"
        "“It will hold,” said Nils Brandt, the owner of a mill."
    )
    assert [q.speaker for q in read(text)] == [None, "Nils Brandt"]


def test_what_the_article_says_a_speaker_is_stays_with_the_speaker():
    text = "Mara Lindqvist, an engineer at the port, spoke first.\n\n“It is safe,” Lindqvist said."
    (found,) = read(text)
    assert (found.speaker, found.description, found.kind) == (
        "Mara Lindqvist",
        "an engineer at the port",
        QuotationKind.DIRECT,
    )


def test_boilerplate_says_nothing():
    text = "Brandt said it rained.\n\n“Subscribe today,” our editor says."
    assert len(read(text)) == 2
    assert len(read(text, boilerplate=(Stretch(text.index("“"), len(text)),))) == 1


def test_an_article_without_speech_has_no_quotations():
    assert list(read("Two ferries lay in the harbour all night.")) == []
    assert list(read("")) == []


NEWS = st.lists(
    st.sampled_from(
        [
            "He",
            "said",
            "that",
            ",",
            '"',
            "“",
            "”",
            "‘",
            "’",
            "'",
            "«",
            "»",
            ".",
            "?",
            "!",
            ":",
            "(",
            ")",
            "—",
            "-",
            "\n",
            "\n\n",
            "Roe",
            "Ann",
            "Mr.",
            '"Yes,"',
            "declined",
            "to",
            "comment",
            "according",
            "the",
            "dam",
            "is",
            "safe",
            "she",
            "told",
            "reporters",
            "on",
            "Monday",
            "who",
            "claims",
            "[it]",
            "U.S.",
            "ROE:",
            "''",
            "…",
            "\xa0",
            "\r\n",
            "naïve",
            "日本",
            "😀",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(NEWS, st.text(max_size=120)))
def test_any_text_is_read_and_pieces_are_in_it_in_order_and_apart(text):
    for q in read(text):
        stretches = [*q.pieces, *q.cue, *(s for s in (q.mention, q.addressee, q.manner) if s is not None)]
        assert q.pieces
        assert all(0 <= s.start < s.end <= len(text) for s in stretches)
        assert all(a.end <= b.start for a, b in zip(q.pieces, q.pieces[1:], strict=False))
        assert all(text[s.start : s.end].strip() for s in q.pieces)


SEED = Path(__file__).resolve().parents[5] / "shared" / "seeds" / "north-korea-talks.txt"


@pytest.mark.skipif(not SEED.exists(), reason="the sample article lies beside the repository")
class TestSampleArticle:
    def found(self):
        text = SEED.read_text("utf-8")
        return text, read(text)

    def test_the_words_of_its_main_speaker_are_under_his_full_name(self):
        text, found = self.found()
        his = [q for q in found if q.speaker == "Joseph DeTrani"]
        marked = [q for q in his if q.kind is not QuotationKind.INDIRECT]
        assert sum(len(q.pieces) for q in marked) >= 5
        assert len([q for q in his if q.kind is QuotationKind.INDIRECT]) >= 3
        assert {text[slice(*q.mention)] for q in his if q.mention} >= {"Joseph DeTrani", "DeTrani", "he"}

    def test_the_spokesman_has_his_description_and_his_words(self):
        text, found = self.found()
        (kirby,) = [q for q in found if q.speaker == "John Kirby"]
        words = " ".join(text[slice(*p)] for p in kirby.pieces)
        assert "“private citizens”" in words
        assert "“independent of any U.S. government involvement.”" in words
        assert kirby.description == "a spokesman for the U.S. State Department"

    def test_those_who_are_only_mentioned_say_nothing(self):
        _, found = self.found()
        names = " ".join(q.speaker or "" for q in found)
        assert not any(name in names for name in ("Blinken", "Liu", "Gallucci", "Han"))


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
    ("text", "description", "content"),
    [
        ("According to Mara Lindqvist, the wall will fall.", None, "the wall will fall"),
        ("According to Mara Lindqvist, the mayor, it fell.", "the mayor", "it fell"),
        ("According to the U.S. Mapping Survey, the early 1990s saw floods.", None, "the early 1990s saw floods"),
    ],
)
def test_what_follows_according_to_is_said_and_describes_nobody(text, description, content):
    (found,) = read(text)
    assert found.description == description
    assert [text[p.start : p.end] for p in found.pieces] == [content]


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


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("“It began in May.\n\n“It ended in June,” said Mara Lindqvist.", ["It began in May.", "It ended in June"]),
        ("‘It is over,’ said Mara Lindqvist. ‘We’ll go home.’", ["It is over", "We’ll go home."]),
    ],
)
def test_what_goes_on_is_one_quotation_with_its_speaker(text, pieces):
    (found,) = read(text)
    assert found.speaker == "Mara Lindqvist"
    assert [text[p.start : p.end] for p in found.pieces] == pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Its director, Mara Lindqvist, said the dam was safe. She said it would last.",
            [("Its director", "Mara Lindqvist"), ("She", "Mara Lindqvist")],
        ),
        ("“It is safe,” said the port’s manager, Dr Nils Brandt.", [("the port’s manager", "Nils Brandt")]),
        ("His daughter, the cellist Ada Moss, said it rained.", [("His daughter", "Ada Moss")]),
        ("The operator, KTO, said the tunnel was shut.", [("the operator", "KTO")]),
        ("The judge, a former baker, said it was late.", [("The judge", None)]),
        ("According to the director, Mara Lindqvist left early.", [("the director", None)]),
        (
            "Bank of Utopia Governor Mara Lindqvist said it fell.",
            [("Bank of Utopia Governor Mara Lindqvist", "Mara Lindqvist")],
        ),
        (
            "Port of Ambry spokesman Nils Brandt said no ship left.",
            [("Port of Ambry spokesman Nils Brandt", "Nils Brandt")],
        ),
        (
            "The Bureau of Labor Statistics said it fell.",
            [("The Bureau of Labor Statistics", "Bureau of Labor Statistics")],
        ),
    ],
)
def test_a_name_beside_what_somebody_is_names_the_speaker(text, expected):
    assert [(m.lower(), s) for m, s in speakers(text)] == [(m.lower(), s) for m, s in expected]


def test_what_stands_before_the_name_is_the_description():
    (its, the) = read("Its director, Mara Lindqvist, said it was safe.\n\nBaker Joao Reis, the mayor, said it was not.")
    assert (its.description, the.description) == ("director", "the mayor")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Walter Moss, the choirmaster, died on Monday. His daughter, Ada Moss, sang.\n\nMoss said she could.",
            [("Moss", "Walter Moss")],
        ),
        (
            "Nils Brandt denied the theft. Brandt's wife, Ada, was there. She said it was late.",
            [("Nils Brandt", "Nils Brandt"), ("She", "Ada")],
        ),
        (
            "Nils Brandt denied the theft. Brandt's lawyer left early. She said it was late.",
            [("Nils Brandt", "Nils Brandt"), ("She", None)],
        ),
        (
            "A spokeswoman for Vantor's chief executive, Piet Aalders, said it was late.",
            [("A spokeswoman for Vantor's chief executive", None)],
        ),
        ("The wife of the pilot, Ada Brandt, said it was late.", [("The wife of the pilot", None)]),
        (
            "A spokesman for Vantor, Piet Aalders, said it was late.",
            [("A spokesman for Vantor", "Piet Aalders")],
        ),
        (
            "The head of the council, Ada Brandt, said it was late.",
            [("The head of the council", "Ada Brandt")],
        ),
    ],
)
def test_relatives_and_lawyers_do_not_speak_for_whom_they_belong_to(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quillon Holdings cut its forecast. The company said orders had fallen. It said prices had too.",
            ["Quillon Holdings", "Quillon Holdings"],
        ),
        ("Quillon Botvik cut its forecast. The company said orders had fallen.", ["Quillon Botvik"]),
        ("Quillon Holdings sued Moss Industries. The company said orders had fallen.", [None]),
        ("Ada Moss cut her hair. The company said orders had fallen.", [None]),
        ("Tarabia’s Foreign Ministry said it was late.", ["Tarabia’s Foreign Ministry"]),
        ("The Tanker Owners’ Federation said it was late.", ["Tanker Owners’ Federation"]),
    ],
)
def test_bodies_are_chained_like_persons(text, expected):
    assert [q.speaker for q in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Manager Luis Reis spoke first. “We were bad,” the Uruguayan said.", [None]),
        ("Luis Reis said it was over. “We were bad,” the Uruguayan said.", ["Luis Reis", "Luis Reis"]),
        ("Priya Moss KC spoke. “You were angry,” Moss said.", ["Priya Moss"]),
        ("Dekker said it was over. “We won,” he said.", ["Dekker", "Dekker"]),
        (
            "Vera Moss said it would do.\n\nDekker said it would not. “We won,” he said.",
            ["Vera Moss", "Dekker", "Dekker"],
        ),
        ("Analysts said it was over. “We won,” he said.", [None, None]),
    ],
)
def test_names_as_news_has_them(text, expected):
    assert [q.speaker for q in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“It was stupid,” said Danny Okoro.\n\nLuis Reis shrugged. “He is my captain today.”",
            ["Danny Okoro", "Luis Reis"],
        ),
        (
            "“It was stupid,” said Danny Okoro.\n\nThe room fell silent. “He is my captain today.”",
            ["Danny Okoro", None],
        ),
        (
            "Luis Reis said it was over. Asked about chairman Bob Moss, he laughed. “He sent me a text.”",
            ["Luis Reis", "Luis Reis"],
        ),
        ("“It was stupid,” said Danny Okoro. He shrugged. “I am the captain today.”", ["Danny Okoro"]),
        (
            "“It was stupid,” said Danny Okoro. Luis Reis shrugged. “He is my captain today.”",
            ["Danny Okoro", "Luis Reis"],
        ),
    ],
)
def test_quoted_words_after_a_sentence_that_reports_nothing_are_its_subjects(text, expected):
    assert [q.speaker for q in read(text)] == expected


def test_it_is_an_annotator():
    annotator: Annotator[Quotation] = QuotationAnnotator()
    assert annotator.name == "quotations"


def test_the_words_of_somebody_who_is_thanked_are_not_those_of_who_thanks():
    text = 'Mara Lindqvist thanked Nils Okafor, who had called the scheme "a disgrace", and left.'
    said = {q.speaker: [text[slice(*piece)] for piece in q.pieces] for q in read(text)}
    assert said["Nils Okafor"] == ['the scheme "a disgrace"']
    assert not any("disgrace" in piece for piece in said["Mara Lindqvist"])
