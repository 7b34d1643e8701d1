"""Quoted words after a sentence that reports nothing: "Roe shook her head. “Not today.”" are its subject's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.names import Gender, gender_of, is_body, is_person_noun, key, names_in, title_words
from retrieval.annotation.quotations.phrases import mention_span, phrase_span
from retrieval.annotation.quotations.reactions import reacts
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

    from retrieval.annotation.quotations.extraction import Paragraph
    from retrieval.annotation.quotations.reading import ParsedSentence

_PRONOUN = re.compile(r"(?:He|She|They)\b")
_DEFINITE = ("the", "this", "that")
_GENDERS = {"he": Gender.MALE, "she": Gender.FEMALE}


def sentence_before(text: str, q: Quoted, paragraph: Paragraph) -> ParsedSentence | None:
    """The sentence of the paragraph that ends where `q` begins, None where quoted words or nothing come before."""
    before = [s for s in paragraph.sentences if s.stretch.end <= q.start]
    if not before:
        return None
    last = before[-1]
    if any(o.start < last.stretch.end <= o.end or o.start <= last.stretch.start < o.end for o in paragraph.quoted):
        return None
    return last if not text[last.stretch.end : q.start].strip() else None


def reply_after(
    text: str, q: Quoted, sentence: ParsedSentence, before: Attribution | None, *, short: bool
) -> Attribution | None:
    """`q` with the subject of `sentence` for its speaker, or with none; None where it goes on from what came before.

    `before` is what was quoted earlier in the paragraph. Whoever reacts to it ("Roe disagreed.") speaks next; after any
    other sentence the one who spoke before goes on, unless it has somebody else's name for its subject: then either may
    speak. `short` words are nobody's without a reaction.
    """
    nobody = Attribution((Stretch(*q.inner),), quotes=True)
    root = _root(sentence)
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None) if root is not None else None
    if root is None or subject is None:
        return None if short or before is not None else _by_opening_words(text, nobody, sentence)
    mention, phrase = sentence.span(*mention_span(subject)), sentence.span(*phrase_span(subject))
    named = _is_name(text, subject, mention)
    theirs = Attribution(nobody.pieces, mention=mention, phrase=phrase, quotes=True, proper=named)
    if subject.tag_ in ("PRP", "DT", "EX", "WP", "WDT"):
        if before is None:
            return None if short else theirs if subject.tag_ == "PRP" and subject.lower_ != "it" else nobody
        return theirs if _is_other_gender(text, subject, before) else None
    reacting, may_speak = reacts(root), named or _may_speak(subject)
    if before is not None and is_the_same(text, mention, before):
        # A name is theirs whoever the pronoun stands for.
        return theirs if named and reacting and before.mention and is_pronoun(text, before.mention) else None
    if reacting:
        return theirs if may_speak else nobody
    if before is not None:
        return nobody if named and not is_body(tuple(text[slice(*mention)].split())) else None
    if short:
        return None
    return theirs if may_speak else _by_opening_words(text, nobody, sentence)


def main_cue(sentence: ParsedSentence, found: Sequence[Attribution]) -> int | None:
    """Where in `found` the attribution is whose cue is the main verb of the sentence: not "when Roe said so, …"."""
    if (root := _root(sentence)) is None:
        return None
    verb = sentence.span(root.i, root.i + 1)
    return next((i for i, a in enumerate(found) if any(c.start <= verb.start < c.end for c in a.cue)), None)


def is_another(text: str, mention: Stretch, before: Attribution) -> bool:
    """Whether a mention is surely of somebody else than who spoke before: no pronoun, no epithet ("the actress")."""
    if is_pronoun(text, mention) or is_the_same(text, mention, before):
        return False
    words = text[slice(*mention)].split()
    return words[0].lower() not in _DEFINITE or words[-1][0].isupper() or key(words[-1]) in title_words().bodies


def _root(sentence: ParsedSentence) -> Token | None:
    return None if sentence.doc is None else next((t for t in sentence.doc if t.head.i == t.i), None)


def _by_opening_words(text: str, nobody: Attribution, sentence: ParsedSentence) -> Attribution:
    """For a sentence without a subject in its parse: the name or the pronoun that it begins with."""
    start = sentence.stretch.start
    if (pronoun := _PRONOUN.match(text, start)) is not None:
        return Attribution(nobody.pieces, mention=Stretch(*pronoun.span()), quotes=True)
    name = next(names_in(text, start, sentence.stretch.end), None)
    if name is None or name.start - start > (len(name.title) + 1 if name.title else 0) or text[name.end] in "'’":
        return nobody
    return Attribution(nobody.pieces, mention=Stretch(name.start, name.end), quotes=True)


def _is_other_gender(text: str, pronoun: Token, before: Attribution) -> bool:
    """Whether "he" or "she" cannot be who spoke before: "“…,” she said. He shrugged."."""
    spoke = text[slice(*before.mention)] if before.mention is not None else ""
    genders = _GENDERS.get(pronoun.lower_), _GENDERS.get(spoke.lower()) or gender_of(spoke)
    return None not in genders and genders[0] is not genders[1]


def is_the_same(text: str, mention: Stretch, before: Attribution) -> bool:
    """Whether a mention is whoever spoke before, by its last word; of two full names the given names are alike too."""
    if before.mention is None:
        return False
    start = min(before.mention.start, before.phrase.start if before.phrase is not None else before.mention.start)
    end = max(before.mention.end, before.phrase.end if before.phrase is not None else before.mention.end)
    if is_pronoun(text, before.mention):
        start = text.rfind("\n", 0, start) + 1  # whom the pronoun stands for is named before it
    name = next(names_in(text, *mention), None)
    if name is None:
        return text[slice(*mention)].lower().split()[-1] in text[start:end].lower().split()
    known = [n for n in names_in(text, start, end) if key(n.words[-1]) == key(name.words[-1])]
    return any(min(len(n.words), len(name.words)) < 2 or key(n.words[0]) == key(name.words[0]) for n in known)


def is_pronoun(text: str, mention: Stretch) -> bool:
    """Whether a mention is "he", "she", "they" or the like."""
    return text[slice(*mention)].lower() in title_words().pronouns


def _is_name(text: str, subject: Token, mention: Stretch) -> bool:
    """Whether a subject is a name, by the parse, by its words, or because it can be nothing else: "Ward shrugged"."""
    if subject.tag_ == "NNP" or (subject.tag_ == "NNPS" and subject.i > 0):
        return True
    name = next(names_in(text, *mention), None)
    if name is not None and (len(name.words) > 1 or name.title) and name.end == mention.end:
        return True
    alone = subject.tag_ == "NN" and subject.text[0].isupper() and subject.left_edge.i == subject.i
    return alone and key(subject.text) not in title_words().bodies


def _may_speak(subject: Token) -> bool:
    """Whether a subject without a name is a person or a body for certain: "the union", but not "critics"."""
    if any(c.dep_ == "appos" and c.tag_ == "NNP" for c in subject.rights):
        return True
    word, lists = key(subject.text), title_words()
    speaks = is_person_noun(word.removesuffix("s")) or word in lists.bodies | lists.enterprises
    certain = subject.tag_ == "NN" or any(c.dep_ in ("det", "poss") for c in subject.lefts)
    return subject.tag_ in ("NN", "NNS") and speaks and certain
