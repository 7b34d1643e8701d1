"""Whether a sentence says yes or no to a question, or tells who denies what it asks."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from retrieval.answering.questions.question_syntax import QuestionSyntax
from retrieval.answering.questions.whether_done import asks_whether_done
from retrieval.answering.sentences.roles import agents, patients
from retrieval.answering.verification.words import classes, lemma, same_root
from retrieval.search.words import content_words, stem, stems

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BE = frozenset(("is", "are", "was", "were"))
_HAVE = frozenset(("has", "have", "had", "is", "are", "was", "were"))
_ASKS_WAS_TO = re.compile(r"\W*(?:is|are|was|were)\s+(?!to\b).{1,80}?\sto\s+(?:have\s+)?[a-z]", re.IGNORECASE)
_UNSURE = frozenset(("may", "might", "could", "would", "should", "can"))
_MODAL = "MD"
_WILL = frozenset(("will", "wo", "'ll", "’ll", "shall"))  # "will not" is a no also to what is asked of the past
_ANYBODY = frozenset(("anyone", "anybody", "someone", "somebody", "people"))
_EMPHASIS = frozenset(("really", "actually", "ever", "too", "also", "truly", "even"))
_NEVER = frozenset(("not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "nor"))
_OPEN = frozenset(("whether", "if", "unless", "until", "almost", "nearly"))
_CONCEDES = frozenset(("though", "although", "while", "whereas"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_NAMING = frozenset(("compound", "appos", "conj", "amod", "poss", "nmod"))
_DENY = lemma("deny")
_TOLD = frozenset(("ccomp", "xcomp", "dobj", "prep", "pcomp"))


def yes_or_no(syntax: QuestionSyntax, question: str, sentence: Doc, known: Set[str] = frozenset()) -> str:
    """ "Yes:" or "No:" where the sentence has the question's verb with the same words about it; "Roe denied it:" where
    it says that; empty where none is certain. Words in `known`, stems, need not stand in the sentence."""
    denier = _denier(syntax, question, sentence)
    if denier:
        return f"{denier} denied it:"
    if syntax.predicate is None:
        return ""
    wanted = lemma(question[slice(*syntax.predicate)])
    about = {
        stem(w)
        for w in content_words(question[slice(*syntax.asking)])
        if w.casefold() not in _ANYBODY | _EMPHASIS and stem(w) != stem(question[slice(*syntax.predicate)])
    }
    verbs = [
        t for t in sentence if t.tag_.startswith("VB") and (lemma(t.text) == wanted or same_root(lemma(t.text), wanted))
    ]
    if len(verbs) != 1 or set(question.casefold().split()) & (_NEVER | _UNSURE):
        return ""
    verb = verbs[0]
    if _is_open(verb):
        return ""
    told = {stem(t.text) for t in verb.subtree} | {stem(t.text) for t in sentence if t in list(verb.ancestors)}
    if verb.dep_ in ("conj", "xcomp"):
        told |= {stem(t.text) for t in verb.head.subtree}
    if any(t.dep_ in _SUBJECTS and t.tag_ == "PRP" for t in verb.children):
        over = [t for a in verb.ancestors for t in a.children if t.dep_ in _SUBJECTS and t.i < verb.i]
        told |= {stem(u.text) for t in over for u in t.subtree}
    if not about - known <= told or any(t.lower_ in _UNSURE for t in verb.children):
        return ""
    if _is_another_mood(verb, syntax, question):
        return ""
    if not all(_is_stated(t) for t in (verb, *verb.ancestors)):
        return ""
    if syntax.subject is not None and not _is_done_by(verb, question[slice(*syntax.subject)], syntax.passive):
        return ""
    denied = _is_denied(verb)
    if any(t.lower_ in _NEVER for t in sentence) and not denied:
        return ""
    governing = [t for t in verb.ancestors if t.tag_.startswith("VB")]
    if verb.dep_ == "xcomp" and _is_yet_to(verb):
        return "No:"
    if governing and verb.dep_ == "xcomp" and not (_was_to(verb, verb.head) and _ASKS_WAS_TO.match(question)):
        return ""  # "refused to pay", "wants to pay"
    if any(lemma(t.text) in _not_certain() for t in governing):
        return ""
    return "No:" if denied else "Yes:"


def _is_another_mood(verb: Token, syntax: QuestionSyntax, question: str) -> bool:
    """Whether a verb tells a duty, or what is to come, and the question asks for neither: "must approve the sale" and
    "will approve the sale" do not tell that it has been approved."""
    modals = {t.lower_ for t in (verb.head, *verb.children) if t.tag_ == _MODAL}  # "ought" stands above its verb
    if not modals:
        return False
    if modals <= _WILL:
        return asks_whether_done(question, syntax) and not _is_denied(verb)
    return True


def _is_open(verb: Token) -> bool:
    """Whether what a verb tells is left open: "unless", "whether", "almost"."""
    over = [verb, *verb.ancestors]
    beside = [t for v in over for t in v.children]
    clauses = [t for c in beside if c.dep_ in ("advcl", "ccomp", "prep") for t in c.children]
    return any(t.lower_ in _OPEN for t in (*beside, *clauses))


def _is_denied(verb: Token) -> bool:
    """Whether a verb, who does it or to whom it is done is denied; "but no longer as a dean" denies no work."""
    parts = [
        t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass", "dobj", "neg", "aux", "auxpass", "advmod", "expl")
    ]
    near = [t for part in parts for t in (part, *(c for c in part.children if c.dep_ in ("det", "neg", "advmod")))]
    return any(t.lower_ in _NEVER and (t.i < verb.i or t.dep_ in ("neg", "det")) for t in near)


def _is_done_by(verb: Token, subject: str, passive: bool) -> bool:
    """Whether whoever a question asks about has the same part beside a verb, or a pronoun: "won by the cook, who beat
    the captain" does not tell that the captain won."""
    if subject.casefold() in _ANYBODY:
        return True
    parts = list(patients(verb) if passive else agents(verb))
    named = [t for part in parts for t in (part, *(c for c in part.children if c.dep_ in _NAMING))]
    return not parts or any(t.tag_ == "PRP" or same_root(lemma(t.text), lemma(subject)) for t in named)


