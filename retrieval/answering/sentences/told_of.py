"""Whether a figure in a sentence is told of what a question asks, and not of something beside it."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_body, is_person_noun, names_in
from retrieval.answering.questions.question_syntax import QuestionSyntax
from retrieval.answering.sentences.roles import predicate_words
from retrieval.search.words import content_words, stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS = re.compile(r"[\w’'%-]+")


def told_of_it(figure: str, syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> bool:
    """Whether a figure, in the sentence's words, stands under the verb asked about, where the sentence has that, and
    not under a name that the question lacks: "despite playing in four cups, they won one" does not tell four for "won",
    nor is "Roe, serving ten years," about Lind. `asked` are the stems of the question's words."""
    starts = [m.start() for m in re.finditer(re.escape(figure), sentence.text)]
    places = [[t for t in sentence if start <= t.idx < start + len(figure)] for start in starts]
    does = predicate_words(syntax, question, sentence.text)
    return not starts or any(_is_told(tokens, does, asked, sentence) for tokens in places if tokens)


def is_a_claim(figure: str, asked: Set[str], sentence: Doc) -> bool:
    """Whether a figure is told as what one person says: "Mr Roe says that only 90 people use it"."""
    start = sentence.text.find(figure)
    return any(is_claimed(t, asked) for t in sentence if start <= t.idx < start + len(figure))


def is_claimed(token: Token, asked: Set[str]) -> bool:
    """Whether a word stands in what one person says, whom a question, the stems `asked`, does not name.

    What a body says, the police or a hospital, or who holds a post, counts as told.
    """
    clauses = [a for a in (token, *token.ancestors) if a.dep_ == "ccomp"]
    sayers = [t for clause in clauses for t in clause.head.children if t.dep_ == "nsubj"]
    return any(_is_a_person(t) and not any(stem(u.text) in asked for u in t.subtree) for t in sayers)


def _is_a_person(sayer: Token) -> bool:
    """Whether a subject is a pronoun, or a name that is no body's and without a post: "Mr Roe", not "Mayor Roe"."""
    if sayer.lower_ in ("he", "she"):
        return True
    name = next((n for n in names_in(sayer.doc.text) if n.start <= sayer.idx < n.end), None)
    if name is None or is_body(name.words):
        return False
    return not any(is_person_noun(t.text) for t in sayer.subtree if t != sayer)


def is_of_another_kind(figure: str, focus: str, question: str) -> bool:
    """Whether a figure counts what the question narrows otherwise: a "6% sales tax" is no fuel tax."""
    theirs, asked = _narrowing(focus, figure), _narrowing(focus, question)
    return bool(theirs and asked) and theirs not in stems(question) and asked not in stems(figure)


def _narrowing(focus: str, text: str) -> str:
    """The stem of the noun or adjective right before the last word of `focus` in `text`; empty where there is none."""
    words = _WORDS.findall(text)
    of = next((i for i, word in enumerate(words) if focus and stem(word) == stem(focus.split()[-1])), 0)
    narrowing = words[of - 1] if of else ""
    return stem(narrowing) if narrowing.isalpha() and content_words(narrowing) else ""


def _is_told(tokens: list[Token], does: Set[str], asked: Set[str], sentence: Doc) -> bool:
    if not _under(tokens, does, sentence):
        return False
    over = next((a for a in tokens[-1].ancestors if a.tag_.startswith("NNP") and a not in tokens), None)
    return over is None or any(stem(t.text) in asked for t in (over, *over.children))


def _under(tokens: list[Token], does: Set[str], sentence: Doc) -> bool:
    verbs = [t for t in sentence if t.tag_.startswith("VB") and t.text in does]
    if not verbs:
        return True
    for verb in verbs:
        places = sorted((verb.idx, tokens[0].idx))
        if ";" in sentence.text[slice(*places)]:  # "seventy stayed; five withdrew"
            continue
        below = set(verb.subtree)
        if any(t in below for t in tokens) or (verb.dep_ in ("relcl", "acl") and verb.head in tokens):
            return True
    return False
