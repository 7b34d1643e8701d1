"""What a cue verb takes for its content, as the tokens of the parsed sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.circumstances import is_circumstance, is_further_cue
from retrieval.annotation.quotations.coordination import cue_resumed, reduced_subject, subject_of
from retrieval.annotation.quotations.cues import Cue, Frame, lexicon
from retrieval.annotation.quotations.names import is_person_noun
from retrieval.annotation.quotations.speaking import subject_by_position

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_NOT_CONTENT = (*_SUBJECTS, "punct", "cc", "conj", "aux", "auxpass", "neg", "mark", "agent", "expl", "prt")
_COMPLETING = ("oprd", "ccomp", "xcomp", "attr", "acomp")
_FINITE = ("VBD", "VBZ", "VBP", "VBN")
_JOINING = ("after", "before", "when", "while", "because", "since", "as", "during", "following", "until", "although")
_LONGEST_ASIDE = 30  # tokens: a speaker with a description fits


def content_of(verb: Token, cue: Cue, quoted: Sequence[bool]) -> set[int]:
    """The positions of the content's tokens, empty where `verb` has none; `quoted` flags tokens in quotation marks."""
    aside = _around_aside(verb, cue, quoted)
    if aside:
        return aside
    tokens = _with_marks_after(_by_frame(verb, cue), verb, cue, quoted) - _anothers_words(verb, cue, quoted)
    tokens -= _of_further_cues(verb, tokens, quoted)
    if Frame.PREDICATE in cue.frames:
        tokens -= _when_or_why(verb, tokens, quoted)
    if len(tokens) == 1 and verb.doc[next(iter(tokens))].tag_ == "PRP":
        return set()  # "described it on Monday": what was said is not told
    needs_marks = not cue.frames & {Frame.CLAUSE, Frame.PREDICATE, Frame.TO}
    if needs_marks and any(c.dep_ == "ccomp" and c.i in tokens for c in verb.children):
        # A verb that goes with quoted words only ("laughed", "thought").
        return tokens if any(quoted[i] for i in tokens) else set()
    return tokens


def _with_marks_after(tokens: set[int], verb: Token, cue: Cue, quoted: Sequence[bool]) -> set[int]:
    """With the quoted words right behind: "called the scheme “a disgrace”", whatever the parser hangs them on."""
    if not tokens or Frame.PREDICATE not in cue.frames:
        return tokens
    doc, end = verb.doc, max(tokens) + 1
    first = end + 1 if end + 1 < len(doc) and doc[end].is_quote else end
    last = first
    while last < len(doc) and quoted[last]:
        last += 1
    return tokens | set(range(first, last)) if first > end else tokens


def _anothers_words(verb: Token, cue: Cue, quoted: Sequence[bool]) -> set[int]:
    """The quoted words that somebody within the content says: "thanked Roe, who had called it “a farce”"."""
    if Frame.CLAUSE in cue.frames:
        return set()  # what is quoted may be the speaker's: "told a man who suggested that it was late, “No.”"
    inner = [
        t.i
        for t in verb.subtree
        if t.i > verb.i and t.dep_ == "relcl" and t.head.dep_ in ("dobj", "pobj") and t.lower_ in lexicon().verbs
    ]
    return {i for i in range(min(inner), len(quoted)) if quoted[i]} if inner else set()


def _of_further_cues(verb: Token, content: set[int], quoted: Sequence[bool]) -> set[int]:
    """What a cue says that the parser joins to the clause reported by `verb`: "said it rained | and denied that …"."""
    for token in verb.subtree:
        cue = lexicon().verbs.get(token.lower_) if token.i in content else None
        if cue is None or quoted[token.i] or cue_resumed(token)[0] != verb:
            continue
        if content_of(token, cue, quoted):
            first = token.left_edge.i
            while first > 0 and (verb.doc[first - 1].dep_ == "cc" or verb.doc[first - 1].is_space):
                first -= 1
            return {i for i in content if i >= first}
    return set()


