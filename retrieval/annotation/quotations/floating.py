"""Quoted words after a sentence that reports nothing: "Roe shook her head. “Not today.”" are its subject's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.names import is_body, key, names_in
from retrieval.annotation.quotations.phrases import mention_span, phrase_span
from retrieval.annotation.quotations.speaking import subject_of
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from retrieval.annotation.quotations.extraction import Paragraph
    from retrieval.annotation.quotations.reading import ParsedSentence

_PRONOUN = re.compile(r"(?:He|She|They)\b")
_SPEAKING = ("PRP", "NNP", "NN", "NNS")


def sentence_before(text: str, q: Quoted, paragraph: Paragraph) -> ParsedSentence | None:
    """The sentence of the paragraph that ends where `q` begins, None where quoted words or nothing come before."""
    before = [s for s in paragraph.sentences if s.stretch.end <= q.start]
    if not before:
        return None
    last = before[-1]
    if any(o.start < last.stretch.end <= o.end or o.start <= last.stretch.start < o.end for o in paragraph.quoted):
        return None
    return last if not text[last.stretch.end : q.start].strip() else None


def spoken_by_subject(text: str, q: Quoted, sentence: ParsedSentence) -> Attribution:
    """`q` with the subject of `sentence` for its speaker; without a speaker where that is nobody's name or pronoun."""
    piece = (Stretch(*q.inner),)
    if sentence.doc is not None:
        root = next((t for t in sentence.doc if t.head.i == t.i), None)
        subject = subject_of(root) if root is not None else None
        if subject is None or subject.tag_ not in _SPEAKING or subject.lower_ == "it":
            return Attribution(piece, quotes=True)
        mention, phrase = sentence.span(*mention_span(subject)), sentence.span(*phrase_span(subject))
        return Attribution(piece, mention=mention, phrase=phrase, quotes=True)
    start = sentence.stretch.start
    if (pronoun := _PRONOUN.match(text, start)) is not None:
        return Attribution(piece, mention=Stretch(*pronoun.span()), quotes=True)
    name = next(names_in(text, start, sentence.stretch.end), None)
    if name is None or name.start - start > (len(name.title) + 1 if name.title else 0):
        return Attribution(piece, quotes=True)
    return Attribution(piece, mention=Stretch(name.start, name.end), quotes=True)


def names_another(text: str, told: Attribution, spoken: Attribution) -> bool:
    """Whether `told` is certain to be somebody else than who spoke before: a full name that is no part of theirs."""
    if told.mention is None or spoken.mention is None:
        return False
    name = next(names_in(text, *told.mention), None)
    if name is None or (len(name.words) < 2 and not name.title) or is_body(name.words):
        return False
    return key(name.words[-1]) not in {key(w) for w in text[slice(*spoken.mention)].split()}
