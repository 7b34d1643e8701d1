import pytest

from retrieval.annotation.quotations.cues import Frame, inflected, lexicon
from retrieval.schema import Stance


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("said", "say"),
        ("denies", "deny"),
        ("urging", "urge"),
        ("told", "tell"),
        ("quipped", "quip"),
        ("tweets", "tweet"),
    ],
)
def test_every_form_of_a_verb_leads_to_it(form, lemma):
    assert lexicon().verbs[form].lemma == lemma


def test_verbs_are_inflected_by_rule():
    assert inflected("announce") == ("announce", "announces", "announced", "announcing")
    assert inflected("deny") == ("deny", "denies", "denied", "denying")
    assert inflected("stress") == ("stress", "stresses", "stressed", "stressing")


def test_denials_are_marked_and_frames_are_known():
    assert lexicon().verbs["denied"].stance is Stance.DENIED
    assert Frame.ADDRESSEE in lexicon().verbs["told"].frames
    assert "for" in lexicon().verbs["called"].prepositions


@pytest.mark.parametrize("text", ["She said so.", "According to him, yes.", "The claim is old.", "He DECLINED."])
def test_a_sentence_with_a_cue_is_worth_parsing(text):
    assert lexicon().has_cue(text)


def test_a_sentence_without_one_is_not():
    assert not lexicon().has_cue("Two ferries lay in the harbour all night.")
