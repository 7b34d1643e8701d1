"""What forbids a sentence to answer, however well it fits: a name its article lacks, another speaker, no such thing."""

from __future__ import annotations

import re

from retrieval.answering.questions.asked_for import AskedFor, asked_for, names_a_sum
from retrieval.answering.questions.event_forms import asks_when_it_will_be
from retrieval.answering.questions.question_words import another_number, another_ordinal, opposite_extreme
from retrieval.answering.questions.speech import asks_who_said, speaker_asked_about, speaks
from retrieval.answering.sentences.agreement import FIGURES
from retrieval.answering.sentences.conflicts import NUMBER_WORDS
from retrieval.answering.sentences.contraries import dates_the_contrary
from retrieval.answering.sentences.evidence import Evidence, Measures
from retrieval.answering.sentences.limits import of_another_whole
from retrieval.answering.sentences.other_things import OF_ANOTHER
from retrieval.answering.sentences.roles import ABSENT, OLD, UNDONE, UNFILLED, UNKNOWN
from retrieval.answering.sentences.sides import tells_no_opposition
from retrieval.answering.sentences.unnamed import is_left_unnamed
from retrieval.schema import Question, QuestionKind, TemporalPrior
from retrieval.search.words import content_words, stem, stems

NOT_DONE = frozenset((UNDONE, UNFILLED))
"""Roles of a sentence that lacks the verb asked about."""

LEAST_POST = 0.5
"""Nearness of a post asked for and the sentence's nearest word: "boss" and "chief executive"."""

LEAST_NAMES = 0.75
"""Of the question's names and numbers so many must stand in the passage, its title or its publisher."""

_VOUCHED_FOR = 0.5
"""Log-odds from which the judge is believed that a sentence tells it in words of its own, whatever its grammar and its
passage's words: it holds it for likelier that the sentence answers than that nothing does. 0 is what no judge says."""

_SURE = 3.0  # the same of a passage that has no word of the question: "Nobody was injured", asked "was anyone hurt?"
_HALF = 0.5  # of the question's words, by their weights
_LEAST_DEED = 0.65  # nearness of the verb asked about and the sentence's nearest word: "jailed" and "sentenced"
_WISHES = re.compile(
    r"\W*what\s+(?:do|does|did)\b(?P<who>.*?)\b(?:want|wish|need|demand|fear|hope|expect|intend)\b", re.IGNORECASE
)
_WISHED = re.compile(
    r"\b(?:call(?:s|ed|ing)?\s+(?:for|on)|urg(?:es?|ed|ing)|ask(?:s|ed|ing)?\s+(?:for|that)|demand(?:s|ed|ing)?"
    r"|push(?:es|ed|ing)?\s+for|seek(?:s|ing)?|sought|request(?:s|ed|ing)?|would\s+like|insist(?:s|ed|ing)?"
    r"|appeal(?:s|ed|ing)?\s+(?:for|to)|campaign(?:s|ed|ing)?\s+for)\b"
)
_LEAST_HEADED = 0.5  # of the question's words in one that the article asks right before: what follows answers it
_LEAST_REASON = 0.5
# Strength of an offer that may answer: a bare number is no sum and no measure, "after" is no day. Only "how much
# custom" may be told by any number.
_LEAST_OFFERED = {AskedFor.AMOUNT: 0.7, AskedFor.MEASURE: 0.7, AskedFor.AGE: 0.7, AskedFor.DAY: 0.3}
_LEAST_NEAR = 0.35  # of the verb asked about and the nearest word, where whom it befell or its reason is asked for
_LEAST_COUNTED = 0.31  # nearness of what is counted to any word beside it
_GENERIC = re.compile(r"\b(?:people|persons?|men|women|times|things|ones)\b", re.IGNORECASE)
_LEAST_COUNT = 0.4  # strength of an offer that tells how many
_WHOM = re.compile(r"\W*(?:and\s+|so\s+)?whom?\s+(?:did|do|does|has|have|had|will|would)\b", re.IGNORECASE)
# Not how it turned out: "how did the vote go", "how did the toll change".
_HOW_DONE = re.compile(
    r"\W*(?:and\s+|so\s+)?how\s+(?:did|was|were|had)\b"
    r"(?!.*\b(?:do|go|fare|react|respond|change|feel|perform|end|turn|look|differ|compare|vote|affect|help|work)\b)",
    re.IGNORECASE,
)
_HOW_WORTH = re.compile(
    r"\W*(?:and\s+|so\s+)?how\s+much\s+(?:is|are|was|were)\b.*?(?P<what>[\w-]+)\s+worth\b", re.IGNORECASE
)
_WORTH = re.compile(
    r"\b(?:worth|valu\w+|pric\w+|costs?|fetch\w*|s[eo]ll\w*|sold|sale|sales|bought|paid|estimat\w+|apprais\w+|insured|assess\w+)\b",
    re.IGNORECASE,
)
_HOW_OFTEN = re.compile(r"\W*(?:and\s+|so\s+)?how\s+(?:often|frequently|regularly)\b", re.IGNORECASE)
_LEAST_ANSWERED = 0.4  # nearness of the verb asked about, where yes or no is told by another: "refused" for "take"
_LEAST_MET = 0.3  # nearness of the word met least, for yes or no, who said so, and a reason that is no plain one
_NEAR_DEED, _LEAST_MEANS = 0.5, 0.6  # of the verb, and strength of an offer, where it is asked how something was done
_PLAIN_REASON = 0.8  # strength of an offered reason that needs no word for what was done
_STRICT = FIGURES | {AskedFor.PERSON, AskedFor.WORDS}
_SETTLED = frozenset((AskedFor.YES_NO, AskedFor.PLACE))
_PARTIES = frozenset((AskedFor.PERSON, AskedFor.BODY, AskedFor.LIST, AskedFor.ANYTHING))  # that may be against it
_TODAYS = re.compile(r"\b(?:this|last) (?:week|weekend|month)\b|\b(?:today|yesterday|tonight)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\W*(?:and\s+|so\s+)?how\s+many\b", re.IGNORECASE)
_FIGURES = re.compile(r"([$£€¥]?)\s?\d[\d,.]*")  # with the sign of a currency, or without
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_AHEAD = re.compile(
    r"\b(?:will|shall|would|could|might|may|due|expected|planned|scheduled|plans?|next|until|by|set\s+to)\b|['’]ll\b",
    re.IGNORECASE,
)
_LONG_BEFORE = 45  # days; what happens in some week is seldom announced before them


