"""Whether a clause tells of what was, will be, might be or was not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retrieval.annotation.time.lexicon import word_set
from retrieval.schema import EventStatus, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_WILL = frozenset(("will", "'ll", "’ll", "shall", "wo", "sha"))
_MIGHT = frozenset(("may", "might", "could", "can", "should", "ought", "would", "'d", "’d", "must"))
_SET = word_set(
    "scheduled due slated planned expected set supposed plans plan planning expects expect intends intend agreed "
    "going promised vowed pledged arranged projected timetabled booked"
)
_WISHES = word_set(
    "hopes hope hoped wants want wanted wishes considers considering considered proposes proposed proposing suggests "
    "suggested seeks seeking threatens threatened urged urges likely unlikely possible asked demanded recommended "
    "called"
)
_UNDONE = word_set(
    "cancelled canceled scrapped abandoned aborted averted foiled shelved withdrawn axed dropped thwarted cancels "
    "cancel"
)
_CONDITIONS = frozenset(("if", "unless", "whether", "lest"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without"))
_PAST_TAGS = frozenset(("VBD", "VBN"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))


def status_of(verb: Token, when: TimeSpan, published: date | None) -> EventStatus:
    """The status of the happening that the clause of `verb` dates to `when`."""
    chain = list(_chain(verb))
    words = {t.lower_ for t in chain}
    auxiliaries = {child.lower_ for t in chain for child in t.children if child.dep_ in ("aux", "auxpass")}
    if _negated(chain):
        return EventStatus.DENIED
    if words & _UNDONE and (auxiliaries & {"was", "were", "been", "being", "is", "are"} or verb.tag_ in _PAST_TAGS):
        return EventStatus.DENIED
    if verb.lower_ == "called" and any(child.lower_ == "off" for child in verb.children):
        return EventStatus.DENIED
    if _conditional(verb):
        return EventStatus.HYPOTHETICAL
    ahead = published is not None and when.first is not None and when.first > published
    if auxiliaries & _WILL:
        return EventStatus.SCHEDULED
    if words & _WISHES and not _is_own_event(verb, when, published):
        return EventStatus.HYPOTHETICAL
    if auxiliaries & _MIGHT:
        return _of_modal(verb, auxiliaries, ahead)
    if words & _SET and (ahead or _looks_forward(verb)):
        return EventStatus.SCHEDULED
    if _is_to(verb):
        return EventStatus.SCHEDULED
    return EventStatus.SCHEDULED if ahead and verb.tag_ != "VBD" else EventStatus.HAPPENED


def _chain(verb: Token) -> Iterator[Token]:
    """The verb and its own complements: "plans — to visit", "is — likely — to fall"."""
    yield verb
    for child in verb.children:
        if child.dep_ in ("xcomp", "acomp", "oprd") or (child.dep_ == "attr" and child.tag_ == "JJ"):
            yield child


def _negated(chain: list[Token]) -> bool:
    for token in chain:
        if any(child.dep_ == "neg" or child.lower_ in ("never", "not") for child in token.children):
            return True
    # "No meeting took place", "none of them came"
    for child in chain[0].children:
        if child.dep_ in _SUBJECTS and (
            child.lower_ in ("none", "nobody", "nothing", "neither")
            or any(left.lower_ == "no" and left.dep_ in ("det", "neg") for left in child.lefts)
        ):
            return True
    return False


def _conditional(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in verb.children)


def _of_modal(verb: Token, auxiliaries: set[str], ahead: bool) -> EventStatus:
    would = auxiliaries & {"would", "'d", "’d"} and not auxiliaries & {"have"}
    # "said the talks would resume on Friday" is a plan retold, "would collapse if" is not.
    if would and (ahead or verb.dep_ in ("ccomp", "relcl")) and not _has_condition(verb):
        return EventStatus.SCHEDULED
    if auxiliaries & {"must"} and ahead:
        return EventStatus.SCHEDULED
    if auxiliaries & {"could", "can"} and not ahead and not auxiliaries & {"have"}:
        return EventStatus.HAPPENED if "could" in auxiliaries else EventStatus.HYPOTHETICAL
    return EventStatus.HYPOTHETICAL


def _has_condition(verb: Token) -> bool:
    return any(child.dep_ == "advcl" and _conditional(child) for child in verb.children)


def _looks_forward(verb: Token) -> bool:
    """Whether an infinitive follows: "was due to meet", "is expected to fall"."""
    return any(child.dep_ == "xcomp" and any(c.lower_ == "to" for c in child.children) for child in verb.children)


def _is_to(verb: Token) -> bool:
    """ "is to meet", "were to sign"."""
    return verb.lower_ in ("is", "are", "was", "were") and _looks_forward(verb)


def _is_own_event(verb: Token, when: TimeSpan, published: date | None) -> bool:
    """ "urged on Monday": the date is that of the urging, where it is over and hangs on the urging itself."""
    over = published is not None and when.last is not None and when.last <= published
    return over and verb.tag_ in _PAST_TAGS
