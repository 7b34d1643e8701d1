"""Who says it: a sentence gives words to whom the passage gives them, and leaves to somebody's word what it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from retrieval.annotation.quotations.annotator import quotations_of
from retrieval.annotation.quotations.names import Name, names_in, title_words
from retrieval.answering.verification.cited import CitedPassage, Fault, Finding, Said
from retrieval.answering.verification.meaning import Meaning, Source
from retrieval.answering.verification.naming import same_acronym
from retrieval.answering.verification.quoting import Quote
from retrieval.answering.verification.words import all_lemmas, classes, fold, lemmas
from retrieval.schema import Quotation, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc

Parse = Callable[[Iterable[str]], Iterable["Doc"]]

_PRONOUNS = frozenset(["he", "she", "they", "it", "who", "i", "we", "you"])
_EMPTY = frozenset(("the", "a", "an", "of", "for", "in", "at", "on", "and", "s", "its", "his", "her", "their"))
_DESCRIBING = re.compile(r"['’]s\b|,| of | for ")  # "Jane Roe's lawyer" is not Jane Roe
_APPOSED = re.compile(r", ((?:[A-Z][\w.’'-]* ){1,3}[A-Z][\w’'-]*)$")  # "the officer who found it, Jane Roe"
_NOBODY = frozenset(("nobody", "no one", "no-one", "none", "neither"))
_DESCRIBED = 0.5  # cosine from which one description may stand for another; all-MiniLM-L6-v2
_CONCLUSIVE = 0.5  # of the words of what is reported: up to it they need not be the same words
_HOLDS = 0.6  # of the words of what is reported
_HEADED = re.compile(r"((?:[A-Z][\w.’'-]*(?: (?:of|the|and|de|van|von))? ?){1,6}):\s*(?=\S)")
_PUBLISHED = re.compile(r"\b(?:article|report|newspaper|paper|story)\b", re.IGNORECASE)


def reported(sentence: str, parse: Parse) -> list[Quotation]:
    """What a written sentence gives to somebody's word."""
    return quotations_of(sentence, parse)


def check_speakers(
    sentence: str,
    quotations: Sequence[Quotation],
    quotes: Sequence[Quote],
    passages: Sequence[CitedPassage],
    meaning: Meaning,
) -> list[Finding]:
    """Words that the sentence gives to another speaker than the passages, or that nobody is reported to have said."""
    findings = []
    named = [
        m for q in quotations if q.mention and (m := sentence[q.mention.start : q.mention.end]).lower() not in _PRONOUNS
    ]
    for quotation in quotations:
        if quotation.mention is None:
            continue
        mention = sentence[quotation.mention.start : quotation.mention.end]
        if mention.casefold() in _NOBODY:
            continue  # that nobody asked is told by whoever tells it
        who = quotation.speaker or mention
        if who.casefold() in title_words().bodies:
            who = mention  # "Department" of "the Justice Department"
        if mention.casefold() in _PRONOUNS and quotation.speaker is None:
            who = named[0] if named else ""
        direct = [
            q for q in quotes if any(p.start < q.written.end and q.written.start < p.end for p in quotation.pieces)
        ]
        if direct:
            if not any(fits(who, s, p, meaning) for p, s in _of_quotes(direct)):
                findings.append(Finding(Fault.WRONG_SPEAKER, who or mention))
            continue
        finding = _indirect(sentence, quotation, who, passages, meaning)
        if finding is not None:
            findings.append(finding)
    return findings


def check_heading(sentence: str, passages: Sequence[CitedPassage]) -> Iterator[Finding]:
    """ "Jane Roe: the deal is off" gives words to her, unless the passage has her name with a colon, too."""
    match = _HEADED.match(sentence)
    if match is None or not names_in(match[1]):
        return
    headed = f"{match[1]}:".casefold()
    if not any(headed in " ".join(p.text.split()).casefold() for p in passages):
        yield Finding(Fault.WRONG_SPEAKER, match[1])


def _of_quotes(quotes: Sequence[Quote]) -> Iterator[tuple[CitedPassage, Said | None]]:
    for quote in quotes:
        said = [s for s in quote.passage.said if s.start < quote.at.end and quote.at.start < s.end]
        if not said:
            yield quote.passage, None
        for each in said:
            yield quote.passage, each


