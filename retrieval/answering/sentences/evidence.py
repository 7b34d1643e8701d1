"""How well each sentence of the found passages answers: what is measured of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.days_asked import days_asked, known_beside
from retrieval.answering.questions.question_syntax import QuestionSyntax
from retrieval.answering.questions.question_words import QuestionWords
from retrieval.answering.sentences.agreement import answer_words, can_agree
from retrieval.answering.sentences.asked_there import asks, headed, questions_before
from retrieval.answering.sentences.matching import WordVectors, nearness, unit_rows, word_vectors
from retrieval.answering.sentences.offers import Offer, offers
from retrieval.answering.sentences.passage_reader import PassageReader, as_read
from retrieval.answering.sentences.posts import names_office
from retrieval.answering.sentences.roles import UNKNOWN
from retrieval.schema import ArticleHead, FoundPassage, Question, Stretch
from retrieval.search.freshness import fit
from retrieval.search.words import content_words, stem, stems
from retrieval.storage.encoding.token_states import TokenStates

TextOf = Callable[[ArticleHead], str]
"""The whole text of the revision a head stands for."""

_PASSAGES = 5  # that sentences are taken from: what two cores read in a tenth of a second; more found no more answers
_INNER_NAME = re.compile(r"(?:(?<=[a-z,;] )|(?<=[a-z,;] [“‘]))[A-Z][\w-]+")
_CAPITAL = re.compile(r"[A-Z][\w-]+")
_WISHED = 0.3  # strength from which a question asks for articles of certain days
_TITLED = 1  # counts a name of the title for each passage found
# What a question may be the answer to: words, and what it takes for known ("Why was Roe, 70, there?").
_ASKED = frozenset((AskedFor.WORDS, AskedFor.POSITION, AskedFor.AGE))
_BYLINE = re.compile(r"(?:[Bb]y\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w.’'-]*){1,3}")  # who wrote it, and nothing else
# When an article was written, and nothing else.
_DATELINE = re.compile(
    r"(?:(?:Updated|Published|Posted|Last|at|on|[ECPMB]S?T|[ECPM]DT|GMT|UTC|[ap]\.?m|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*|\d+)\b|[^\w“”\"])+",
    re.IGNORECASE,
)
_NEAR = 6  # tokens at which a word counts half for what is offered beside it


@dataclass(frozen=True, slots=True)
class Measures:
    """What is measured of a sentence; all in [0, 1] but `cosine`, in [-1, 1], and `judged`, log-odds.

    Shares are of the question's words, by rarity. `coverage` is the share that stands in the sentence; `context` the
    same with the article's title, publisher and the sentence before; `passage` with the whole passage. `offered` is how
    plainly the kind of thing asked for is there and `tie` how near the question's words stand to it; `others` is 1
    where a name of the question is missing and another stands in its place; `rank` is the passage's fused score beside
    the best. `asking` is how near the words of the sentence that asks are to the nearest tokens, `predicate` the same
    of its verb, `instance` of the noun asked for ("which animal") and tokens that the question lacks. `salient` is how
    much the article is about a name that the question lacks, `lead` how near its beginning the sentence stands, `found`
    how high both searches put the passage, `timely` whether it is of the days asked for, `role` whether the sentence
    has the part that the question asks for, `weakest` how near the word of the sentence that asks is that is met least
    in the sentence, the one before it and the title; `headed` how much of the question a question of the article's own
    has that stands before the sentence, less with each sentence between. `judged` is what the judge says of it.
    """

    cosine: float = 0.0
    coverage: float = 0.0
    context: float = 0.0
    passage: float = 0.0
    offered: float = 0.0
    tie: float = 0.0
    others: float = 0.0
    rank: float = 0.0
    asking: float = 0.0
    predicate: float = 0.0
    instance: float = 0.0
    salient: float = 0.0
    lead: float = 0.0
    timely: float = UNKNOWN
    role: float = UNKNOWN
    weakest: float = 0.0
    headed: float = 0.0
    judged: float = 0.0

    def row(self) -> NDArray[np.float64]:
        """The measures in the order of their names above."""
        return np.array([getattr(self, f.name) for f in fields(self)], np.float64)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer. `names` is the share of the question's names and numbers in what was found of its
    article, title and publisher included; `kind` what is asked for, `answer` the words of what is best offered of it,
    none where that is no name or figure; `outright` whether it says just what is asked. `share` is the chance to answer
    among all sentences, `agreed` that of all which say the same and nothing forbids, `ahead` the latter among those.
    """

    passage: FoundPassage
    stretch: Stretch
    text: str
    before: tuple[str, ...]
    names: float
    measures: Measures
    kind: AskedFor = AskedFor.ANYTHING
    answer: frozenset[str] = frozenset()
    outright: bool = False
    score: float = 0.0
    share: float = 0.0
    agreed: float = 0.0
    ahead: float = 0.0

    @property
    def position(self) -> int:
        """Where it begins in its article."""
        return self.stretch.start


