"""The short answer that stands before the sentence that carries it: in that sentence's own words, or yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import TYPE_CHECKING

from retrieval.annotation.time import tag
from retrieval.answering.asked_for import AskedFor, Wanted
from retrieval.answering.offers import Offer, offers
from retrieval.answering.question_syntax import QuestionSyntax
from retrieval.answering.roles import fillers, has_predicate
from retrieval.answering.verification.words import lemma, same_root
from retrieval.search.words import content_words, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIGURES = frozenset(
    (AskedFor.NUMBER, AskedFor.AMOUNT, AskedFor.MEASURE, AskedFor.EXTENT, AskedFor.AGE, AskedFor.DURATION)
)
_NAMED = frozenset((AskedFor.PERSON, AskedFor.BODY, AskedFor.NAME))
_PLAIN = 0.8  # strength of an offer from which it is of the kind asked for beyond doubt
_LONGEST = 70  # characters; a longer lead is no short answer
_SHORTEST = 45  # characters of a sentence that needs a lead at all
_WHERE = re.compile(r"\W*(?:and\s+|so\s+)?where\b", re.IGNORECASE)
_OF_ITSELF = frozenset(("det", "amod", "compound", "nummod", "quantmod", "nmod", "poss", "case", "advmod", "npadvmod"))
_UNSURE = frozenset(("may", "might", "could", "would", "should", "can"))
_NEVER = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "nor"))
_OPEN = frozenset(("whether", "if", "unless", "until", "almost", "nearly"))


def lead(wanted: Wanted, syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> str:
    """What is asked for, as `sentence` says it, with what stands behind it (" ", ":"); empty where that is not certain.

    `asked` are the stems of the question's words.
    """
    text = sentence.text
    if wanted.kind is AskedFor.YES_NO:
        return _yes_or_no(syntax, question, sentence)
    if len(text) < _SHORTEST:
        return ""
    if wanted.kind in _FIGURES:
        if syntax.predicate is not None and not has_predicate(syntax, question, text):
            return ""  # how long something went on is not how long somebody was jailed
        short = _figure(wanted, question, asked, sentence)
        if syntax.predicate is None and " of " in short:
            return ""  # of "four of its eleven libraries" either may be asked for
    elif wanted.kind is AskedFor.PLACE and (not wanted.focus or _WHERE.match(question)):
        short = _alone(offers(wanted.kind, text, question), text)
    else:
        short = _name(wanted, syntax, question, asked, sentence)
    short = short.strip(" ,;:")
    if not short or len(short) > _LONGEST or len(short) > len(text) * 0.6 or text.startswith(short):
        return ""
    return f"{short[0].upper()}{short[1:]}{'' if short.endswith('.') else '.'}"


def _alone(found: Sequence[Offer], text: str) -> str:
    """The only plain offer; empty where there are several."""
    plain = [o for o in found if o.strength >= _PLAIN]
    return text[plain[0].start : plain[0].end] if len(plain) == 1 else ""


def _figure(wanted: Wanted, question: str, asked: Set[str], sentence: Doc) -> str:
    found = offers(wanted.kind, sentence.text, question)
    best = max((o.strength for o in found), default=0.0)
    if best < _PLAIN:
        return ""
    plain = [o for o in found if o.strength >= _PLAIN]
    chunks = [_chunk_at(sentence, o) for o in plain]
    if len(plain) > 1:
        counted = {stem(word) for word in content_words(wanted.focus)} or (
            asked if wanted.kind is AskedFor.MEASURE else set()
        )
        chunks = [c for c in chunks if counted & {stem(word) for word in content_words(c)}]
    return chunks[0] if len(set(chunks)) == 1 else ""


def _chunk_at(sentence: Doc, offer: Offer) -> str:
    """An offer with the noun that it counts: "31,000 households"."""
    inside = [t for t in sentence if t.idx < offer.end and t.idx + len(t.text) > offer.start]
    if not inside:
        return ""
    first, last = inside[0].i, inside[-1].i
    head = inside[-1]
    while head.dep_ in _OF_ITSELF and head.head.i > head.i and head.head.i - last <= 3 and head.head.tag_[:2] == "NN":
        head = head.head
        last = max(last, head.i)
    whole = _of_how_many(head)
    if whole is not None:  # "four of its eleven libraries" is one figure
        first, last = min(first, whole[0]), max(last, whole[1])
    return sentence[first : last + 1].text


def _of_how_many(noun: Token) -> tuple[int, int] | None:
    """Where "four of its eleven libraries" stands, by its first figure or its noun; None for any other phrase."""
    part = noun if noun.tag_ == "CD" else noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if part is None or part.tag_ != "CD":
        return None
    of = next((t for t in part.children if t.lower_ == "of" and t.i > part.i), None)
    total = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
    return (part.i, total.i) if total is not None else None


def _name(wanted: Wanted, syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> str:
    for part in fillers(syntax, question, asked, sentence):
        chunk = _trimmed(part)
        if tag(sentence[chunk[0].i : chunk[-1].i + 1].text, None, article=False):
            continue  # a day is nobody and nothing: "delivered food on Aug. 19"
        named = any(t.tag_.startswith("NNP") and stem(t.text) not in asked for t in chunk)
        if named or (syntax.focus is not None and wanted.kind not in _NAMED and part.tag_[:2] == "NN"):
            return sentence[chunk[0].i : chunk[-1].i + 1].text
    if wanted.kind is AskedFor.PERSON and syntax.focus is not None:
        held = _holder(question[slice(*syntax.focus)], asked, sentence)
        if held is not None:
            return held
    return ""


def _trimmed(part: Token) -> list[Token]:
    """A noun with what belongs to it, without the clauses and asides that are hung on it."""
    kept = [part]
    for child in part.children:
        if child.dep_ in _OF_ITSELF:
            kept += [t for t in child.subtree if not t.is_punct or t.text in "-’'."]
        elif child.dep_ in ("cc", "conj") or (child.dep_ == "prep" and child.lower_ == "of"):
            kept += [t for t in child.subtree]
    kept.sort(key=lambda t: t.i)
    run = [t for t in kept if all(u in kept or u.is_punct for u in part.doc[min(t.i, part.i) : max(t.i, part.i)])]
    return run


def _holder(post: str, asked: Set[str], sentence: Doc) -> str | None:
    """Whoever is called what is asked for: "Ebert's lawyer, Karim Haddad", "Coach Rita Salgado"."""
    found: set[str] = set()
    for token in sentence:
        if stem(token.text) != stem(post):
            continue
        for name in _beside(token):
            words = [t for t in _trimmed(name) if t.tag_.startswith("NNP") and stem(t.text) not in asked | {stem(post)}]
            if words:
                found.add(sentence[words[0].i : words[-1].i + 1].text)
    return next(iter(found)) if len(found) == 1 else None


def _beside(token: Token) -> Iterator[Token]:
    yield from (t for t in token.children if t.dep_ == "appos" and t.tag_.startswith("NNP"))
    if token.dep_ in ("appos", "compound") and token.head.tag_.startswith("NNP"):
        yield token.head
    if token.dep_ == "attr":
        yield from (t for t in token.head.children if t.dep_ == "nsubj" and t.tag_.startswith("NNP"))


def _yes_or_no(syntax: QuestionSyntax, question: str, sentence: Doc) -> str:
    """ "Yes:" or "No:" where the sentence has the question's verb with the same words about it."""
    if syntax.predicate is None or {t.lower_ for t in sentence} & _OPEN:
        return ""
    wanted = lemma(question[slice(*syntax.predicate)])
    about = {stem(w) for w in content_words(question[slice(*syntax.asking)])} - {
        stem(question[slice(*syntax.predicate)])
    }
    verbs = [
        t for t in sentence if t.tag_.startswith("VB") and (lemma(t.text) == wanted or same_root(lemma(t.text), wanted))
    ]
    if len(verbs) != 1 or set(question.casefold().split()) & (_NEVER | _UNSURE):
        return ""
    verb = verbs[0]
    under = [verb, *verb.children, *(t for c in verb.children for t in c.children)]
    told = {stem(t.text) for t in verb.subtree} | {stem(t.text) for t in sentence if t in list(verb.ancestors)}
    if verb.dep_ in ("conj", "xcomp"):
        told |= {stem(t.text) for t in verb.head.subtree}
    if not about <= told or any(t.lower_ in _UNSURE for t in verb.children):
        return ""
    if any(a.dep_ != "ROOT" and a.dep_ not in ("ccomp", "conj", "xcomp") for a in (verb, *verb.ancestors)):
        return ""
    denied = any(t.lower_ in _NEVER for t in under)
    if any(t.lower_ in _NEVER for t in sentence) and not denied:
        return ""
    governing = [t for t in verb.ancestors if t.tag_.startswith("VB")]
    if governing and verb.dep_ == "xcomp":  # "refused to pay", "wants to pay"
        return ""
    if any(lemma(t.text) in _not_certain() for t in governing):
        return ""
    return "No:" if denied else "Yes:"


def _not_certain() -> frozenset[str]:
    """Verbs under which a clause is not told as true: "denied that", "hopes that"."""
    from retrieval.answering.verification.words import classes

    words = classes()
    return words.denying | words.supposing | words.planning | words.alleging | words.believing
