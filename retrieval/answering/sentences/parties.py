"""Whether an article tells of those whom a question is about: "what do the farmers want" is not answered by what nurses
want.

Names are looked for elsewhere. This is about common nouns that are parts of what is asked; a word of the same family or
meaning will do, and so will one that the model sees close by, "growers" for "farmers".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answering.questions.asked_for import names_a_kind
from retrieval.answering.questions.question_syntax import QuestionSyntax
from retrieval.answering.sentences.evidence import Evidence
from retrieval.answering.sentences.matching import WordVectors, nearness, word_vectors
from retrieval.answering.sentences.passage_reader import PassageReader, as_read
from retrieval.answering.verification.words import all_lemmas, classes, lemma, same_root
from retrieval.storage.encoding.token_states import TokenStates

# Nearness of a party and the nearest token of a passage. In answers over the samples and over articles written to
# mislead, words that an article tells otherwise were at .37 and more, those of other people at .32 and less.
_LEAST_NEAR = 0.35
_ANYBODY = re.compile(r"(?:some|any|every|no)(?:body|one|thing)|one|others?|things?|rest", re.IGNORECASE)

_OF_A_NAME = re.compile(r"[A-Z\d]")


def on_the_parties(
    evidence: Sequence[Evidence], syntax: QuestionSyntax, question: str, reader: PassageReader
) -> list[Evidence]:
    """Those of `evidence` whose passage, or the title of its article, tells of every party of `question`."""
    words = {question[slice(*party)] for party in syntax.parties}
    wanted = sorted(w for w in words if not (names_a_kind(w) or _ANYBODY.fullmatch(w) or _OF_A_NAME.search(w)))
    if not wanted:
        return list(evidence)
    missing: dict[str, tuple[str, ...]] = {}
    for text in dict.fromkeys(as_read(e.passage) for e in evidence):
        there = all_lemmas(text)
        missing[text] = tuple(word for word in wanted if not _stands_in(lemma(word), there))
    lacking = [text for text, words in missing.items() if words]
    if not lacking:
        return list(evidence)
    asked, states = reader.read(question, lacking)
    silent = {
        text
        for text, states_of_it in zip(lacking, states, strict=True)
        if not _are_near(word_vectors(question, missing[text], asked), states_of_it)
    }
    return [e for e in evidence if as_read(e.passage) not in silent]


def _stands_in(word: str, there: set[str]) -> bool:
    return any(same_root(word, other) or (word, other) in classes().synonyms for other in there)


def _are_near(words: WordVectors, states: TokenStates) -> bool:
    """Whether each word is near some token of a text, as the model reads it there."""
    near = nearness(words, states)
    return not near.size or bool((near.max(axis=1) >= _LEAST_NEAR).all())
