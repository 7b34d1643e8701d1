"""The cue right beside quoted words: "…," he said / said Jones / He said: "…" """

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.attribution import Attribution
from retrieval.annotation.quotations.circumstances import addressee_of, manner_of
from retrieval.annotation.quotations.clauses import antecedent_of, cue_tokens, stance_of
from retrieval.annotation.quotations.content import is_passive
from retrieval.annotation.quotations.coordination import cue_resumed
from retrieval.annotation.quotations.cues import Cue, Frame, lexicon
from retrieval.annotation.quotations.marks import Quoted
from retrieval.annotation.quotations.phrases import mention_span, phrase_span
from retrieval.annotation.quotations.speaking import speaker_of
from retrieval.schema import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

    from retrieval.annotation.quotations.extraction import Paragraph
    from retrieval.annotation.quotations.reading import ParsedSentence

_NOUNS = ("NN", "NNS", "NNP", "NNPS", "PRP", "WP")
_INDEFINITE = ("another", "others", "some", "many", "one")
_SHORTEST_LEAD = 5  # characters
_REACH = 40  # tokens between the marks and the verb; a name with its description fits


def cue_beside(text: str, q: Quoted, paragraph: Paragraph, *, introduced: bool = False) -> Attribution | None:
    """What the cue beside `q`, after it or before it, attributes; None where there is none."""
    if q.closed and not introduced and (after := _after(text, q, paragraph)) is not None:
        return after
    return _before(text, q, paragraph)


def lead_in(text: str, paragraph: Paragraph) -> Attribution | None:
    """The cue of a paragraph that ends with a colon and so introduces the next one; its pieces are the colon."""
    if not text[: paragraph.stretch.end].rstrip().endswith(":") or not paragraph.sentences:
        return None
    sentence = paragraph.sentences[-1]
    colon = Stretch(paragraph.stretch.end - 1, paragraph.stretch.end)
    if sentence.doc is None:
        return Attribution((colon,), cue=(colon,), quotes=True)
    marked = Quoted(colon.end, colon.end, colon)
    return _introduced(sentence, marked, paragraph) or Attribution((colon,), cue=(colon,), quotes=True)


def _after(text: str, q: Quoted, paragraph: Paragraph) -> Attribution | None:
    sentence = _sentence_at(paragraph, q.end - 1)
    if sentence is None:
        return None
    inner = text[q.inner.start : q.inner.end].rstrip(" ”’'\"»")[-1:]  # a quotation within may end with this one
    following = text[q.end : q.end + 2].strip()[:1]
    if inner not in tuple(",?!-—–…") and following not in tuple(",-—–"):
        return None
    rest = _words_after(sentence, q.end)
    if not rest and inner in tuple("?!-—–…"):
        # "“Why?” she asked." may be cut after the question mark.
        later = next((s for s in paragraph.sentences if s.stretch.start >= q.end), None)
        if later is None or later.doc is None:
            return None
        sentence, rest = later, _words_after(later, q.end)
    words = lexicon()
    for token in rest[:_REACH]:
        if any(o.start <= sentence.stretch.start + token.idx < o.end for o in paragraph.quoted if not o.single):
            return None
        cue = words.verbs.get(token.lower_)
        if cue is None or Frame.QUOTE not in cue.frames or not (token.tag_.startswith("V") or _misread(token)):
            continue
        first = rest[0].i
        if _ends_a_clause(text, q, sentence) and (rest[0].dep_ == "cc" or _has_its_own_content(token, cue)):
            return None
        speaker = speaker_of(token)
        if speaker is None or speaker.i < first:
            speaker = _noun_beside(token, first)
        if speaker is None:
            return None
        begins = min(token.i, max(first, speaker.left_edge.i))
        if begins - first > 2:
            return None
        found = _speech(sentence, token, cue, speaker, q)
        return replace(found, pieces=(_with_what_leads_to_it(text, q, sentence),))
    return None


def _has_its_own_content(verb: Token, cue: Cue) -> bool:
    """Whether the cue tells something else than the marks before it: "In “Dusk,” Roe revealed that she was ill"."""
    for child in verb.rights:
        if child.dep_ == "ccomp" and any(c.dep_ == "mark" and c.lower_ == "that" for c in child.children):
            return True
        named = child.dep_ == "dobj" and child.tag_ != "PRP"
        if named and Frame.PREDICATE in cue.frames and not cue.frames & {Frame.CLAUSE, Frame.OBJECT}:
            return True  # "In “Dusk,” Roe paints a picture of it"
    return False