def _when_or_why(verb: Token, content: set[int], quoted: Sequence[bool]) -> set[int]:
    """What a clause or "after …" behind the marks tells of the saying: "called it “a farce” | after she lost"."""
    last = max((i for i in content if quoted[i]), default=len(quoted))
    for child in verb.children:
        joins = child.dep_ == "advcl" and child.left_edge.lower_ in _JOINING
        if child.left_edge.i > last and (joins or (child.dep_ == "prep" and child.lower_ in _JOINING)):
            return {i for i in content if i >= child.left_edge.i}
    return set()


def is_passive(verb: Token) -> bool:
    """Whether `verb` stands in a full passive ("was told")."""
    return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)


def _by_frame(verb: Token, cue: Cue) -> set[int]:
    children = list(verb.children)
    right = [c for c in children if c.i > verb.i]
    frames, passive = cue.frames, is_passive(verb)
    clause = [c for c in children if c.dep_ == "ccomp" and not _is_small(c) and not _is_told_before(c, verb)]
    stated = [c for c in clause if c.i > verb.i and any(g.dep_ == "mark" and g.lower_ == "that" for g in c.children)]
    reduced = reduced_subject(verb)
    clause = [
        c for c in stated or clause if reduced is None or c.i != reduced.head.i
    ]  # what stands before is no part of it: "…, Roe advised that it be closed"
    if clause and (
        frames & {Frame.CLAUSE, Frame.QUOTE, Frame.PREDICATE} or (Frame.TO in frames and clause[0].i > verb.i)
    ):
        return _clausal(verb, clause)
    if Frame.CLAUSE in frames and (that := _that_after(right)) is not None:
        return {i for i in subtree(that.head) if i >= that.i}
    infinitive = [c for c in right if c.dep_ in ("xcomp", "advcl") and any(g.tag_ == "TO" for g in c.children)]
    infinitive = [c for c in infinitive if c.dep_ == "xcomp" or Frame.TO in frames]
    if infinitive and Frame.TO in frames:
        return _tail(verb, infinitive[0].left_edge.i, infinitive[0])
    gerund = [c for c in right if c.dep_ in ("xcomp", "ccomp", "pcomp") and c.tag_ == "VBG"]
    if gerund and Frame.GERUND in frames:
        return _tail(verb, gerund[0].left_edge.i, gerund[0])
    wh = [c for c in right if c.dep_ in ("advcl", "dobj", "xcomp") and _is_wh_clause(c)]
    if wh and Frame.CLAUSE in frames:
        return _tail(verb, wh[0].left_edge.i, wh[0])
    objects = [c for c in right if c.dep_ in ("dobj", "oprd", "attr", "acomp")]
    objects = [c for c in objects if not (c.tag_ in ("WDT", "WP") or c.lower_ in lexicon().times)]
    if Frame.ADDRESSEE in frames:
        objects = [c for c in objects if not _is_asked(c)]
    subject = subject_of(verb)
    if subject is not None and subject.lower_ in ("it", "this", "that"):
        objects = []  # "It offered a glimpse" says nothing
    if objects and Frame.PREDICATE in frames and (Frame.OBJECT in frames or _is_characterised(verb, objects)):
        return _tail(verb, objects[0].left_edge.i, objects[0])
    if objects and Frame.OBJECT in frames and not passive:
        return _tail(verb, objects[0].left_edge.i, objects[0])
    for preposition in right:
        if preposition.dep_ in ("prep", "prt", "mark") and preposition.lower_ in cue.prepositions:
            inner = [g for g in preposition.children if g.dep_ in ("pobj", "pcomp")]
            if cue.lemma == "put":
                return _estimate(verb, objects, preposition)
            if inner:
                return _tail(verb, inner[0].left_edge.i, inner[0])
    if passive and frames & {Frame.OBJECT, Frame.PREDICATE}:
        subject = next((c for c in children if c.dep_ == "nsubjpass"), None)
        if subject is not None and subject.tag_ not in ("WDT", "WP"):
            return subtree(subject) | _passive_tail(verb)
    return set()


def _that_after(right: Sequence[Token]) -> Token | None:
    """The "that" of a clause that the parser takes for a time: "told reporters after | that he was well"."""
    for clause in right:
        marks = [c for c in clause.children if c.dep_ == "mark"] if clause.dep_ == "advcl" else []
        if len(marks) > 1 and marks[1].lower_ == "that" and marks[1].i == marks[0].i + 1:
            return marks[1]
    return None


