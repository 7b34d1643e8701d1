"""Who does something by what they are: the head, or the operator, of a thing runs it, and its owner owns it."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from typing import TYPE_CHECKING

from retrieval.answering.verification.meanings import meanings
from retrieval.answering.verification.words import classes, lemma, same_root
from retrieval.search.words import stem

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBS = "run lead head manage chair direct oversee"
_POSTS = """
    head director chief boss manager chairman chairwoman chair president CEO executive operator leader commander
    principal headmaster headmistress
"""
# Who made a thing is told by "by" behind it, or as its author: "the report by Ann Roe", "study author Jo Rand".
_MAKING = """
    make write sponsor introduce propose direct create produce conduct do run lead publish compose paint design draft
    author develop record film
"""
_AUTHORS = frozenset(("author", "authors", "co-author", "co-authors", "researcher", "researchers", "investigator"))
_SHORT = {
    "governor": "Gov", "senator": "Sen", "representative": "Rep", "congressman": "Rep", "congresswoman": "Rep",
    "president": "Pres", "general": "Gen|Maj\\. Gen|Lt\\. Gen", "colonel": "Col|Lt\\. Col", "captain": "Capt",
    "lieutenant": "Lt", "sergeant": "Sgt", "professor": "Prof", "doctor": "Dr", "superintendent": "Supt",
    "secretary": "Sec", "treasurer": "Treas", "reverend": "Rev",
}  # fmt: skip
_FORMER = re.compile(r"former|ex-?|deputy|vice|late|acting|outgoing", re.IGNORECASE)
_OF = frozenset(("of", "at", "for", "in"))
_BEFORE = frozenset(("poss", "compound", "nmod"))
_MAKER = re.compile(r"\bby\s|[^\W\d_]['’]s?\s")
_DOER = re.compile(r"(?:[eo]r|ist)$")
_WORD = re.compile(r"[^\W\d_]+")


def names_office(office: str, sentence: str) -> bool:
    """Whether a sentence calls somebody by the short form of an office before the name: "Gov. Ann Roe", governor."""
    short = _SHORT.get(office.casefold())
    return short is not None and re.search(rf"\b(?:{short})\.?\s+[A-Z]", sentence) is not None


def names_post(verb: str, sentence: str) -> bool:
    """Whether a sentence has a word for whoever does by office what a verb, by its lemma, says."""
    return any(_does(word, verb) for word in _WORD.findall(sentence))


def is_doer(noun: str) -> bool:
    """Whether a noun has the ending of whoever does something: "winner", "organist"."""
    return _DOER.search(noun) is not None


def _does(word: str, verb: str) -> bool:
    """Whether a noun is one for whoever does what a verb, by its lemma, says: "owner", "successor"."""
    if verb in _making() and word.casefold() in _AUTHORS:  # an authority, of the same root, is none
        return True
    noun = lemma(word)
    if verb in _verbs() and noun in _posts():
        return True
    return is_doer(noun) and meanings().same(("noun", noun), ("verb", verb))


def holds_post(verb: str, of: str, sentence: Doc) -> bool:
    """Whether `sentence` names whoever holds such a post of a thing, by its lemma: "Ann Roe, head of the club", "the
    club's new head is Ann Roe", "its head, Ann Roe", and of no post, which may be anywhere, "owner Ann Roe"."""
    return any(
        _does(t.text, verb)
        and t.tag_.startswith("NN")
        and not any(_FORMER.fullmatch(c.text) for c in t.children)
        and (_is_of(t, of) or _is_its(t) or (verb not in _verbs() | _making() and not _is_of_another(t)))
        and _is_named(t)
        for t in sentence
    )


def named_in_post(post: str, of: Set[str], asked: Set[str], sentence: Doc) -> bool:
    """Whether `sentence` names somebody who is not `asked` about (stems) in a post, or another word for it, of a thing
    that a question has, `of` by its lemmas: "Lind’s lawyer, Ann Roe", "the school’s principal, Ann Roe"."""
    wanted = lemma(post)
    things = of - {wanted}
    return any(
        t.tag_.startswith("NN")
        and (same_root(lemma(t.text), wanted) or (lemma(t.text), wanted) in classes().synonyms)
        and not any(_FORMER.fullmatch(c.text) for c in t.children)
        and any(_is_of(t, thing) for thing in things)
        and any(n.tag_.startswith("NNP") and stem(n.text) not in asked for n in _names_beside(t))
        for t in sentence
    )


def names_maker(verb: str, sentence: str) -> bool:
    """Whether a sentence may say by whom a thing is of which a question asks who made it, by its verb's lemma."""
    return verb in _making() and _MAKER.search(sentence) is not None


def is_by(of: str, sentence: Doc) -> bool:
    """Whether `sentence` says by whom or whose a thing is, by its lemma: "a bill by Ann Roe", "Ann Roe’s inquiry"."""
    return any(
        t.tag_.startswith("NN")
        and same_root(lemma(t.text), of)
        and any(
            u.tag_.startswith("NNP")
            for by in t.children
            for u in (by.children if by.lower_ == "by" else (by,) if by.dep_ == "poss" else ())
        )
        for t in sentence
    )


def _is_of(post: Token, thing: str) -> bool:
    joined = [post, *(t for t in post.children if t.dep_ == "conj")]
    below = [u for p in joined for c in p.children if c.lower_ in _OF or c.dep_ in _BEFORE for u in c.subtree]
    return any(same_root(lemma(u.text), thing) for u in below)


def _is_its(post: Token) -> bool:
    return any(t.tag_ == "PRP$" for t in post.children)


def _is_of_another(post: Token) -> bool:
    """Whether a post is told to be that of something, by more than a pronoun."""
    of = [t for t in post.children if t.lower_ in _OF or t.dep_ == "poss"]
    return any(t.tag_ != "PRP$" for t in of)


def _is_named(post: Token) -> bool:
    """Whether a name stands beside a post, or is said to be it."""
    return any(t.tag_.startswith("NNP") for t in _names_beside(post))


def _names_beside(post: Token) -> list[Token]:
    beside = [t for t in post.children if t.dep_ in ("appos", "compound")]
    if post.dep_ in ("appos", "compound", "attr"):
        beside += [post.head, *(t for t in post.head.children if t.dep_ in ("nsubj", "attr"))]
    elif post.dep_ == "nsubj":
        beside += [t for t in post.head.children if t.dep_ == "attr"]
    return beside


@cache
def _verbs() -> frozenset[str]:
    return frozenset(lemma(word) for word in _VERBS.split())


@cache
def _making() -> frozenset[str]:
    return frozenset(lemma(word) for word in _MAKING.split())


@cache
def _posts() -> frozenset[str]:
    return frozenset(lemma(word) for word in _POSTS.split())
