"""Whether a clause tells of what was, will be, might be or was not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from retrieval.annotation.time.lexicon import word_set
from retrieval.schema import EventStatus, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span, Token

_WILL = frozenset(("will", "'ll", "’ll", "shall", "wo", "sha"))
_MIGHT = frozenset(("may", "might", "could", "can", "should", "ought", "would", "'d", "’d", "must"))
_SET = word_set(
    "scheduled due slated planned expected set supposed plans plan planning expects expect intends intend intended "
    "agreed going promised vowed pledged arranged projected timetabled booked"
)
_WISHES = word_set(
    "hopes hope hoped wants want wanted wishes considers considering considered proposes proposed proposing suggests "
    "suggested seeks seeking threatens threatened urged urges likely unlikely possible asked demanded recommended "
    "called"
)
_WISHES_THAT = word_set(
    "advise advised advises advising ask asked asks asking demand demanded demands demanding insist insisted insists "
    "insisting move moved order ordered orders ordering propose proposed proposes proposing recommend recommended "
    "recommends recommending request requested requests requesting require required requires requiring suggest "
    "suggested suggests suggesting urge urged urges urging agree agreed wish wished rule ruled vote voted"
)
_UNDONE = word_set(
    "cancelled canceled scrapped abandoned aborted averted foiled shelved withdrawn axed dropped thwarted cancels "
    "cancel"
)
_MOVES = word_set(
    "moved postponed delayed deferred rescheduled pushed put brought shifted extended adjourned set fixed chose picked "
    "announced named scheduled"
)
_CONDITIONS = frozenset(("if", "unless", "whether", "lest"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without"))
_PAST_TAGS = frozenset(("VBD", "VBN"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl"))


def status_of(verb: Token, when: TimeSpan, published: date | None, dated: Span | None) -> EventStatus:
    """The status of the happening that the clause of `verb` dates to `when` by the words `dated`, None without any."""
    chain = list(_chain(verb))
    words = {t.lower_ for t in chain}
    auxiliaries = {child.lower_ for t in chain for child in t.children if child.dep_ in ("aux", "auxpass")}
    if verb.tag_ in _PAST_TAGS and "have" not in auxiliaries:
        auxiliaries -= {"'d", "’d"}  # "I'd planned it"
    if negated(chain) or _is_untrue(verb):
        return EventStatus.HYPOTHETICAL if _is_ruling_out(verb) else EventStatus.DENIED
    known = when.first or when.last
    ahead = published is not None and known is not None and known > published
    if _is_undone(verb) and (ahead or _is_of_subject(verb, dated)):
        return EventStatus.DENIED
    if _conditional(verb):
        return EventStatus.HYPOTHETICAL
    if _is_wished(verb, auxiliaries):
        return EventStatus.HYPOTHETICAL
    if _is_plan_for(verb, dated):
        undone = verb.dep_ in ("acl", "relcl") and _is_undone(verb.head.head)
        return EventStatus.DENIED if undone else EventStatus.SCHEDULED
    if auxiliaries & _WILL:
        return EventStatus.SCHEDULED
    if words & _WISHES and not _is_own_event(verb, when, published):
        return EventStatus.HYPOTHETICAL
    if auxiliaries & _MIGHT:
        return _of_modal(verb, auxiliaries, ahead)
    going_on = published is not None and when.last is not None and when.last > published
    if words & _SET and (
        ahead
        or (going_on and verb.tag_ in ("VBZ", "VBP"))
        or (_looks_forward(verb) and not _was_then(verb, when, published, dated))
    ):
        return EventStatus.SCHEDULED
    if _is_to(verb):
        return EventStatus.DENIED if _was_to_have(verb) else EventStatus.SCHEDULED
    if ahead and words & _MOVES:
        return EventStatus.SCHEDULED  # "moved the vote to 5 May"
    # "ordered the firm to pay by 3 January": ordered is done, the paying is not.
    to_come = ahead and (verb.tag_ != "VBD" or _looks_forward(verb))
    return EventStatus.SCHEDULED if to_come else EventStatus.HAPPENED


def is_present(verb: Token) -> bool:
    """Whether a clause tells of what is so now: "do not read", "is not"; "has not read" and "will not" do not."""
    words = [verb, *(child for child in verb.children if child.dep_ in ("aux", "auxpass"))]
    forms = {word.lower_ for word in words}
    present = any(word.tag_ in ("VBZ", "VBP") for word in words)
    return present and not forms & (_WILL | _MIGHT | {"has", "have", "'ve", "’ve"})


def is_perfect(verb: Token) -> bool:
    """Whether a clause tells in the perfect of what is done: "has sold it"."""
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have", "'s", "’s") for child in verb.children)


def _is_untrue(verb: Token) -> bool:
    """ "It is not true that he met her in May"."""
    head = verb.head
    words = {child.lower_ for child in head.children}
    if verb.dep_ not in ("ccomp", "csubj") or not words & {"true", "case", "untrue", "false"}:
        return False
    return negated([head]) is not bool(words & {"untrue", "false"})


def _is_undone(verb: Token) -> bool:
    """ "was cancelled", "called off", "ruled out"."""
    called_off = verb.lower_ in ("called", "call", "calls", "calling") and any(c.lower_ == "off" for c in verb.children)
    return called_off or verb.lower_ in _UNDONE or _is_ruling_out(verb)


def _is_ruling_out(verb: Token) -> bool:
    """ "ruled out a strike": who did not rule it out leaves it open."""
    out = any(child.lower_ == "out" for child in verb.children)
    return verb.lower_ in ("exclude", "excluded", "preclude") or (verb.lower_.startswith("rul") and out)


def _is_of_subject(verb: Token, dated: Span | None) -> bool:
    """Whether a date is that of what was undone ("the visit on Friday was cancelled"), not of its undoing."""
    things = [child for child in verb.children if child.dep_ in ("nsubjpass", "dobj")]
    return dated is None or any(token.i == dated.root.i for thing in things for token in thing.subtree)


def _is_wished(verb: Token, auxiliaries: set[str]) -> bool:
    """The subjunctive: "advised that the valve be replaced", "demanded that he resign"."""
    if verb.dep_ != "ccomp" or auxiliaries - {"be", "not"}:
        return False
    if not any(child.dep_ in _SUBJECTS for child in verb.children):
        return False
    return verb.head.lower_ in _WISHES_THAT and (
        verb.tag_ in ("VB", "VBP") or verb.lower_ == "be" or "be" in auxiliaries
    )


def _is_plan_for(verb: Token, dated: Span | None) -> bool:
    """ "planned for 20 August", "was scheduled for November": when it was to be, whatever became of it."""
    if verb.lower_ not in _SET or dated is None:
        return False
    before = [child for child in verb.children if child.dep_ == "prep" and child.lower_ in ("for", "to")]
    return any(token.i == dated.root.i for child in before for token in child.subtree)


def _chain(verb: Token) -> Iterator[Token]:
    """The verb and its own complements: "plans — to visit", "is — likely — to fall"."""
    yield verb
    for child in verb.children:
        if child.dep_ in ("xcomp", "acomp", "oprd") or (child.dep_ == "attr" and child.tag_ == "JJ"):
            yield child


def negated(chain: list[Token]) -> bool:
    """Whether a verb or one of its complements is denied: "did not come", "no meeting took place"."""
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


def _was_to_have(verb: Token) -> bool:
    """ "was to have reopened": it did not."""
    return any(
        child.dep_ == "xcomp" and {"to", "have"} <= {c.lower_ for c in child.children if c.dep_ == "aux"}
        for child in verb.children
    )


def _was_then(verb: Token, when: TimeSpan, published: date | None, dated: Span | None) -> bool:
    """Whether a plan was made on its date: "agreed on Monday to sell it", but not "agreed to sell it on Monday"."""
    planned = (token for child in verb.children if child.dep_ == "xcomp" for token in child.subtree)
    of_plan = dated is not None and any(token.i == dated.root.i for token in planned)
    return verb.tag_ == "VBD" and not of_plan and _is_own_event(verb, when, published)


def _is_own_event(verb: Token, when: TimeSpan, published: date | None) -> bool:
    """ "urged on Monday": the date is that of the urging, where it is over and hangs on the urging itself."""
    over = published is not None and when.last is not None and when.last <= published
    return over and verb.tag_ in _PAST_TAGS