def _estimate(verb: Token, objects: Sequence[Token], preposition: Token) -> set[int]:
    """ "Put the loss at £85,000", not "put the cup at the door"."""
    end = subtree(preposition)
    figure = any(verb.doc[i].like_num or verb.doc[i].is_currency for i in end)
    if not figure or not objects or preposition.i != objects[-1].right_edge.i + 1:
        return set()
    told = {i for thing in objects if thing.tag_ != "PRP" for i in subtree(thing)}
    return told | end if told else end - {preposition.i}


def _is_asked(thing: Token) -> bool:
    """Whether the object of "asked" is who is asked: "asked him about it", "asked Roe why", not "asked a question"."""
    return thing.tag_ in ("PRP", "NNP") or is_person_noun(thing.text)


def _is_characterised(verb: Token, objects: Sequence[Token]) -> bool:
    """Whether something is called something: "painted the plan as a gift", not "painted the harbour"."""
    if len(objects) > 1 or any(c.dep_ in ("oprd", "acomp", "xcomp") for c in verb.children if c.i > verb.i):
        return True
    return any(t.lower_ == "as" or t.is_quote for t in verb.doc[verb.i : verb.right_edge.i + 3])


def _passive_tail(verb: Token) -> set[int]:
    tokens: set[int] = set()
    for child in verb.children:
        if (child.i > verb.i and child.dep_ in ("oprd", "prep") and child.lower_ in ("as", "of", "for")) or (
            child.i > verb.i and child.dep_ in ("oprd", "xcomp")
        ):
            tokens |= subtree(child)
    return tokens


def _clausal(verb: Token, clauses: Sequence[Token]) -> set[int]:
    tokens: set[int] = set()
    for clause in clauses:
        tokens |= subtree(clause)
    first = min(tokens)
    if max(tokens) > verb.i and first > verb.i:
        return tokens | _tail(verb, first, max(clauses, key=lambda c: c.i))
    # The content comes first, or on both sides: whatever else hangs on the cue verb before it is part of it too.
    for child in verb.children:
        if (
            child.i < verb.i
            and child.dep_ not in _SUBJECTS
            and child.dep_ not in ("aux", "auxpass", "neg", "cc", "mark")
        ):
            if child.dep_ == "advmod" and child.i + 1 == verb.i:
                continue
            subject = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
            if subject is not None and child.i > subject.i and not (subtree(child) & tokens):
                continue
            tokens |= subtree(child)
    return tokens


def _tail(verb: Token, first: int, head: Token) -> set[int]:
    """From the token `first` through all that follows on the right of the verb and still is content."""
    tokens = {i for i in subtree(head) if i >= first or i > verb.i}
    end = max(tokens)
    children = [c for c in verb.children if c.i > end and c.dep_ not in _NOT_CONTENT]
    # "called the report on Friday a lie": what completes the predicate is content even behind a date.
    core = max((c.i for c in children if c.dep_ in _COMPLETING), default=-1)
    for child in children:
        if child.i > core and (is_circumstance(child) or is_further_cue(child)):
            break
        tokens |= subtree(child)
        tokens |= set(range(end + 1, child.left_edge.i))
        end = max(tokens)
    return tokens


