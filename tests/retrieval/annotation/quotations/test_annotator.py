from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.annotation.annotator import Annotator
from retrieval.annotation.quotations.annotator import QuotationAnnotator
from retrieval.schema import Quotation, QuotationKind, Stance, Stretch
from tests.quoted import read

pytestmark = pytest.mark.model


def test_a_pronoun_alone_is_nothing_said():
    assert [q.pieces for q in read("Ada Brandt, the manager, apologised for that on Wednesday.")] == []


@pytest.mark.parametrize(
    "text",
    [
        "I asked him about it on Thursday.",
        "People had lost something that they remembered having.",
        "The captains, who had promised to buy, left.",
    ],
)
def test_scraps_of_a_sentence_are_nothing_said(text):
    assert list(read(text)) == []


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
        ("“It was stupid,” she said. Brandt denies it. “It was right.”", [None, "Brandt"]),
        ("“It was stupid,” said Danny Okoro. Brandt was not convinced. “Not at all.”", ["Danny Okoro", "Brandt"]),
        ("“It was stupid,” said Tom Okoro. Ann Okoro shook her head. “Not at all.”", ["Tom Okoro", "Ann Okoro"]),
        ("“It was stupid,” said Danny Okoro. Brandt said it was not. “It had to be done.”", ["Danny Okoro", "Brandt"]),
        ("“It was stupid,” said Danny Okoro. The club was not impressed. “Nobody asked us.”", ["Danny Okoro", None]),
        ("“It was stupid,” said Danny Okoro. The crowd jeered. “You are the fool here.”", ["Danny Okoro", None]),
        ("“It was stupid,” said Danny Okoro. Luis Reis died in 2010. “Nobody will miss him.”", ["Danny Okoro", None]),
        ("“It was stupid,” said Danny Okoro. The match ended in a draw. “I was ashamed.”", ["Danny Okoro"]),
        ("“It was stupid,” said Danny Okoro. Okoro shook his head. “I was ashamed.”", ["Danny Okoro"]),
        ("“It was stupid,” said Danny Okoro. The fans erupted in applause. “I was ashamed.”", ["Danny Okoro"]),
    ],
)
def test_quoted_words_after_a_sentence_that_reports_nothing_are_its_subjects(text, expected):
    assert [q.speaker for q in read(text)] == expected


def test_words_behind_a_denial_are_not_what_is_denied():
    denied, said = read("Luis Reis denied that it was over. “We play on until May.”")
    assert (denied.stance, said.stance, said.speaker) == (Stance.DENIED, Stance.SAID, "Luis Reis")


def test_it_is_an_annotator():
    annotator: Annotator[Quotation] = QuotationAnnotator()
    assert annotator.name == "quotations"


def test_the_words_of_somebody_who_is_thanked_are_not_those_of_who_thanks():
    text = 'Mara Lindqvist thanked Nils Okafor, who had called the scheme "a disgrace", and left.'
    said = {q.speaker: [text[slice(*piece)] for piece in q.pieces] for q in read(text)}
    assert said["Nils Okafor"] == ['the scheme "a disgrace"']
    assert not any("disgrace" in piece for piece in said["Mara Lindqvist"])
