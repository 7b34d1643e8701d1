"""Sentence and paragraph boundaries."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.annotation.sentences import SentencesNear, paragraphs, sentences

ONE_SENTENCE = [
    "Gov. Adele Marsh said the U.S. officials met on Oct. 21 in St. Orrin.",
    "Polls close at 9 p.m. Tuesday across the district.",
    "The call came at 5 a.m. EST on Sept. 11.",
    "Troops left Ft. Carrow on Monday.",
    "Ald. Jones and Det. Insp. Gray were there.",
    "“Why now?” he asked.",
    "The firm, Acme Inc., grew by 3.5 percent vs. 2 percent a year earlier.",
    "Rep. Ana Ruiz, D-N.Y., voted no.",
    "Yahoo! bought the paper.",
    "He cited J. R. R. Hale and George W. Orne.",
    "1. Bring water.",
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_abbreviations_end_no_sentence(text: str) -> None:
    assert [text[s:e] for s, e in sentences(text)] == [text]


SEVERAL = [
    ("It ended at 5 p.m. The crowd left.", ["It ended at 5 p.m.", "The crowd left."]),
    ("They left the U.S. Then they came back.", ["They left the U.S.", "Then they came back."]),
    ("“It ends.” She sat down. ‘Why?’ he said.", ["“It ends.”", "She sat down.", "‘Why?’ he said."]),
    ("(He left.) Then the vote began.", ["(He left.)", "Then the vote began."]),
    ("Sales fell. iPhone sales rose.", ["Sales fell.", "iPhone sales rose."]),
    ("The vote was at No. 10 Quay St. It was 5-4.", ["The vote was at No. 10 Quay St.", "It was 5-4."]),
    ("**It burned.** Nobody was hurt.", ["**It burned.**", "Nobody was hurt."]),
    ("*It burned. It rained.* He left.", ["*It burned.", "It rained.*", "He left."]),
    ("- **3 May 1881.** The mill burned. He left.", ["- **3 May 1881.** The mill burned.", "He left."]),
    ("- 3 May 1881. The mill burned. He left.", ["- 3 May 1881. The mill burned.", "He left."]),
    ("**1785.** The mill burned. He left.", ["**1785.** The mill burned.", "He left."]),
    ("It burned on 3 May 1881. It rained. He left.", ["It burned on 3 May 1881.", "It rained.", "He left."]),
    ("He came. 1785. He left.", ["He came.", "1785.", "He left."]),
    ("A heading\nThe text begins. It ends.", ["A heading", "The text begins.", "It ends."]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_sentences_are_told_apart(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in sentences(text)] == expected


def test_a_hard_wrapped_paragraph_is_one_paragraph() -> None:
    text = (
        "The harbour board met on Thursday to discuss whether the old\n"
        "swing bridge should be closed to lorries before the winter, and\n"
        "decided to ask the engineers for another report on the piers of\n"
        "the bridge.\n\nA second meeting follows.\n"
    )
    assert len(paragraphs(text)) == 2
    assert len(sentences(text)) == 2


def test_lines_of_a_list_are_paragraphs_of_their_own() -> None:
    text = "What we know:\nThe bridge is closed.\nThe ferry runs.\nSchools are open.\nShops are not."
    assert len(paragraphs(text)) == 5


HOSTILE = st.text(
    alphabet=st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \n\r.?!“”\"'()[]aA1\u2028\u0301\u200d👩")
)


@given(HOSTILE)
def test_sentences_are_ordered_apart_and_cover_every_word(text: str) -> None:
    found = sentences(text)
    assert all(s.start < s.end for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = "".join(text[s:e] for s, e in found)
    assert [c for c in covered if not c.isspace()] == [c for c in text if not c.isspace()]


@given(st.lists(st.sampled_from(["He left. He stayed.", "“No,” he said.", "One", "\n", "\n\n", " ", "Mr. Roe came! "])))
def test_sentences_near_a_place_are_those_of_the_whole_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    whole, near = sentences(text), SentencesNear(text)
    for sentence in whole:
        cut = near(*sentence)
        assert sentence in cut
        at, before = cut.index(sentence), whole.index(sentence)
        assert cut[max(0, at - 1) : at + 1] == whole[max(0, before - 1) : before + 1] or at == 0
        assert cut == [s for s in whole if s in cut]


def test_an_unpaired_mark_opens_the_sentence_behind_it():
    text = 'It is grave, Ann Poe said. “We must act now."'
    assert [text[s.start : s.end] for s in sentences(text)] == ["It is grave, Ann Poe said.", '“We must act now."']