def _is_stated(clause: Token) -> bool:
    """Whether what a verb stands in is told as so: a sentence, what somebody says, or what is conceded ("though …")."""
    if clause.dep_ == "advcl":
        return any(t.dep_ == "mark" and t.lower_ in _CONCEDES for t in clause.children)
    return clause.dep_ in ("ROOT", "ccomp", "conj", "xcomp")


def _is_yet_to(verb: Token) -> bool:
    """Whether it has yet to be done."""
    over = verb.head
    return over.lower_ in _HAVE and any(t.lower_ == "yet" for t in (*over.children, *verb.children))


def _denier(syntax: QuestionSyntax, question: str, sentence: Doc) -> str:
    """Who denies what a question asks; empty where that is not certain."""
    denials = [t for t in sentence if t.tag_.startswith("VB") and lemma(t.text) == _DENY]
    asking = question[slice(*syntax.asking)]
    if len(denials) != 1 or _DENY in {lemma(word) for word in content_words(asking)}:
        return ""
    verb = denials[0]
    if any(t.dep_ in ("neg", "auxpass") for t in verb.children) or not all(map(_is_stated, (verb, *verb.ancestors))):
        return ""
    told = {lemma(u.text) for t in verb.children if t.dep_ in _TOLD for u in t.subtree}
    who = next((t for t in verb.children if t.dep_ == "nsubj" and t.tag_.startswith("NN")), None)
    if who is None:
        return ""
    name = [t for t in who.subtree if t.i <= who.i and not t.is_punct]
    asked = [lemma(w) for w in content_words(asking) if stem(w) not in stems(" ".join(t.text for t in name))]
    met = [word for word in asked if any(same_root(word, other) for other in told)]
    if not asked or 2 * len(met) < len(asked):
        return ""
    short = sentence[name[0].i : who.i + 1].text
    return f"{short[0].upper()}{short[1:]}"


def _was_to(verb: Token, over: Token) -> bool:
    """Whether it was to be: "the pool was to have reopened in May"."""
    return over.lower_ in _BE and any(t.lower_ == "to" and t.dep_ == "aux" for t in verb.children)


def _not_certain() -> frozenset[str]:
    """Verbs under which a clause is not told as true: "denied that", "hopes that"."""
    words = classes()
    return words.denying | words.supposing | words.planning | words.alleging | words.believing