def gather(
    question: Question,
    syntax: QuestionSyntax,
    words: QuestionWords,
    passages: Sequence[FoundPassage],
    reader: PassageReader,
    text_of: TextOf,
) -> list[Evidence]:
    """The sentences of the first of `passages`, measured, each once, in no order.

    The model reads the question and each passage, under its heading, once; a sentence is what its tokens mean there, so
    that "it" and "the company" are near what they stand for.
    """
    read = passages[:_PASSAGES]
    if not read:
        return []
    days = days_asked(question)
    about = {p.article.id: known_beside(p.article, days) for p in read}
    told = {article: set(words_told) for article, words_told in about.items()}
    for passage in passages:
        if passage.article.id in told:
            told[passage.article.id] |= words.stems_of(passage.text)
    texts = [as_read(p) for p in read]
    asked, states = reader.read(question.topic, texts)
    measure = _Measuring(question, words, syntax, asked, _told_often(passages))
    found = []
    for passage, text, passage_states in zip(read, texts, states, strict=True):
        article = passage.article.id
        of_passage = _sentences(question, passage, words, read[0].score, about[article], told[article], text_of)
        found += measure.measured(of_passage, passage_states, len(text) - len(passage.text))
    stated = [e for e in found if not (_DATELINE.fullmatch(e.text) or _BYLINE.fullmatch(e.text))]
    return _distinct([e for e in stated if measure.wanted.kind in _ASKED or not asks(e.text)])


