"""A question that leaves something to the conversation, made to stand alone by what was named before; no model.

Deterministic and cautious: what is put in stands in the latest turn that names anything of the kind, and where two
things could be meant, or none, the question stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.turn_mentions import (
    CALENDAR,
    LEAD,
    Parse,
    dates_in,
    is_date,
    may_be,
    names_persons,
    only_person,
    only_thing,
    phrase_with,
)
from retrieval.schema import Turn

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_PERSONS = re.compile(r"\b(?:he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\bthere\b(?!\s+(?:is|are|was|were|be|been)\b)", re.IGNORECASE
)
_DEMONSTRATIVE = re.compile(r"\b(?:that|this|those|these|the same)\s+(?P<noun>[a-z]{3,})\b", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:and|but|so|or)?\W*(?:what|how)\s+about\s+(?P<rest>.+?)\W*$", re.IGNORECASE)
_AND = re.compile(rf"^(?:and|but|or)\W+(?P<rest>(?!{_WH}\b|{_AUX}\b).+?)\W*$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:and|but|so)?\W*(?P<wh>when|where|why|how)(?:\s+(?:was|is)\s+(?:that|it|this))?\W*$", re.IGNORECASE
)
_WHOLE = re.compile(
    rf"^(?P<wh>(?:what|when|where|why|how)(?:\s+(?:much|many|long|often|far)\b[^?]*?)?)\s+(?P<aux>{_AUX})\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"^(?:and\W+)?(?P<measure>(?:by|for|in|at|to|with|from|on)\s+(?:how\s+(?:many|much|long)|what|which)\b[^?]*?)\W*$",
    re.IGNORECASE,
)
_ALSO_SAID = re.compile(
    r"\b(?P<verb>say|said|mention|mentioned|claim|claimed|tell\s+\w+|told\s+\w+)\s+(?:it|that|this|so)(?=\W*$)",
    re.IGNORECASE,
)
_SAID_ABOUT = re.compile(
    r"\b(?:say|said|mention|claim|tell|told|think)\b.*?\s(?P<about>(?:about|on)\s+.+?)\W*$", re.IGNORECASE
)
_YES_NO = re.compile(rf"^(?P<aux>{_AUX})\s+(?P<rest>.+)$", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\b(?:(?:is|was|it['’]s|be)\s+it\s+(?:true|possible|likely|known|clear|important|that)|it\s+(?:is|was|seems?|appears?)\s+(?:true|possible|likely|that)"
    r"|(?:did|does|will|would)\s+it\s+(?:take|rain|snow|matter|mean|happen|last|cost)|how\s+(?:long|much)\s+(?:did|does|will)\s+it)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(rf"^(?P<lead>{LEAD})(?P<rest>.+)$", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|near|from|to|of)\s+(?P<place>(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)")
_REACH = 3  # turns that a pronoun reaches back over, where those between name nothing of the kind
_LONGEST_FRAGMENT = 6  # words of "and in the spring of 2013?"


def leans(question: str) -> bool:
    """Whether a question leaves something to the conversation: a pronoun, a fragment, "that deal"."""
    text = question.strip()
    return bool(
        _ABOUT.match(text)
        or _AND.match(text)
        or _BARE.match(text)
        or _MEASURE.match(text)
        or is_date(text)
        or any(form.search(text) for form in (_PERSONS, _THING, _THEY, _THERE, _DEMONSTRATIVE))
        or re.search(r"\b(?:who|why|when|where|how)\b.*\b(?:that|this)\W*$", text, re.IGNORECASE)
    )


def standing_alone(question: str, turns: Sequence[Turn], parse: Parse) -> str:
    """`question` with what it leaves to `turns` (the oldest first) put in; as it is where that is unclear."""
    whole: list[Turn] = []
    for turn in turns:
        whole.insert(0, Turn(_completed(turn.question, whole, parse) if whole else turn.question, turn.answer))
    return _completed(question, whole, parse) if whole else question


def _completed(question: str, turns: Sequence[Turn], parse: Parse) -> str:
    """`turns` are those before, made to stand alone, the latest first."""
    text, before = " ".join(question.split()), turns[0]
    fragment = _ABOUT.match(text) or _AND.match(text)
    if fragment:
        return _substituted(fragment["rest"], before.question) or text
    if is_date(text):
        return _substituted(text.strip(" ?.!"), before.question) or text
    if measure := _MEASURE.match(text):
        return _asked_by_measure(measure["measure"], before.question) or text
    if (bare := _BARE.match(text)) and (otherwise := _asked_otherwise(bare["wh"], before.question)):
        return otherwise
    text = _with_person(text, turns)
    text = _with_what_was_said(text, before)
    text = _with_thing(text, turns, parse)
    return _with_place(text, before)


# -- fragments: "and in 2013?", "what about the mayor?", "why?"


def _substituted(fragment: str, question: str) -> str | None:
    """The question before with `fragment` in the place of what is of its kind: a date for a date, a name for a name."""
    if len(fragment.split()) > _LONGEST_FRAGMENT:
        return None
    base = question.rstrip(" ?.!")
    if is_date(fragment):
        dates = dates_in(base)
        if len(dates) > 1:
            return None
        if dates:
            start, end = dates[0]
            lead = re.search(rf"{LEAD}$", base[:start], re.IGNORECASE)
            cut = start - len(lead.group()) if lead and _PREPOSITION.match(fragment)["lead"] else start  # type: ignore[index]
            return f"{base[:cut]}{_lowered(fragment)}{base[end:]}?"
        return f"{base} {_lowered(fragment)}?"
    names = [n for n in names_in(base) if n.text.casefold() not in CALENDAR]
    wanted = _PREPOSITION.match(fragment)
    if wanted is None or len(names) != 1 or not re.match(r"(?:the |an? |his |her |its |their )?\S", wanted["rest"]):
        return None
    (name,) = names
    theirs = next(iter(names_in(wanted["rest"])), None)
    if theirs is None and not re.match(r"(?:the|his|her|its|their)\s", wanted["rest"], re.IGNORECASE):
        return None
    start = name.start - (len(name.title) + 1 if name.title and base[: name.start].rstrip().endswith(name.title) else 0)
    article = re.search(r"\bthe $", base[:start], re.IGNORECASE)
    start = article.start() if article else start
    return f"{base[:start]}{wanted['rest']}{base[name.end :]}?"


def _asked_otherwise(wh: str, question: str) -> str | None:
    """What was asked before, asked with another question word; None where its words do not allow that."""
    base = question.rstrip(" ?.!")
    whole = _WHOLE.match(base)
    if whole and whole["wh"].casefold() != "what" and whole["wh"].casefold().split()[0] != wh.casefold():
        return f"{wh.capitalize()} {whole['aux']} {whole['rest']}?"
    if yes_no := _YES_NO.match(base):
        return f"{wh.capitalize()} {yes_no['aux'].lower()} {yes_no['rest']}?"
    return None


def _asked_by_measure(measure: str, question: str) -> str | None:
    """ "By how many votes?" after "When was she elected?", asked whole."""
    whole = _WHOLE.match(question.rstrip(" ?.!"))
    if whole is None or whole["wh"].casefold() == "what":
        return None
    return f"{measure[:1].upper()}{measure[1:]} {whole['aux'].lower()} {whole['rest']}?"


# -- pronouns


def _with_person(text: str, turns: Sequence[Turn]) -> str:
    pronoun = next((m for m in _PERSONS.finditer(text) if not _named_before(text, m.start())), None)
    if pronoun is None:
        return text
    before = next((t for t in turns[:_REACH] if names_persons(t.question) or names_persons(t.answer)), turns[0])
    person = only_person(before.question) or only_person(before.answer) or only_person(_first_sentence(before.answer))
    if person is None or not may_be(person, pronoun.group().casefold(), f"{before.question} {before.answer}"):
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

    return text[: pronoun.start()] + _PERSONS.sub(put, text[pronoun.start() :])


def _with_what_was_said(text: str, before: Turn) -> str:
    """ "When did she say it?" after "What did she say about the wage?": what it was about is put in."""
    it, about = _ALSO_SAID.search(text), _SAID_ABOUT.search(before.question)
    if it is None or about is None:
        return text
    return f"{text[: it.start()]}{it['verb']} that {about['about']}{text[it.end() :]}"


def _with_thing(text: str, turns: Sequence[Turn], parse: Parse) -> str:
    that = _DEMONSTRATIVE.search(text)
    if that is not None:
        phrase = phrase_with(that["noun"].casefold(), turns[0], parse)
        return text[: that.start()] + phrase + text[that.end() :] if phrase else text
    for form in (_THING, _THEY):
        match = form.search(text)
        if match is None or (form is _THING and _EXPLETIVE.search(text)) or _noun_before(text[: match.start()], parse):
            continue
        named = (only_thing(turn.question, parse, plural=form is _THEY) for turn in turns[:_REACH])
        phrase = next((found for found in named if found is not None), None)
        if phrase:
            owns = match.group().casefold() in ("its", "their")
            return f"{text[: match.start()]}{phrase}{'’s' if owns else ''}{text[match.end() :]}"
    return text


def _with_place(text: str, before: Turn) -> str:
    match = _THERE.search(text)
    if match is None:
        return text
    for source in (before.question, before.answer):
        places = {m["place"] for m in _PLACED.finditer(source) if m["place"].casefold() not in CALENDAR}
        if len(places) == 1:
            return f"{text[: match.start()]}in {places.pop()}{text[match.end() :]}"
        if places:
            return text
    return text


def _noun_before(text: str, parse: Parse) -> bool:
    """Whether the question itself has already named something that "it" may mean."""
    return any(t.tag_.startswith("NN") for doc in parse([text]) for t in doc) if text.strip() else False


def _named_before(text: str, position: int) -> bool:
    """Whether the question itself names somebody before its pronoun."""
    return any(name.end <= position for name in names_in(text[:position]))


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z”\"’')\]][.!?])\s", text, maxsplit=1)[0]


def _lowered(fragment: str) -> str:
    return re.sub(r"^[A-Z](?=[a-z]+ )", lambda m: m.group().lower(), fragment)
