"""Attribution without a verb of saying: "according to", "the claim that", "his promise to"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.clauses import Clause, antecedent_of, cue_tokens, stance_of
from retrieval.annotation.quotations.content import content_runs, subtree
from retrieval.annotation.quotations.cues import Lexicon
from retrieval.annotation.quotations.speaking import speaker_of
from retrieval.schema import Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def according_to(doc: Doc, quoted: Sequence[bool]) -> Iterator[Clause]:
    """ "According to X, A": the clause it belongs to is the content."""
    if "ccording to" not in doc.text:
        return
    for token in doc:
        if token.lower_ != "according" or quoted[token.i] or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
            continue
        to = doc[token.i + 1]
        source = next((c for c in to.children if c.dep_ == "pobj"), None) or next(
            (c for c in token.children if c.dep_ == "pobj"), None
        )
        if source is None:
            source = next((t for t in doc[token.i + 2 :] if t.tag_[0] in "NP"), None)
        if source is None:
            continue
        own = subtree(token) | {token.i, to.i} | subtree(source)
        first, last = token.i, max(own) + 1
        last = _past_name(source, min(last, _lost_subject(source, last)))
        own = set(range(first, last))
        content = _clause_around(doc, token, first, last) - own
        cut = quoted[0] and not doc[0].is_quote and not all(quoted[i] or doc[i].is_punct for i in content)
        runs = content_runs(doc, content)
        if runs and not cut:  # "“… | We won,” Roe said, according to Poe": the words' beginning stands elsewhere
            yield Clause((token.i, to.i), runs, source.i)


def _past_name(source: Token, last: int) -> int:
    """Past the name of a source that is named by what it is: "according to her biographer, Jane Roe, it …"."""
    doc = source.doc
    first = last + (last < len(doc) and doc[last].text == ",")
    end = first
    while end < len(doc) and doc[end].tag_ == "NNP":
        end += 1
    named = end > first and doc[first - 1].text == "," and source.tag_ in ("NN", "NNS")
    return end if named and end < len(doc) and doc[end].text in (",", ".") else last


def _lost_subject(source: Token, last: int) -> int:
    """Where the subject of what follows begins, if the parser took it for an apposition to `source`; else `last`.

    "According to the agency, the early 1990s marked …": what follows has a verb and no subject of its own.
    """
    doc = source.doc
    apposed = next((c for c in source.children if c.dep_ == "appos" and doc[c.left_edge.i - 1].text == ","), None)
    if apposed is None:
        return last
    verb = next((t for t in doc[last:] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
    if verb is not None and (verb.tag_ == "MD" or verb.dep_ in ("aux", "auxpass")):
        verb = verb.head
    told = verb is None or any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.i >= last for c in verb.children)
    return last if told else int(apposed.left_edge.i)


def _clause_around(doc: Doc, token: Token, first: int, last: int) -> set[int]:
    head = token.head
    while head.dep_ not in ("ROOT", "relcl", "conj") and head.head.i != head.i:
        head = head.head
    if head.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children):
        return subtree(head)
    if head.dep_ == "conj":
        while head.dep_ not in ("ROOT",) and head.head.i != head.i:
            head = head.head
    return set(range(len(doc)))


def noun_cues(doc: Doc, lexicon: Lexicon, quoted: Sequence[bool]) -> Iterator[Clause]:
    """Nouns with their content in a that-clause or an infinitive."""
    for noun in doc:
        if quoted[noun.i] or noun.tag_ not in ("NN", "NNS"):
            continue
        clause_noun, to_noun = noun.lower_ in lexicon.clause_nouns, noun.lower_ in lexicon.to_nouns
        if not clause_noun and not to_noun:
            continue
        for child in noun.children:
            if child.i < noun.i or child.dep_ not in ("acl", "relcl", "ccomp"):
                continue
            that = any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children)
            to = any(c.tag_ == "TO" and c.dep_ == "aux" for c in child.children)
            if (clause_noun and that) or (to_noun and to and child.dep_ != "relcl"):
                runs = content_runs(doc, subtree(child))
                verb = noun.head.head if noun.dep_ == "pobj" else noun
                said = lexicon.verbs.get(verb.lower_) if verb.i != noun.i and not quoted[verb.i] else None
                if runs and said is not None and verb.tag_.startswith("V"):  # "said in a statement that …"
                    speaker = speaker_of(verb)
                    yield Clause(
                        cue_tokens(verb),
                        runs,
                        speaker.i if speaker is not None else None,
                        antecedent_of(verb, speaker),
                        manner=(noun.head.i, noun.i + 1),
                        stance=stance_of(verb, said, lexicon),
                        quotes=True,
                    )
                    break
                owner = _owner(noun, lexicon)
                if runs and owner is None and noun.dep_ == "dobj" and noun.head.lower_ in lexicon.rejecting:
                    denier = speaker_of(noun.head)
                    yield Clause(
                        (*cue_tokens(noun.head), noun.i),
                        runs,
                        denier.i if denier is not None else None,
                        antecedent_of(noun.head, denier),
                        stance=Stance.DENIED,
                    )
                elif runs:
                    yield Clause((noun.i,), runs, owner.i if owner is not None else None)
                break


def _owner(noun: Token, lexicon: Lexicon) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in ("by", "from", "of"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return inner
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = verb.head
    if noun.dep_ in ("dobj", "pobj") and verb.lower_ in lexicon.support:
        return speaker_of(verb)
    return None
