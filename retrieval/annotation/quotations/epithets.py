"""Words with a capital before a name that are no part of it: verbs, offices and epithets."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from retrieval.annotation.quotations.cues import lexicon
from retrieval.annotation.quotations.names import Name, is_body, key, title_words

# "Minister for the Environment and" before "Water Jane Roe", "Director of" before "Development Jane Roe".
_OFFICE = re.compile(r"\b([A-Z][\w-]+)\s(?:for|of)\s(?:(?:the|and|of|for|[A-Z][\w’'&-]*,?)\s){0,8}$")
_OFFICE_REACH = 90  # characters before a name


def opens_a_sentence(text: str, at: int) -> bool:
    """Whether a sentence, a line or quoted words begin at `at`."""
    return text[max(0, at - 6) : at].rstrip(" “\"‘'")[-1:] in ("", "\n", ".", "!", "?", ":", "”")


def without_verb(name: Name, lower: Set[str], text: str) -> Name:
    """ "Stated Roe:", "Suddenly Roe …": a word that opens a sentence and is also used in lower case is no name."""
    first = name.words[0]
    if len(name.words) < 2 or not opens_a_sentence(text, name.start) or name.title:
        return name
    says = first.lower() in lexicon().verbs and first.endswith(("s", "ed", "aid"))
    return _shortened(name) if first.lower() in lower or says else name


def without_epithets(names: Sequence[Name], lower: Set[str], text: str) -> dict[Name, Name]:
    """Names without the word before them that is no part of them, by what stands there.

    "Late Jane Roe" is Jane Roe where the article calls her so elsewhere and has the word in lower case (`lower`), or
    it is a participle; "Water Jane Roe" ends an office.
    """
    known = {name.words for name in names if len(name.words) > 1}
    return {
        name: _shortened(name)
        for name in names
        if len(name.words) > 2
        and not is_body(name.words)
        and name.words[1:] in known
        and _is_common(name.words[0], lower)
    } | {name: _shortened(name, len(name.words) - 2) for name in names if _ends_an_office(name, text)}


def _is_common(word: str, lower: Set[str]) -> bool:
    return word.lower() in lower or word.endswith(("ing", "ed"))


def _ends_an_office(name: Name, text: str) -> bool:
    if len(name.words) < 3 or is_body(name.words):
        return False
    office = _OFFICE.search(text, max(0, name.start - _OFFICE_REACH), name.start)
    lists = title_words()
    return office is not None and key(office.group(1)) in lists.persons | lists.ranks | lists.titles


def _shortened(name: Name, by: int = 1) -> Name:
    """The name without its first words; they stand one space apart."""
    start = name.start + sum(len(word) + 1 for word in name.words[:by])
    return Name(start, name.end, name.words[by:], name.title)
