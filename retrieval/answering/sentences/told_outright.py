"""Whether a sentence says outright what a question asks: its own verb, with what the question names on one side of it
and somebody or something new on the other; or a post beside a name."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from retrieval.answering.questions.question_syntax import QuestionSyntax, Role
from retrieval.answering.sentences.posts import is_by, named_in_post, names_maker
from retrieval.answering.sentences.roles import agents, names_representative, patients
from retrieval.answering.verification.words import classes, lemma, same_root
from retrieval.search.words import content_words, stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_HEDGES = frozenset(("may", "might", "could", "would", "should", "if", "whether", "not", "n't", "n’t", "never"))
_NAMING = frozenset(("compound", "appos", "conj", "amod", "poss", "nmod"))
_VAGUE = frozenset(("PRP", "WP", "WDT", "DT", "EX"))


def told_outright(syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> bool:
    """Whether `sentence` has the verb of `question` beside what that names, with a part that tells something new:
    "Lind, who replaced Roe," says whom Lind replaced. `asked` are the stems of the question's words.

    Of a question who represented somebody, whether one of theirs is named by an office.
    Of a question for whoever holds a post, whether somebody new is named in that post of what the question names.
    """
    if syntax.predicate is None:
        words = content_words(question)
        names = [word for word in words if word[0].isupper() and not question.startswith(word)]
        of = frozenset(map(lemma, names or words))  # "Roe's finance minister" is hers, and not any of finance
        return syntax.focus is not None and named_in_post(question[slice(*syntax.focus)], of, asked, sentence)
    if syntax.other is None or syntax.role is Role.OTHER:
        return False
    if names_representative(syntax, question, sentence):
        return True
    wanted, other = lemma(question[slice(*syntax.predicate)]), lemma(question[slice(*syntax.other)])
    if syntax.role is Role.SUBJECT and names_maker(wanted, sentence.text) and is_by(other, sentence):
        return True
    return any(_tells(verb, syntax.role, other, asked) for verb in _verbs(wanted, syntax.particle, sentence))


def _verbs(wanted: str, particle: str, sentence: Doc) -> Iterator[Token]:
    for verb in sentence:
        found = lemma(verb.text) if verb.tag_.startswith("VB") and verb.is_alpha else ""
        if not found or not (same_root(found, wanted) or (found, wanted) in classes().synonyms):
            continue
        if particle and not any(t.lower_ == particle for t in verb.children):
            continue
        if not any(t.lower_ in _HEDGES for t in verb.children):
            yield verb


def _tells(verb: Token, role: Role, other: str, asked: Set[str]) -> bool:
    subjects, objects = list(agents(verb)), list(patients(verb))
    subjects += _before_who(verb)
    named, new = (objects, subjects) if role is Role.SUBJECT else (subjects, objects)
    return any(_is(part, other) for part in named) and any(_is_new(part, asked) for part in new)


def _before_who(verb: Token) -> list[Token]:
    """The name right before "who": of "Lind, Moe and Rand, who", the parser hangs the clause on any of them."""
    who = next((t for t in verb.children if t.lower_ == "who" and t.dep_ == "nsubj"), None)
    before = [t for t in verb.doc[max(0, who.i - 2) : who.i] if t.tag_.startswith("NNP")] if who is not None else []
    return before[-1:]


def _is(part: Token, other: str) -> bool:
    return any(same_root(lemma(t.text), other) for t in (part, *(c for c in part.children if c.dep_ in _NAMING)))


def _is_new(part: Token, asked: Set[str]) -> bool:
    """Whether a part of a sentence is a name or a thing that the question lacks."""
    if part.tag_ in _VAGUE or stem(part.text) in asked:
        return False
    return part.tag_.startswith("NNP") or any(
        t.tag_.startswith("NNP") and stem(t.text) not in asked for t in part.subtree
    )