def _around_aside(verb: Token, cue: Cue, quoted: Sequence[bool]) -> set[int]:
    """ "A, he said, B" and "A, he said.": the cue is an aside in the sentence that it attributes."""
    if Frame.CLAUSE not in cue.frames or verb.tag_ not in _FINITE:
        return set()
    doc = verb.doc
    subject = subject_of(verb) or reduced_subject(verb) or subject_by_position(verb)
    if subject is None or subject.tag_ in ("WP", "WDT"):
        return set()
    if subject.i < verb.i:
        first, last = min(subject.left_edge.i, subject.i), verb.i
        while first > 0 and doc[first - 1].text == "," and doc[first].dep_ == "appos":
            first -= 1
    else:
        whole = subject.head if subject.head.dep_ == "ccomp" else subject  # "three people briefed on it"
        first, last = verb.i, max(verb.i, whole.right_edge.i)
    if first > verb.i or last - first > _LONGEST_ASIDE:
        return set()
    as_clause = first > 0 and doc[first - 1].lower_ == "as"
    first -= as_clause
    last = _past_circumstances(verb, cue, last)
    before = doc[first - 1].text if first > 0 else ""
    after = doc[last + 1].text if last + 1 < len(doc) else "."
    if after == ",":
        fits = before in (",", "–", "—", "-", ";") or (as_clause and not before)
    else:
        fits = before == "," and after in (".", ";", ")", "?", "!")
    if not fits or (before and quoted[first - 1]) or (first > 1 and quoted[first - 2]):
        return set()
    if as_clause and (confirmed := _confirmed(verb)) is not None:
        return confirmed
    start, end = _part(doc, first, last)
    return set(range(start, first)) | set(range(last + 1, end))


def _confirmed(verb: Token) -> set[int] | None:
    """What "as Roe said" confirms where that is not the whole sentence; None where it is.

    "She denied that it was late, as Roe had said": the clause within. "It was not late, as Roe had said" is open, so
    nothing.
    """
    head = verb.head
    if verb.dep_ != "advcl" or head.i > verb.i:
        return None
    if head.dep_ == "ccomp":
        return subtree(head) - subtree(verb)
    return set() if any(c.dep_ == "neg" for c in head.children) else None


def _past_circumstances(verb: Token, cue: Cue, last: int) -> int:
    """The last token of the cue clause with "on Monday", "in a statement" and to whom it was said."""
    heard = ("dobj", "dative", "prt") if Frame.ADDRESSEE in cue.frames else ("dative", "prt")
    for child in sorted(verb.rights, key=lambda c: c.i):
        if child.i <= last:
            continue
        if child.left_edge.i == last + 1 and (
            is_circumstance(child) or (child.dep_ in heard and child.right_edge.i - last < 8)
        ):
            last = child.right_edge.i
        else:
            break
    return last


def _part(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The part of the sentence between semicolons or brackets that the tokens [first, last] stand in."""
    start, end = 0, len(doc)
    for i in range(first - 1, -1, -1):
        if doc[i].text in (";", "(", ":") and i + 1 < first - 1:
            start = i + 1
            break
    for i in range(last + 1, len(doc)):
        if doc[i].text in (";", ")"):
            end = i
            break
    return start, end


def _is_wh_clause(token: Token) -> bool:
    first = token.left_edge
    return first.tag_ in ("WRB", "WP", "WDT") or first.lower_ in ("if", "whether")


def _is_told_before(clause: Token, verb: Token) -> bool:
    """ "The boat will go; the trust said that …", "Update: the trust said that …": what ends at the semicolon or the
    colon is nobody's words, whatever the parser hangs it on."""
    subject = subject_of(verb)
    first = subject.left_edge.i if subject is not None else 0
    colon = clause.i < first and verb.doc[first - 1].text == ":"
    return colon or any(t.text == ";" for t in verb.doc[clause.right_edge.i : verb.i])


def _is_small(clause: Token) -> bool:
    """ "Found him easy": a clause without a verb tells nothing."""
    return clause.tag_.startswith("JJ") and any(
        c.dep_ == "nsubj" and c.lower_ in ("him", "them", "me", "us") for c in clause.children
    )


def subtree(token: Token) -> set[int]:
    """The positions of `token` and all that hangs on it."""
    return {t.i for t in token.subtree}


def content_runs(doc: Doc, tokens: set[int]) -> tuple[tuple[int, int], ...]:
    """Half-open runs of `tokens`; gaps of punctuation are closed, runs without a word dropped."""
    if not tokens:
        return ()
    ordered = sorted(tokens)
    runs: list[list[int]] = [[ordered[0], ordered[0] + 1]]
    for i in ordered[1:]:
        if all(doc[j].is_punct or doc[j].is_quote or doc[j].is_space for j in range(runs[-1][1], i)):
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    return tuple((s, e) for s, e in runs if any(doc[i].is_alpha or doc[i].like_num for i in range(s, e)))
