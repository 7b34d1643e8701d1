"""Whom "he" or "she" in a question means, by the turns before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from retrieval.annotation.quotations.epithets import opens_a_sentence
from retrieval.annotation.quotations.marks import unquoted
from retrieval.annotation.quotations.names import Gender, Name, gender_of, names_in, title_words
from retrieval.answering.abstaining import is_abstention
from retrieval.answering.conversation.asked_again import short_answer
from retrieval.answering.conversation.binding import is_the_one_who_says
from retrieval.answering.conversation.conversation_subject import without_subject
from retrieval.answering.conversation.person_nouns import is_somebody
from retrieval.answering.conversation.persons_told import is_unclear, may_be_a_person, other_person
from retrieval.answering.conversation.turn_mentions import (
    HERS,
    HIS,
    MayBePerson,
    Parse,
    may_mean_its_name,
    only_person,
    only_post,
)
from retrieval.answering.genders_told import gender_told, is_of_other_gender
from retrieval.answering.questions.capitals import with_capitals
from retrieval.schema import Stretch, Turn

PERSONS = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
REACH = 3
"""Turns that a pronoun reaches back over, where those between name nothing of the kind."""

_OWNED = re.compile(r"\b[A-Z][\w-]*(?:\s+[A-Z][\w-]*)*['’]s?(?=\s+[a-z])")  # "Halcyon’s lawyer": the lawyer is meant
_SUBJECTS = frozenset(("he", "she"))
_SPEAKER_NEXT = re.compile(r"[“\"].*[”\"],?\s+[a-z]+\s+", re.DOTALL)  # “…,” said
_SAID_FIRST = re.compile(r"[“\"][^”\"]*[”\"],?\s+")  # “…,” Ann Roe said
_HIS_OWN = re.compile(r"\b(?:his|her)\s+(?P<nouns>[a-z-]+(?:\s+[a-z-]+)?)", re.IGNORECASE)
_THE_OTHER = re.compile(r"\bthe\s+other\s+(?:one|man|woman|person)\b", re.IGNORECASE)
_SPEAKER = re.compile(r"\[(?P<who>[^\[\]:]+):\]")
_ASIDE = re.compile(r"\s*\([^()]*\)")
_WHO_IT_IS = re.compile(
    r"^\W*(?i:who\s+(?:is|was))\s+[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*\W*$"
)  # nobody but the one named
_OF_A_PERSON = re.compile(r"^(?:\w+\s+)?who\b", re.IGNORECASE)


def with_person(text: str, turns: Sequence[Turn], parse: Parse, texts: Sequence[str] = ()) -> str:
    """`text` with the name of whom its first "he" or "she" means; as it is where that is unclear. The latest turn is
    first; `texts` are of the articles talked of, which may show that somebody is no "she"."""
    text = _with_the_other(text, turns[0], texts)
    told_of = [told for turn in turns[:REACH] for told in (turn.question, turn.answer)]
    pronoun = next((m for m in PERSONS.finditer(text) if not _named_before(text[: m.start()], told_of)), None)
    if pronoun is None or is_the_one_who_says(text, pronoun.start(), parse, told_of):
        return text
    person = _whom(pronoun.group(), turns[:REACH], parse, texts)
    both = len({m.group().casefold() in HERS for m in PERSONS.finditer(text)}) > 1  # "did she believe him?"
    if person is None or (both and not _shows_gender(person, texts)):
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


def _with_the_other(text: str, before: Turn, texts: Sequence[str]) -> str:
    """ "The other one", after a question on one person: the second person of the article."""
    match = _THE_OTHER.search(text)
    asked = only_person(without_subject(before.question)) if match is not None else None
    other = other_person(asked, texts) if asked is not None else None
    return f"{text[: match.start()]}{other}{text[match.end() :]}" if match is not None and other is not None else text


def _whom(pronoun: str, turns: Sequence[Turn], parse: Parse, texts: Sequence[str]) -> str | None:
    """Whoever is named last, or called by a post, unless it shows that this is a man and a woman is asked about, or the
    other way."""
    may_be_one = partial(_may_be_meant, pronoun=pronoun, texts=texts)
    # All that was said since shows that, "the nearest one (The Courier): He died in 2003" too.
    since = [_ASIDE.sub("", f"{turn.question} {turn.answer}") for turn in turns]
    for i, turn in enumerate(turns):
        if any(t.articles and turn.articles and not set(t.articles) & set(turn.articles) for t in turns[:i]):
            return None  # since then something else was spoken of
        around = " ".join(reversed(since[: i + 1]))
        person, alone = (_named_in(turn, pronoun, around, allowed) for allowed in (may_be_one, None))
        asked = only_person(without_subject(turn.question))
        others = [other for other in (alone, asked) if other is not None and " " in other and other != person]
        # Who is named beside somebody else that the words alone would mean is meant where an article shows the gender.
        if person is not None and (person in (alone, asked) or not others or _shows_gender(person, texts)):
            return person
        if (post := only_post(without_subject(turn.question), parse)) is not None and _is_called(post, pronoun):
            return post if is_abstention(turn.answer) else None  # an answer may tell of others
        if _of_one_kind(pronoun, turn.question) and is_abstention(turn.answer):
            return None  # nor was it clear then whom "she" means
        if any(is_unclear(other, texts) for other in others):
            return asked if asked == alone else None  # nobody else is named there
    return None


def _may_be_meant(name: Name, text: str, pronoun: str, texts: Sequence[str]) -> bool:
    """Whether the articles talked of allow that a name is of a person of this gender; "who is Roe?" asks of one."""
    told = bool(name.title) or _WHO_IT_IS.match(text) is not None
    person = told or may_be_a_person(name.text, texts, opens=opens_a_sentence(text, name.start))
    return person and not is_of_other_gender(name.text, pronoun, *texts)


def _shows_gender(person: str, texts: Sequence[str]) -> bool:
    """Whether a post does, "the chairwoman", or one of `texts` of a name."""
    return (person[0].islower() and gender_of(person) is not None) or any(gender_told(person, t) for t in texts)


def _is_called(post: str, pronoun: str) -> bool:
    gender = gender_of(post)
    return gender is None or (gender is Gender.FEMALE) is (pronoun.casefold() in HERS)


def _named_in(before: Turn, pronoun: str, around: str, may_be_one: MayBePerson | None) -> str | None:
    """Whom a pronoun means by one turn; None where that names nobody, several, or somebody who is of the other gender
    by what is told `around` it."""
    one = partial(only_person, may_be_one=may_be_one)
    # "When is her match?" is told of her.
    before = replace(before, answer="" if _of_other_kind(pronoun, before.question) else _told(before))
    asked = _OWNED.sub("", without_subject(before.question))
    told = short_answer(before.answer) or _opening(before)
    another = _OF_A_PERSON.match(asked) and _WHO_IT_IS.match(asked) is None
    first = (told, asked) if another else (asked, told)  # whom a "who" asked for is spoken of now
    opening = first_sentence(before.answer)
    texts = (*first, _speakers(before.answer), before.answer, opening, _OWNED.sub("", opening))
    named = [person for text in texts if (person := one(text))]
    if not named and not may_mean_its_name(before.question, before.answer):
        named = [person for person in (one(before.question),) if person]  # whom the talk is about
    # Where whom a "who" asked for cannot be meant, who was asked about may.
    likely = named[:2] if first[0] is told and one(told) else named[:1]
    if _of_one_kind(pronoun, before.question):  # "what did Roe accuse her of?": "she" is not Roe
        likely = _others(likely[:1], texts, one)
    elif (
        _OF_A_PERSON.match(asked)
        and _WHO_IT_IS.match(asked) is None
        and (whose := one(before.question))  # "who is Roe's husband?"
    ):
        likely = [*_others([whose], (before.answer,), one), *likely]
    return next((p for p in likely if _may_be(p, pronoun.casefold(), around)), None)


def _may_be(person: str, pronoun: str, text: str) -> bool:
    """Whether nothing beside the name, and no pronoun after it, shows the other gender."""
    words, last = title_words(), person.split()[-1]
    text = unquoted(text, (Stretch(0, len(text)),))  # "He knew," said Ann Roe: of somebody else
    wrong = words.female if pronoun in ("he", "him", "his") else words.male
    for match in re.finditer(rf"((?:[\w.’'-]+ ){{0,3}}){re.escape(last)}\b", text):
        if any(w.strip(".").casefold() in wrong for w in match[1].split()):
            return False
    told: set[str] = set()
    places = [match.end() for match in re.finditer(rf"\b{re.escape(last)}\b", text)]
    for at in places:
        after = text[at:]  # up to the next name, whom a pronoun would mean
        other = next((n.start for n in names_in(after) if n.text not in person.split()), len(after))
        # "Her" before a name that comes again may be of somebody between.
        pronouns = HIS | HERS if at == places[-1] else _SUBJECTS
        told |= {w.casefold() for w in re.findall(r"[^\W\d_]+", after[:other])} & pronouns
    return not told or bool(told & (HIS if pronoun in HIS else HERS))


def _told(turn: Turn) -> str:
    """What was answered: the names in an abstention are of what was looked for."""
    return "" if is_abstention(turn.answer) else turn.answer


def _others(persons: Sequence[str], texts: Sequence[str], one: Callable[[str], str | None]) -> list[str]:
    """Whom else the first of `texts` that names one other person names; nobody where nobody is left out."""
    names = [re.escape(name) for person in persons for name in (person, person.split()[-1])]
    bare = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return [other for told in texts if names and (other := one(bare.sub(" ", told)))][:1]


def _of_one_kind(pronoun: str, question: str) -> bool:
    """Whether a question has a pronoun of the same gender: whoever it names beside that is somebody else."""
    return any((m.group().casefold() in HERS) is (pronoun.casefold() in HERS) for m in PERSONS.finditer(question))


def _of_other_kind(pronoun: str, question: str) -> bool:
    """Whether a question has pronouns, none of them of the same gender: the answer names whom they mean. That to "what
    did his lawyer say?" names another."""
    others = any(is_somebody(noun) for owned in _HIS_OWN.finditer(question) for noun in owned["nouns"].split())
    return PERSONS.search(question) is not None and not others and not _of_one_kind(pronoun, question)


def _speakers(answer: str) -> str:
    """Those before whose words an answer has the name: "[Ann Roe, the mayor:] “No.”"."""
    return ", ".join(match["who"] for match in _SPEAKER.finditer(answer))


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
