"""Quotation marks and clauses joined: which quoted words belong to which cue, and which go on from before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.adjacency import cue_beside, lead_in
from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.floating import is_another, main_cue, reply_after, sentence_before
from retrieval.annotation.quotations.kinds import is_no_speech
from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.signatures import signed
from retrieval.schema import Stance, Stretch

if TYPE_CHECKING:
    from retrieval.annotation.quotations.extraction import Paragraph

_FEWEST_SPACES = 3  # shorter ones without a speaker are slogans and captions


def join_quotes(text: str, paragraphs: Sequence[Paragraph]) -> list[Attribution]:
    """All attributions in order, those with quoted words completed and continued."""
    out: list[Attribution] = []
    before: Paragraph | None = None
    last: int | None = None  # where in `out` the attribution is that a floating quotation goes on from
    for paragraph in paragraphs:
        found = _within_paragraph(text, paragraph)
        loose = [q for q in paragraph.quoted if _may_be_loose(text, q, paragraph) and not _covered(q, found)]
        if loose and before is not None and _opens(text, loose[0], paragraph):
            words = _whole(loose[0])
            introduced = lead_in(text, before)
            by_line = signed(text, loose[0], before.stretch)
            if introduced is not None:
                found.append(replace(introduced, pieces=(words,)))
            elif by_line is not None:
                found.append(by_line)
            elif last is not None:
                out[last] = replace(out[last], pieces=(*out[last].pieces, words))
            elif (speaker := _last_to_speak(before, out)) is not None:
                found.append(_by_the_same(speaker, words))
        for q in loose:
            if _covered(q, (*found, *out[-1:])) or not _is_sentence(text, q, paragraph):
                continue
            spoken = _spoken_before(text, found, q, paragraph)
            told = _told_before(text, q, paragraph, found, found[spoken] if spoken is not None else None)
            if told is not None:
                if told.mention is not None or _is_long(text, q):
                    found.append(told)
            elif spoken is not None and found[spoken].stance is not Stance.SAID:
                found.append(_by_the_same(found[spoken], _whole(q)))  # "Roe denied it had rained. “It snowed.”"
            elif spoken is not None:
                found[spoken] = _extended(found[spoken], q)
            elif last is not None and not found:
                out[last] = _extended(out[last], q)
            elif _is_long(text, q):
                # Somebody said it, whether the article says who or not.
                found.append(signed(text, q, None) or Attribution((_whole(q),), quotes=True))
        found.sort(key=lambda a: a.pieces)
        if before is not None and out and _began_before(out[-1], before, found, paragraph):
            found[0] = replace(found[0], pieces=(*out.pop().pieces, *found[0].pieces))
        last = _goes_on(text, paragraph, found, len(out), last)
        out.extend(found)
        before = paragraph
    marked = {(q.start, q.end): q.inner for paragraph in paragraphs for q in paragraph.quoted}
    tidied = ((a, tidy(text, [Stretch(*marked.get((p.start, p.end), p)) for p in a.pieces])) for a in out)
    return [replace(a, pieces=pieces) for a, pieces in tidied if pieces]


def _may_be_loose(text: str, q: Quoted, paragraph: Paragraph) -> bool:
    """Whether a quotation can stand without a cue of its own; in single marks only a sentence in curly ones."""
    return not q.single or (text[q.start] == "‘" and _is_sentence(text, q, paragraph))


def _began_before(nobodys: Attribution, before: Paragraph, found: Sequence[Attribution], paragraph: Paragraph) -> bool:
    """Whether a paragraph left open that names no speaker goes on in the first attribution of this one."""
    if nobodys.cue or nobodys.mention is not None or not nobodys.quotes or not before.quoted or not found:
        return False
    opened, goes_on = before.quoted[-1], paragraph.quoted[0] if paragraph.quoted else None
    if opened.closed or goes_on is None or goes_on.start != paragraph.stretch.start:
        return False
    return (
        found[0].mention is not None
        and any(_overlap(p, opened.inner) for p in nobodys.pieces)
        and any(_overlap(p, goes_on.inner) for p in found[0].pieces)
    )


def _told_before(
    text: str, q: Quoted, paragraph: Paragraph, found: Sequence[Attribution], before: Attribution | None
) -> Attribution | None:
    """`q` after a sentence that reports nothing and has a subject of its own; None where it goes on from `before`."""
    sentence = sentence_before(text, q, paragraph)
    if sentence is None:
        return None
    reports = any(sentence.stretch.start <= p.start < sentence.stretch.end for a in found for p in (*a.pieces, *a.cue))
    if reports and (before is None or main_cue(sentence, found) is not None):
        return None
    return signed(text, q, None) or reply_after(text, q, sentence, before, short=not _is_long(text, q))


def _within_paragraph(text: str, paragraph: Paragraph) -> list[Attribution]:
    found = list(paragraph.attributions)
    for q in paragraph.quoted:
        speech = None if is_no_speech(text, q) else cue_beside(text, q, paragraph, introduced=_introduced(q, found))
        if speech is not None:
            # What the parser took for the content of this cue, or found inside the quotation, gives way.
            same = [a for a in found if a.cue == speech.cue]
            kept = {p for a in same for p in a.pieces if _is_kept(text, p, q, speech, paragraph)}
            found = [a for a in found if a not in same and not _lies_in(a, q)]
            found.append(replace(speech, pieces=_with_kept(text, kept, speech.pieces, q)))
            continue
        for i, a in enumerate(found):
            if any(_overlap(p, q.inner) for p in a.pieces):
                found[i] = replace(a, pieces=_reaching_over(a.pieces, q))
    return found


def _is_kept(text: str, piece: Stretch, q: Quoted, speech: Attribution, paragraph: Paragraph) -> bool:
    """Whether what the grammar gives a cue is more than the words of `q` beside it.

    Other quoted words are, and a clause between the cue and the marks: "said he was tired: “I slept ill.”".
    """
    if _overlap(piece, q):
        return speech.cue != () and speech.cue[-1].end <= piece.start and _has_clause(text, piece.start, q.start)
    if any(_overlap(piece, other) for other in paragraph.quoted):
        return True
    between = bool(speech.cue) and speech.cue[-1].end <= piece.start and piece.end <= q.start
    return between and _has_clause(text, piece.start, piece.end)


def _with_kept(text: str, kept: Iterable[Stretch], pieces: tuple[Stretch, ...], q: Quoted) -> tuple[Stretch, ...]:
    """The words in the marks with the clause before them: one piece after a comma, two after a colon."""
    apart = text[: q.start].rstrip().endswith(":")
    clauses = {Stretch(p.start, q.start) if apart and _overlap(p, q) else p for p in kept}
    if any(_overlap(p, q) for p in clauses):
        return _reaching_over(tuple(sorted(clauses)), q)
    return tuple(sorted({*clauses, *pieces}))


def _has_clause(text: str, start: int, end: int) -> bool:
    return text.count(" ", start, end) >= _FEWEST_SPACES


def _introduced(q: Quoted, found: Sequence[Attribution]) -> bool:
    """Whether a cue right before the quotation already has it for its content."""
    return any(
        c.end <= q.start and q.start - c.end < 60 and any(_overlap(p, q.inner) for p in a.pieces)
        for a in found
        for c in a.cue
    )


def _goes_on(
    text: str, paragraph: Paragraph, found: Sequence[Attribution], offset: int, last: int | None
) -> int | None:
    """The attribution that a quotation opening the next paragraph would go on from."""
    spoken = [i for i, a in enumerate(found) if a.quotes and _is_direct(a, paragraph)]
    if spoken:
        final = paragraph.sentences[-1].stretch if paragraph.sentences else paragraph.stretch
        a = found[spoken[-1]]
        ends = max(a.end, *(c.end for c in a.cue)) if a.cue else a.end
        unclosed = paragraph.quoted and not paragraph.quoted[-1].closed
        return offset + spoken[-1] if unclosed or ends > final.start else None
    # A paragraph that is nothing but a quotation hands its speaker on.
    nothing_else = paragraph.quoted and _lone(paragraph)
    return last if nothing_else and not found else None


def _last_to_speak(before: Paragraph, out: Sequence[Attribution]) -> Attribution | None:
    """Who is reported in the last sentence of the paragraph before, in words that are not quoted."""
    if not before.sentences or not out:
        return None
    final = before.sentences[-1].stretch
    spoken = [a for a in out if a.quotes and a.cue and final.start <= a.cue[0].start < final.end]
    return spoken[0] if spoken and spoken[0].mention is not None else None


def _lone(paragraph: Paragraph) -> bool:
    q = paragraph.quoted[0]
    return q.start == paragraph.stretch.start and paragraph.quoted[-1].end >= paragraph.stretch.end - 1


def _opens(text: str, q: Quoted, paragraph: Paragraph) -> bool:
    """Whether the paragraph begins with this quotation and the quotation is a whole sentence."""
    return not text[paragraph.stretch.start : q.start].strip(" .…") and (_is_sentence(text, q, paragraph))


def _whole(q: Quoted) -> Stretch:
    return Stretch(*q.inner)


def _extended(a: Attribution, q: Quoted) -> Attribution:
    return replace(a, pieces=(*a.pieces, _whole(q)))


def _by_the_same(a: Attribution, words: Stretch) -> Attribution:
    return replace(a, pieces=(words,), cue=(), addressee=None, manner=None, stance=Stance.SAID)


def _is_direct(a: Attribution, paragraph: Paragraph) -> bool:
    return any(_overlap(p, q) for p in a.pieces for q in paragraph.quoted)


def _spoken_before(text: str, found: Sequence[Attribution], q: Quoted, paragraph: Paragraph) -> int | None:
    """Where in `found` the attribution is that `q` may go on from: quoted words, unless the sentence between tells what
    somebody else said ("“It rained,” said Poe. Roe said it had not. “It snowed.”")."""
    spoken = [i for i, a in enumerate(found) if _leads_to(a, q, paragraph)]
    between = sentence_before(text, q, paragraph)
    if not spoken or between is None or any(_overlap(between.stretch, other) for other in paragraph.quoted):
        return spoken[-1] if spoken else None
    told = main_cue(between, found)
    spoke = told is not None and told in spoken and found[told].stance in (Stance.SAID, Stance.DENIED)
    mention = found[told].mention if told is not None and spoke else None
    return told if mention is not None and is_another(text, mention, found[spoken[-1]]) else spoken[-1]


def _leads_to(a: Attribution, q: Quoted, paragraph: Paragraph) -> bool:
    """Whether `q` may go on from `a`: quoted words before it, or what somebody said in the sentence right before."""
    if not a.quotes or a.end > q.start:
        return False
    if _is_direct(a, paragraph):
        return True
    before = [s.stretch for s in paragraph.sentences if s.stretch.end <= q.start]
    return bool(before) and bool(a.cue) and before[-1].start <= a.cue[-1].start < before[-1].end


def _is_sentence(text: str, q: Quoted, paragraph: Paragraph) -> bool:
    """Whether the quotation is a sentence of its own."""
    before = text[paragraph.stretch.start : q.start].rstrip()
    starts = not before or before[-1] in ".?!”\"’'…»"
    inner = text[q.inner.start : q.inner.end].rstrip()
    ends = inner.rstrip("’'”\"")[-1:] in tuple(".?!…—-") or text[q.end : q.end + 1] in tuple(".?!")
    return starts and (not q.closed or ends)


def _is_long(text: str, q: Quoted) -> bool:
    return text.count(" ", q.inner.start, q.inner.end) >= _FEWEST_SPACES


def _overlap(a: Stretch | Quoted, b: Stretch | Quoted) -> bool:
    return a.start < b.end and b.start < a.end


def _covered(q: Quoted, found: Sequence[Attribution]) -> bool:
    return any(_overlap(p, q.inner) for a in found for p in a.pieces)


def _lies_in(a: Attribution, q: Quoted) -> bool:
    return all(q.start <= p.start and p.end <= q.end for p in a.pieces)


def _reaching_over(pieces: tuple[Stretch, ...], q: Quoted) -> tuple[Stretch, ...]:
    """The pieces, every one that reaches into `q` or its marks made to hold all of it."""
    touching = [p for p in pieces if _overlap(p, q)]
    rest = [p for p in pieces if p not in touching]
    start = min(min(p.start for p in touching), q.start)
    end = max(max(p.end for p in touching), q.end)
    return tuple(sorted([*rest, Stretch(start, end)]))


def tidy(text: str, pieces: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Sorted, disjoint pieces without white space and commas at their edges."""
    out: list[Stretch] = []
    for start, end in sorted(pieces):
        start = max(start, out[-1].end) if out else start
        while start < end and (text[start].isspace() or text[start] in ",;:"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
            end -= 1
        if any(character.isalnum() for character in text[start:end]):
            out.append(Stretch(start, end))
    return tuple(out)
