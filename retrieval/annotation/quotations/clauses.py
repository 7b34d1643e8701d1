"""Cue verbs in a parsed sentence: their clause, their speaker, their content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.circumstances import addressee_of, manner_of
from retrieval.annotation.quotations.content import content_of, content_runs, is_passive, subtree
from retrieval.annotation.quotations.cues import Cue, Frame, Lexicon
from retrieval.annotation.quotations.speaking import is_reduced_passive, joined_to, speaker_of, subject_by_position
from retrieval.annotation.quotations.unsaid import is_unsaid
from retrieval.annotation.quotations.unspoken import is_phrase, is_unspoken
from retrieval.schema import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ADJECTIVAL = ("amod", "compound", "aux", "auxpass", "case", "prep")
_SPEAKING_PARTICLES = ("out", "back", "on", "forth", "in")
_NOBODY = ("nobody", "none", "neither", "nothing")
_DENY = frozenset(("deny", "denies", "denied", "denying"))
_THANKED = ("goodness", "god", "heaven", "heavens")
_RETURN = frozenset(("return", "returned", "answer", "answered"))
_BE = frozenset(("is", "are", "was", "were"))
_AUXILIARY = ("aux", "auxpass", "neg", "prt")


@dataclass(frozen=True, slots=True)
class Clause:
    """An act of saying, as token positions of its sentence.

    ``runs`` are the content, half-open; ``speaker`` the head of the noun phrase that speaks; ``antecedent`` the noun
    that a relative pronoun takes up, where the speaker is one.
    """

    cue: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    speaker: int | None
    antecedent: int | None = None
    addressee: int | None = None
    manner: tuple[int, int] | None = None
    stance: Stance = Stance.SAID
    quotes: bool = False


def clauses(doc: Doc, lexicon: Lexicon, quoted: Sequence[bool]) -> Iterator[Clause]:
    """The acts of saying of `doc` that have a verb outside quotation marks."""
    silenced: set[int] = set()
    for verb in doc:
        if quoted[verb.i] or not verb.tag_.startswith("V") or verb.dep_ in _ADJECTIVAL:
            continue
        clause = _silence(verb, lexicon) if verb.lower_ in lexicon.silent else _no_comment(verb, lexicon)
        if clause is not None:
            silenced |= {i for s, e in clause.runs for i in range(s, e)}
            yield clause
            continue
        cue = lexicon.verbs.get(verb.lower_)
        if (
            cue is not None
            and cue.lemma == "point"
            and any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
        ):
            cue = replace(cue, frames=cue.frames | {Frame.CLAUSE})  # "pointed out that"
        if cue is not None and verb.i not in silenced and (clause := _clause(verb, cue, lexicon, quoted)) is not None:
            yield clause


def cue_tokens(verb: Token) -> tuple[int, ...]:
    """The verb with its auxiliaries, its negation and its particle: "did not say", "pointed out"."""
    return tuple(sorted({verb.i, *(c.i for c in verb.children if c.dep_ in _AUXILIARY or c.lower_ == "never")}))


def antecedent_of(verb: Token, speaker: Token | None) -> int | None:
    """The noun before a relative clause whose subject is "who"."""
    if speaker is None or speaker.tag_ not in ("WP", "WDT"):
        return None
    while verb.dep_ not in ("relcl", "ROOT") and joined_to(verb).i != verb.i:
        verb = joined_to(verb)
    return int(verb.head.i) if verb.dep_ == "relcl" else None


def stance_of(verb: Token, cue: Cue, lexicon: Lexicon) -> Stance:
    """What the clause says the speaker did: "denied", "did not say", "did not respond to a request"."""
    if _said_by_nobody(verb) or _is_left_open(verb) or _is_left_out(verb):
        return Stance.NOT_SAID
    if not any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children):
        return cue.stance
    if cue.lemma in lexicon.unanswered and any(t.lower_ in lexicon.requests for t in verb.subtree):
        return Stance.DECLINED
    return Stance.NOT_SAID


def _is_left_open(verb: Token) -> bool:
    """ "Nobody knows if Roe said", "could not confirm whether Roe said", "denied that Roe said"."""
    if any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in verb.children):
        return True
    over = verb.head
    return verb.dep_ == "ccomp" and over.lower_ in _DENY and not any(c.dep_ == "neg" for c in over.children)


def _said_by_nobody(verb: Token) -> bool:
    """ "Nobody said", "No minister has ever said", "Neither of them said"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    return subject.lower_ in _NOBODY or any(c.lower_ in ("no", "neither") for c in subject.lefts)


def _is_admitted(verb: Token, cue: Cue) -> bool:
    """ "Did not deny that …", "Nobody disputes that …": it is not said, and is not left unsaid either."""
    denied = any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children)
    return cue.stance is Stance.DENIED and (denied or _said_by_nobody(verb) or _is_left_out(verb))


