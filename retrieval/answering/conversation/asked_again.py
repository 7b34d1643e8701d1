"""What was told or asked before, asked about again: "When?" after "Who won the vote?", "When was it?" after "What
happened to the ferry?", "Which ones?" after "How many libraries will close?".

Only what a turn itself says is put in: the short answer that it gave, or the clause in which it told what happened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.annotation.parser import base_form
from retrieval.annotation.quotations.names import is_person_noun, names_in, title_words
from retrieval.answering.conversation.turn_mentions import Parse, is_date
from retrieval.schema import Turn

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = re.compile(r"(?P<lead>[^.!?:\[\]\n]{2,70})\.\s+(?P<sentence>\S.*)", re.DOTALL)
_NOBODY = re.compile(r"\W*(?:nobody|no\s+one|none)\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"^what\s+(?:(?:has|had)\s+)?(?:happened|became)\s+(?:to|of|with)\s+(?P<whom>.+?)\W*$", re.IGNORECASE
)
SAID_ABOUT = re.compile(
    r"\b(?:say|said|mention|claim|tell|told|think)\b.*?\s(?P<about>(?:about|on)\s+.+?)\W*$", re.IGNORECASE
)
_SAYING = re.compile(r"^what\b.*\b(?:say|said|mention|claim|tell|told|think)\b", re.IGNORECASE)
_SPEAKER = re.compile(
    r"^what\s+(?:did|does|do|has|have|had)\s+(?P<who>\S.*?)\s+(?:say|said|mention|claim|tell|told|think)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^(?:(?:about|on|regarding)\s+)?(?P<topic>(?:the\s+|an?\s+)?[a-z][\w’'-]*(?:\s+[\w’'-]+){0,5})$")
_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,3}")
_COUNTED = re.compile(r"^how\s+many\s+(?P<rest>(?!people\b|persons\b)\S.+)$", re.IGNORECASE)
_SOME = re.compile(
    r"^(?:(?P<who>who)\s+(?!(?:is|are|was|were|did|does|do|will|would|has|have|had)\s+(?:the\b|an?\b|(?-i:[A-Z])))"
    r"|(?:which|what)\s+(?=(?:[\w-]+\s+)?[a-z]{2,}s\s))(?P<rest>\S.+)$",
    re.IGNORECASE,
)
_OF_MANY = {"was": "were", "is": "are", "has": "have"}
_NO_THING = re.compile(r"\b(?:yes|no|nobody|nothing|none|not)\b|\d", re.IGNORECASE)
_BODIES = frozenset(("union", "club", "council", "government", "police", "party", "board", "authority", "ministry"))
_SENTENCES = 2  # of an answer: where it tells what happened
_NOT_ASKED = frozenset(("advcl", "conj", "cc", "punct", "mark"))


def short_answer(answer: str) -> str | None:
    """The thing that an answer names before the sentence that carries it, in that sentence's own words; else None."""
    match = _LEAD.match(answer)
    if match is None or match["lead"].casefold() not in match["sentence"].casefold():
        return None
    return None if _NO_THING.search(match["lead"]) or is_date(match["lead"]) else match["lead"]


def which_of_them(question: str) -> str | None:
    """ "Which libraries will close?" of "How many libraries will close?"."""
    counted = _COUNTED.match(question)
    return f"Which {counted['rest']}" if counted else None


def how_many_of_them(question: str) -> str | None:
    """ "How many libraries will close?" of "Which libraries will close?", "How many people died?" of "Who died?"."""
    some = _SOME.match(question)
    if some is None or not some["who"]:
        return f"How many {some['rest']}" if some else None
    verb, _, rest = some["rest"].partition(" ")
    return f"How many people {_OF_MANY.get(verb, verb)} {rest}".rstrip()


def said_about(fragment: str, question: str) -> str | None:
    """What somebody said, asked of another topic: "and about the toll?" after "What did Roe say about the pier?"; or of
    somebody else, "and the mayor?"."""
    base, topic = question.rstrip(" ?.!"), _TOPIC.match(fragment.rstrip(" ?.!"))
    named, by = _NAME.fullmatch(fragment.rstrip(" ?.!")), _SPEAKER.match(base)
    if (
        named and by and not any(name.start > 0 for name in names_in(base))
    ):  # "and Roe?" after "What did the mayor say?"
        return f"{base[: by.start('who')]}{named.group()}{base[by.end('who') :]}?"
    if topic is None or _SAYING.match(base) is None:
        return None
    speaker = _SPEAKER.match(base)
    if speaker is not None and _may_speak(topic["topic"].split()[-1]) and topic["topic"] == topic[0]:
        return f"{base[: speaker.start('who')]}{topic['topic']}{base[speaker.end('who') :]}?"
    before = SAID_ABOUT.search(base)
    return f"{base[: before.start('about')] if before else f'{base} '}about {topic['topic']}?"