class _Measuring:
    """Measures what needs the model's states."""

    def __init__(
        self,
        question: Question,
        words: QuestionWords,
        syntax: QuestionSyntax,
        asked: TokenStates,
        often: Mapping[str, Counter[str]],
    ) -> None:
        asking = question.topic[slice(*syntax.asking)]
        self.wanted = asked_for(asking)
        self._question, self._words, self._syntax, self._often = question, words, syntax, often
        self._asked_stems, self._topic = frozenset(stems(question.text)), asked.pooled()
        # "Who is the treasurer": what stands for a verb where somebody is asked for by a post.
        self._post = syntax.focus if self.wanted.kind is AskedFor.PERSON else None
        self._vectors = word_vectors(question.topic, words.words, asked)
        self._deed = _vector_of(syntax.predicate or self._post, asked)
        self._focus = _vector_of(syntax.focus, asked)
        self._weights = np.array([words.weights[stem(word)] for word in self._vectors.words], np.float64)
        inside = np.array([word.casefold() in asking.casefold() for word in self._vectors.words], bool)
        self._inside = inside if inside.any() else ~inside  # which of the words stand in the sentence that asks

    def measured(self, sentences: Sequence[Evidence], states: TokenStates, offset: int) -> list[Evidence]:
        """The sentences of a passage with what its `states` show; the text read has its heading, `offset` long, first.

        All tokens of the passage are compared at once: a sentence is a stretch of what that gives.
        """
        deed, focus = (v if v is not None else self._topic[None] for v in (self._deed, self._focus))
        vectors = np.concatenate((self._vectors.vectors, deed, focus))
        near = nearness(WordVectors((*self._vectors.words, "", ""), vectors), states)
        title = before = _met(near[:-2, states.inside(0, offset)])
        found = []
        for e in sentences:
            start = e.stretch.start - e.passage.start + offset
            inside = states.inside(start, start + len(e.text))
            of_it = TokenStates(states.spans[inside] - start, states.states[inside])
            met = _met(near[:-2, inside])
            found.append(self._measured(e, of_it, near[:, inside], (title, before, met)))
            before = met
        return found

    def _measured(
        self, e: Evidence, states: TokenStates, near: NDArray[np.float32], met: Sequence[NDArray[np.float32]]
    ) -> Evidence:
        """`e` with what its `states` show; `near` is how near its tokens are to the words, the verb and the noun asked
        for, `met` the nearest in title, sentence before, and sentence."""
        total = float(self._weights.sum()) or 1.0
        found = offers(self.wanted.kind, e.text, self._question.text)
        if self.wanted.kind is AskedFor.ANYTHING and self._syntax.focus is not None:
            found = [replace(o, strength=0.5) for o in found] + offers(AskedFor.NAME, e.text, self._question.text)
        ties = [(_tie(o, near[:-2], self._weights, states) / total, o) for o in found]
        counts = self._weights * self._inside
        tie, best = max(ties, key=lambda pair: pair[0] * pair[1].strength, default=(0.0, None))
        measures = replace(
            e.measures,
            cosine=float(self._topic @ states.pooled()),
            offered=max((o.strength for o in found), default=0.0),
            tie=tie * best.strength if best else 0.0,
            asking=float(met[-1] @ counts) / (float(counts.sum()) or 1.0) if len(counts) else 0.0,
            predicate=self._near_deed(e, near[-2]),
            instance=self._near_focus(e, states, near[-1]),
            salient=self._salient(e),
            weakest=float(np.max(met, axis=0)[self._inside].min()) if len(counts) else 0.5,
        )
        return replace(e, measures=measures, kind=self.wanted.kind, answer=self._answer(e.text, best))

    def _near_deed(self, e: Evidence, near: NDArray[np.float32]) -> float:
        if self._post is not None and names_office(self._question.topic[slice(*self._post)], e.text):
            return 1.0
        return float(near.max()) if self._deed is not None and near.size else 0.5

    def _near_focus(self, e: Evidence, states: TokenStates, near: NDArray[np.float32]) -> float:
        """How near the nearest token is that the question lacks."""
        if self._focus is None or not near.size:
            return 0.5
        asked = [stem(e.text[a:b]) in self._words.weights for a, b in states.spans.tolist()]
        return float(np.where(asked, 0.0, near).max())

    def _answer(self, text: str, best: Offer | None) -> frozenset[str]:
        """The words of what is offered, where it is something that sentences can agree on."""
        named = self.wanted.kind is AskedFor.ANYTHING and self._syntax.focus is not None
        if best is None or best.end - best.start == len(text) or not (named or can_agree(self.wanted.kind)):
            return frozenset()
        offered = text[best.start : best.end]
        if self.wanted.kind is AskedFor.PERSON and not any(word[0].isupper() for word in content_words(offered)):
            return frozenset()  # "he said" is said of many
        return answer_words(offered, self._asked_stems)

    @cached_property
    def _wants_name(self) -> bool:
        """Whether a name may answer."""
        if self.wanted.kind in (AskedFor.PERSON, AskedFor.BODY, AskedFor.NAME, AskedFor.PLACE):
            return True
        return self.wanted.kind in (AskedFor.ANYTHING, AskedFor.LIST) and self._syntax.focus is not None

    def _salient(self, e: Evidence) -> float:
        """How much of its article is about a name that the sentence has and the question lacks."""
        if not self._wants_name:
            return 0.5
        often = self._often[e.passage.article.id]
        most = max((n for name, n in often.items() if name not in self._words.weights), default=0)
        fresh = {s for name in _CAPITAL.findall(e.text) if (s := stem(name)) not in self._words.weights}
        return max((often[s] / most for s in fresh if s in often), default=0.0) if most else 0.0


