"""Somebody or something that a question knows only by what it did: "the man who raised the alarm"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.question_syntax import Parse, asking_sentence, question_syntax
from retrieval.answering.sentences.roles import fillers
from retrieval.schema import Answer, Stretch
from retrieval.search.words import content_words, stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset(("who", "that", "which"))
_CLAUSE = re.compile(r"\w\W+(?:who|that|which)\b", re.IGNORECASE)
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_ANYBODY = frozenset(("man", "men", "woman", "women", "person", "people", "one", "ones"))
_VERBS = frozenset(("VB", "VBD", "VBN"))
_AUXILIARY = frozenset(("aux", "auxpass"))
_ASIDE = frozenset(("appos", "compound", "conj", "nmod"))
_WH = frozenset(("WDT", "WP", "WP$", "WRB"))


@dataclass(frozen=True, slots=True)
class Described:
    """A description in a question: `stretch` of it, the question `identity` that asks who or what it is, and the
    `noun` it is called by; `is_person` where it says "who"."""

    question: str
    stretch: Stretch
    identity: str
    noun: str
    is_person: bool

    def named(self, name: str) -> str:
        """The question with `name` for the description; a thing keeps its noun: "the Stavel plant"."""
        is_body = asked_for(f"which {self.noun} is it?").kind is AskedFor.BODY
        put = name if self.is_person or is_body or stem(self.noun) in stems(name) else f"the {name} {self.noun}"
        return f"{self.question[: self.stretch.start]}{put}{self.question[self.stretch.end :]}"


def described(question: str, parse: Parse) -> Described | None:
    """The description that a question asks something of; None where it has none, or asks for who or what that is."""
    if not _CLAUSE.search(question):
        return None  # without a parse, which most questions would be parsed twice for
    asking = asking_sentence(question)
    doc = next(iter(parse([question[asking.start : asking.end]])), None)
    if doc is None:
        return None
    for verb in doc:
        if verb.dep_ != "relcl" or not verb.tag_.startswith(("VB", "MD")):
            continue
        noun = verb.head
        relative = next((t for t in verb.children if t.dep_ in _SUBJECTS and t.lower_ in _RELATIVE), None)
        if relative is None or relative.i < noun.i or noun.tag_ not in ("NN", "NNS") or _is_asked_for(noun):
            continue
        start = min(t.i for t in noun.subtree if t.i <= noun.i and t.dep_ != "punct")
        end = max(t.i for t in verb.subtree if not t.is_punct)
        if doc[end] != verb and doc[end].tag_ in _VERBS and not any(t.dep_ in _AUXILIARY for t in doc[end].children):
            end -= 1  # "when was the firm that built it founded": that verb is the question's
        if not any(t.lower_ == "the" for t in doc[start : noun.i]) or doc[start].tag_ in _WH:
            continue
        did = doc[relative.i + 1 : end + 1].text
        if not content_words(did):
            continue
        who = "Who" if noun.lower_ in _ANYBODY else f"Which {doc[start + 1 : noun.i + 1].text}"
        phrase = doc[start : end + 1]
        stretch = Stretch(asking.start + phrase.start_char, asking.start + phrase.end_char)
        return Described(question, stretch, f"{who} {did}?", noun.text, relative.lower_ == "who")
    return None


def name_told(answer: Answer, parse: Parse) -> str | None:
    """The one name that the first sentence of `answer` gives to who or what is asked for; None where it gives none, or
    several."""
    if answer.abstained or not answer.citations:
        return None
    question = answer.question.topic
    (sentence,) = parse([answer.citations[0].text])
    parts = fillers(question_syntax(question, parse), question, stems(question), sentence)
    if any(t.tag_ == "MD" or t.dep_ == "neg" for part in parts for t in part.head.children):
        return None  # "said Roe should resign" does not tell who did
    names = [
        (name.start, name.end)
        for name in names_in(sentence.text)
        if any(t.idx < name.end and t.idx + len(t.text) > name.start for part in parts for t in _with_asides(part))
    ]
    told = {sentence.text[start:end] for start, end in _joined(names, sentence.text)}
    return told.pop() if len(told) == 1 else None


def _joined(names: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The same, those that "&" joins as one: "Lowe & Sons"."""
    found: list[tuple[int, int]] = []
    for start, end in names:
        if found and text[found[-1][1] : start].strip() == "&":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _with_asides(part: Token) -> list[Token]:
    """A noun with the names beside it: "their captain, Ilse Brandt"."""
    found = [part, *(t for t in part.children if t.dep_ in _ASIDE)]
    if part.dep_ == "appos":  # "Ilse Brandt, the captain who was sent off"
        found.append(part.head)
    return [*found, *(t for beside in found[1:] for t in beside.children if t.dep_ in _ASIDE)]


def _is_asked_for(noun: Token) -> bool:
    """Whether a question asks who or what this is: "who is the man who …", "which man who …"."""
    if any(t.tag_ in _WH for t in noun.children if t.i < noun.i):
        return True
    over = noun.head
    identity = noun.dep_ in ("attr", "nsubj") and over.lower_ in ("is", "was", "are", "were", "'s", "’s")
    return identity and any(t.tag_ in ("WP", "WDT") for t in over.children)
