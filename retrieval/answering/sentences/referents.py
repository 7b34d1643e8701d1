"""Who or what a sentence speaks of that does not name it, where the sentence before leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.annotation.quotations.names import is_body, names_in
from retrieval.answering.genders_told import is_of_other_gender, shows_another
from retrieval.answering.questions.speech import SAY, speakers_named
from retrieval.answering.sentences.evidence import Evidence
from retrieval.schema import ArticleHead

_BEGINS = re.compile(rf"^(?P<pronoun>He|She)(?=\s+(?:also\s+|later\s+|then\s+)?{SAY}\b)")
_TOLD_ONE = re.compile(
    rf"\b{SAY}\s+(?:him|her)(?=[,.;:]|\s+(?:that|to|so|if|how|why|what|he|she|it|they|the|an?|on|in|at|about|not)\b)"
)
_FULL_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)+")
_PERSON = re.compile(r"^(?P<quote>[“\"]?)(?P<pronoun>He|She|His|Her)\b(?!\s+(?:or|and)\b)")
_SUBJECT = re.compile(r"^[“\"]?(?P<pronoun>He|She)\b(?!\s+(?:or|and)\b)")
_THING = re.compile(
    r"^(?:It|Its|They|Their|These|Those|This|That)\b(?!\s+(?:is|was)\s+(?:\w+\s+){0,3}(?:that|who|to)\b)"
)
_ANY_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_OWN_WORDS = re.compile(r"[“\"](?:[^”\"]*\W)?(?:I|[Ww]e)\b")
_CONNECTIVE = re.compile(
    r"^(?:However|Additionally|Furthermore|Moreover|Also|In addition|Besides|Meanwhile|Therefore|Thus|But|And|Then"
    r"|Finally|Instead|Nevertheless|Similarly|Likewise|On the other hand|In contrast|As a result)\b,?\s+"
)


def with_names(sentence: str, before: str | None) -> str | None:
    """A written sentence with a name for the "he" or "she" that it begins with: the only person of the one before.

    None where it begins with a word that means something in another sentence, and nobody can tell what.
    """
    if _THING.match(sentence):
        return sentence if before is not None else None
    match = _PERSON.match(sentence)
    if match is None:
        return sentence
    persons = {n.words[-1]: n for n in names_in(before or "") if not is_body(n.words)}
    if len(persons) != 1:
        return None
    (name,) = persons
    end = "’s" if match["pronoun"] in ("His", "Her") else ""
    return f"{match['quote']}{name}{end}{sentence[match.end() :]}"


def is_of_another(question: str, sentence: str, before: str, after: str) -> bool:
    """Whether a sentence cannot be of whom a question names: it says "he" before its article comes to the name, or it
    is somebody's own words with "I" or "we". `before` and `after` are what its article says there."""
    named = [n.words[-1] for n in names_in(question) if not is_body(n.words) and (n.start or len(n.words) > 1)]
    if not named or any(name in sentence for name in named):
        return False
    if _OWN_WORDS.search(sentence):
        return True
    said = _ANY_PRONOUN.search(sentence) is not None
    return said and not any(name in before for name in named) and any(name in after for name in named)


def of_those_asked_about(
    question: str, evidence: Sequence[Evidence], text_of: Callable[[ArticleHead], str]
) -> list[Evidence]:
    """Those that may be of whom a question names; `text_of`, the text of an article, is asked once for each."""
    texts: dict[ArticleHead, str] = {}
    kept = []
    for e in evidence:
        head = e.passage.article
        if head not in texts:
            texts[head] = text_of(head)
        if not is_of_another(question, e.text, texts[head][: e.stretch.start], texts[head][e.stretch.end :]):
            kept.append(e)
    return kept


def without_other_gender(
    question: str, evidence: Sequence[Evidence], text_of: Callable[[ArticleHead], str]
) -> list[Evidence]:
    """`evidence` without sentences that begin with "he" where the article calls whoever the question names "she", or
    the other way: "Dr Quist married Olof Sand. He died in 2003." tells no death of hers."""
    asked = [n.text for n in names_in(question) if not is_body(n.words) and (n.start or len(n.words) > 1)]
    if not asked:
        return list(evidence)
    texts: dict[ArticleHead, str] = {}
    kept = []
    for e in evidence:
        begins, head = _SUBJECT.match(e.text), e.passage.article
        if begins is not None and head not in texts:
            texts[head] = text_of(head)
        text = texts.get(head, "")
        if begins is None or not any(is_of_other_gender(name, begins["pronoun"], text) for name in asked):
            kept.append(e)
    return kept


def without_connective(sentence: str) -> str:
    """A sentence without the "however" that ties it to one before it, which is not shown."""
    rest = _CONNECTIVE.sub("", sentence)
    return rest[:1].upper() + rest[1:]


def with_speaker(sentence: str, before: str | None) -> str:
    """`sentence` with its speaker in square brackets behind the pronoun it begins with; as it is where that is open.

    Certain is one speaker alone: the sentence before names one, nothing else in it is named with two words or has the
    other gender, and nobody else is told something: "Roe told her that it was off".
    """
    match = _BEGINS.match(sentence)
    if match is None or not before:
        return sentence
    named = set(speakers_named(before))
    if len(named) != 1:
        return sentence
    (name,) = named
    others = {other for other in _FULL_NAME.findall(before) if name not in other and other not in name}
    if others or shows_another(match["pronoun"], name, before) or _TOLD_ONE.search(before):
        return sentence
    at = match.end()
    return f"{sentence[:at]} [{name.rstrip(',.')}]{sentence[at:]}"
