"""Whom "he" or "she" in a question means, by the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.abstaining import is_abstention
from retrieval.answering.conversation.asked_again import short_answer
from retrieval.answering.conversation.binding import is_the_one_who_says
from retrieval.answering.conversation.conversation_subject import without_subject
from retrieval.answering.conversation.turn_mentions import (
    HERS,
    Parse,
    may_be,
    may_mean_its_name,
    names_persons,
    only_person,
)
from retrieval.answering.genders_told import is_of_other_gender
from retrieval.answering.questions.capitals import with_capitals
from retrieval.schema import Turn

PERSONS = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
REACH = 3
"""Turns that a pronoun reaches back over, where those between name nothing of the kind."""

_OWNED = re.compile(r"\b[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*['’]s?(?=\s+[a-z])")  # "Halcyon’s lawyer": the lawyer is meant
_SPEAKER_NEXT = re.compile(r"[“\"].*[”\"],?\s+[a-z]+\s+", re.DOTALL)  # “…,” said
_SAID_FIRST = re.compile(r"[“\"][^”\"]*[”\"],?\s+")  # “…,” Ann Roe said
_ASIDE = re.compile(r"\s*\([^()]*\)")
_WHO_IT_IS = re.compile(
    r"^\W*(?i:who\s+(?:is|was))\s+[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*\W*$"
)  # nobody but the one named
_OF_A_PERSON = re.compile(r"^(?:\w+\s+)?who\b", re.IGNORECASE)


def with_person(text: str, turns: Sequence[Turn], parse: Parse, texts: Sequence[str] = ()) -> str:
    """`text` with the name of whom its first "he" or "she" means; as it is where that is unclear. The latest turn is
    first; `texts` are of the articles talked of, which may show that somebody is no "she"."""
    told_of = [told for turn in turns[:REACH] for told in (turn.question, turn.answer)]
    pronoun = next((m for m in PERSONS.finditer(text) if not _named_before(text[: m.start()], told_of)), None)
    if pronoun is None or is_the_one_who_says(text, pronoun.start(), parse, told_of):
        return text
    naming = [t for t in turns[:REACH] if names_persons(without_subject(t.question)) or names_persons(_told(t))]
    # Whoever is named last is meant, unless it shows that this is a man and a woman is asked about, or the other way.
    # All that was said since shows that, "the nearest one (The Courier): He died in 2003" too.
    since = [_ASIDE.sub("", f"{t.question} {t.answer}") for t in turns[:REACH]]
    told = ((t, " ".join(reversed(since[: turns.index(t) + 1]))) for t in naming or turns[:1])
    named = (_named_in(turn, pronoun.group(), around) for turn, around in told)
    person = next((p for p in named if p and not is_of_other_gender(p, pronoun.group(), *texts)), None)
    if person is None:
        return text
    done = False

    def put(match: re.Match[str]) -> str:
        nonlocal done
        if done:  # once named, the pronoun says who
            return match.group()
        done = True
        word = match.group().casefold()
        owns = word in ("his", "hers") or (
            word == "her" and re.match(r"\s+(?!(?:to|that|about|for|in|on|at|by)\b)\w", match.string[match.end() :])
        )
        return f"{person}’s" if owns else person

    return text[: pronoun.start()] + PERSONS.sub(put, text[pronoun.start() :])


def _named_in(before: Turn, pronoun: str, around: str) -> str | None:
    """Whom a pronoun means by one turn; None where that names nobody, several, or somebody who is of the other gender
    by what is told `around` it."""
    before = replace(before, answer=_told(before))
    asked = _OWNED.sub("", without_subject(before.question))
    told = short_answer(before.answer) or _opening(before)
    first = (told, asked) if _OF_A_PERSON.match(asked) else (asked, told)  # whom a "who" asked for is spoken of now
    texts = (*first, before.answer, first_sentence(before.answer))
    named = [person for text in texts if (person := only_person(text))]
    if not named and not may_mean_its_name(before.question, before.answer):
        named = [person for person in (only_person(before.question),) if person]  # whom the talk is about
    # Where whom a "who" asked for cannot be meant, who was asked about may.
    likely = named[:2] if first[0] is told and only_person(told) else named[:1]
    if _of_one_kind(pronoun, before.question):  # "what did Roe accuse her of?": "she" is not Roe
        likely = _others(likely[:1], texts)
    elif (
        _OF_A_PERSON.match(asked)
        and _WHO_IT_IS.match(asked) is None
        and (whose := only_person(before.question))  # "who is Roe's husband?"
    ):
        likely = [*_others([whose], (before.answer,)), *likely]
    return next((p for p in likely if may_be(p, pronoun.casefold(), around)), None)


def _told(turn: Turn) -> str:
    """What was answered: the names in an abstention are of what was looked for."""
    return "" if is_abstention(turn.answer) else turn.answer


def _others(persons: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Whom else the first of `texts` that names one other person names; nobody where nobody is left out."""
    names = [re.escape(name) for person in persons for name in (person, person.split()[-1])]
    bare = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return [other for told in texts if names and (other := only_person(bare.sub(" ", told)))][:1]


def _of_one_kind(pronoun: str, question: str) -> bool:
    """Whether a question has a pronoun of the same gender: whoever it names beside that is somebody else."""
    return any((m.group().casefold() in HERS) is (pronoun.casefold() in HERS) for m in PERSONS.finditer(question))


def _opening(before: Turn) -> str:
    """Whoever the answer to "who …?" begins with, or who says what it begins with: no short answer stands before such
    a sentence."""
    said = _SAID_FIRST.match(before.answer)
    behind = said.end() if said else 0
    first = next((n for n in names_in(before.answer) if n.start >= behind), None)
    if first is None or not _OF_A_PERSON.match(before.question):
        return ""
    start = first.start - len(f"{first.title} " if first.title else "")
    opens = start == behind or _SPEAKER_NEXT.fullmatch(before.answer, 0, start) is not None
    return first.text if opens else ""


def _named_before(text: str, told_of: Sequence[str]) -> bool:
    """Whether what stands before a pronoun names somebody itself, with the capitals that `told_of` gives it."""
    return any(True for form in (text, with_capitals(text, told_of)) for _ in names_in(form))


def first_sentence(text: str) -> str:
    """The first sentence of an answer."""
    return re.split(r"(?<=[a-z”\"’')\]][.!?])\s", text, maxsplit=1)[0]
