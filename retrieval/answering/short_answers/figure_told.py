"""The short answer that is a figure: with the noun it counts and what limits it, in the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from retrieval.annotation.time import tag
from retrieval.answering.questions.asked_for import AskedFor, Wanted
from retrieval.answering.questions.dimensions import tells_dimension
from retrieval.answering.sentences.limits import with_limits
from retrieval.answering.sentences.offers import Offer, offers
from retrieval.search.words import content_words, stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_APART = 5  # characters between a preposition and its day: " the "
_FROM = re.compile(r"\bfrom\s+$")
_TO = re.compile(r"[^.;:]{0,60}?\bto\s+(?:[a-z]+\s+){0,3}[$£€]?\d")
_THAN = re.compile(
    r"(?:\s(?:an?|per|each|every)\s[\w-]+|\s[\w-]+)?\s(?:more|less|fewer|higher|lower|cheaper|dearer|longer|shorter|taller"
    r"|heavier|older|younger|better|worse|above|below)\b"
)
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|cheaper|dearer|longer|shorter|taller|heavier|older|younger|better|worse|above|below"
    r"|by\s+how|difference|increase[ds]?|r[io]se|fall|fell|drop(?:ped)?|grown?|grew|up|down)\b",
    re.IGNORECASE,
)
_SHARES = frozenset(map(stem, ("odds", "percentage", "percent", "share", "proportion", "fraction", "rate")))
_SHARE = re.compile(
    r"%|\bper\s?cent|\bpoints?\b|\bin\s+(?:\d|ten|a\s+hundred)|\bto\s+one\b|\d/\d|\b(?:half|thirds?|quarters?|fifths?|tenths?)\b"
)
_CURRENCIES = "$£€¥"  # a price is no measure: "how loud is it?"
_ANYBODY = frozenset(map(stem, ("people", "persons", "victims", "lives")))
PLAIN = 0.8
"""Strength of an offer from which it is of the kind asked for beyond doubt."""

OF_ITSELF = frozenset(("det", "amod", "compound", "nummod", "quantmod", "nmod", "poss", "case", "advmod", "npadvmod"))
"""Dependencies of what belongs to a noun: its article, adjectives, figures and owners."""


def figure(wanted: Wanted, question: str, asked: Set[str], sentence: Doc) -> str:
    """The figure asked for with what it counts, in the words of `sentence`; empty where several might be meant."""
    found = offers(wanted.kind, sentence.text, question)
    if wanted.kind is AskedFor.MEASURE and not tells_dimension(sentence.text, question):
        return ""
    plain = [o for o in found if o.strength >= PLAIN]
    if not plain or (wanted.kind is AskedFor.MEASURE and any(sentence.text[o.start] in _CURRENCIES for o in plain)):
        return ""
    if wanted.kind is AskedFor.AGE:
        ages = {sentence.text[o.start : o.end].strip(" ,") for o in plain}
        return ages.pop() if len(ages) == 1 else ""
    chunks = [_chunk_at(sentence, o) for o in plain]
    focus = {stem(word) for word in content_words(wanted.focus)}
    if focus & _SHARES:  # "seven years ago" tells no odds
        chunks = [c for c in chunks if _SHARE.search(c)]
        return chunks[0] if len(chunks) == 1 else ""
    counts = any(word.isalpha() for chunk in chunks for word in content_words(chunk))
    elsewhere = wanted.kind is AskedFor.NUMBER and counts and bool(focus & stems(sentence.text))
    if len(plain) > 1 or elsewhere:  # "the disasters included 13 storms" does not tell how many disasters
        counted = focus or (asked if wanted.kind is AskedFor.MEASURE else set())
        chunks = [c for c in chunks if counted & {stem(word) for word in content_words(c)}]
    if len(set(chunks)) != 1 or _was_before(chunks[0], sentence.text):
        return ""
    if _is_difference(chunks[0], sentence.text) and not _COMPARES.search(question):
        return ""
    return _with_joined(chunks[0], sentence) if focus & _ANYBODY else chunks[0]


def _is_difference(figure: str, text: str) -> bool:
    """Whether a figure tells how much more or less something is: "20 cents a litre less than last year"."""
    at = text.find(figure)
    return at >= 0 and _THAN.match(text, at + len(figure)) is not None


def _with_joined(figure: str, sentence: Doc) -> str:
    """A number of people with those joined to it: "90 passengers and 11 people on the ground" are all told of."""
    at = sentence.text.find(figure)
    head = next((t for t in sentence if at <= t.idx < at + len(figure) and t.tag_.startswith("NN")), None)
    if head is None:
        return figure
    over = head.head if head.dep_ == "conj" else head
    counted = [t for t in (over, *over.conjuncts) if any(c.dep_ == "nummod" for c in t.children)]
    if head not in counted or len(counted) == 1:
        return figure
    first = min(c.i for t in counted for c in t.children if c.dep_ == "nummod")
    return sentence[first : max(t.i for t in counted) + 1].text


def _was_before(figure: str, text: str) -> bool:
    """Whether a figure is what something fell or rose from: "from 85 jobs in 2007 to 59"."""
    at = text.find(figure)
    return _FROM.search(text, 0, at) is not None and _TO.match(text, at + len(figure)) is not None


def _chunk_at(sentence: Doc, offer: Offer) -> str:
    """An offer with the noun that it counts: "31,000 households", "fewer than 200 people"."""
    inside = [t for t in sentence if t.idx < offer.end and t.idx + len(t.text) > offer.start]
    if not inside:
        return ""
    first, last = inside[0].i, inside[-1].i
    head = inside[-1]
    if head.tag_ == "IN":  # "since", "until": only with the whole day behind it
        day = next((e for e in tag(sentence.text, None, article=False) if 0 <= e.start - offer.end <= _APART), None)
        return sentence.text[inside[0].idx : day.end] if day is not None else ""
    while first > 0 and sentence[first - 1].head in inside and sentence[first - 1].dep_ in OF_ITSELF:
        first -= 1  # "several hundred"
    while head.dep_ in OF_ITSELF and head.head.i > head.i and head.head.i - last <= 3 and head.head.tag_[:2] == "NN":
        head = head.head
        last = max(last, head.i)
    whole = _of_how_many(head)
    if whole is not None:  # "four of its eleven libraries" is one figure
        first, last = min(first, whole[0]), max(last, whole[1])
    last = max(last, _joined_to(head))
    end = sentence[last].idx + len(sentence[last].text)
    whole_figure = with_limits(sentence.text, sentence[first].idx, end)
    return sentence.text[slice(*whole_figure)] if whole_figure is not None else ""


def _joined_to(noun: Token) -> int:
    """Where the last of the nouns that one figure counts stands: "90 sailors and divers"."""
    if not any(t.like_num for t in noun.children):
        return noun.i
    with_figures = any(any(c.like_num for c in t.children) for t in noun.conjuncts)
    plain = [t.i for t in noun.conjuncts if t.dep_ == "conj" and t.tag_ in ("NN", "NNS") and t.i > noun.i]
    return max(plain, default=noun.i) if not with_figures else noun.i


def _of_how_many(noun: Token) -> tuple[int, int] | None:
    """Where "four of its eleven libraries" stands, by its first figure or its noun; None for any other phrase."""
    part = noun if noun.tag_ == "CD" else noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if part is None or part.tag_ != "CD":
        return None
    of = next((t for t in part.children if t.lower_ == "of" and t.i > part.i), None)
    total = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
    return (part.i, total.i) if total is not None else None
