"""The clause around a word, by a dependency parse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.annotation.time.lexicon import SAYING, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Labels of ClearNLP's dependencies, as spaCy's English models give them.
_CLAUSAL = frozenset(("ROOT", "relcl", "advcl", "ccomp", "acl", "conj", "parataxis", "pcomp", "csubj", "dep", "appos"))
_OF_ITS_OWN = frozenset(("relcl", "advcl", "ccomp", "conj", "parataxis", "acl"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "expl"))
_BESIDE = frozenset(("since", "before", "after", "until", "despite", "following", "than", "like", "unlike"))
_PREMODIFIERS = frozenset(("nmod", "compound", "nummod"))
_OF_THING = frozenset(("about", "for", "from", "into", "of", "on", "over", "to"))
_PARTS = word_set(
    "morning afternoon evening night eve day week weekend month year spring summer autumn fall winter start beginning "
    "middle end close rest course"
)
_AT_THE_TIME = frozenset(("when", "as", "while"))
_MONTH_DAY = re.compile(r"[A-Za-z]+\.?\s\d{1,2}\b|\d{1,2}(?:st|nd|rd|th)?\s[A-Za-z]+")
_BEFORE_YEAR = frozenset(
    ("in", "since", "until", "till", "before", "after", "during", "through", "by", "from", "to", "of")
)
_LOOSE = frozenset(("punct", "cc", "mark"))
_STATES = frozenset(("is", "are", "’s", "'s", "’re", "'re", "has", "have", "remains", "remain"))
_EMPTY = word_set(
    "it this that there here he she they we i was were is are be been in on at by of the a an and to from until since "
    "before after during not only just also"
)


def is_verb(token: Token) -> bool:
    """By the Penn tag: the parser is loaded without what gives coarse parts of speech."""
    return token.tag_.startswith("VB") or token.tag_ == "MD"


def governor(doc: Doc, start: int, end: int) -> Token | None:
    """The head of the clause that holds the characters `start`..`end` of a sentence: its verb, or the root without one.

    Where the date belongs to a thing that the clause only measures against ("since the strike of 1997") or tells of ("a
    hearing on the Dec. 4 fire"), the noun.
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if (thing := _dated_thing(span)) is not None:
        return thing
    token = span.root
    while token.dep_ != "ROOT":
        if token.dep_ == "pobj" and token.head.lower_ in _BESIDE and not (span.start <= token.i < span.end):
            return token  # "nobody came after the fire of 1997": what is dated is the fire
        if is_verb(token) and token.dep_ in _CLAUSAL and not (span.start <= token.i < span.end):
            break
        token = token.head
    # "was cancelled": the auxiliary hangs on the verb; "helped defuse": what is helped with belongs to the helping.
    # "called for it to be restarted", "asked them to leave": who called and who asked belong to it.
    while (token.dep_ in ("xcomp", "aux", "auxpass") or _is_infinitive_of(token)) and token.head is not token:
        token = token.head
    return token


def _premodified(span: Span) -> Token | None:
    """The noun that a date stands before: "the Dec. 4 — fire", "2019 — champion Ann Lowe"."""
    noun = span.root.head
    before = span.root.dep_ in _PREMODIFIERS and noun.i >= span.end and noun.tag_.startswith("NN")
    return noun if before else None


def _dated_thing(span: Span) -> Token | None:
    """The noun that a day belongs to and not to the clause: "jailed for the Dec. 4 fire", "a verdict in it"."""
    noun = _premodified(span)
    if noun is None or noun.dep_ != "pobj" or not _MONTH_DAY.match(span.text):
        return None
    of = noun.head
    if of.head.lower_ in _PARTS:
        return None  # "at the start of the May 3 meeting" says when
    return noun if of.lower_ in _OF_THING or (of.lower_ == "in" and of.head.tag_.startswith("NN")) else None


def names_period_of(doc: Doc, start: int, end: int) -> bool:
    """Whether a quarter or half year tells of what period something is that is told of: "reported third-quarter sales";
    "third-quarter sales rose" does tell when."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or span.root.lower_ not in ("quarter", "half"):
        return False
    noun = _premodified(span)
    return noun is not None and noun.dep_ in ("dobj", "pobj")


def names_year_of(doc: Doc, start: int, end: int) -> bool:
    """Whether a year stands before whom it tells apart: "by 2019 champion Ann Lowe", not "in 2019 prices rose"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span) != 1 or not span.text.isdigit() or span.end == len(doc):
        return False
    before = doc[span.start - 1] if span.start else None
    if before is not None and before.dep_ == "agent" and doc[span.end].tag_.startswith("NN"):
        return True  # nothing is done by a year, however it is parsed
    if _premodified(span) is None:
        return False
    return before is None or before.lower_ not in _BEFORE_YEAR


