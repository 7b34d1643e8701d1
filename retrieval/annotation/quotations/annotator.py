"""Quotations out of an article: what was said, by whom, how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.parser import DEFAULT_PARSER, load_parser, parse
from retrieval.annotation.quotations.cast import Cast
from retrieval.annotation.quotations.delayed import name_the_lead
from retrieval.annotation.quotations.doubt import without_guesses
from retrieval.annotation.quotations.extraction import Parse, extract
from retrieval.annotation.quotations.kinds import kind_of
from retrieval.annotation.quotations.layout import Layout
from retrieval.annotation.quotations.marks import quoted_stretches
from retrieval.annotation.quotations.names import title_words
from retrieval.annotation.quotations.speakers import Chains
from retrieval.annotation.sentences import paragraphs, sentences
from retrieval.schema import Article, Quotation, QuotationKind, Stretch

if TYPE_CHECKING:
    from spacy.tokens import Doc


class QuotationAnnotator:
    """Yields the quotations of an article, in order; `parser` names the spaCy model, loaded when first needed."""

    name = "quotations"
    version = 16

    def __init__(self, parser: str = DEFAULT_PARSER) -> None:
        self._parser = parser

    def annotate(self, article: Article) -> Sequence[Quotation]:
        """The quotations of `article` outside its boilerplate; raises NotConfigured without the spaCy model."""
        return quotations_of(article.text, self._parse, article.boilerplate)

    def _parse(self, texts: Iterable[str]) -> Iterable[Doc]:
        return parse(load_parser(self._parser), texts)


_FEWEST_WORDS = 3  # without quotation marks and a speaker
_NOTHING = frozenset(("that", "this", "it", "so", "these", "those", "them", "to differ"))


def _says_nothing(text: str, quotation: Quotation) -> bool:
    """Whether what is said is a pronoun or no content: "she apologised for that", "he begs to differ"; or a scrap that
    only a pronoun or nobody says: "what they had promised to buy"."""
    said = " ".join(text[piece.start : piece.end] for piece in quotation.pieces)
    mention = text[slice(*quotation.mention)].lower() if quotation.mention is not None else ""
    nobodys = quotation.speaker is None and (not mention or mention in title_words().pronouns)
    scrap = nobodys and quotation.kind is QuotationKind.INDIRECT and len(said.split()) < _FEWEST_WORDS
    return scrap or said.strip(" ,.;").casefold() in _NOTHING


def quotations_of(text: str, parser: Parse, boilerplate: Sequence[Stretch] = ()) -> list[Quotation]:
    """The quotations of `text` in order of their first piece; `parser` turns sentences into parsed Docs."""
    within = [p for p in paragraphs(text) if not any(b.start < p.end and p.start < b.end for b in boilerplate)]
    attributions = extract(text, parser, within)
    if not attributions:
        return []
    quoted = quoted_stretches(text, within)
    marked = [Stretch(q.start, q.end) for q in quoted if not q.single]
    cast = Cast(text, within, [a.mention for a in attributions if a.mention is not None])
    chains = Chains(text, cast, Layout(sentences(text, within), within, marked))
    found = []
    for attribution in sorted(attributions, key=lambda a: a.cue or a.pieces):
        speaker = chains.resolve(attribution)
        kind = QuotationKind.DIRECT if attribution.verbatim else kind_of(text, attribution.pieces, quoted)
        found.append(
            Quotation(
                pieces=attribution.pieces,
                kind=kind,
                cue=attribution.cue,
                mention=attribution.mention,
                speaker=speaker.name,
                description=speaker.description,
                addressee=attribution.addressee,
                manner=attribution.manner,
                stance=attribution.stance,
            )
        )
    found = [q for q in found if not _says_nothing(text, q)]
    certain = without_guesses(text, within, sorted(found, key=lambda q: (q.pieces, q.cue)))
    return name_the_lead(text, within, certain)
