"""The short answer that stands before the sentence that carries it: in that sentence's own words, or yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import takewhile
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.names import is_person_noun
from retrieval.annotation.time import tag
from retrieval.answering.questions.asked_for import AskedFor, Wanted
from retrieval.answering.questions.question_syntax import QuestionSyntax, Role
from retrieval.answering.sentences.agreement import FIGURES
from retrieval.answering.sentences.offers import offers
from retrieval.answering.sentences.part_sums import is_part_of_a_sum
from retrieval.answering.sentences.roles import RELATIVE, fillers, has_predicate
from retrieval.answering.sentences.told_of import is_a_claim, is_of_another_kind, told_of_it
from retrieval.answering.sentences.who_it_is import asked_about, description
from retrieval.answering.sentences.yes_or_no import yes_or_no
from retrieval.answering.short_answers.figure_told import OF_ITSELF, PLAIN, figure
from retrieval.answering.verification.words import classes, lemma, same_root
from retrieval.search.verb_forms import irregular_participles
from retrieval.search.words import content_words, stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FIGURES = FIGURES - {AskedFor.DAY}
_NAMED = frozenset((AskedFor.PERSON, AskedFor.BODY, AskedFor.NAME))
_GOES_ON = frozenset((",", "and", "or", "&", "as"))  # behind a list that is not at its end
_NOUNS = 3  # words from a place to the noun that it narrows
_LIST = 3  # names at least
_LISTED = frozenset((AskedFor.PLACE, AskedFor.LIST, AskedFor.BODY))
_LONGEST = 70  # characters; a longer lead is no short answer
_SHORTEST = 45  # characters of a sentence that needs a lead at all
_DONE = re.compile(r"\b(?:did|[a-z]+ed|" + "|".join(sorted(irregular_participles())) + r")\W*$", re.IGNORECASE)
_NOBODY = re.compile(r"\b(?:nobody|no\s+one|none)\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\W*how\s+(?:often|frequently)\b", re.IGNORECASE)
_OFTEN = re.compile(
    r"\b(?:once|twice|[\w-]+ times)\s(?:an?|per|each|every)\s[\w-]+|\bone\s(?:[\w-]+\s){1,2}in\s[\w-]+"
    r"|\bevery\s(?:\w+\s)?(?:minute|hour|day|night|week|month|year)s?\b"
)
_WHOLE_NAME = re.compile(r"(?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*)+")  # what goes on behind the first word of a place
_OF_THINGS = frozenset(("it", "they", "them"))
_PER = re.compile(r"/[a-z]+\b")
_IS = re.compile(r"\b(?:is|are|was|were|am|be|been)\b|['’](?:s|re)\b", re.IGNORECASE)
_WHERE = re.compile(r"\W*(?:and\s+|so\s+)?where\b", re.IGNORECASE)


def lead(wanted: Wanted, syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> str:
    """What is asked for, as `sentence` says it, with what stands behind it (" ", ":"); empty where that is not certain.

    `asked` are the stems of the question's words.
    """
    text = sentence.text
    if wanted.kind is AskedFor.YES_NO:
        return yes_or_no(syntax, question, sentence)
    if len(text) < _SHORTEST:
        return ""
    if _HOW_OFTEN.match(question):
        times = [m[0] for m in _OFTEN.finditer(text)]
        short = times[0] if len(times) == 1 else ""
    elif wanted.kind in _FIGURES:
        if _NOBODY.search(text):
            return ""  # "Nobody was hurt, and the 26 potters were back": none may be what was asked for
        if syntax.predicate is not None and not has_predicate(syntax, question, text):
            return ""  # how long something went on is not how long somebody was jailed
        short = figure(wanted, question, asked, sentence)
        if syntax.predicate is None and " of " in short:
            return ""  # of "four of its eleven libraries" either may be asked for
        if short and is_of_another_kind(short, wanted.focus, question):
            return ""
        if short and not told_of_it(short, syntax, question, asked, sentence):
            return ""
        if short and (is_a_claim(short, asked, sentence) or is_part_of_a_sum(question, text)):
            return ""
    elif wanted.kind is AskedFor.DEFINITION:
        named = asked_about(question)
        short = description(named, sentence) if named is not None else ""
    elif wanted.kind in _LISTED and (listed := _listed(syntax, question, sentence)):
        short = listed
    elif wanted.kind is AskedFor.PLACE and (not wanted.focus or _WHERE.match(question)):
        short = _place(syntax, question, asked, sentence)
    else:
        short = _name(wanted, syntax, question, asked, sentence)
    short = _in_whole_words(short.strip(" ,;:"), text)
    if not short or len(short) > _LONGEST or len(short) > len(text) * 0.6 or text.startswith(short):
        return ""
    return f"{short[0].upper()}{short[1:]}{'' if short.endswith('.') else '.'}"


def _in_whole_words(short: str, text: str) -> str:
    """A short answer with all of its first and last word: "then-Mayor Jane Roe", "154 km/h"."""
    at = text.find(short)
    if at >= 0 and (per := _PER.match(text, at + len(short))) is not None:
        short += per[0]
    if at <= 0 or not (short.startswith("-") or text[at - 1] == "-"):
        return short
    return text[text.rfind(" ", 0, at) + 1 : at + len(short)]


def _listed(syntax: QuestionSyntax, question: str, sentence: Doc) -> str:
    """The one list of names, where several are asked for: "Slovenia, Hungary and Croatia"."""
    if syntax.focus is None or not question[slice(*syntax.focus)].endswith("s"):
        return ""
    lists = []
    for token in sentence:
        if (
            not token.tag_.startswith("NNP")
            or token.dep_ == "conj"
            or not any(t.dep_ == "conj" for t in token.children)
        ):
            continue
        members = [token]
        while nexts := [t for t in members[-1].children if t.dep_ == "conj" and t.tag_.startswith("NNP")]:
            members.append(nexts[0])
        behind = sentence[members[-1].i + 1].lower_ if members[-1].i + 1 < len(sentence) else ""
        if (
            len(members) >= _LIST
            and behind not in _GOES_ON
            and not any(stem(t.text) in stems(question) for t in members)
        ):
            first = min((t.i for t in token.children if t.dep_ in OF_ITSELF and t.i < token.i), default=token.i)
            lists.append(sentence[first : members[-1].i + 1].text)
    return lists[0] if len(lists) == 1 else ""


def _place(syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> str:
    """The only plain place; empty where there are several, or where it is not that of what is asked about: "stolen from
    the Lindenhof" is not where it was found."""
    plain = [
        o
        for o in offers(AskedFor.PLACE, sentence.text, question)
        if o.strength >= PLAIN and not {stem(w) for w in content_words(sentence.text[o.start : o.end])} <= asked
    ]
    if len(plain) != 1:
        return ""
    whole = _WHOLE_NAME.match(sentence.text, plain[0].end)
    end = whole.end() if whole else plain[0].end
    last = next((t for t in reversed(sentence) if t.idx < end), sentence[0])
    while last.dep_ in OF_ITSELF and last.i < last.head.i <= last.i + _NOUNS:
        last = last.head  # "a north Delaware grocery store"
    place = sentence.text[plain[0].start : max(end, last.idx + len(last.text))]
    if syntax.predicate is None:  # where something is
        is_there = _IS.search(question) and not _DONE.search(question) and not place.lower().startswith("to ")
        return place if is_there else ""
    wanted = lemma(question[slice(*syntax.predicate)])
    inside = [t for t in sentence if t.idx < plain[0].end and t.idx + len(t.text) > plain[0].start]
    prep = next((t for i in inside for t in (i, *i.ancestors) if t.dep_ == "prep"), None)
    verb = next((t for t in prep.ancestors if t.tag_.startswith("VB")), None) if prep is not None else None
    near = verb is not None and prep is not None and (prep.head == verb or prep.head.dep_ == "prep")
    return place if near and verb and same_root(lemma(verb.text), wanted) else ""


