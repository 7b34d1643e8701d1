"""Cue verbs that tell no saying where they stand: "denied bail", "the drought threatens crops"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.annotation.quotations.coordination import PEOPLE, may_speak
from retrieval.annotation.quotations.cues import Cue, lexicon
from retrieval.annotation.quotations.names import is_person_noun, title_words

if TYPE_CHECKING:
    from spacy.tokens import Token

# What things do, too: "the drought threatens crops", "a rise puts the rate at 3%", "a look reveals a trend".
_PORTENDING = ("threaten", "promise", "guarantee", "offer", "put", "reveal", "underscore", "underline", "highlight")
_SHORT = 2  # words that name a thing: "the bridge"


def is_unspoken(verb: Token, cue: Cue, speaker: Token | None) -> bool:
    """Whether the verb has its other meaning, by whose it is and what it takes; clauses and marks are not looked at."""
    if cue.lemma == "think" and any(c.dep_ == "auxpass" for c in verb.children):
        return True  # "is thought to be"
    infinitive = any(c.dep_ == "xcomp" and c.i > verb.i for c in verb.children)
    if cue.lemma in _PORTENDING and speaker is not None and _is_thing(speaker):
        return True
    if infinitive:
        return False
    words = lexicon()
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if cue.lemma == "deny" and thing is not None:
        return any(c.dep_ == "dative" for c in verb.children) or thing.lower_ in words.granted
    if cue.lemma in ("offer", "guarantee") and thing is not None:
        return thing.lower_ not in words.offered | words.clause_nouns
    if cue.lemma in ("respond", "reply"):
        return not any(_is_said(t) for c in verb.children if c.lower_ == "to" for t in c.children)
    if cue.lemma == "address" and thing is not None:
        return thing.tag_ in ("NNP", "NNPS") or _is_audience(thing.lower_)
    if cue.lemma in ("propose", "suggest"):  # "the bridge was proposed by Roe"
        named = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        return named is not None and len(list(named.subtree)) <= _SHORT
    return False


def is_phrase(verb: Token) -> bool:
    """ "That said, …", "Ann Roe reports for the Courier.": nothing is said."""
    doc, i = verb.doc, verb.i
    if verb.lower_ in ("report", "reports") and i + 1 < len(doc) and doc[i + 1].lower_ == "for":
        return True
    that = i > 0 and doc[i - 1].lower_ == "that" and doc[i - 1].dep_ in ("nsubj", "nsubjpass", "det", "mark", "advmod")
    return (
        verb.lower_ == "said"
        and that
        and i + 1 < len(doc)
        and doc[i + 1].text == ","
        and (i == 1 or doc[i - 2].is_punct)
    )


def _is_thing(subject: Token) -> bool:
    common = subject.tag_ in ("NN", "NNS", "WDT") or subject.lower_ in ("that", "this")
    return common and not subject.text.isupper() and not may_speak(subject)


def _is_said(noun: Token) -> bool:
    words = lexicon()
    return noun.lower_ in words.requests | words.clause_nouns | words.carriers


def _is_audience(word: str) -> bool:
    singular = word.removesuffix("s")
    listed = lexicon().channels | title_words().bodies | PEOPLE
    return is_person_noun(word) or is_person_noun(singular) or word in listed