def _may_speak(noun: str) -> bool:
    return is_person_noun(noun) or noun in title_words().enterprises | _BODIES


def described(question: str, parse: Parse, *, plural: bool) -> str | None:
    """ "The ship that lost containers" of "Which ship lost containers?", "the farmers" of "How many farmers sued?",
    "the people who died" of "How many people died?".

    None where a question asks for no such thing.
    """
    doc = next(iter(parse([question])), None)
    asking = (t for t in doc or () if (t.tag_ in ("WDT", "WP") and t.dep_ == "det") or t.lower_ == "many")
    word = next(asking, None)
    if word is None or word.head.tag_ != ("NNS" if plural else "NN"):
        return None
    noun, counted = word.head, word.lower_ == "many"
    if noun.dep_ not in ("nsubj", "nsubjpass") or (is_person_noun(noun.text) and not counted):
        return None
    rest = noun.doc[noun.right_edge.i + 1 :].text.rstrip(" ?.!")
    if counted and noun.lower_ == "people":  # of whom there are others
        return f"the people who {rest}" if rest else None
    if counted:
        return _with_article(noun)
    return f"{_with_article(noun)} that {rest}" if rest else None


def asked_of(wh: str, before: Turn, parse: Parse) -> str | None:
    """What the turn before asked or told, asked with `wh`; None where its grammar does not allow that."""
    if happened := _HAPPENED.match(before.question):
        return _asked_of_told(wh, happened["whom"], before.answer, parse)
    doc = next(iter(parse([before.question])), None)
    slot = next((t for t in doc or () if t.tag_ in ("WP", "WDT", "WRB")), None)
    while slot is not None and slot.dep_ in ("advmod", "amod", "det"):
        slot = slot.head
    if slot is None or slot.dep_ not in ("nsubj", "nsubjpass") or not slot.head.tag_.startswith("VB"):
        return None
    if slot.tag_.startswith("NN"):
        return _inverted(wh, _with_article(slot), slot.head, whole=True)
    subject = short_answer(before.answer) or _anybody(slot, before)
    return _inverted(wh, subject, slot.head, whole=True) if subject else None


def _asked_of_told(wh: str, whom: str, answer: str, parse: Parse) -> str | None:
    """The clause of an answer that has the thing for its subject, asked about."""
    bare = re.sub(r"\[[^\]]*\]", " ", answer)
    head = whom.split()[-1].casefold()
    subjects = (
        token
        for doc in list(parse(re.split(r"(?<=[.!?])\s+(?=\S)", bare)))[:_SENTENCES]
        for token in doc
        if token.lower_ == head and token.dep_ in ("nsubj", "nsubjpass") and token.head.tag_.startswith("VB")
    )
    # What the article tells itself before what somebody says in it.
    told = sorted(subjects, key=lambda token: token.head.dep_ == "ccomp")
    return _inverted(wh, whom, told[0].head, whole=False) if told else None


def _anybody(slot: Token, before: Turn) -> str | None:
    """Whoever was asked for, where the answer does not say it shortly: "Why was somebody dismissed?"."""
    if _NOBODY.match(before.answer) is not None:
        return None
    return {"who": "somebody", "many": "people"}.get(slot.lower_)


def _with_article(noun: Token) -> str:
    words = [t for t in noun.subtree if t.tag_ not in ("WDT", "WRB", "WP") and t.lower_ not in ("many", "much")]
    return f"the {' '.join(t.text for t in words)}"


def _inverted(wh: str, subject: str, verb: Token, *, whole: bool) -> str | None:
    """The question that `wh` opens about a clause: with all of it, or with what the verb cannot do without."""
    helpers = [t for t in verb.children if t.dep_ in ("aux", "auxpass") and t.i < verb.i]
    after = [
        t for t in verb.children if t.i > verb.i and (whole or t.dep_ in ("dobj", "acomp", "prt", "xcomp", "attr"))
    ]
    kept = sorted(
        (t for child in after if child.dep_ not in _NOT_ASKED for t in child.subtree if t.tag_ != "."),
        key=lambda t: t.i,
    )
    rest = "".join(t.text_with_ws for t in kept).strip()
    if helpers:
        opening, told = helpers[0].lower_, [*(t.text for t in helpers[1:]), verb.text]
    elif verb.lower_ in ("is", "are", "was", "were"):
        opening, told = verb.lower_, []
    elif verb.tag_ in ("VBD", "VBZ", "VBP"):
        opening = {"VBD": "did", "VBZ": "does", "VBP": "do"}[verb.tag_]
        told = [base_form(verb.text)]
    else:
        return None
    return f"{wh.capitalize()} {' '.join([opening, subject, *told, rest]).strip()}?"
