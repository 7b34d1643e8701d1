"""Noun phrases in a parse: the mention of a speaker, with and without what is put beside it."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def phrase_span(head: Token, avoid: Set[int] = frozenset()) -> tuple[int, int]:
    """The whole noun phrase of `head` with its appositions and relative clauses, clear of the tokens `avoid`."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    for i in range(head.i, first - 1, -1):
        if i in avoid:
            first = i + 1
            break
    for i in range(head.i, last):
        if i in avoid:
            last = i
            break
    return _trim(head, first, _before_cut_word(head, last))


def _before_cut_word(head: Token, last: int) -> int:
    """`last`, or where the clause begins that ends within a word: "a fellow | who co-" of "who co-authored"."""
    doc = head.doc
    inside = head.i + 1 < last < len(doc) and doc[last].text == "-" and not doc[last - 1].whitespace_
    if not inside and not (last > head.i + 1 and doc[last - 1].text == "-"):
        return last
    return next((i for i in range(last - 1, head.i, -1) if doc[i].tag_ in ("WP", "WDT", "WP$")), last)


def mention_span(head: Token, avoid: Set[int] = frozenset()) -> tuple[int, int]:
    """The noun phrase of `head` without appositions, relative clauses and what follows a comma."""
    first, last = phrase_span(head, avoid)
    end = _core_end(head, last)
    for i in range(head.i - 1, first - 1, -1):
        if head.doc[i].text in (",", ";", ":", "—", "–") and not _is_listed(head):
            first = i + 1
            break
    return _trim(head, first, end)


def _core_end(head: Token, limit: int) -> int:
    end = head.i + 1
    for child in sorted(head.rights, key=lambda c: c.i):
        if child.left_edge.i >= limit:
            break
        if child.dep_ in ("prep", "nmod", "nummod", "advmod", "amod", "compound", "case", "npadvmod", "flat") and (
            child.left_edge.i == end
        ):
            end = min(limit, _inner_end(child, limit))
        elif child.dep_ == "conj":
            end = min(limit, _core_end(child, limit))
        elif child.dep_ in ("cc",) or (child.dep_ == "punct" and child.text == "," and _is_listed(head)):
            continue
        elif child.dep_ == "punct" and child.text in ("-", "’", "'"):
            end = max(end, child.i + 1)
        elif child.dep_ == "appos" and child.left_edge.i == end:
            end = min(limit, _core_end(child, limit))
        else:
            break
    return end


def _inner_end(preposition: Token, limit: int) -> int:
    for child in preposition.rights:
        if child.dep_ == "pobj":
            return _core_end(child, limit)
    return min(limit, preposition.right_edge.i + 1)


def _is_listed(head: Token) -> bool:
    return any(child.dep_ == "conj" for child in head.children)


def _trim(head: Token, first: int, last: int) -> tuple[int, int]:
    doc = head.doc
    while last > head.i + 1 and (doc[last - 1].is_punct or doc[last - 1].is_space) and doc[last - 1].text not in ")].":
        last -= 1
    while first < head.i and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ == "cc"):
        first += 1
    return first, last
