"""One parsed sentence: its clauses, nouns and prepositions that attribute, as Attributions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.clauses import Clause, clauses
from retrieval.annotation.quotations.cues import Lexicon
from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.nominals import according_to, noun_cues
from retrieval.annotation.quotations.phrases import mention_span, phrase_span
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence, its parse (None where it was not needed) and the quoted stretches of its paragraph."""

    stretch: Stretch
    doc: Doc | None
    quoted: Sequence[Quoted]

    def inside(self) -> list[bool]:
        """For each token, whether it stands within quotation marks."""
        assert self.doc is not None
        start, end = self.stretch
        near = [
            (q.start - start, q.end - start) for q in self.quoted if not q.single and q.start < end and start < q.end
        ]
        return [any(first <= token.idx < last for first, last in near) for token in self.doc]

    def span(self, first: int, last: int) -> Stretch:
        """The stretch of the article under the tokens `[first, last)`."""
        assert self.doc is not None
        return Stretch(
            self.stretch.start + self.doc[first].idx,
            self.stretch.start + self.doc[last - 1].idx + len(self.doc[last - 1]),
        )

    def spans(self, tokens: Sequence[int]) -> tuple[Stretch, ...]:
        """The stretches under `tokens`, those with nothing but white space between them as one."""
        assert self.doc is not None
        out: list[tuple[int, int]] = []
        for i in tokens:
            if out and out[-1][1] == i:
                out[-1] = (out[-1][0], i + 1)
            else:
                out.append((i, i + 1))
        return tuple(self.span(first, last) for first, last in out)

    def mention(self, head: int | None, avoid: Set[int]) -> Stretch | None:
        """The noun phrase of the token `head`, clear of the tokens `avoid`; None where `head` is one of them."""
        assert self.doc is not None
        return self.span(*mention_span(self.doc[head], avoid)) if head is not None and head not in avoid else None

    def phrase(self, head: int | None, avoid: Set[int]) -> Stretch | None:
        """As `mention`, with appositions and relative clauses."""
        assert self.doc is not None
        return self.span(*phrase_span(self.doc[head], avoid)) if head is not None and head not in avoid else None


def read_sentence(sentence: ParsedSentence, lexicon: Lexicon) -> Iterator[Attribution]:
    """What the sentence attributes by its grammar."""
    doc = sentence.doc
    assert doc is not None
    inside = sentence.inside()
    for clause in (*clauses(doc, lexicon, inside), *according_to(doc, inside), *noun_cues(doc, lexicon, inside)):
        attribution = _attribution(sentence, clause)
        if attribution is not None:
            yield attribution


def _attribution(sentence: ParsedSentence, clause: Clause) -> Attribution | None:
    doc = sentence.doc
    assert doc is not None
    runs = tuple(r for run in clause.runs if (r := _trimmed(doc, run)) is not None)
    if not runs:
        return None
    avoid = {*clause.cue, *(i for s, e in runs for i in range(s, e))}
    return Attribution(
        pieces=tuple(sentence.span(s, e) for s, e in runs),
        cue=sentence.spans(clause.cue),
        mention=sentence.mention(clause.speaker, avoid),
        phrase=sentence.phrase(clause.speaker, avoid),
        stands_for=sentence.mention(clause.antecedent, avoid),
        addressee=sentence.mention(clause.addressee, avoid),
        manner=sentence.span(*clause.manner) if clause.manner is not None else None,
        stance=clause.stance,
        quotes=clause.quotes,
    )


def _trimmed(doc: Doc, run: tuple[int, int]) -> tuple[int, int] | None:
    """The run without the conjunction before it and the punctuation around it."""
    first, last = run
    while first < last and (
        (doc[first].is_punct and not doc[first].is_quote and doc[first].text not in "([#@$")
        or doc[first].is_space
        or (doc[first].lower_ == "that" and doc[first].dep_ == "mark")
    ):
        first += 1
    while last > first and (
        doc[last - 1].is_space
        or (doc[last - 1].is_punct and not doc[last - 1].is_quote and doc[last - 1].text not in ")].")
        or doc[last - 1].text in (".",)
    ):
        last -= 1
    return (first, last) if first < last else None