def _name(wanted: Wanted, syntax: QuestionSyntax, question: str, asked: Set[str], sentence: Doc) -> str:
    if (
        syntax.role is Role.SUBJECT
        and syntax.other is not None
        and not _tells_of(question[slice(*syntax.other)], sentence)
    ):
        return ""  # who scored is not who scored the winner
    for part in fillers(syntax, question, asked, sentence):
        if _is_whose_body(part) or _is_of_several(part) or _is_beside(part, question):
            continue
        if wanted.kind is AskedFor.NAME and part.head.lower_ == "by" and part.head.dep_ == "prep":
            continue  # "sang a lullaby by the composer Maarja Tamm": whose work it is
        chunk = _trimmed(part)
        if part not in chunk or any(t.dep_ == "conj" and t.tag_ == "NNP" and stem(t.text) in asked for t in chunk):
            continue  # of "named by Roe and Lowe was named by Rand" the parser joins Roe and Lowe, who is asked about
        if all(t.is_stop or stem(t.text) in asked for t in chunk):  # "a tug, the Bruiser": which tug
            chunk = next((_trimmed(t) for t in part.children if t.dep_ == "appos" and t.tag_.startswith("NNP")), [])
            if not chunk:
                continue
        if tag(sentence[chunk[0].i : chunk[-1].i + 1].text, None, article=False):
            continue  # a day is nobody and nothing: "delivered food on Aug. 19"
        named = any(t.tag_.startswith("NNP") and stem(t.text) not in asked for t in chunk)
        if named or (syntax.focus is not None and wanted.kind not in _NAMED and part.tag_[:2] == "NN"):
            return sentence[chunk[0].i : _with_its_name(part, chunk).i + 1].text
    if wanted.kind is AskedFor.PERSON and syntax.focus is not None:
        held = _holder(question[slice(*syntax.focus)], question, asked, sentence)
        if held is not None:
            return held
    return ""


