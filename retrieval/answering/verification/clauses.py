"""What a parsed sentence says happened: its predicates, each with who, whom, whether, and how surely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.answering.verification.grammar import is_copula
from retrieval.answering.verification.moods import OBJECT, PASSIVE, SUBJECT, Mood, is_reported, status
from retrieval.answering.verification.words import classes, lemma, lemmas, parts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, predicate adjective or noun of a sentence, by lemma.

    `moods` are those it can be read in: "would" is future or open. `alleged`: left to somebody's word by the grammar
    ("was accused of"). `subject`, `object` and `others` are the content lemmas of its arguments; `heads` those of the
    subject's and the object's head words; `named` the names in the subject, `others_than` what tells it from
    another. `at` is where the word stands in its sentence. `now` and `past`: by its tense it is so, or was and may not
    be now; what somebody said was so may be so still.
    """

    lemma: str
    word: str
    verb: bool
    negated: bool
    moods: frozenset[Mood]
    alleged: bool
    subject: frozenset[str] = frozenset()
    object: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    noun: bool = False
    named: frozenset[str] = frozenset()
    others_than: frozenset[str] = frozenset()
    at: int = -1
    now: bool = False
    past: bool = False
    heads: tuple[frozenset[str], frozenset[str]] = field(default=(frozenset(), frozenset()))

    @property
    def arguments(self) -> frozenset[str]:
        return self.subject | self.object | self.others


_CLOSED_TAGS = (
    "DT",
    "IN",
    "PRP",
    "PRP$",
    "CC",
    "TO",
    "WDT",
    "WP",
    "EX",
    "MD",
    "POS",
    "RP",
    "WRB",
    ".",
    ",",
    ":",
    "``",
    "''",
)


def predicates(doc: Doc, quoted: Sequence[tuple[int, int]] = ()) -> list[Predicate]:
    """The predicates of a parsed sentence but auxiliaries, in order; `quoted` characters are left out."""
    return [
        _predicate(token)
        for token in doc
        if not any(start <= token.idx < end for start, end in quoted) and _is_predicate(token)
    ]


def _is_predicate(token: Token) -> bool:
    if token.dep_ in ("aux", "auxpass", "punct", "compound", "det", "case", "mark"):
        return False
    return token.tag_.startswith(("VB", "NN", "JJ")) and len(token.text) > 1 and token.text[0].isalpha()


def _predicate(token: Token) -> Predicate:
    verb = token.tag_.startswith("VB")
    holder = token.head if token.dep_ in ("acomp", "attr") and token.head.tag_.startswith("VB") else token
    negated, moods, alleged = status(token, holder)
    subjects, objects, others = _arguments(holder)
    return Predicate(
        lemma=parts(token.text)[-1] if parts(token.text) else token.lower_,
        word=token.text,
        verb=verb,
        negated=negated,
        moods=moods,
        alleged=alleged,
        subject=_content(subjects),
        object=_content(objects),
        others=_content(others),
        noun=token.tag_.startswith("NN") and holder is token,
        named=_names(subjects),
        others_than=_other_than(subjects),
        at=token.i,
        now=_is_now(holder),
        past=_is_past(holder),
        heads=(_heads(subjects), _heads(objects)),
    )


# -- when


def _is_now(verb: Token) -> bool:
    """ "Is mayor", "has been mayor", "runs it"; "has left" tells no more than "left"."""
    finite = _finite(verb)
    perfect = finite is not verb and lemma(finite.text) == lemma("have")
    return finite.tag_ in ("VBZ", "VBP") and (not perfect or is_copula(verb))


def _is_past(verb: Token) -> bool:
    return _finite(verb).tag_ == "VBD" and verb.tag_.startswith("VB") and not is_reported(verb)


def _finite(verb: Token) -> Token:
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return helpers[0] if helpers else verb


# -- who and whom


def _arguments(token: Token) -> tuple[list[Token], list[Token], list[Token]]:
    subjects: list[Token] = []
    objects: list[Token] = []
    others: list[Token] = []
    for child in token.children:
        if child.dep_ in SUBJECT:
            subjects.append(child)
        elif child.dep_ in (*PASSIVE, *OBJECT):
            objects.append(child)
        elif child.dep_ == "agent":
            subjects.extend(c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ not in ("aux", "auxpass", "neg", "punct", "mark", "cc", "conj", "ccomp", "advcl", "parataxis"):
            others.append(child)
    if not subjects and token.dep_ == "conj" and token.head.tag_.startswith("VB"):
        subjects = [c for c in token.head.children if c.dep_ in SUBJECT]
    if token.dep_ == "relcl":
        subjects = [h for t in subjects for h in (_heads_of(token) if t.lower_ in ("who", "which", "that") else [t])]
        objects = [token.head if t.lower_ in ("who", "whom", "which", "that") else t for t in objects]
    if not subjects and (token.dep_ == "xcomp" or (token.dep_ == "advcl" and token.tag_ == "VBG")):
        subjects = [c for c in token.head.children if c.dep_ in SUBJECT]
    return subjects, objects, others


def _heads_of(relative: Token) -> list[Token]:
    """The nouns that a relative clause may belong to: "X of the institute, who …" is of X or of the institute."""
    head = relative.head
    return [head, head.head.head] if head.dep_ == "pobj" and head.head.head.tag_.startswith("NN") else [head]


def _content(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(w for t in tokens for w in lemmas(" ".join(s.text for s in _near(t))))


def _near(token: Token) -> Iterator[Token]:
    """The phrase of an argument without its clauses."""
    yield token
    for child in token.children:
        if child.dep_ not in ("relcl", "advcl", "ccomp", "punct"):
            yield from _near(child)


def _names(tokens: Sequence[Token]) -> frozenset[str]:
    """The words of the names that stand as arguments, not of those within their phrases ("Acme's director")."""
    return frozenset(
        part
        for token in tokens
        for each in (token, *(c for c in _near(token) if c is not token and c.dep_ in ("conj", "appos")))
        for word in (each, *(c for c in each.children if c.dep_ == "compound"))
        if word.tag_.startswith("NNP")
        for part in parts(word.text)
    )


def _other_than(tokens: Sequence[Token]) -> frozenset[str]:
    """The modifiers of arguments that tell them from the thing spoken of: "the previous film"."""
    # What narrows a title down narrows the name behind it: "former mayor Jane Roe".
    titled = [(t, *(c for c in t.children if c.dep_ in ("compound", "nmod"))) for t in tokens]
    words = {lemma(c.text) for phrase in titled for t in phrase for c in t.children if c.dep_ in ("amod", "det")}
    return frozenset(words & classes().other)


def _heads(tokens: Sequence[Token]) -> frozenset[str]:
    """The head words of arguments, with the names they are part of and what they are joined with."""
    found: set[str] = set()
    for token in tokens:
        for each in (token, *(c for c in _near(token) if c is not token and c.dep_ in ("conj", "appos"))):
            if each.tag_ in _CLOSED_TAGS:
                continue
            found.update(parts(each.text))
    return frozenset(found)
