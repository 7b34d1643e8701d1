"""What a parsed sentence says happened: its predicates, each with who, whom, whether, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from retrieval.answering.verification.words import classes, lemma, lemmas, parts

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


class Mood(StrEnum):
    """How sure a predicate is told to be."""

    ASSERTED = "asserted"
    FUTURE = "future"
    OPEN = "open"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, predicate adjective or noun of a sentence, by lemma.

    `moods` are those it can be read in: "would" is future or open. `alleged`: left to somebody's word by the grammar
    ("was accused of"). `subject`, `object` and `others` are the content lemmas of its arguments; `heads` those of the
    subject's and the object's head words; `named` the names in the subject, `others_than` what tells it from another.
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
    heads: tuple[frozenset[str], frozenset[str]] = field(default=(frozenset(), frozenset()))

    @property
    def arguments(self) -> frozenset[str]:
        return self.subject | self.object | self.others


_SUBJECT = ("nsubj", "csubj")
_PASSIVE = ("nsubjpass", "csubjpass")
_OBJECT = ("dobj", "attr", "oprd")
_GOVERNED = ("xcomp", "ccomp", "pcomp", "pobj", "dobj", "prep", "acl", "conj", "attr", "acomp", "prt", "advcl", "agent")
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
_ANY = frozenset((Mood.ASSERTED, Mood.FUTURE, Mood.OPEN))
_SOONER = ("VBZ", "VBP", "VBG")
_SPOKEN = re.compile(r"(?:say|sai|tell|told|add|announce|report|state|write)", re.I)


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
    negated, moods, alleged = _status(token, holder)
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
        heads=(_heads(subjects), _heads(objects)),
    )


# -- whether, and how surely


def _status(token: Token, holder: Token) -> tuple[bool, frozenset[Mood], bool]:
    negations = _negations(token) + (_negations(holder) if holder is not token else 0)
    if token.dep_ in (*_SUBJECT, *_PASSIVE, *_OBJECT) and token.head.tag_.startswith("VB"):
        negations = _negations(token.head)
    moods = _own_mood(holder) if holder.tag_.startswith("VB") else frozenset((Mood.ASSERTED,))
    alleged = _has_word(token, classes().alleging) or _has_word(holder, classes().alleging)
    if _has_word(token, classes().supposing) and not holder.tag_.startswith("VB"):
        moods = frozenset((Mood.OPEN,))
    current = holder
    for _ in range(8):
        head = current.head
        if head is current or (_dep(current) not in _GOVERNED and current.dep_ != "nsubjpass"):
            break
        if current.dep_ == "conj":
            own_subject = any(c.dep_ in (*_SUBJECT, *_PASSIVE) for c in current.children)
            if not own_subject and current.tag_ == "VB" and not _tensed(current):
                moods = _mood_of_aux(head) or moods
            current = head
            continue
        if current.dep_ == "nsubjpass":
            break
        word = lemma(head.text)
        if _dep(current) == "advcl" and word in classes().alleging:
            alleged = True  # "blamed her because she left"
        complement = _dep(current) in ("xcomp", "ccomp", "pcomp", "acl", "prep", "dobj", "pobj")
        if complement and holder is not head:
            if word in classes().denying and current.dep_ != "agent" and lemma(current.text) not in classes().alleging:
                if Mood.ASSERTED in moods:
                    negations += 1
                else:
                    moods = moods | {Mood.REFUSED}  # "rejected calls to resign"
            if word in classes().alleging or (_dep(current) == "ccomp" and word in classes().believing):
                alleged = True
            if _dep(current) in ("xcomp", "ccomp", "pcomp", "acl") or not token.tag_.startswith("VB"):
                opens = (word in classes().supposing or _must(current, head)) and not (
                    word == lemma("ask") and current.dep_ == "dobj"
                )
                if opens and current.dep_ != "prep":
                    moods = (
                        frozenset((Mood.OPEN,))
                        if word not in classes().planning
                        else frozenset((Mood.OPEN, Mood.FUTURE))
                    )
                elif word in classes().planning and Mood.ASSERTED in moods and _leads_ahead(current, head):
                    moods = frozenset((Mood.FUTURE,))
            if head.tag_.startswith("VB") and _negations(head) and current.dep_ in ("xcomp", "ccomp", "pcomp"):
                if _SPOKEN.match(head.text):
                    moods = frozenset((Mood.OPEN,))  # "did not say that …" says nothing either way
                elif current.dep_ != "pcomp":
                    negations += 1
            if current.dep_ in ("xcomp", "ccomp") and _hypothetical(_mood_of_aux(head)):
                moods = frozenset((Mood.OPEN,)) if not _SPOKEN.match(head.text) else moods
        current = head
        if current.dep_ == "ROOT":
            break
    alleged = alleged or any(t.lower_ == "according" for t in token.doc)
    if negations % 2 == 1 and Mood.OPEN in moods and Mood.FUTURE in moods:
        moods = moods | {Mood.ASSERTED}  # "would not comment" is what one did
    return negations % 2 == 1, moods, alleged


def _dep(token: Token) -> str:
    """The dependency, with "calls to resign" as the clause of a noun that it is."""
    return "acl" if token.dep_ == "relcl" and any(c.lower_ == "to" for c in token.children) else token.dep_


def _must(current: Token, head: Token) -> bool:
    return (
        current.dep_ == "xcomp"
        and lemma(head.text) == lemma("have")
        and any(c.lower_ == "to" for c in current.children)
    )


def _leads_ahead(current: Token, head: Token) -> bool:
    """Whether a complement of a word of planning lies ahead: "agreed to pay", "due to open"; not "said … going"."""
    if current.dep_ == "xcomp" or _dep(current) == "acl":
        return any(c.lower_ == "to" for c in current.children) or current.tag_ in ("VB", "NN", "NNS")
    return current.dep_ in ("ccomp", "pobj", "pcomp") and lemma(head.text) != lemma("tell")


def _own_mood(verb: Token) -> frozenset[Mood]:
    aux = _mood_of_aux(verb)
    if verb.dep_ in ("acl", "amod") and verb.tag_ in ("VBN", "VBG") and aux is None:
        return _ANY  # a participle has the mood of what it belongs to
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children):
        return frozenset((Mood.OPEN,))
    if _has_word(verb, classes().supposing, deps=("advmod",)):
        return frozenset((Mood.OPEN,))
    if aux is not None:
        return aux
    helpers = [c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if "to" in helpers:
        return _infinitive(verb, "have" in helpers)
    if verb.tag_ in _SOONER and not {"was", "were", "had", "been"} & set(helpers):
        return frozenset((Mood.ASSERTED, Mood.FUTURE))
    return frozenset((Mood.ASSERTED,))


def _infinitive(verb: Token, perfect: bool) -> frozenset[Mood]:
    """The mood of "to do": ahead or open, unless what governs it says that it is done ("began to", "known to")."""
    head = verb.head
    if perfect or (verb.dep_ == "xcomp" and lemma(head.text) in classes().implying):
        return frozenset((Mood.ASSERTED,))
    if verb.dep_ == "xcomp" and head.lower_ in ("is", "are", "was", "were"):
        return frozenset((Mood.FUTURE,))
    if verb.dep_ in ("advcl", "relcl", "acl", "xcomp", "conj", "ccomp"):
        return frozenset((Mood.FUTURE, Mood.OPEN))
    return frozenset((Mood.ASSERTED,))


def _mood_of_aux(verb: Token) -> frozenset[Mood] | None:
    for child in verb.children:
        if child.dep_ not in ("aux", "auxpass"):
            continue
        word = child.lower_
        if word in ("will", "'ll", "’ll", "shall", "wo", "sha"):
            return frozenset((Mood.FUTURE,))
        if word in ("would", "'d", "’d"):
            return frozenset((Mood.FUTURE, Mood.OPEN)) if not _is_if(verb) else frozenset((Mood.OPEN,))
        if word in ("can", "ca"):
            return frozenset((Mood.ASSERTED, Mood.OPEN))
        if word == "should":
            return frozenset((Mood.OPEN, Mood.FUTURE))
        if word in ("may", "might", "could", "must", "ought"):
            return frozenset((Mood.OPEN,))
    return None


def _hypothetical(moods: frozenset[Mood] | None) -> bool:
    return moods == frozenset((Mood.OPEN,))


def _is_if(verb: Token) -> bool:
    return any(c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children) for c in verb.children)


def _tensed(verb: Token) -> bool:
    return any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _has_word(token: Token, words: frozenset[str], deps: Sequence[str] = ("advmod", "amod", "compound")) -> bool:
    return any(c.dep_ in deps and lemma(c.text) in words for c in token.children)


def _no(token: Token) -> bool:
    return token.dep_ == "det" and token.lower_ in ("no", "neither", "nor")


def _negations(token: Token) -> int:
    """How many words deny the predicate at `token` itself."""
    count = 0
    denied = classes().denying_words
    arguments = (*_SUBJECT, *_PASSIVE, *_OBJECT) if token.tag_.startswith("VB") else ()
    for child in token.children:
        adverb = child.dep_ in ("advmod", "preconj", "cc") and child.lower_ in denied
        denied_argument = child.dep_ in arguments and (child.lower_ in denied or any(map(_no, child.children)))
        no_more = child.dep_ == "advmod" and child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children)
        count += no_more or child.dep_ == "neg" or adverb or _no(child) or denied_argument
    if token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without":
        count += 1
    return count


# -- who and whom


def _arguments(token: Token) -> tuple[list[Token], list[Token], list[Token]]:
    subjects: list[Token] = []
    objects: list[Token] = []
    others: list[Token] = []
    for child in token.children:
        if child.dep_ in _SUBJECT:
            subjects.append(child)
        elif child.dep_ in (*_PASSIVE, *_OBJECT):
            objects.append(child)
        elif child.dep_ == "agent":
            subjects.extend(c for c in child.children if c.dep_ == "pobj")
        elif child.dep_ not in ("aux", "auxpass", "neg", "punct", "mark", "cc", "conj", "ccomp", "advcl", "parataxis"):
            others.append(child)
    if not subjects and token.dep_ == "conj" and token.head.tag_.startswith("VB"):
        subjects = [c for c in token.head.children if c.dep_ in _SUBJECT]
    if token.dep_ == "relcl":
        subjects = [h for t in subjects for h in (_heads_of(token) if t.lower_ in ("who", "which", "that") else [t])]
        objects = [token.head if t.lower_ in ("who", "whom", "which", "that") else t for t in objects]
    if not subjects and (token.dep_ == "xcomp" or (token.dep_ == "advcl" and token.tag_ == "VBG")):
        subjects = [c for c in token.head.children if c.dep_ in _SUBJECT]
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
    words = {lemma(c.text) for t in tokens for c in t.children if c.dep_ in ("amod", "det")}
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