def _with_its_name(part: Token, chunk: list[Token]) -> Token:
    """The last word of a part, with the name right behind it: "Orrin’s defender Jo Rand", "its head, Ann Roe"."""
    last = chunk[-1]
    if part.tag_ not in ("NN", "NNS") or last != part:
        return last
    behind = [t for t in part.doc[part.i + 1 :] if t.text != ","] if part.i + 1 < len(part.doc) else []
    name = list(takewhile(lambda t: t.tag_.startswith("NNP"), behind))
    # The parser makes the name an apposition, or a second subject of the same verb.
    is_theirs = bool(name) and (name[-1].head == part or (name[-1].head == part.head and name[-1].dep_ == part.dep_))
    return name[-1] if is_theirs and name[0].i <= part.i + 2 else last


def _is_whose_body(part: Token) -> bool:
    """Whether a "who" that the parser hangs on a body is of somebody in it: "Ann Roe of the Institute, who led it"."""
    who = any(c.dep_ == "relcl" and any(t.lower_ == "who" for t in c.children) for c in part.children)
    return who and part.dep_ == "pobj" and part.head.head.tag_.startswith("NNP")


def _is_of_several(part: Token) -> bool:
    """Whether a clause hangs on one of several and may be of all or of the last: "Roe, Lind and Moss, who ran"."""
    listed = part.dep_ == "conj" or any(t.dep_ == "conj" for t in part.children)
    return listed and any(t.dep_ == "relcl" and any(c.lower_ in RELATIVE for c in t.children) for t in part.children)


def _is_beside(part: Token, question: str) -> bool:
    """Whether a part stands behind a preposition that the question lacks: "at a briefing, Roe showed a map", asked what
    Roe showed; "by" tells who did it."""
    by = part.head.lower_
    return part.dep_ == "pobj" and by != "by" and by not in re.findall(r"[a-z]+", question.casefold())


def _tells_of(thing: str, sentence: Doc) -> bool:
    """Whether a sentence has a word for what is done to a thing, or a pronoun that may stand for it."""
    wanted, somebody = lemma(thing), thing[:1].isupper() or is_person_noun(thing)
    return any(
        (t.tag_ == "PRP" and (somebody or t.lower_ in _OF_THINGS))
        or (t.is_alpha and (same_root(lemma(t.text), wanted) or (lemma(t.text), wanted) in classes().synonyms))
        for t in sentence
    )


def _trimmed(part: Token) -> list[Token]:
    """A noun with what belongs to it, without the clauses and asides that are hung on it."""
    kept = [part]
    for child in part.children:
        if child.dep_ in OF_ITSELF:
            kept += [t for t in child.subtree if not t.is_punct or t.text in "-’'."]
        elif child.dep_ in ("cc", "conj") or (child.dep_ == "prep" and child.lower_ in ("of", "for") and _names(child)):
            kept += [t for t in child.subtree]
    kept.sort(key=lambda t: t.i)
    run = [t for t in kept if all(u in kept or u.is_punct for u in part.doc[min(t.i, part.i) : max(t.i, part.i)])]
    return run


def _names(preposition: Token) -> bool:
    """Whether a phrase belongs to what it stands behind: any with "of", with "for" a name: "the Office for Roads"."""
    return preposition.lower_ == "of" or any(t.tag_.startswith("NNP") for t in preposition.children)


def _holder(post: str, question: str, asked: Set[str], sentence: Doc) -> str | None:
    """Whoever is called what is asked for: "Ebert's lawyer, Karim Haddad", "Coach Rita Salgado"; of a name's post, not
    that of another name."""
    found: set[str] = set()
    of_name = re.search(r"\s[A-Z]", question) is not None
    for token in sentence:
        owners = [t for t in token.children if t.dep_ == "poss" and t.tag_.startswith("NNP")]
        if stem(token.text) != stem(post) or (of_name and owners and not any(stem(t.text) in asked for t in owners)):
            continue
        for beside in _beside(token):
            name = beside
            while name.dep_ == "compound" and name.head.tag_.startswith("NNP"):
                name = name.head  # all of "Quarterback Jo Rand"
            if stem(name.text) in asked:
                continue  # who is named already: "who was governor after Rand?"
            words = [t for t in _trimmed(name) if t.tag_.startswith("NNP") and stem(t.text) not in asked | {stem(post)}]
            if words:
                found.add(sentence[words[0].i : words[-1].i + 1].text)
    return next(iter(found)) if len(found) == 1 else None


def _beside(token: Token) -> Iterator[Token]:
    yield from (t for t in token.children if t.dep_ == "appos" and t.tag_.startswith("NNP"))
    if token.dep_ in ("appos", "compound") and token.head.tag_.startswith("NNP"):
        yield token.head
    if token.dep_ == "attr":
        yield from (t for t in token.head.children if t.dep_ == "nsubj" and t.tag_.startswith("NNP"))