def _with_what_leads_to_it(text: str, q: Quoted, sentence: ParsedSentence) -> Stretch:
    """The quoted words, with the sentence they end where they are only its end: "They 'take it out,'" he said."""
    if not _ends_a_clause(text, q, sentence) or q.start - sentence.stretch.start < _SHORTEST_LEAD:
        return Stretch(*q.inner)
    return Stretch(sentence.stretch.start, q.end)


def _ends_a_clause(text: str, q: Quoted, sentence: ParsedSentence) -> bool:
    """Whether the quoted words are the end of a clause that begins before them."""
    lead = text[sentence.stretch.start : q.start].rstrip()
    return q.start > sentence.stretch.start and bool(lead) and lead[-1] not in ",:;.?!-—–”\"'’"


def _before(text: str, q: Quoted, paragraph: Paragraph) -> Attribution | None:
    sentence = _sentence_at(paragraph, q.start)
    if sentence is None:
        return None
    lead = text[paragraph.stretch.start : q.start].rstrip()
    if not lead or lead[-1] not in ",:":
        return None
    if not text[sentence.stretch.start : q.start].strip():
        sentence = next((s for s in reversed(paragraph.sentences) if s.stretch.end <= q.start), sentence)
    return _introduced(sentence, q, paragraph)


def _introduced(sentence: ParsedSentence, q: Quoted, paragraph: Paragraph) -> Attribution | None:
    """The last cue of the sentence before `q`."""
    if sentence.doc is None:
        return None
    words = lexicon()
    position = q.start - sentence.stretch.start
    for token in reversed([t for t in sentence.doc if t.idx < position]):
        at = sentence.stretch.start + token.idx
        if any(o.start <= at < o.end for o in paragraph.quoted if not o.single):
            return None
        cue = words.verbs.get(token.lower_)
        if cue is None or Frame.QUOTE not in cue.frames or not token.tag_.startswith("V"):
            continue
        speaker = speaker_of(token)
        if (speaker is None or speaker.idx > position) and cue_resumed(token)[0] is None:
            speaker = _noun_beside(token, 0)
        return _speech(sentence, token, cue, speaker, q)
    return None


def _sentence_at(paragraph: Paragraph, at: int) -> ParsedSentence | None:
    return next((s for s in paragraph.sentences if s.stretch.start <= at < s.stretch.end), None)


def _words_after(sentence: ParsedSentence, at: int) -> Sequence[Token]:
    if sentence.doc is None:
        return ()
    return [
        t for t in sentence.doc if sentence.stretch.start + t.idx >= at and not (t.is_punct or t.is_space or t.is_quote)
    ]


def _misread(token: Token) -> bool:
    """Whether a cue that the tagger takes for a noun stands where a verb stands: "…," Roe notes."""
    if token.i == 0 or (token.nbor(-1).tag_ not in _NOUNS and token.nbor(-1).text != ","):
        return False
    return token.i + 1 == len(token.doc) or token.nbor(1).is_punct or token.nbor(1).tag_ == "IN"


def _noun_beside(verb: Token, first: int) -> Token | None:
    """The noun right before or right after the verb, for a parse that names no subject."""
    for i in range(verb.i - 1, first - 1, -1):
        token = verb.doc[i]
        if token.tag_ in _NOUNS or token.lower_ in _INDEFINITE:
            return token
        if token.is_punct:
            break
    for i in range(verb.i + 1, min(len(verb.doc), verb.i + 8)):
        token = verb.doc[i]
        if token.tag_ in _NOUNS or token.lower_ in _INDEFINITE:
            while token.dep_ in ("compound", "poss", "amod", "nmod") and token.head.i > token.i:
                token = token.head
            return token
        if token.is_punct or token.tag_ == "IN":
            break
    return None


def _speech(sentence: ParsedSentence, verb: Token, cue: Cue, speaker: Token | None, q: Quoted) -> Attribution:
    assert sentence.doc is not None
    avoid = {verb.i} | {t.i for t in sentence.doc if q.start <= sentence.stretch.start + t.idx < q.end}
    heard, manner = addressee_of(verb, cue, passive=is_passive(verb)), manner_of(verb, avoid)
    return Attribution(
        (Stretch(*q.inner),),
        cue=sentence.spans(cue_tokens(verb)),
        mention=sentence.span(*mention_span(speaker, avoid)) if speaker is not None else None,
        phrase=sentence.span(*phrase_span(speaker, avoid)) if speaker is not None else None,
        stands_for=sentence.mention(antecedent_of(verb, speaker), avoid),
        addressee=sentence.mention(heard, avoid) if heard not in avoid else None,
        manner=sentence.span(*manner) if manner is not None else None,
        stance=stance_of(verb, cue, lexicon()),
        quotes=True,
        proper=speaker is not None and speaker.tag_ in ("NNP", "NNPS"),
    )
