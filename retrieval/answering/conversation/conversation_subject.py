"""What a conversation is about, and whether a question that names nothing keeps to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.parser import singular
from retrieval.annotation.quotations.names import is_person_noun, names_in, title_words
from retrieval.answering.conversation.turn_mentions import CALENDAR, Parse, dates_in
from retrieval.answering.questions.asked_for import asked_for
from retrieval.answering.questions.nationalities import known
from retrieval.answering.questions.speech import bare_body, is_taken_up
from retrieval.schema import Answer, Turn
from retrieval.search.speech_questions import speech_question
from retrieval.search.words import content_words, stem, stems

_THE = re.compile(r"\bthe\s+(?P<words>[a-z][\w’'-]*(?:\s+[a-z][\w’'-]*){0,2})")
_OF_ANYTHING = frozenset(
    (
        *("people", "person", "persons", "men", "women", "man", "woman", "children", "victims", "deaths", "injuries"),
        *("name", "names", "number", "amount", "time", "times", "day", "days", "date", "year", "years", "reason"),
        *(
            "reasons",
            "place",
            "places",
            "way",
            "kind",
            "sort",
            "cost",
            "price",
            "age",
            "one",
            "ones",
            "thing",
            "things",
        ),
    )
)
_CITED = re.compile(r"\[\d+\]")
_TELLING = frozenset(("say", "said", "says", "tell", "told", "think", "thinks", "comment", "claim", "call"))
REACH = 5
"""Turns back that an article is talked of; what was not answered changed nothing."""

_ARTICLES = 2  # cited by one answer on one thing
_NAMES = 2  # that a conversation is about
_SPOKEN = re.compile(r"\bwhat\b.*\b(?:say|said)$", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=\W)(?!I\b)[A-Z][\w’'-]*")
_ANY_EVENT = re.compile(
    r"\W*(?:(?:and|so|but)\s+)?what\s+(?:else\s+)?(?:has\s+)?(?:happen|occur|took\s+place)\w*\W+", re.IGNORECASE
)
_CONTEXT = re.compile(r"\s\([^()]+\)\?$")  # put there by `in_context`
_ABOUT = re.compile(r"\s(?:about|on)\s", re.IGNORECASE)


def without_subject(question: str) -> str:
    """A question as it was before `in_context` put the subject behind it."""
    return _CONTEXT.sub("?", question)


def subject(turns: Sequence[Turn]) -> tuple[str, ...]:
    """The names of what a conversation is about; none where the turns before name nothing, or too much."""
    # What was not answered changed no subject.
    before = next((t.question for t in reversed(turns) if names_something(t.question) or _CITED.search(t.answer)), "")
    spoke = speech_question(before) is not None
    if spoke:  # who spoke is no subject, but what it was on
        before = before[on.end() :] if (on := _ABOUT.search(before)) else ""
    names = dict.fromkeys(n.text for n in names_in(before) if spoke or n.start > 0 or len(n.words) > 1)
    about = tuple(name for name in names if name.casefold() not in CALENDAR)
    return about if len(about) <= _NAMES else ()


def in_context(question: str, turns: Sequence[Turn]) -> str | None:
    """`question` with what the conversation is about, where it names nothing itself: "Who was the captain (Ondine)?".

    None where it does, or where the conversation is about nothing known. It may as well ask for something else: only
    what is found for both counts.
    """
    if not turns or names_something(question):
        return None
    about = subject(turns)
    if not about:
        return None
    base = question.rstrip(" ?.!")
    if not _SPOKEN.search(base):
        return f"{base} ({', '.join(about)})?"
    return None if _ABOUT.search(base) else f"{base} about {' and '.join(about)}?"


def at_hand(turns: Sequence[Turn]) -> tuple[tuple[str, str], ...]:
    """The articles that the last answer with any cites, each its collection and its id, with those that answers before
    cite beside one of them; none where it cites many."""
    latest = [turn.articles for turn in list(reversed(turns))[:REACH] if turn.articles]
    found = dict.fromkeys(latest[0] if latest else ())
    for before in latest[1:]:
        if found.keys() & set(before) and len(found.keys() | set(before)) <= _ARTICLES:
            found |= dict.fromkeys(before)
    return tuple(found) if len(found) <= _ARTICLES else ()


def has_words_of(question: str, texts: Sequence[str]) -> bool:
    """Whether all that a question asks about stands in `texts`."""
    told = stems(" ".join(texts))
    asked = (stem(word) for word in content_words(asked_for(question).about) if word.casefold() not in _TELLING)
    return all(known(word, told) for word in asked)


def tells_of(about: Sequence[str], text: str) -> bool:
    """Whether a text has all of these names."""
    return stems(" ".join(about)) <= stems(text)


def keeps_to(question: str, answer: Answer) -> bool:
    """Whether an answer is of the things that `question` means as known: "the captain", "the larger study"."""
    told = stems(" ".join((answer.text, *(c.article.title for c in answer.citations))))
    meant = [content_words(m["words"]) for m in _THE.finditer(question)]
    return all(not words or any(stem(word) in told for word in words) for words in meant)


def has_a_subject(question: str, parse: Parse) -> bool:
    """Whether a question has a noun of its own to be asked of whatever article: not "How many people were killed?"."""
    dates = dates_in(question)
    return any(
        token.tag_.startswith("NN")
        and token.lower_ not in _OF_ANYTHING
        and not any(start <= token.idx < end for start, end in dates)
        for token in next(iter(parse([question])), ())
    )


def means_as_known(question: str, parse: Parse) -> bool:
    """Whether a question asks of "the union", "the mayor", "the players": of somebody, or a body, whom it takes to be
    known, without saying of where or of what."""
    return any(
        token.tag_ in ("NN", "NNS")
        and names_a_role(singular(token.lower_))
        and any(child.lower_ in ("the", "its", "their") for child in token.children)
        and not any(child.dep_ in ("prep", "relcl", "acl", "poss") for child in token.children)
        for token in next(iter(parse([question])), ())
    )


def names_a_role(word: str) -> bool:
    """Whether a common noun is one for persons by what they do, or for bodies."""
    word = word.strip(" ?.!,").lower()
    return is_person_noun(word) or word in title_words().bodies | title_words().enterprises


def asks_for_words_of_a_body(question: str) -> bool:
    """Whether a question asks what "the union" or "the company" says."""
    asked = speech_question(question)
    return asked is not None and bare_body(asked.speaker or "") is not None


def takes_up_what_was_told(question: str) -> bool:
    """Whether a question asks what somebody said "about that", and nothing shows what that is."""
    asked = speech_question(question)
    return asked is not None and asked.speaker is not None and is_taken_up(asked.topic)


def names_something(question: str) -> bool:
    """Whether a question names something itself to be asked of whatever article.

    A date names nothing, save where all that happened then is asked for: "Is it open in May?", "What happened in May?".
    """
    dates = dates_in(question)
    event = _ANY_EVENT.match(question)
    if event is not None and any(start <= event.end() + len("during the ") for start, _ in dates):
        return True
    return any(
        m.group().casefold() not in CALENDAR and not any(start <= m.start() < end for start, end in dates)
        for m in _CAPITAL.finditer(question.lstrip())
    )
