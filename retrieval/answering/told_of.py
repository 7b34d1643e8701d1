"""Whether a figure in a sentence is told of what a question asks, and not of something beside it."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from retrieval.answering.question_syntax import QuestionSyntax
from retrieval.answering.verification.words import lemma, same_root
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
    wanted = lemma(question[slice(*syntax.predicate)]) if syntax.predicate is not None else None
    return not starts or any(_is_told(tokens, wanted, asked, sentence) for tokens in places if tokens)


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


def _is_told(tokens: list[Token], wanted: str | None, asked: Set[str], sentence: Doc) -> bool:
    if wanted is not None and not _under(tokens, wanted, sentence):
        return False
    over = next((a for a in tokens[-1].ancestors if a.tag_.startswith("NNP") and a not in tokens), None)
    return over is None or any(stem(t.text) in asked for t in (over, *over.children))


def _under(tokens: list[Token], wanted: str, sentence: Doc) -> bool:
    verbs = [t for t in sentence if t.tag_.startswith("VB") and same_root(lemma(t.text), wanted)]
    if not verbs:
        return True
    for verb in verbs:
        below = set(verb.subtree)
        if any(t in below for t in tokens) or (verb.dep_ in ("relcl", "acl") and verb.head in tokens):
            return True
    return False
