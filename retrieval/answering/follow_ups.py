"""A question that leaves something to the conversation, made to stand alone by what was named before; no model.

Deterministic and cautious: what is put in stands in the turn before, and where two things could be meant, or none, the
question stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_body, names_in, title_words
from retrieval.annotation.time import tag
from retrieval.schema import TimexType, Turn

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Parse = Callable[[Iterable[str]], Iterable["Doc"]]

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
_YES_NO = re.compile(rf"^(?P<aux>{_AUX})\s+(?P<rest>.+)$", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\b(?:(?:is|was|it['’]s|be)\s+it\s+(?:true|possible|likely|known|clear|important|that)|it\s+(?:is|was|seems?|appears?)\s+(?:true|possible|likely|that)"
    r"|(?:did|does|will|would)\s+it\s+(?:take|rain|snow|matter|mean|happen|last|cost)|how\s+(?:long|much)\s+(?:did|does|will)\s+it)\b",
    re.IGNORECASE,
)
_LEAD = r"(?:(?:in|on|at|of|by|from|with|for|to|since|during|after|before|until)\s+)?"
_PREPOSITION = re.compile(rf"^(?P<lead>{_LEAD})(?P<rest>.+)$", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|near|from|to|of)\s+(?P<place>(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)")
_BEFORE_HEAD = ("det", "amod", "compound", "poss", "nummod", "nmod")
_CALENDAR = frozenset(
    (
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
)
_LONGEST_FRAGMENT = 6  # words of "and in the spring of 2013?"


def leans(question: str) -> bool:
    """Whether a question leaves something to the conversation: a pronoun, a fragment, "that deal"."""
    text = question.strip()
    return bool(
        _ABOUT.match(text)
        or _AND.match(text)
        or _BARE.match(text)
        or _is_date(text)
        or any(form.search(text) for form in (_PERSONS, _THING, _THEY, _THERE, _DEMONSTRATIVE))
        or re.search(r"\b(?:who|why|when|where|how)\b.*\b(?:that|this)\W*$", text, re.IGNORECASE)
    )


def standing_alone(question: str, turns: Sequence[Turn], parse: Parse) -> str:
    """`question` with what it leaves to `turns` (the oldest first) put in; as it is where that is unclear."""
    before: Turn | None = None
    for turn in turns:
        whole = _completed(turn.question, before, parse) if before is not None else turn.question
        before = Turn(whole, turn.answer)
    return _completed(question, before, parse) if before is not None else question


def _completed(question: str, before: Turn, parse: Parse) -> str:
    text = " ".join(question.split())
    fragment = _ABOUT.match(text) or _AND.match(text)
    if fragment:
        return _substituted(fragment["rest"], before.question) or text
    if _is_date(text):
        return _substituted(text.strip(" ?.!"), before.question) or text
    if bare := _BARE.match(text):
        return _asked_otherwise(bare["wh"], before.question) or text
    text = _with_person(text, before)
    text = _with_thing(text, before, parse)
    return _with_place(text, before)


# -- fragments: "and in 2013?", "what about the mayor?", "why?"


def _substituted(fragment: str, question: str) -> str | None:
    """The question before with `fragment` in the place of what is of its kind: a date for a date, a name for a name."""
    if len(fragment.split()) > _LONGEST_FRAGMENT:
        return None
    base = question.rstrip(" ?.!")
    if _is_date(fragment):
        dates = _dates(base)
        if len(dates) > 1:
            return None
        if dates:
            start, end = dates[0]
            lead = re.search(rf"{_LEAD}$", base[:start], re.IGNORECASE)
            cut = start - len(lead.group()) if lead and _PREPOSITION.match(fragment)["lead"] else start  # type: ignore[index]
            return f"{base[:cut]}{_lowered(fragment)}{base[end:]}?"
        return f"{base} {_lowered(fragment)}?"
    names = [n for n in names_in(base) if n.text.casefold() not in _CALENDAR]
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


# -- pronouns


def _with_person(text: str, before: Turn) -> str:
    pronoun = next((m for m in _PERSONS.finditer(text) if not _named_before(text, m.start())), None)
    if pronoun is None:
        return text
    person = (
        _only_person(before.question) or _only_person(before.answer) or _only_person(_first_sentence(before.answer))
    )
    if person is None or not _may_be(person, pronoun.group().casefold(), f"{before.question} {before.answer}"):
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


def _only_person(text: str) -> str | None:
    """The one person that a text names, in the fullest form; None where it names none or several."""
    found: dict[str, str] = {}
    bare = re.sub(r"\[[^\]]*\]", " ", text)
    for name in names_in(bare):
        if is_body(name.words) or name.text.casefold() in _CALENDAR or _follows_place_word(bare, name.start):
            continue
        if len(name.words) < 2 and not name.title and name.words[-1] not in found:
            known = next((k for k, full in found.items() if name.words[0] in full.split()), None)
            if known is None:
                found.setdefault(name.words[-1], name.text)
            continue
        if len(name.text) > len(found.get(name.words[-1], "")):
            found[name.words[-1]] = name.text
    return next(iter(found.values())) if len(found) == 1 else None


def _may_be(person: str, pronoun: str, text: str) -> bool:
    """Whether nothing beside the name shows the other gender."""
    words, last = title_words(), person.split()[-1]
    wrong = words.female if pronoun in ("he", "him", "his") else words.male
    for match in re.finditer(rf"((?:[\w.’'-]+ ){{0,3}}){re.escape(last)}\b", text):
        if any(w.strip(".").casefold() in wrong for w in match[1].split()):
            return False
    return True


def _with_thing(text: str, before: Turn, parse: Parse) -> str:
    that = _DEMONSTRATIVE.search(text)
    if that is not None:
        phrase = _phrase_with(that["noun"].casefold(), before, parse)
        return text[: that.start()] + phrase + text[that.end() :] if phrase else text
    for form in (_THING, _THEY):
        match = form.search(text)
        if match is None or (form is _THING and _EXPLETIVE.search(text)) or _noun_before(text[: match.start()], parse):
            continue
        phrase = _only_thing(before.question, parse, plural=form is _THEY)
        if phrase is not None:
            owns = match.group().casefold() in ("its", "their")
            return f"{text[: match.start()]}{phrase}{'’s' if owns else ''}{text[match.end() :]}"
    return text


def _with_place(text: str, before: Turn) -> str:
    match = _THERE.search(text)
    if match is None:
        return text
    for source in (before.question, before.answer):
        places = {m["place"] for m in _PLACED.finditer(source) if m["place"].casefold() not in _CALENDAR}
        if len(places) == 1:
            return f"{text[: match.start()]}in {places.pop()}{text[match.end() :]}"
        if places:
            return text
    return text


def _phrase_with(noun: str, before: Turn, parse: Parse) -> str | None:
    """What the turn before calls by this noun, in its fullest words; None where that is more than one thing."""
    found: dict[str, str] = {}
    for text in (before.question, before.answer):
        for chunk in _chunks(text, parse):
            if chunk.root.lower_ == noun or chunk.root.lower_.rstrip("s") == noun.rstrip("s"):
                words = [t for t in chunk if t.dep_ != "det" and t.tag_ not in ("DT", "PRP$", "WDT")]
                if len(words) > 1:
                    found.setdefault(" ".join(t.text for t in words).casefold(), " ".join(t.text for t in words))
        if found:
            break
    return f"the {next(iter(found.values()))}" if len(found) == 1 else None


def _only_thing(question: str, parse: Parse, *, plural: bool) -> str | None:
    """The one thing that a question is about, as it names it; None where it names several or a person only."""
    things = []
    for chunk in _chunks(question, parse):
        root = chunk.root
        if root.tag_.startswith(("PRP", "W")) or any(t.tag_ in ("WDT", "WP", "WRB", "CD") for t in chunk):
            continue
        if root.tag_.startswith("NNP") and _only_person(chunk.text) and not _is_thing_name(chunk[0]):
            continue
        if (root.tag_ in ("NNS", "NNPS")) is not plural or _is_date(chunk.text):
            continue
        things.append(chunk)
    subjects = [c for c in things if c.root.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    chosen = things if len(things) == 1 else subjects if len(subjects) == 1 else []
    if not chosen:
        return None
    of = next((t for t in chosen[0].root.children if t.lower_ == "of"), None)
    whose = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
    if whose is not None and re.match(r"(?:what|who|which)\s+(?:is|are|was|were)\b", question, re.IGNORECASE):
        return _extended(whose)  # "What is the name of the ship?" is about the ship
    return _extended(chosen[0].root)


def _extended(head: Token) -> str:
    """A noun with its article and what narrows it down: "the museum in Dunvarrow"."""
    after = (t.right_edge.i for t in head.children if t.dep_ == "prep" and t.lower_ in ("of", "in", "at", "with"))
    return str(head.doc[_first(head) : max(after, default=head.i) + 1].text)


def _chunks(text: str, parse: Parse) -> list[Span]:
    """The noun phrases of a text, each from its article to its head."""
    if not text.strip():
        return []
    heads = [t for doc in parse([text]) for t in doc if t.tag_.startswith("NN") and t.dep_ not in ("compound", "nmod")]
    return [head.doc[_first(head) : head.i + 1] for head in heads]


def _first(head: Token) -> int:
    before = [t.left_edge.i for t in head.children if t.i < head.i and t.dep_ in _BEFORE_HEAD]
    return min(before, default=head.i)


def _noun_before(text: str, parse: Parse) -> bool:
    """Whether the question itself has already named something that "it" may mean."""
    return any(t.tag_.startswith("NN") for doc in parse([text]) for t in doc) if text.strip() else False


def _is_thing_name(token: Token) -> bool:
    return token.dep_ == "det" or token.lower_ == "the"


def _named_before(text: str, position: int) -> bool:
    """Whether the question itself names somebody before its pronoun."""
    return any(name.end <= position for name in names_in(text[:position]))


def _follows_place_word(text: str, start: int) -> bool:
    return re.search(r"\b(?:in|at|near|from|to|of)\s+(?:the\s+)?$", text[:start], re.IGNORECASE) is not None


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z”\"’')\]][.!?])\s", text, maxsplit=1)[0]


def _dates(text: str) -> list[tuple[int, int]]:
    kinds = (TimexType.DATE, TimexType.TIME)
    return [(e.start, e.end) for e in tag(text, None, article=False) if e.type in kinds]


def _is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: "in 2013", "on Tuesday"."""
    bare = re.sub(rf"^\s*{_LEAD}", "", text.strip(" ?.!"), flags=re.IGNORECASE)
    dates = _dates(bare)
    return bool(bare) and len(dates) == 1 and dates[0][1] - dates[0][0] >= len(bare) - len("the ")


def _lowered(fragment: str) -> str:
    return re.sub(r"^[A-Z](?=[a-z]+ )", lambda m: m.group().lower(), fragment)