def may_answer(question: Question, e: Evidence) -> bool:
    """Whether nothing forbids it: a name its article lacks, nothing of the kind asked for, another speaker."""
    wanted = asked_for(question.text)
    kind = wanted.kind
    if _as_words(e.text) == _as_words(question.text):
        return False  # the question itself, as the heading of a page that answers it
    if e.names < LEAST_NAMES or (not e.measures.passage and e.measures.judged < _SURE):
        return False
    far = e.measures.passage < _HALF and e.measures.weakest < _LEAST_MET
    if kind is AskedFor.DAY and far and e.measures.judged < _SURE:
        return False  # of a bridge that reopens, asked when the lake does, which its passage does not name
    if not e.measures.offered and kind in _STRICT and not (kind is AskedFor.PERSON and e.measures.role >= 1.0):
        return False
    any_number = kind is AskedFor.AMOUNT and wanted.focus and not names_a_sum(wanted.focus)
    if e.measures.offered < _LEAST_OFFERED.get(kind, 0.0) and not any_number:
        return False
    if kind is AskedFor.NUMBER and e.measures.offered < _LEAST_COUNT and not _HOW_OFTEN.match(question.text):
        return False  # "many" is no answer to "how many"
    how_many = kind is AskedFor.NUMBER and _HOW_MANY.match(question.text) is not None
    if how_many and (not _counts(e.text, wanted.focus) or _lacks(wanted.focus, e)):
        return False  # seals, where otters are counted
    if kind is AskedFor.REASON and e.measures.offered < _PLAIN_REASON and e.text == e.passage.article.title:
        return False  # "Road closed as dam is drained": "as" in a headline is "while"
    if e.measures.judged < _VOUCHED_FOR and not _may_tell(question, kind, e):
        return False
    if question.prior is not None and _TODAYS.search(question.text) and _is_stale(question.prior, e):
        return False
    if kind is AskedFor.DAY and asks_when_it_will_be(question.text) and _is_past(e):
        return False
    if e.measures.role == OF_ANOTHER or is_left_unnamed(question.text, e.text):
        return False
    worth = _HOW_WORTH.match(question.text) if kind is AskedFor.AMOUNT else None
    if worth is not None and not (_WORTH.search(e.text) or stem(worth["what"]) in stems(e.text)):
        return False  # a reward for its return is not what it is worth; what the prize brings is
    if kind is AskedFor.MANNER and _HOW_DONE.match(question.text) and not _may_be_how(e.measures):
        return False
    if kind is AskedFor.DAY and dates_the_contrary(question.text, e.text):
        return False
    if another_ordinal(question.text, e.text) or another_number(question.text, e.text):
        return False
    if of_another_whole(question.text, e.text) or opposite_extreme(question.text, e.text):
        return False
    if kind in _PARTIES and tells_no_opposition(question.text, e.text):
        return False
    unmet = question.kind is QuestionKind.WHO_SAID and e.measures.weakest < _LEAST_MET
    if unmet and asks_who_said(question.text):
        return False
    speaker = speaker_asked_about(question.text)
    return speaker is None or speaks(speaker, e.text, e.before, e.passage.text)