def _vector_of(word: Stretch | None, asked: TokenStates) -> NDArray[np.float32] | None:
    """A word of the question as the model sees it there, shape (1, dimensions); None where there is none."""
    if word is None:
        return None
    inside = (asked.spans[:, 0] < word.end) & (asked.spans[:, 1] > word.start)
    return unit_rows(asked.states[inside].mean(axis=0, keepdims=True)) if inside.any() else None


def _met(near: NDArray[np.float32]) -> NDArray[np.float32]:
    """How near the nearest token is to each word of the question."""
    return near.max(axis=1) if near.size else np.zeros(len(near), np.float32)


def _told_often(passages: Sequence[FoundPassage]) -> dict[str, Counter[str]]:
    """Of each article, how often a name stands in what was found of it; one that its title has too counts more."""
    counts: dict[str, Counter[str]] = {}
    for passage in passages:
        own = counts.setdefault(passage.article.id, Counter())
        own.update(stem(name) for name in _INNER_NAME.findall(passage.text))
    for passage in passages:
        own = counts[passage.article.id]
        for name in {stem(word) for word in _CAPITAL.findall(passage.article.title)} & own.keys():
            own[name] += _TITLED
    return counts


def _tie(offer: Offer, near: NDArray[np.float32], weights: NDArray[np.float64], states: TokenStates) -> float:
    """How near the question's words stand to what is offered, each by its weight."""
    if not near.size:
        return 0.0
    inside = (states.spans[:, 0] < offer.end) & (states.spans[:, 1] > offer.start)
    places = np.arange(len(states.spans))
    if not inside.any():
        return 0.0
    first, last = places[inside][0], places[inside][-1]
    distance = np.maximum(0, np.maximum(first - places, places - last))
    return float((near * (_NEAR / (_NEAR + distance))).max(axis=1) @ weights)


def _sentences(
    question: Question,
    passage: FoundPassage,
    words: QuestionWords,
    best: float,
    around: set[str],
    told: set[str],
    text_of: TextOf,
) -> list[Evidence]:
    prior = question.prior
    published, timely = passage.article.published_on, UNKNOWN
    if prior is not None and prior.strength >= _WISHED and published is not None:
        timely = fit(published, prior)
    texts = [passage.text[s - passage.start : e - passage.start] for s, e in passage.sentences]
    found = [words.stems_of(text) for text in texts]
    whole = around.union(*found) if found else around
    names = words.covered(told, words.names)
    evidence = []
    above = questions_before(text_of(passage.article), passage.start)
    under = headed(question, [*above, *texts], words, stems(passage.article.title))[len(above) :]
    for i, (stretch, text) in enumerate(zip(passage.sentences, texts, strict=True)):
        near = around | found[i] | (found[i - 1] if i else set())
        measures = Measures(
            coverage=words.covered(found[i]),
            context=words.covered(near),
            passage=words.covered(whole),
            others=float(words.covered(found[i], words.names) < 1.0 and _names_others(text, words)),
            rank=passage.score / best if best else 0.0,
            timely=timely,
            lead=1.0 / (1.0 + stretch[0] / 400.0),
            headed=under[i],
        )
        evidence.append(Evidence(passage, Stretch(*stretch), text, tuple(texts[:i]), names, measures))
    return evidence


def _names_others(text: str, words: QuestionWords) -> bool:
    return any(stem(name) not in words.weights for name in _INNER_NAME.findall(text))


def _distinct(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Each sentence once, from the article that ranks first, whatever number of articles print it."""
    seen: set[str] = set()
    kept = []
    for item in evidence:
        key = " ".join(re.findall(r"\w+", item.text.casefold()))
        if key and key not in seen:
            seen.add(key)
            kept.append(item)
    return kept
