"""What a turn of a conversation names, for a question that leans on it: its one person, its one thing, its dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import Name, is_body, is_person_noun, names_in, title_words
from retrieval.annotation.time import tag
from retrieval.answering.conversation.person_nouns import is_post, is_somebody
from retrieval.answering.questions.nationalities import is_nation
from retrieval.answering.questions.speech import SAY
from retrieval.schema import TimexType, Turn

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Parse = Callable[[Iterable[str]], Iterable["Doc"]]
MayBePerson = Callable[[Name, str], bool]
"""Whether a name in a text may be a person's."""

LEAD = r"(?:(?:in|on|at|of|by|from|with|for|to|since|during|after|before|until)\s+)?"
_ASKING = frozenset(("did", "does", "do", "will", "would", "can", "could", "should"))  # a verb must follow
HIS, HERS = frozenset(("he", "him", "his", "himself")), frozenset(("she", "her", "hers", "herself"))
_UNKNOWN = frozenset(("a", "an", "any", "some", "every", "my", "our", "your", "his", "her", "its", "their"))
_BEFORE_HEAD = ("det", "amod", "compound", "poss", "nummod", "nmod")
_WILLING = re.compile(
    r"\s+(?:\w+\s+)?(?:wants?|hope|plan|intend|think|believe|say|said|promise|demand|ask|decide|agree|vote|know|accuse)\b",
    re.IGNORECASE,
)
_OF_A_PEOPLE = re.compile(rf"[A-Z]\w+(?:ish|ese|\wian|ic)\s+(?!{SAY}\b)[a-z]+")  # "the Kurdish community"
_PERSONAL = re.compile(r"\b(?:he|she|his|him|her|who|whose)\b", re.IGNORECASE)
_ADVERB = re.compile(r"[A-Z][a-z]{3,}ly,")  # "Specifically, the budget fell"
_ANOTHER_ONE = re.compile(r"\b(?:first|second|third|other|last|next|former|latter)\s+ones?\b", re.IGNORECASE)
_AND = re.compile(r"\W*(?:and|but|or)\b", re.IGNORECASE)
_SOURCES = frozenset(("article", "source", "sources", "link"))  # what the talk is held over, not on
_ANYBODY = re.compile(r"(?:any|some|every|no)(?:one|body|thing)", re.IGNORECASE)
_MANY = frozenset(("police", "staff", "crew"))  # "it" is none of them
_ARE = re.compile(r"\b(?:were|are)\s+$")
_WHICH = re.compile(r",\s+which\b")  # "Roe & Doe, which": nobody
_DATELINE = re.compile(r"(?:,\s[^.\n]{1,40})?\s[—–-]{1,2}\s")  # "MARL — The lamp": no person
_THE = re.compile(r"\b[Tt]he\s(?:[A-Z][\w’'-]*\s)?$")
_PLACE_WORD = re.compile(
    r"\b(?:in|at|near|from|to|of|across|around|along|through|into|outside|inside|towards?|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_TO_SOMEBODY = re.compile(
    r"\b(?:happen\w*|sa(?:y|id)|sp(?:eak|oke)|talk\w*|wr(?:ite|ote)|g(?:ive|ave|iven)|marri\w*|d(?:o|id|one)|lost)\s+to\s+$"
)
CALENDAR = frozenset(
    (
        *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
        *("november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
)


def only_person(text: str, may_be_one: MayBePerson | None = None) -> str | None:
    """The one person that a text names, in the fullest form; None where it names none or several."""
    found = _persons(text, may_be_one)
    return next(iter(found.values())) if len(found) == 1 else None


def _persons(text: str, may_be_one: MayBePerson | None = None) -> dict[str, str]:
    """The persons that a text names, each in the fullest form, by surname."""
    found: dict[str, str] = {}
    bare = re.sub(r"\[[^\]]*\]", " ", text)
    for name in names_in(bare):
        if is_body(name.words) or name.text.casefold() in CALENDAR or _follows_place_word(bare, name.start):
            continue
        if len(name.words) == 1 and _ADVERB.match(bare, name.start):
            continue
        if _WHICH.match(bare, name.end) or (name.text.isupper() and _DATELINE.match(bare, name.end)):
            continue
        of_people = is_nation(name.words) or _OF_A_PEOPLE.match(bare, name.start) is not None
        if not name.title and name.words[-1] not in found and (of_people or _ARE.search(bare, 0, name.start)):
            continue  # "a 69-year-old French man", "all three were Kurds"
        if not name.title and _THE.search(bare, 0, name.start):
            continue  # "the Lady Grey", "the First World War"
        if may_be_one is not None and not may_be_one(name, bare):
            continue
        if len(name.words) < 2 and not name.title and name.words[-1] not in found:
            known = next((k for k, full in found.items() if name.words[0] in full.split()), None)
            if known is None:
                found.setdefault(name.words[-1], name.text)
            continue
        if len(name.text) > len(found.get(name.words[-1], "")):
            found[name.words[-1]] = name.text
    return found


def wills(question: str, position: int) -> bool:
    """Whether the verb at a place in a question is one of people and bodies: "they want"."""
    return _WILLING.match(question, position) is not None


def may_will(phrase: str) -> bool:
    """Whether a noun in the plural names people, bodies, or somebody by name."""
    head = phrase.split()[-1]
    word = head.lower().removesuffix("s")
    return head[:1].isupper() or is_person_noun(word) or is_body((head,)) or word in title_words().bodies


def phrase_with(noun: str, before: Turn, parse: Parse) -> str | None:
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


def may_mean_its_name(question: str, answer: str) -> bool:
    """Whether a question is about a lone name of which nothing shows that it is a person's: what "it" means is there,
    and not further back."""
    found = _persons(question)
    if len(found) != 1 or re.match(r"\W*who(?:m|se)?\b", question, re.IGNORECASE):
        return False
    ((last, full),) = found.items()
    text = f"{question} {answer}"
    name = re.escape(last)
    speaks = re.search(rf"\b{name}(?:,[^.]*,)?\s+{SAY}\b|\b{SAY}\s+(?:[\w.’'-]+\s+){{0,3}}{name}\b", text)
    return " " not in full and _persons(text).get(last, full) == full and not speaks and not _PERSONAL.search(text)


def only_thing(question: str, parse: Parse, *, plural: bool = False, beside: str = "") -> str | None:
    """The one thing that a question is about, as it names it: "" where it names several, None where it names none.

    A single name is a thing, too, where nothing in the question or `beside` it shows a person.

    Of "What was stolen from the museum?" that is what the answer tells, not the museum: "", too.
    """
    if _ANOTHER_ONE.search(question):
        return ""  # nobody knows which
    chunks = _chunks(question, parse)
    if (much := next((c.root for c in chunks if _is_how_much(c)), None)) is not None and not plural:
        return f"the {much.text}"
    if _AND.match(question) and not any(t.tag_.startswith("VB") for c in chunks[:1] for t in c.doc):
        return None  # "and the council?", which nobody could complete
    things = []
    for chunk in chunks:
        root = chunk.root
        if root.lower_ in _SOURCES or any(is_post(t.text) for t in chunk[:-1]):
            continue  # "that article", "professor vane"
        if any(t.tag_ in ("WDT", "WP", "WRB", "CD", "PRP$") for t in chunk) or is_somebody(root.text):
            continue
        if _ANYBODY.fullmatch(root.text):
            continue
        if (
            root.tag_.startswith("NNP")
            and not _is_thing_name(chunk[0])
            and not re.search(rf"\b{re.escape(root.text)}, which\b", beside)
            and _may_be_person(chunk, f"{question} {beside}")
        ):
            continue
        if root.lower_ == "place" and root.dep_ == "dobj" and root.head.lower_ in ("take", "takes", "took", "taken"):
            continue
        many = root.tag_ in ("NNS", "NNPS") or root.lower_ in _MANY
        if is_date(chunk.text) or (many is not plural and not (many and _is_title(chunk))):
            continue
        if root.tag_ == "NN" and len(chunk) == 1 and root.dep_ in ("dobj", "pobj"):
            continue  # "lose contact", "in prison": no thing of its own
        things.append(chunk)
    if not things:
        return None
    subjects = [c for c in things if c.root.dep_ in ("nsubj", "nsubjpass")]
    others = [c for c in things if c.root.dep_ in ("dobj", "attr")]
    happened = re.match(r"what\s+(?:has\s+|had\s+)?(?:happen|occur)", question, re.IGNORECASE)
    if len(things) == 1 and not subjects + others and not happened and _what_is_asked_for(things[0]):
        return ""
    if len(things) == 2 and len(subjects) == 1 and _is_body(subjects[0].root):
        subjects = [c for c in things if c is not subjects[0]]  # what the council decides on is spoken of
    chosen = things if len(things) == 1 else subjects if len(subjects) == 1 else others if len(others) == 1 else []
    if not chosen:
        return ""
    of = next((t for t in chosen[0].root.children if t.lower_ == "of"), None)
    whose = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
    if whose is not None and re.match(r"(?:what|who|which)\s+(?:is|are|was|were)\b", question, re.IGNORECASE):
        return _extended(whose)  # "What is the name of the ship?" is about the ship
    return _extended(chosen[0].root)


def only_body(question: str, parse: Parse) -> str | None:
    """The one council, company or the like that a question names by a common noun."""
    bodies = [c for c in _chunks(question, parse) if c.root.tag_ == "NN" and _is_body(c.root)]
    return _extended(bodies[0].root) if len(bodies) == 1 else None


def only_post(question: str, parse: Parse) -> str | None:
    """The one person that a question calls by a common noun alone, as one that is known: "the mayor", "her agent"."""
    posts = [
        chunk
        for chunk in _chunks(question, parse)
        if chunk.root.tag_ == "NN"
        and (chunk[0].lower_ == "the" or any(token.dep_ == "poss" for token in chunk))
        and chunk[0].lower_ not in _UNKNOWN
        and (is_post(chunk.root.text) or (is_somebody(chunk.root.text) and _speaks(chunk.root)))
    ]
    return _extended(posts[0].root) if len(posts) == 1 else None


def _speaks(noun: Token) -> bool:
    return noun.dep_ == "nsubj" and re.fullmatch(rf"say|tell|think|{SAY}", noun.head.lower_) is not None


def only_noun(question: str, parse: Parse) -> str | None:
    """The common noun for the one thing of a question, first that of "how many" or "which": "" where it names several,
    None where it names none."""
    if (asked := _noun_asked_for(question, parse)) is not None:
        return asked
    nouns = {
        chunk.root.text
        for chunk in _chunks(question, parse)
        if chunk.root.tag_ in ("NN", "NNS")
        and not is_date(chunk.text)
        and chunk.root.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
    }
    if any(map(is_somebody, nouns)):
        return ""  # "the other one" after "what did the engineer say?" is no engineer
    return next(iter(nouns)) if len(nouns) == 1 else "" if nouns else None


def _noun_asked_for(question: str, parse: Parse) -> str | None:
    """ "Surgeries" of "How many surgeries has she had?", "bridge" of "Which bridge fell?"."""
    for token in next(iter(parse([question])), ()):
        asking = (token.tag_ in ("WDT", "WP") and token.dep_ == "det") or (token.lower_ == "many" and token.i == 1)
        if asking and token.head.tag_ in ("NN", "NNS"):
            return str(token.head.text)
    return None


def is_plural(phrase: str, parse: Parse) -> bool:
    """Whether a noun phrase names more than one."""
    chunks = _chunks(phrase, parse)
    return bool(chunks) and chunks[-1].root.tag_ in ("NNS", "NNPS")


def _is_body(noun: Token) -> bool:
    return is_body((noun.text,)) or noun.lower_ in title_words().bodies | title_words().enterprises


def _may_be_person(chunk: Span, text: str) -> bool:
    root = chunk.root
    whole = next((n for n in names_in(chunk.doc.text) if n.start <= root.idx < n.end), None)
    # Of "what did Ann Poll keep?" the parser takes the surname for a verb.
    person = only_person(chunk.text if whole is None else whole.text)
    if person is not None and whole is not None and whole.start == root.idx and len(whole.words) > 1:
        return True
    if person is None or chunk.root.lower_ not in {word.casefold() for word in _persons(chunk.doc.text)}:
        return False
    return len(person.split()) > 1 or _persons(text).get(person, person) != person or not _is_asked_about(chunk)


def _is_how_much(chunk: Span) -> bool:
    """Whether a chunk is "how much rubbish"."""
    return chunk.root.tag_ == "NN" and any(t.lower_ == "much" and t.i < chunk.root.i for t in chunk.root.children)


def _is_asked_about(chunk: Span) -> bool:
    """Whether a lone name is what "what about" or "what happened to" asks about."""
    return chunk.root.dep_ in ("pobj", "npadvmod", "ROOT") and chunk.doc[0].lower_ in ("what", "how", "and")


def _what_is_asked_for(thing: Span) -> bool:
    """Whether the question asks what did it, or to what it was done."""
    return any(t.tag_ in ("WP", "WDT") and t.dep_ in ("nsubj", "nsubjpass", "det") for t in thing.root.doc)


def _extended(head: Token) -> str:
    """A noun with its article and what narrows it down: "the museum in Dunvarrow"."""
    told = (t for t in head.children if t.dep_ == "prep" and t.lower_ in ("of", "in", "at", "with"))
    after = (t.right_edge.i for t in told if t.right_edge != t)  # not of "what did they accuse the airport of?"
    return str(head.doc[_first(head) : max(after, default=head.i) + 1].text)


def _chunks(text: str, parse: Parse) -> list[Span]:
    """The noun phrases of a text, each from its article to its head."""
    if not text.strip():
        return []
    docs = list(parse([text]))
    if len(docs) == 1 and _names_its_verb(docs[0]):
        docs = list(parse([re.sub(r"\S+$", "", text.rstrip(" ?.!"))]))
    heads = [t for doc in docs for t in doc if t.tag_.startswith("NN") and t.dep_ not in ("compound", "nmod")]
    return [head.doc[_first(head) : head.i + 1] for head in heads]


def _names_its_verb(question: Doc) -> bool:
    """Whether the parser took the verb of "When will the Morrin Bridge reopen?" for the end of the name."""
    if not any(t.lower_ in _ASKING for t in question):
        return False
    words = [t for t in question if not t.is_punct]
    return words[-1].tag_.startswith("NN") and not any(t.tag_[:2] == "VB" and t.lower_ not in _ASKING for t in question)


def _first(head: Token) -> int:
    before = [t.left_edge.i for t in head.children if t.i < head.i and t.dep_ in _BEFORE_HEAD]
    return min(before, default=head.i)


def _is_title(chunk: Span) -> bool:
    """Whether a name in the plural may be that of one work, with its article as a part of it: "The Salt Carriers"."""
    return bool(chunk[0].text == "The" and chunk[0].i > 0 and chunk.root.text[:1].isupper())


def _is_thing_name(token: Token) -> bool:
    return token.dep_ == "det" or token.lower_ == "the"


def _follows_place_word(text: str, start: int) -> bool:
    return _PLACE_WORD.search(text, 0, start) is not None and _TO_SOMEBODY.search(text, 0, start) is None


def dates_in(text: str) -> list[tuple[int, int]]:
    kinds = (TimexType.DATE, TimexType.TIME)
    return [(e.start, e.end) for e in tag(text, None, article=False) if e.type in kinds]


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else: "in 2013", "on Tuesday"."""
    bare = re.sub(rf"^\s*{LEAD}", "", text.strip(" ?.!"), flags=re.IGNORECASE)
    dates = dates_in(bare)
    return bool(bare) and len(dates) == 1 and dates[0][1] - dates[0][0] >= len(bare) - len("the ")
