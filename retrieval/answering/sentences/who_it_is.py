"""Whether a sentence tells who somebody is, or what something is: beside the name, before it, or with "is"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.sentences.offers import offers
from retrieval.answering.sentences.posts import is_doer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_ASKS_WHO = re.compile(
    r"\W*(?:who|what)(?:\s+exactly)?(?:\s*['’]s|\s+(?:is|are|was|were))\s+(?:an?\s+|the\s+)?(?P<name>\S.*?)\W*",
    re.IGNORECASE,
)
_COMMON = frozenset(("NN", "NNS"))
_BEFORE = frozenset(("compound", "nmod", "amod", "appos"))
_IS = frozenset(("is", "was", "are", "were"))
_SHORT_POSTS_LISTED = """
    CEO CFO COO CTO MP MEP MSP PM QC KC Gov Sen Rep Prof Sgt Capt Col Gen Lt Rev Supt Cllr Insp
"""
_SHORT_POSTS = frozenset(_SHORT_POSTS_LISTED.split())
# How somebody is addressed: "Father Ann Roe" is nobody's answer to who that is.
_ADDRESSES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "father", "sister", "brother")
)
_AFTER = re.compile(r",\s+(?:\d{1,3},\s+)?(?:who|whose)\s")
_CUT = re.compile(r"\s*[,;:–—(“\"]|\s(?:who|which|that|in\s+which|where|whose)\s")
_ONLY_ITS = re.compile(r"\W*(?:its|his|her|their|our|my|your|mr|mrs|ms|miss|dr)\b", re.IGNORECASE)
_CAPITALS = re.compile(r"\b[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")


def asked_about(question: str) -> str | None:
    """Whom or what a question asks the description of: "Ann Roe" of "Who is Ann Roe?"; None for any other question."""
    match = _ASKS_WHO.fullmatch(question)
    return match["name"] if match else None


def tells_who(name: str, sentence: Doc) -> bool:
    """Whether `sentence` says who or what bears a name: "Ann Roe, a baker", "its head, Ann Roe", "the baker Ann Roe",
    "Ann Roe is a baker", "Ann Roe, who baked"."""
    return any(_description(span) or _AFTER.match(sentence.text, span.end_char) for span in _named(name, sentence))


def description(name: str, sentence: Doc) -> str:
    """What `sentence` calls who or what bears a name, in its words; empty where that is not certain, only "its", or how
    one is addressed."""
    found = {told.text for span in _named(name, sentence) if (told := _description(span)) is not None}
    text = _CUT.split(found.pop())[0] if len(found) == 1 else ""
    return "" if _ONLY_ITS.match(text) or text.casefold().rstrip(".") in _ADDRESSES else text


def _named(name: str, sentence: Doc) -> list[Span]:
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", sentence.text, re.IGNORECASE)
    spans = (sentence.char_span(*match.span(), alignment_mode="expand") for match in found)
    return [span for span in spans if span is not None]


def tells_age(question: str, sentence: str) -> bool:
    """Whether a sentence gives an age right beside the name that a question ends with: "Ann Roe, 61,"."""
    names = _CAPITALS.findall(question, 1)
    if not names:
        return False
    last = re.escape(names[-1].split()[-1])
    age = rf"\b{last}(?:,\s|\s\()(?:aged?\s)?\d{{1,3}}(?:[,;)]|\.(?!\d))"
    before = rf"\b\d{{1,3}}-year-old\s+(?:[\w’'-]+\s+){{0,4}}{last}\b"
    return re.search(rf"{age}|{before}", sentence) is not None


def _description(name: Span) -> Span | None:
    """The noun phrase that says who or what a name is of."""
    root, doc = name.root, name.doc
    beside = [t for t in root.children if t.dep_ == "appos" and t.i >= name.end]
    beside += [u for t in beside for u in t.subtree if u.dep_ == "appos"]  # "Ann Roe, M.D., head of"
    behind = next(filter(_describes, beside), None)
    if behind is not None:
        return doc[behind.left_edge.i : behind.right_edge.i + 1]
    if root.dep_ == "appos" and root.head.i < name.start and _describes(root.head):
        return doc[root.head.left_edge.i : root.head.i + 1]
    before = [t for t in root.children if t.i < name.start and t.dep_ in _BEFORE]
    if any(map(_describes, before)):
        return doc[min(root.left_edge.i, name.start - 1) : name.start]
    if root.dep_ == "nsubj" and root.head.lower_ in _IS:
        told = next((t for t in root.head.children if t.dep_ == "attr" and t.tag_ in _COMMON), None)
        return doc[told.left_edge.i : told.right_edge.i + 1] if told is not None else None
    return None


def _describes(noun: Token) -> bool:
    """Whether a noun says what somebody or something is: a common one, or that of a post."""
    if noun.tag_ in _COMMON or noun.text.rstrip(".") in _SHORT_POSTS:
        return True
    # "Biologist Ann Roe" at the beginning of a sentence, "Striker Ann Roe": no names, whatever their capitals.
    return noun.tag_ == "NNP" and (is_doer(noun.lower_) or bool(offers(AskedFor.POST, noun.text, "")))