def is_meant_for(doc: Doc, start: int, end: int) -> bool:
    """Whether the date at `start`..`end` says which thing is meant: "the figures for this year", "plans for 2027"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or span.root.dep_ != "pobj" or span.root.head.lower_ != "for":
        return False
    meant_for = span.root.head
    return meant_for.i > 0 and doc[meant_for.i - 1].tag_.startswith("NN")  # whatever the parser hangs it on


def means_nowadays(verb: Token, doc: Doc, start: int, end: int) -> bool:
    """Whether "today" before "is" or "has" means these times: "today she is the sixteenth in line"."""
    return doc.text[start:end].lower() == "today" and verb.lower_ in _STATES and verb.idx >= end


def is_command(verb: Token) -> bool:
    """Whether a clause tells somebody to do something: "Ask me again at the weekend"."""
    if verb.tag_ != "VB" or verb.dep_ != "ROOT":
        return False
    return not any(child.dep_ in (*_SUBJECTS, "aux", "auxpass") and child.lower_ != "do" for child in verb.children)


def tells_which(verb: Token, doc: Doc, start: int, end: int) -> bool:
    """Whether the date at `start`..`end` says which thing is meant of which something else is told now: "the clock of
    1612 has not been found", "it replaces the car of 2022"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if not is_verb(verb) or span is None or span.root.dep_ != "pobj" or span.root.head.lower_ != "of":
        return False
    of = span.root.head.head
    if not of.tag_.startswith("NN") or of.lower_ in _PARTS:
        return False  # "on the night of 14 February 1942" says when
    words = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    return any(word.tag_ in ("VBZ", "VBP", "MD") for word in words)


def describes_thing(doc: Doc, start: int, end: int) -> bool:
    """Whether the expression at `start`..`end` is an adjective: "overnight stays"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span) > 1 or not span.root.is_lower or span.end >= len(doc):
        return False
    return doc[span.end].tag_ in ("NN", "NNS")


def _is_infinitive_of(token: Token) -> bool:
    """Whether a verb is an infinitive that another verb or its preposition governs."""
    if not any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children):
        return False
    for_it = token.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ == "for" for child in token.children)
    if token.dep_ not in ("ccomp", "pcomp") and not for_it:
        return False
    return token.head.dep_ == "prep" or is_verb(token.head)


def told(root: Token) -> Token:
    """What is said, where a sentence ends with who said it ("Talks failed, officials said"), else its own verb."""
    if root.lower_ in SAYING:
        for child in root.children:
            if child.dep_ == "ccomp" and child.i < root.i and is_verb(child):
                return child
    return root


def leads_in(verb: Token, doc: Doc, start: int, end: int) -> bool:
    """Whether the date at `start`..`end` stands in a clause that says when that of `verb` was, or leads up to it: "When
    the lamp was lit in 1871, they came", "The war ended in 1918; they came"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or verb.tag_ not in ("VBD", "VBN"):
        return False
    if any(child.dep_ == "aux" and child.lower_ in ("has", "have", "is", "are", "will") for child in verb.children):
        return False
    for child in verb.children:
        if not is_verb(child) or not any(token.i == span.root.i for token in child.subtree):
            continue
        when = any(mark.lower_ in _AT_THE_TIME and mark.dep_ in ("advmod", "mark") for mark in child.children)
        if child.dep_ == "advcl":
            return when or child.i < verb.i
        return child.dep_ in ("ccomp", "parataxis") and child.i < verb.i and verb.lower_ not in SAYING
    return False