def _is_left_out(verb: Token) -> bool:
    """ "Without saying why"."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "without"


def _is_asked(verb: Token) -> bool:
    """ "Asked about the toll, Roe said", "Roe, asked about it, said": who asks stays open, and what is a topic."""
    if verb.lower_ not in ("asked", "questioned", "pressed") or verb.i + 1 >= len(verb.doc):
        return False
    opens = verb.i == 0 or (verb.nbor(-1).is_punct and not verb.nbor(-1).is_quote)
    return opens and verb.nbor(1).lower_ in ("about", "on", "by", "for", "whether", "if", "why", "how", "what")


def _clause(verb: Token, cue: Cue, lexicon: Lexicon, quoted: Sequence[bool]) -> Clause | None:
    if _is_asked(verb) or is_unsaid(verb) or _is_admitted(verb, cue) or is_phrase(verb):
        return None
    tokens = content_of(verb, cue, quoted)
    speaker = speaker_of(verb)
    if speaker is not None and quoted[speaker.i]:
        speaker = subject_by_position(verb)  # "“That,” he said, “is all”": what is quoted does not speak
        speaker = None if speaker is not None and quoted[speaker.i] else speaker
    if speaker is None and Frame.PREDICATE in cue.frames and is_reduced_passive(verb):
        return None  # "a company called Acme"
    if _is_no_telling(verb, cue, tokens, speaker, quoted) or (not quoted[verb.i] and _is_in_question(verb, speaker)):
        return None
    runs = content_runs(verb.doc, tokens - _own_tokens(verb, speaker))
    if not runs:
        return None
    return Clause(
        cue=cue_tokens(verb),
        runs=runs,
        speaker=speaker.i if speaker is not None else None,
        antecedent=antecedent_of(verb, speaker),
        addressee=addressee_of(verb, cue, passive=is_passive(verb)),
        manner=manner_of(verb, tokens),
        stance=stance_of(verb, cue, lexicon),
        quotes=Frame.QUOTE in cue.frames,
    )


def _is_in_question(verb: Token, speaker: Token | None) -> bool:
    """ "Did Roe say that it was late?": whoever asks does not say that he did."""
    asks = any(t.text == "?" for t in verb.doc[max(verb.i, len(verb.doc) - 3) :])
    if asks and verb.head.lower_ in _BE and any(c.tag_ == "TO" for c in verb.children):
        return True  # "Is it right to ask him to go?"
    return asks and speaker is not None and any(c.dep_ == "aux" and c.i < speaker.left_edge.i for c in verb.children)


def _is_no_telling(verb: Token, cue: Cue, content: set[int], speaker: Token | None, quoted: Sequence[bool]) -> bool:
    """Whether a noun phrase is only what somebody might bring up ("to discuss fares"), or who does stays open.

    A clause or quoted words are taken for speech all the same: "to say that", "it was announced that".
    """
    if verb.lower_ == "thank" and any(verb.doc[i].lower_ in _THANKED for i in content):
        return True
    marked = any(quoted[i] for i in content) or any(c.dep_ == "ccomp" and c.i in content for c in verb.children)
    if not marked and is_unspoken(verb, cue, speaker):
        return True
    if marked or any(c.dep_ == "xcomp" and c.i in content for c in verb.children):
        return False
    if any(c.dep_ == "prt" and c.lower_ not in _SPEAKING_PARTICLES for c in verb.children):
        return True  # "called off the match"
    unreal = _is_left_out(verb) or any(c.dep_ == "aux" and c.tag_ in ("TO", "MD") for c in verb.children)
    return unreal or (speaker is None and is_passive(verb))


def _silence(verb: Token, lexicon: Lexicon) -> Clause | None:
    """ "Declined to comment on X": the infinitive is what is recorded."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i and child.lower_ in lexicon.silent_infinitives:
            speaker = speaker_of(verb)
            runs = content_runs(verb.doc, subtree(child))
            if runs:
                return Clause(
                    cue=cue_tokens(verb),
                    runs=runs,
                    speaker=speaker.i if speaker is not None else None,
                    antecedent=antecedent_of(verb, speaker),
                    stance=Stance.DECLINED,
                )
    return None


def _no_comment(verb: Token, lexicon: Lexicon) -> Clause | None:
    """ "Would not comment", "had no comment": what was not done is what is recorded."""
    begins = _silent_from(verb, lexicon)
    speaker = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if begins is None or speaker is None:
        return None
    cue = tuple(i for i in cue_tokens(verb) if i < begins)
    runs = content_runs(verb.doc, {t.i for t in verb.subtree if t.i >= begins} - {*cue})
    if not runs or not cue:
        return None
    return Clause(
        cue=cue, runs=runs, speaker=speaker.i, antecedent=antecedent_of(verb, speaker), stance=Stance.DECLINED
    )


def _silent_from(verb: Token, lexicon: Lexicon) -> int | None:
    """Where a clause begins to tell what somebody did not do instead of speaking: "could not be | reached for comment",
    "did not | return calls"; None where it tells of no silence."""
    denied = any(c.dep_ == "neg" for c in verb.children)
    if denied and verb.lower_ in lexicon.mute:
        return int(verb.i)
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if thing is not None:
        if denied and verb.lower_ in _RETURN and thing.lower_ in lexicon.requests:
            return int(verb.i)
        none = thing.lower_ in lexicon.mute and any(c.lower_ == "no" for c in thing.lefts)
        return int(verb.i) + 1 if none else None
    if not any(t.lower_ in lexicon.mute for t in verb.subtree):
        return None
    if denied and verb.lower_ == "reached":
        return int(verb.i)
    known = {c.lower_ for c in verb.children}
    away = verb.lower_ in _BE and ("unavailable" in known or (denied and "available" in known))
    return int(verb.i) + 1 if away else None


def _own_tokens(verb: Token, speaker: Token | None) -> set[int]:
    """The tokens of the cue clause: the verb, its auxiliaries, its speaker."""
    own = {verb.i}
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass", "neg", "prt", "agent"):
            own |= subtree(child)
    if speaker is not None and speaker.head.i == verb.i and speaker.dep_ == "nsubj":
        own |= subtree(speaker)
    return own
