"""A fragment in the place of what is of its kind in the question before: "and in 2013?", "what about the mayor?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import Name, is_person_noun, names_in
from retrieval.answering.conversation.turn_mentions import CALENDAR, LEAD, Parse, dates_in, is_date
from retrieval.search.speech_questions import speech_question

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PREPOSITION = re.compile(rf"^(?P<lead>{LEAD})(?P<rest>.+)$", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|his|her|its|their)\s", re.IGNORECASE)
_THE_ONE = re.compile(r"(?:the\s+)?ones?\s+(?=(?:in|at|near|on|of|from)\s)", re.IGNORECASE)
_HEAD = re.compile(r"(?P<head>[\w’'-]+)(?:\s+(?:of|in|at|for|from)\s.*)?$", re.IGNORECASE)
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_BEGINS_PHRASE = ("DT", "PRP$")
_IN_PHRASE = (*_BEGINS_PHRASE, "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "CD", "HYPH")
_HELPING = frozenset(("did", "does", "do", "will", "would", "can", "could", "should"))
_PLACED = ("in", "at", "near", "on", "from")  # one place for another
_LONGEST_FRAGMENT = 6  # words of "and in the spring of 2013?"


def substituted(fragment: str, question: str, parse: Parse) -> str | None:
    """The question before with `fragment` in the place of what is of its kind: a date for a date, a name for a name, a
    noun with all that belongs to it for a noun.

    None where that is unclear.
    """
    fragment = _THE_ONE.sub("", fragment)
    if len(fragment.split()) > _LONGEST_FRAGMENT or _OTHER.search(fragment):
        return None
    base = question.rstrip(" ?.!")
    if is_date(fragment):
        return _with_date(fragment, base)
    wanted = _PREPOSITION.match(fragment)
    if wanted is None:
        return None
    names = [n for n in names_in(base) if n.text.casefold() not in CALENDAR]
    doc = _parsed(base, parse)
    theirs = next(iter(names_in(wanted["rest"])), None)
    if doc is None or (theirs is None and not _DEFINITE.match(wanted["rest"])):
        return None
    if wanted["lead"]:
        return _in_place(fragment, wanted["lead"].strip().casefold(), base, names, named=theirs is not None)
    head = _head_of(fragment)
    if (same := _phrase_with(head, doc)) is not None:
        return _put(fragment, base, *same)
    if _is_of_words(base) and (theirs is None or not names):
        return None  # who speaks, or what about, is for `said_about` to tell
    if len(names) == 1:
        return _put(fragment, base, *_around(names[0], doc, whole=_DEFINITE.match(fragment) is not None))
    known = (t.head for t in doc if t.lower_ == "the" and t.head.tag_ in ("NN", "NNS"))
    definite = [noun for noun in known if not is_person_noun(noun.text)]
    if names or theirs is not None or len(definite) != 1 or is_person_noun(head):
        return None
    return _put(fragment, base, *_extent(definite[0]))


def _with_date(fragment: str, base: str) -> str | None:
    dates = dates_in(base)
    if len(dates) > 1:
        return None
    if dates:
        start, end = dates[0]
        lead = re.search(rf"{LEAD}$", base[:start], re.IGNORECASE)
        cut = start - len(lead.group()) if lead and _PREPOSITION.match(fragment)["lead"] else start  # type: ignore[index]
        return f"{base[:cut]}{_lowered(fragment)}{base[end:]}?"
    return f"{base} {_lowered(fragment)}?"


def _in_place(fragment: str, lead: str, base: str, names: list[Name], *, named: bool) -> str | None:
    """ "In Pellmouth" for "in Marle"; what names no place is put behind: "in the first round"."""
    if not named:
        return f"{base} {_lowered(fragment)}?"
    alike = _PLACED if lead in _PLACED else (lead,)
    before = rf"\b(?:{'|'.join(alike)})\s+(?:the\s+)?(?:[a-z]+\s+)?$"
    placed = [(m.start(), n.end) for n in names if (m := re.search(before, base[: n.start], re.IGNORECASE))]
    if len(placed) == 1:
        return _put(fragment, base, *placed[0])
    return None if names else f"{base} {_lowered(fragment)}?"


def _parsed(base: str, parse: Parse) -> Doc | None:
    """A question's grammar; where its verb was taken for a noun ("How much did the bridge cost"), that of the rest."""
    doc = next(iter(parse([f"{base}?"])), None)
    words = [t for t in doc or () if not t.is_punct]
    helped = any(t.lower_ in _HELPING for t in words)
    if helped and words[-1].tag_.startswith("NN") and all(t.tag_[:2] != "VB" or t.lower_ in _HELPING for t in words):
        return next(iter(parse([base[: words[-1].idx]])), None)
    return doc


def _is_of_words(base: str) -> bool:
    asked = speech_question(base)
    return asked is not None and asked.speaker is not None


def _head_of(fragment: str) -> str:
    match = _HEAD.search(re.split(r"\s+(?:of|in|at|for|from)\s+", fragment, maxsplit=1)[0])
    return match["head"].casefold() if match else ""


def _phrase_with(head: str, doc: Doc) -> tuple[int, int] | None:
    """Where a question has a noun, with what belongs to it."""
    same = [t for t in doc if t.lower_ == head and t.tag_.startswith("NN") and t.dep_ not in ("compound", "nmod")]
    return _extent(same[0]) if len(same) == 1 else None


def _around(name: Name, doc: Doc, *, whole: bool) -> tuple[int, int]:
    """Where the noun phrase that has a name stands: "the Wenlow bridge"; `whole`: "the strike in Marle", too."""
    token = next((t for t in doc if t.idx <= name.start < t.idx + len(t.text)), None)
    if token is None:
        return name.start - (len(name.title) + 1 if name.title else 0), name.end
    while token.dep_ in ("compound", "nmod", "poss", "amod") and token.head.tag_.startswith("NN"):
        token = token.head
    if whole and token.dep_ == "pobj" and token.head.head.tag_.startswith("NN"):
        token = token.head.head
        return _extent(token)
    start, end = _extent(token, alone=True)
    return min(start, name.start), max(end, name.end)


def _extent(head: Token, *, alone: bool = False) -> tuple[int, int]:
    """From the article of a noun to its head, or to what narrows it down: "the mayor of Marle"."""
    first = head
    while first.i > 0 and first.tag_ not in _BEGINS_PHRASE and head.doc[first.i - 1].tag_ in _IN_PHRASE:
        first = head.doc[first.i - 1]
    told = (t for t in head.children if t.dep_ == "prep" and t.lower_ in ("of", "in", "at") and t.right_edge != t)
    last = head if alone else head.doc[max((t.right_edge.i for t in told), default=head.i)]
    return first.idx, last.idx + len(last.text)


def _put(fragment: str, base: str, start: int, end: int) -> str:
    return f"{base[:start]}{fragment}{base[end:]}?"


def _lowered(fragment: str) -> str:
    return re.sub(r"^[A-Z](?=[a-z]+ )", lambda m: m.group().lower(), fragment)