def _indirect(
    sentence: str, quotation: Quotation, who: str, passages: Sequence[CitedPassage], meaning: Meaning
) -> Finding | None:
    content = set(lemmas(" ".join(sentence[p.start : p.end] for p in quotation.pieces)))
    if not content:
        return None
    rated: list[tuple[float, CitedPassage, Said]] = []
    for passage in passages:
        for said in passage.said:
            words = set(lemmas(_own_words(passage, said)))
            rated.append((len(words & content) / len(content), passage, said))
    best = max((r[0] for r in rated), default=0.0)
    told = max((_narrated(passage, content) for passage in passages), default=0.0)
    if best < told - 0.34 or not rated or best == 0.0:
        names = all_lemmas(who)
        close = any(
            names & all_lemmas(text) for p in passages for text in p.sentence_texts() if content & set(lemmas(text))
        )
        if close or not who or any(p.source and set(p.source.split()) & set(who.split()) for p in passages):
            return None
        return None if _PUBLISHED.search(who) else Finding(Fault.WRONG_SPEAKER, who)
    meant = [(p, s) for rate, p, s in rated if rate >= best - 0.1]
    text = " ".join(sentence[p.start : p.end] for p in quotation.pieces)
    meant += [(p, outer) for p, s in meant for outer in _around(p, s) if _keys(text) & _keys(" ".join(s.names))]
    if best <= _CONCLUSIVE and _stands_with(who, content, passages):
        return None
    if quotation.stance is Stance.DENIED and _denies(who, passages):
        return None  # "X denied the accusation": what is denied is another's word
    if not any(fits(who, s, p, meaning) for p, s in meant):
        if any(_is_described(s) for _, s in meant) and names_in(who):
            return None  # whom "the company" stands for is told by the sentences before
        return Finding(Fault.WRONG_SPEAKER, who)
    stances = {s.stance for p, s in meant if fits(who, s, p, meaning)}
    if quotation.stance not in stances and Stance.SAID in (quotation.stance, *stances):
        return Finding(Fault.NEGATION, sentence[quotation.pieces[0].start : quotation.pieces[-1].end])
    return None


def _around(passage: CitedPassage, said: Said) -> Iterator[Said]:
    """Those who report that somebody says it: "the poll" of "the poll found that most voters said so"."""
    return (s for s in passage.said if s is not said and s.start < said.start and said.end <= s.end)


def _is_described(said: Said) -> bool:
    return bool(said.names) and all(re.fullmatch(r"[Tt]he [a-z]+", name) for name in said.names)


def _own_words(passage: CitedPassage, said: Said) -> str:
    """What somebody says, without what is given to others within it."""
    kept, position = [], said.start
    for other in sorted(passage.said, key=lambda s: s.start):
        if other.names != said.names and said.start < other.start and other.end <= said.end:
            kept.append(passage.text[position : max(position, other.start)])
            position = max(position, other.end)
    return " ".join((*kept, passage.text[position : said.end]))


def _stands_with(who: str, content: set[str], passages: Sequence[CitedPassage]) -> bool:
    """Whether a sentence of the passages has the speaker and something of the words."""
    names = all_lemmas(who) - all_lemmas("the a an some of in")
    return any(names & all_lemmas(t) and content & set(lemmas(t)) for p in passages for t in p.sentence_texts())


def _denies(who: str, passages: Sequence[CitedPassage]) -> bool:
    names = all_lemmas(who)
    for passage in passages:
        texts = list(passage.sentence_texts())
        for before, text in zip(("", *texts), texts, strict=False):
            words = all_lemmas(text)
            named = words | (all_lemmas(before) if words & {"he", "she"} else set())
            if names & named and words & classes().denying:
                return True
    return False


def _narrated(passage: CitedPassage, content: set[str]) -> float:
    """The most of `content` that one sentence of the passage has outside what it gives to somebody."""
    best = 0.0
    for start, end in passage.sentences:
        words = set(lemmas(_outside(passage, start, end)))
        best = max(best, len(words & content) / len(content))
    return best


def _outside(passage: CitedPassage, start: int, end: int) -> str:
    kept, position = [], start
    for said in sorted((s for s in passage.said if s.start < end and start < s.end), key=lambda s: s.start):
        kept.append(passage.text[position : max(position, said.start)])
        position = max(position, said.end)
    return " ".join((*kept, passage.text[position:end]))


def fits(who: str, said: Said | None, passage: CitedPassage, meaning: Meaning | None = None) -> bool:
    """Whether a sentence's speaker is the one of the passage; nobody can be wrong about a speaker who is unclear.

    With `meaning` one description may stand for another that is like it.
    """
    if said is None:
        return bool(who) and bool(_keys(who) & _keys(passage.text))
    if not said.names:
        return bool(_keys(who) & _keys(passage.text)) if who else True
    if not who:
        return False  # "he" alone: nobody knows who
    apposed = [match[1] for text in said.names if (match := _APPOSED.search(text))]
    named = [text for text in (*said.names, *apposed) if not _DESCRIBING.search(text)] or said.names
    if any(same_acronym(who, name) for name in named):
        return True
    theirs = [n for text in named for n in names_in(text)]
    ours = list(names_in(who)) if not _DESCRIBING.search(who) else []
    if ours and _proper(ours):
        known = {k for n in theirs for k in _name_keys(n)} | {k for t in named for k in _keys(t)}
        if any(_last_key(n) & known for n in _proper(ours)):
            return True
        return _is_named_before(who, said, passage)
    described = set().union(*(_keys(t) for t in said.names), _titles(said, passage))
    mine = _keys(who)
    if mine & described:
        return True
    if meaning is None:
        return False
    return any(meaning.near(a, b) >= _DESCRIBED for a in list(mine)[:4] for b in list(described)[:8])