def clause(verb: Token, doc: Doc, start: int, end: int) -> tuple[int, int]:
    """First and last character (exclusive) of the clause of `verb` that holds the characters `start`..`end`."""
    kept = _kept(verb)
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        kept |= _shared_subject(verb)
    if verb.dep_ in ("relcl", "acl"):
        kept |= _antecedent(verb)
    tokens = sorted(kept)
    while len(tokens) > 1 and (doc[tokens[0]].dep_ in _LOOSE or doc[tokens[0]].is_punct) and doc[tokens[0]].i != verb.i:
        if doc[tokens[0]].idx >= start or _opens(doc, tokens):
            break
        tokens.pop(0)
    while len(tokens) > 1 and (doc[tokens[-1]].is_punct or doc[tokens[-1]].dep_ == "cc") and doc[tokens[-1]].idx >= end:
        tokens.pop()
    first, last = doc[tokens[0]], doc[tokens[-1]]
    return min(first.idx, start), max(_closed(doc, first, last), end)


def _closed(doc: Doc, first: Token, last: Token) -> int:
    """Where the clause ends, with the mark that closes what it opened."""
    words = [token.text for token in doc[first.i : last.i + 1]]
    closing = "”" if words.count("“") > words.count("”") else '"' if words.count('"') % 2 else None
    if closing is not None:
        for token in doc[last.i + 1 : last.i + 3]:
            if token.text == closing:
                return int(token.idx + len(token))
    return int(last.idx + len(last))


def _opens(doc: Doc, tokens: list[int]) -> bool:
    """Whether an opening mark at the front has its closing one inside."""
    pairs = {"“": "”", "(": ")", '"': '"', "‘": "’"}
    mark = doc[tokens[0]].text
    closing = pairs.get(mark)
    if mark == closing:
        return sum(doc[i].text == mark for i in range(tokens[0], tokens[-1] + 1)) % 2 == 0
    return closing is not None and any(doc[i].text == closing for i in tokens[1:])


def _kept(verb: Token) -> set[int]:
    """The tokens of a verb's clause without those of the clauses under it, save what a saying says."""
    kept = {verb.i}
    for child in verb.children:
        if child.dep_ in _OF_ITS_OWN and is_verb(child):
            # What is said belongs to the saying, before it too: "The road is shut, he said on Friday".
            # And what is thought, found or shown stands behind it: "In 2017 I thought that it would burn".
            complement = child.dep_ == "ccomp" and (verb.lower_ in SAYING or child.i > verb.i)
            if complement or _is_infinitive_of(child):
                kept |= {t.i for t in child.subtree}
            continue
        kept |= {t.i for t in child.subtree}
    return kept


def _shared_subject(verb: Token) -> set[int]:
    head = verb
    while head.dep_ == "conj" and head.head is not head:
        head = head.head
        subjects = [child for child in head.children if child.dep_ in _SUBJECTS]
        if subjects:
            return {i for i in range(min(t.i for t in subjects[0].subtree), verb.i)}
    return set()


def _antecedent(verb: Token) -> set[int]:
    noun = verb.head
    lefts = [t.i for child in noun.lefts for t in child.subtree]
    first = min([noun.i, *lefts])
    return set(range(first, verb.i)) if first < verb.i else set()


def wider(verb: Token, doc: Doc, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The clause at `first` to `last`, with the one above it where by itself it says nothing but its date at `start` to
    `end` and at most one word: "writing in 1911", "It was in May that"."""
    if not is_verb(verb):
        return first, last
    words = [token for token in doc if first <= token.idx < last and not start <= token.idx < end and token.is_alpha]
    said = [word for word in words if word.lower_ not in _EMPTY]
    if len(said) > 1 or (said and any(child.dep_ in _SUBJECTS for child in verb.children)):
        return first, last
    if verb.dep_ == "ROOT":
        whole = [token for token in verb.sent if not token.is_punct]
        return min(first, whole[0].idx), max(last, whole[-1].idx + len(whole[-1]))
    return with_governor(verb.head, doc, first, last)


def with_governor(above: Token, doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The clause at `first` to `last` together with the one that `above` belongs to."""
    while above.dep_ != "ROOT" and not is_verb(above):
        above = above.head
    begins, ends = clause(above, doc, above.idx, above.idx + len(above))
    return min(first, begins), max(last, ends)