def _lacks(focus: str, e: Evidence) -> bool:
    """Whether a passage has nothing that may stand for what is to be counted."""
    words = content_words(focus)
    told = stems(f"{e.passage.text} {e.passage.article.title}")
    return (
        bool(words)
        and stem(words[-1]) not in told
        and e.measures.weakest < _LEAST_COUNTED
        and not _GENERIC.search(focus)
    )


def _counts(text: str, focus: str) -> bool:
    """Whether a text has figures, or numbers in words, that are no sums of money; where `focus` is not one of them."""
    if any(names_a_sum(word) for word in focus.split()):
        return True
    figures = _FIGURES.findall(text)
    return not figures or not all(figures) or not NUMBER_WORDS.keys().isdisjoint(_WORD.findall(text.casefold()))


def _as_words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _may_tell(question: Question, kind: AskedFor, e: Evidence) -> bool:
    """Whether a sentence may tell what is asked for by its grammar: it has the verb asked about, or one near it."""
    m = e.measures
    if kind in FIGURES and m.role in NOT_DONE and not m.context:
        return False
    if kind is AskedFor.DAY and m.role in NOT_DONE and m.predicate < _LEAST_NEAR:
        return False  # how long a bridge is mended is not when it will be demolished
    if kind is AskedFor.PERSON and not _may_be_whom(m, done_to=_WHOM.match(question.text) is not None):
        return False
    if kind is AskedFor.REASON and not _may_be_why(m):
        return False
    if kind in _SETTLED and question.kind is not QuestionKind.WHO_SAID and not _may_settle(kind, m):
        return False
    if kind in (AskedFor.ANYTHING, AskedFor.REASON) and m.role == ABSENT:
        return False
    wishes = _WISHES.match(question.text) if kind is AskedFor.ANYTHING else None
    return wishes is None or _may_be_wished(m) or _is_wished_by(wishes["who"], e.text)


def _may_be_whom(m: Measures, *, done_to: bool) -> bool:
    """Whether a sentence may tell who did something, to whom it was `done_to`, or who holds a post: it has a word for
    that."""
    if m.role == UNKNOWN:
        return m.predicate >= LEAST_POST
    if m.role == UNFILLED and done_to:
        return m.predicate >= _LEAST_NEAR
    return m.role > OLD and (m.role != UNDONE or m.predicate >= _LEAST_DEED)


def _may_settle(kind: AskedFor, m: Measures) -> bool:
    """Whether a sentence may tell yes or no, or where: it has the verb asked about, or one that is near it; where the
    grammar tells no verb, something near each word."""
    if m.role == UNKNOWN and kind is AskedFor.YES_NO:
        return m.weakest >= _LEAST_MET
    return m.role not in NOT_DONE or m.predicate >= _LEAST_ANSWERED


def _may_be_wished(m: Measures) -> bool:
    """Whether a sentence may tell what somebody wants: it says that somebody does."""
    return m.role not in NOT_DONE or m.predicate >= LEAST_POST


def _is_wished_by(who: str, text: str) -> bool:
    """Whether a sentence says in other words that somebody wants something: "the club called for a new vote"."""
    named = [stem(word) for word in content_words(who)][-1:]
    return any(set(named) & stems(text[: cue.start()]) for cue in _WISHED.finditer(text))


def _may_be_why(m: Measures) -> bool:
    """Whether a sentence may tell a reason for what was done: a plain one beside something near that, or any that
    stands with the verb for it."""
    if m.headed >= _LEAST_HEADED:
        return True
    if m.offered >= _PLAIN_REASON:
        return m.role not in NOT_DONE or m.predicate >= _LEAST_NEAR
    return m.offered >= _LEAST_REASON and m.role not in NOT_DONE and m.weakest >= _LEAST_MET


def _may_be_how(m: Measures) -> bool:
    """Whether a sentence may tell how something was done or came about: it has the verb for that, or one that is near
    it and a means: "recalled toasters after a fire" is not how they caught fire."""
    near = _LEAST_ANSWERED if m.judged >= _SURE else _NEAR_DEED
    return m.role not in NOT_DONE or (m.predicate >= near and m.offered >= _LEAST_MEANS)


def _is_stale(prior: TemporalPrior, e: Evidence) -> bool:
    """Whether an article was published so long before the days asked about that it cannot tell of them."""
    day = e.passage.article.published_on
    return day is not None and (prior.first - day).days > _LONG_BEFORE


def _is_past(e: Evidence) -> bool:
    """Whether a sentence names years, all of them before its article's, and looks ahead with no word: it tells of no
    day to come."""
    published = e.passage.article.published_on
    years = [int(year) for year in _YEAR.findall(e.text)]
    over = published is not None and bool(years) and max(years) < published.year
    return over and _AHEAD.search(e.text) is None