def _is_named_before(who: str, said: Said, passage: CitedPassage) -> bool:
    """Whether "the poll" that says it is the one that was named in full just before, as the sentence does."""
    full, last = re.sub(r"^(?:an?|the)\s+", "", who, flags=re.IGNORECASE), who.split()[-1]
    if not any(re.fullmatch(rf"the {re.escape(last)}", name, re.IGNORECASE) for name in said.names):
        return False
    earlier = passage.text[: said.start]
    named = list(re.finditer(rf"(?<!\w)(?!the |this |that )\S+ {re.escape(last)}(?!\w)", earlier, re.IGNORECASE))
    return bool(named) and earlier[: named[-1].end()].endswith(full)


def _proper(names: Sequence[Name]) -> list[Name]:
    return [n for n in names if not all(w.lower() in title_words().titles | title_words().bodies for w in n.words)]


def _name_keys(name: Name) -> set[str]:
    return _keys(name.text)


def _last_key(name: Name) -> set[str]:
    words = [w for w in re.findall(r"[\w’'-]+", fold(name.text).casefold()) if w not in ("jr", "sr", "ii", "iii")]
    return {re.sub(r"'s?$", "", words[-1])} if words else set()


def _keys(text: str) -> set[str]:
    """The words of a name or description, with and without their ending, that are no function words."""
    found = {re.sub(r"'s?$", "", w) for w in re.findall(r"[^\W_][\w’'-]*", fold(text).casefold())}
    found |= set(re.findall(r"[^\W_]\w*", fold(text).casefold()))
    found -= title_words().function_words | title_words().pronouns | _EMPTY
    return found | {w.removesuffix("s") for w in found if len(w) > 4}


def _titles(said: Said, passage: CitedPassage) -> set[str]:
    """The titles that stand before the speaker's names anywhere in the article."""
    found: set[str] = set()
    text = passage.article or passage.text
    for name in said.names:
        last = name.split()[-1] if name.split() else ""
        if last[:1].isupper():
            for match in re.finditer(rf"((?:[\w’'-]+ ){{1,4}}){re.escape(last)}\b(?:, ((?:[\w’'-]+ ?){{1,6}}))?", text):
                found |= _keys(match[1]) | _keys(match[2] or "")
    return found - {"and", "the", "said", "to", "by", "with"}


def dropped(
    sentence: str, quotations: Sequence[Quotation], best: Source | None, everything: Sequence[Source]
) -> tuple[Said | None, bool]:
    """The words of somebody that the sentence tells as a fact, and whether the passage says of them that they are open.

    None where the sentence names or credits the speaker, or where the passage tells the same in its own voice.
    """
    if quotations or best is None or _credits(sentence):
        return None, False
    wanted = set(lemmas(sentence)) - classes().light
    for said in best.passage.said:
        if said.end <= best.stretch.start or said.start >= best.stretch.end:
            continue
        inside = wanted & set(lemmas(best.passage.text[said.start : said.end]))
        outside = wanted & set(lemmas(_outside(best.passage, *best.stretch)))
        if len(inside - outside) < _HOLDS * len(wanted & best.words) or len(inside) < 2:
            continue
        if all_lemmas(" ".join(said.names)) & all_lemmas(sentence) - all_lemmas(
            best.passage.text[said.start : said.end]
        ):
            continue
        if any(len(inside & set(lemmas(_outside(s.passage, *s.stretch)))) >= len(inside) * 0.75 for s in everything):
            continue
        return said, said.stance is not Stance.SAID
    return None, False


_CREDIT = re.compile(
    r"\b(?:according\s+to|sa(?:id|ys|ying)|told|tells|report(?:ed|s|edly)|alleg\w+|claim\w*|accus\w+|announc\w+|stat(?:ed|es|ing)"
    r"|argu\w+|warn\w*|predict\w*|expect\w*|believ\w*|thinks?|thought|insist\w*|promis\w+|den(?:y|ied|ies|ying)|add(?:ed|s)|call(?:ed|s|ing)"
    r"|describ\w+|mention\w*|confirm\w*|admit\w*|propos\w+|suggest\w*|urg\w+|ask\w*|plan\w*|complain\w*|critici\w+|praise\w*|testif\w+"
    r"|express\w*|in\s+the\s+(?:view|words)\s+of|quot\w+|acknowledg\w+|explain\w*|wrote|writes|want\w*|vow\w*|pledg\w*|blam\w+"
    r"|estimat\w+|apologi\w+|demand\w*|threaten\w*|recall\w*|reveal\w*|disclos\w+|declar\w+|respon\w+|repl(?:y|ied|ies)|not(?:ed|es|ing))\b",
    re.IGNORECASE,
)


def _credits(sentence: str) -> bool:
    return _CREDIT.search(sentence) is not None


_EARLIER = re.compile(
    r"\b(?:earlier|previous|original|initial)\s+(?:version|report|article|story|edition|post)s?\b", re.I
)


def credit(said: Said) -> str | None:
    """Whose word it is, to be put in square brackets; None where the passage does not say."""
    named = [n for n in said.names if n.casefold() not in _PRONOUNS and not re.search(r"[a-z]{3}\. |\n", n)]
    named = [n for n in named if _EARLIER.search(n) is None]  # whose word is taken back, not borne out
    return f"[according to {named[0]}]" if named else None
