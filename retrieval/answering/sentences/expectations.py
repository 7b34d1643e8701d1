"""What was expected once, and whether it came: it answers no question whether something happened, what follows may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering.questions.question_syntax import QuestionSyntax
from retrieval.answering.questions.whether_done import asks_whether_done
from retrieval.answering.sentences.evidence import Evidence
from retrieval.schema import Stretch
from retrieval.search.words import content_words, stem, stems

_EXPECTED = r"(?:expected|feared|tipped|planned|scheduled|due|threatened|rumou?red|hoped|supposed|anticipated|awaited)"
# Of the whole sentence, not of what a clause tells on the way: "Norvik, which had been expected to bid, walked away".
_WAS_EXPECTED = re.compile(
    rf"[^;:]*\b(?:was|were|had\s+been)\s+(?:\w+ly\s+|long\s+|once\s+|also\s+)?(?P<cue>{_EXPECTED})\b(?!\s+by\b)[^,;:]*"
    r"|[^;:]*\bhad\s+(?:\w+ly\s+|long\s+|once\s+|also\s+)?(?P<cue2>expected|planned|hoped|intended|threatened|meant)\s+to\b"
    r"[^,;:]*"
)
_ON_THE_WAY = re.compile(r"\b(?:who|which|that|as|than|but|and|although|though|while|when|before|after|until|if)\b")
_GOES_ON = re.compile(r"[“\"]?(?:But\s+|Then\s+)?(?:It|He|She|They|This|That|These)\b")


def only_expected(question: str, sentence: str) -> bool:
    """Whether all that a sentence tells is that something was expected, feared or planned, which is not asked."""
    match = _WAS_EXPECTED.fullmatch(sentence)
    if match is None or _ON_THE_WAY.search(sentence):
        return False
    return stem(match["cue"] or match["cue2"]) not in stems(question)


def with_what_came(question: str, syntax: QuestionSyntax, evidence: Sequence[Evidence]) -> list[Evidence]:
    """`evidence` for a question whether something happened: what was expected stands with the sentence behind it, or is
    left out where that is of something else."""
    if not asks_whether_done(question, syntax):
        return list(evidence)
    kept: list[Evidence] = []
    for e in evidence:
        told = _with_next(question, e) if only_expected(question, e.text) else e
        if told is None:
            continue
        if told is not e:  # the sentence behind it tells the same with it
            told = replace(told, share=sum(o.share for o in evidence if _is_inside(o, told)))
        kept.append(told)
    joined = [e for e in kept if e not in evidence]
    alone = [e for e in kept if all(e == other or not _is_inside(e, other) for other in joined)]
    return sorted(alone, key=lambda e: -e.share)


def _is_inside(e: Evidence, other: Evidence) -> bool:
    same = e.passage.article == other.passage.article
    return same and other.stretch.start <= e.stretch.start and e.stretch.end <= other.stretch.end


def _with_next(question: str, e: Evidence) -> Evidence | None:
    passage = e.passage
    behind = next((Stretch(*s) for s in passage.sentences if s[0] >= e.stretch.end), None)
    if behind is None:
        return None
    text = passage.text[e.stretch.start - passage.start : behind.end - passage.start]
    following = passage.text[behind.start - passage.start : behind.end - passage.start]
    shared = {stem(word) for word in content_words(following)} & (stems(e.text) | stems(question))
    if "\n" in text or not (shared or _GOES_ON.match(following)):
        return None
    return replace(e, stretch=Stretch(e.stretch.start, behind.end), text=text)
