"""What an expression is resolved against: the publication date, the dates before it, the tense around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from retrieval.annotation.time.lexicon import SAYING, word_set
from retrieval.annotation.time.tokens import Tokens
from retrieval.schema import Granularity, TimeSpan

# Words that by themselves say which way a clause looks; "plans" and the like do so before "to" only.
_AHEAD = word_set(
    "will shall wo ll would may might scheduled expected planned due upcoming until going gonna slated begins opens "
    "starts expires leaves arrives departs meets reopens resumes reconvenes kicks if deadline forthcoming looms "
    "approaches supposed"
)
_MANY_AHEAD = word_set("begin open start expire leave arrive depart reopen resume reconvene premiere")
_AHEAD_WITH_TO = word_set(
    "plan plans planning expects expect hopes hope hoping intends intend intending wants want set likely ready about "
    "prepares preparing is are agreed voted decided vowed promised pledged needs need"
)
_BACK = word_set(
    "was were had did been said told came went took made met began became fell rose won lost sent held left found "
    "gave got saw ran led kept died built bought sold spent wrote broke drove spoke chose grew knew flew threw drew "
    "shot fought caught taught thought brought stood struck put cut hit quit paid laid heard felt dealt has have shut "
    "slid sank swept swore tore wore woke withdrew underwent sought"
)
_BETWEEN_HAD = word_set("not never ever also already just all both long only always")
_PLANNED = word_set("scheduled expected planned due slated supposed")
_BEFORE_PLANS = word_set("had first originally initially previously")
_ASKS_AHEAD = word_set("happens happening comes coming upcoming")  # in a question: "what happens on Saturday?"
_WAS_DUE = re.compile(r"\b(?:was|were)\s+(?:due|scheduled|expected|planned|supposed|going|to)\b", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|shall|won|would)\b|['’]ll\b", re.IGNORECASE)
# "Did not tell them until Thursday": that day they were told.
_NOT_UNTIL = re.compile(
    r"\b(?:(?:did|was|were|had|could)(?:n['’]t|\s+not)|(?:no\s+one|nobody|none|nothing|no\s+\w+)\s+(?:was|were|did|had|could|\w+ed))\b[^.;:]*\b(?:until|till|before)\s+(?:late\s+|early\s+)?(?:on\s+)?$",
    re.IGNORECASE,
)
# "Were top until Saturday", but "were suspended until"; "is closed through Friday".
_LASTED = re.compile(
    r"^(?!.*\b(?:say|says|said|told)\b).*\b(?:(?:was|were)\s+(?:not\s+)?(?!(?!open\b)\w+(?:ed|en)\b|(?:put|set|shut|held|told|sent|kept|due"
    r"|to|going|barred|banned)\b)\w+|stayed|remained|lasted|ran|continued|lived|worked|waited|stood|reigned)\b"
    r"(?:\s+[^\s.;:,]+){0,6}\s+(?:until|till|through)\s+(?:late\s+|early\s+)?$",
    re.IGNORECASE | re.DOTALL,
)
_LASTS = re.compile(
    r"(?:\b(?:is|are|remains?|stays?|runs?|lasts?|continues?|extend(?:s|ed)?|closed|shut|open)|['’](?:s|re))\b(?:\s+[^\s.;:,]+){0,3}"
    r"\s+(?:through|thru)\s+(?:late\s+|early\s+)?$",
    re.IGNORECASE,
)
_WHEN = re.compile(r",?\s+when\b")
# "It is shut after the flood in February", but "it will be decided after the vote in February".
_AFTER_THING = re.compile(
    r"^(?!.*\b(?:will|would|shall|should|may|might|could|to|expected|due|plan\w*)\b).*\bafter\s+(?:the|an?|its|his|her|their)\s+"
    r"(?:[\w-]+\s+){1,3}in\s+$",
    re.IGNORECASE | re.DOTALL,
)
_DETERMINERS = word_set("a an the its their his her our your my this that these those no still very")
_BEFORE_BASE = word_set("be is are to will would shall should may might can could must not")
_BEFORE_BE = word_set("to should can must")
_SAID_NOW = word_set(
    "is does says thinks believes recalls remembers adds writes argues insists tells knows wants estimates claims"
)
_MOVED = word_set("adjourned postponed moved rescheduled delayed deferred pushed brought")
_FROM_THEN = word_set("starting beginning")
_ARE = word_set("is are")
_STOPS = " .!?:;,"  # what no headline ends in
# "Bakery to close in May", a headline says; "to" stands before no noun of these forms.
_TO_DO = word_set(
    "be become begin close open reopen leave arrive depart retire resign receive remove join hold meet get go lose "
    "take give keep bring build choose decide allow pay step"
)
_NOT_PAST = word_set("need indeed feed seed speed exceed proceed succeed bed red led united breed shed")
# Who was "told to" or "ordered to" do it on a day had still to do it; who was "forced to" or "failed to" had not.
_TOLD = word_set(
    "told ordered asked invited urged instructed directed summoned required requested called advised warned scheduled "
    "set due slated plan plans planned intend intends hope hopes prepare prepares promised pledged vowed agreed"
)
_WORD = re.compile(r"[A-Za-z]+|\d[\d,.]*")
# A full stop after a title, an initial or a month ends no sentence.
_LEANING = "".join(
    rf"(?<!\b{word})" for word in ("Sen", "Rep", "Gov", "Mr", "Mrs", "Ms", "Dr", "Gen", "Lt", "St", "Sgt")
)
SENTENCE_END = re.compile(_LEANING + r"(?<!\b[A-Z])[.!?;:][”’\"')\]]*\s+(?=[“\"‘'(]*[A-Z])|;\s|\n[^\S\n]*\n")
_JOINED = 4  # tokens from one weekday to another that it is joined to
_JOINING = word_set("or to through into until till -")
_LISTING = word_set("and or of")
_BESIDE_DAY = word_set("on early late the morning afternoon evening night noon midnight")
_YEAR = 366  # days
_REACH = 240  # characters looked at on either side for a verb


@dataclass(slots=True)
class Context:
    """The state of reading one text from start to end.

    ``today`` is the day of publication (for a question, the asker's today), None where unknown. ``asking`` is True for
    a question, where a day and month without a year follow the tense instead of nearness. ``dateline`` is True where
    the text may begin with a dateline, which dates an article of which nothing else says when it appeared.
    ``quarter`` is the business quarter spoken of, and ``by_quarters`` whether figures are being compared by quarters,
    so that "a year ago" means the same quarter. ``news_day`` is the first day named that is no older
    than a week. ``entry`` is the first day of the date that heads the line being read, and where the line ends.
    ``listed`` is the token after the day read last, with its month and year, for the other days of a list.
    """

    tokens: Tokens
    today: date | None
    asking: bool = False
    dateline: bool = False
    last: TimeSpan | None = None
    last_at: int = 0
    last_end: int = 0
    last_day: date | None = None
    last_day_at: int = 0
    last_day_end: int = 0
    news_day: date | None = None
    last_year: int | None = None
    quarter: str | None = None
    by_quarters: bool = False
    listed: tuple[int, int, int | None] | None = None
    entry: tuple[date, int] | None = None

    def note(self, span: TimeSpan | None, at: int, end: int) -> None:
        """Remember a date that has been read at tokens `at` to `end`, for what refers back to it."""
        if span is None:
            return
        self.last, self.last_at, self.last_end = span, at, end
        if span.first is None or span.last is None:
            return
        if span.first == span.last:
            self.last_day, self.last_day_at, self.last_day_end = span.first, at, end
            if self.news_day is None and self.today is not None and 0 <= (self.today - span.first).days < 7:
                self.news_day = span.first
        if span.first.year == span.last.year:
            self.last_year = span.first.year

    @property
    def was_due(self) -> bool:
        """Whether a question asks for what was to be, which may be over or still to come: the nearest date is meant."""
        return self.asking and _WAS_DUE.search(self.tokens.text) is not None

    def month_named(self, at: int) -> date | None:
        """The first day of the month that the sentence of token `at` names before it: "the June fair is on the 8th"."""
        last = self.last
        if last is None or last.first is None or last.granularity is not Granularity.MONTH:
            return None
        between = self.tokens.text[self.tokens.ends[self.last_end - 1] : self.tokens.starts[at]]
        return None if SENTENCE_END.search(between) else last.first

    def weekday_before(self, at: int) -> date | None:
        """The weekday that the one at token `at` comes after: "late Tuesday or early —", "from Friday to —"."""
        i = self.last_day_at
        if self.last_day is None or not 0 < at - i <= _JOINED or self.tokens.kind(i) not in "Wv":
            return None
        words = {self.tokens.word(j) for j in range(i + 1, at)}
        return self.last_day if words & _JOINING and words <= _JOINING | _BESIDE_DAY else None

    def day_to_come(self, at: int, *, joined: bool) -> date | None:
        """The day to come that the sentence of token `at` names before it, if asked for one that is `joined` to it: "on
        Thursday, Aug. 29, and Friday"."""
        if self.last_day is None or self.today is None or self.asking or self.last_day < self.today:
            return None
        between = self.tokens.text[self.tokens.ends[self.last_day_at] : self.tokens.starts[at]]
        if joined and not {word for word in _WORD.findall(between) if word[0].islower()} <= _LISTING | _BESIDE_DAY:
            return None  # of the day named itself, only the month and figures stand between
        return None if SENTENCE_END.search(between) else self.last_day

    def is_long_ago(self, at: int, *, near: bool) -> bool:
        """Whether token `at` may belong to a time more than a year ago that its sentence names before it, or that the
        sentence before it names, unless it would be `near`: "It opened in 1950. It burned down at Christmas"."""
        last = self.last
        if self.asking or last is None or last.last is None or self.today is None:
            return False
        if (self.today - last.last).days <= _YEAR:
            return False
        ends = SENTENCE_END.findall(self.tokens.text, self.tokens.ends[self.last_end - 1], self.tokens.starts[at])
        sentences = [end for end in ends if not end.startswith(";")]
        return len(sentences) <= (0 if near else 1)

    def direction(self, first: int, last: int) -> int:
        """-1 where the words around these tokens look back, 1 where they look ahead, 0 where they do neither."""
        if self.tokens.kind(last + 1) == "'" or self.follows_past(last + 1):
            return -1
        text, start, end = self.tokens.text, self.tokens.starts[first], self.tokens.ends[last]
        head = text[max(0, start - _REACH) : start]
        cut = 0
        for boundary in SENTENCE_END.finditer(head):
            cut = boundary.end()
        if _NOT_UNTIL.search(head[cut:]):
            return -1
        words = _WORD.findall(head[cut:])
        if self._is_headline(end) and _is_announced(words):
            return 1
        if self.asking and any(word.lower() in _ASKS_AHEAD for word in words):
            return 1
        tail = text[end : end + _REACH]
        if boundary_after := SENTENCE_END.search(tail):
            tail = tail[: boundary_after.start()]
        if (when := _WHEN.match(tail)) and (found := _first_lean(_WORD.findall(tail[when.end() :]))):
            return found  # "was closed until Friday, when crews cleared it"
        if _LASTED.search(head[cut:]) or (_AFTER_THING.search(head[cut:]) and not _WILL.search(tail)):
            return -1
        if _LASTS.search(head[cut:]) or _is_to_come(words):
            return 1
        said = max(
            (i + 1 for i, word in enumerate(words) if word == "that" and SAYING & set(words[i - 3 : i])), default=0
        )
        for i in range(len(words) - 1, said - 1, -1):
            if found := lean(words, i):
                return found
        if found := _first_lean(_WORD.findall(tail)):
            return found
        if said:
            return -1
        return 1 if _is_from_then(head[cut:]) else 0

    def _is_headline(self, end: int) -> bool:
        """Whether what ends there stands in the line above the text."""
        line_end = self.tokens.text.find("\n", end, end + _REACH)
        blank = self.tokens.text[: min(end, _REACH)].lstrip()
        return line_end > 0 and "\n" not in blank and end <= _REACH and self.tokens.text[line_end - 1] not in _STOPS

    def begins_sentence(self, first: int) -> bool:
        """Whether nothing stands before token `first` in its sentence."""
        start = self.tokens.starts[first]
        before = self.tokens.text[max(0, start - _REACH) : start].rstrip('“"‘( \t')
        return before[-1:] in ("", ".", "!", "?", ":", "\n")

    def is_to_be(self, first: int) -> bool:
        """Whether the sentence of token `first` says in so many words what will be."""
        return _WILL.search(self.sentence(first)) is not None

    def sentence(self, first: int) -> str:
        """The sentence of token `first`, as far as it is near."""
        start = self.tokens.starts[first]
        head, tail = self.tokens.text[max(0, start - _REACH) : start], self.tokens.text[start : start + _REACH]
        return SENTENCE_END.split(head)[-1] + SENTENCE_END.split(tail)[0]

    def follows_past(self, i: int) -> bool:
        """Whether token `i` is a verb of the past, as after the day in "the court Friday rejected"."""
        return self.tokens.kind(i) == "u" and not self.tokens.capitalised(i) and lean([self.tokens.word(i)], 0) < 0


def _first_lean(words: list[str]) -> int:
    """Which way the first of `words` looks that looks back or ahead; 0 where none does."""
    for i in range(len(words)):
        if words[i] == "must" and words[i + 1 : i + 2] not in ([], ["have"]):
            return 1  # "in January, she must win 218 votes"
        if found := lean(words, i):
            return found
    return 0


def _is_would(after: list[str]) -> bool:
    """Whether "'d" is "would" by the words after it: "I'd go back", "they'd not gone", "she'd just heard"."""
    verb = next((word for word in after if word not in _BETWEEN_HAD), "")
    return verb != "" and verb not in _BACK and not verb.endswith(("ed", "en", "ne", "wn"))


def _begins_saying(words: list[str]) -> int:
    """The first of `words` that is part of what is said: behind the last "said that", "told her that"; else 0."""
    thats = [i for i, word in enumerate(words) if word == "that" and SAYING & set(words[max(0, i - 3) : i])]
    return thats[-1] + 1 if thats else 0


def _is_to_come(words: list[str]) -> bool:
    """Whether `words` lead to a day that is ahead: "told to appear on —", "a hearing set for —", "the vote is on —"."""
    near = [word.lower() for word in words]
    if "next" in near[:2] and _ARE & set(near) and all(lean(words, i) >= 0 for i in range(len(words))):
        return True  # "the next is Orrin Head, in —"
    if near and near[-1] in ("on", "at", "by", "in", "before", "from"):
        near.pop()
    if near[-2:] in (["set", "for"], ["set", "a"]) or (near and near[-1] in _ARE):
        return True
    if near[-1:] in (["to"], ["until"]) and _MOVED & set(near[-6:-1]):
        return True
    told = set(near[-7:-2])
    return near[-2:-1] == ["to"] and near[-1] not in _DETERMINERS and bool(_TOLD & told) and not _BEFORE_PLANS & told


def _is_announced(words: list[str]) -> bool:
    """Whether `words` of a headline lead to a day that is ahead: "Buses cut from —", "Bakery to close on —"."""
    if words[-1:] == ["from"]:
        return True
    for i in range(len(words) - 1, 0, -1):
        if words[i - 1] == "to" and words[i] in _TO_DO:
            return True
        if lean(words, i):
            return False
    return False


def _is_from_then(head: str) -> bool:
    """Whether what comes before a day says from when on something is: "From —, tickets cost", "starting —"."""
    words = [word.lower() for word in _WORD.findall(head)]
    return words == ["from"] or bool(words and words[-1] in _FROM_THEN)


def lean(words: list[str], i: int) -> int:
    """Which way word `i` looks: -1 back, 1 ahead, 0 neither."""
    raw = words[i]
    word = raw.lower()
    if word in _AHEAD:
        if word in _PLANNED and _BEFORE_PLANS & {w.lower() for w in words[max(0, i - 2) : i]}:
            return -1  # "had been scheduled", "was first planned": another day since
        return 0 if raw == "May" else 1
    if word == "meet" and i and words[i - 1].lower() != "to":  # "the two meet on Monday"
        return 1
    if word.endswith("ing") and i and words[i - 1].lower() in ("is", "are", "re"):
        return 1
    if word == "place" and i and words[i - 1].lower() in ("takes", "take"):
        return 1
    if word in ("sale", "effect") and i > 1 and words[i - 2].lower() in ("go", "goes"):
        return 1  # "tickets go on sale on Wednesday"
    if raw == "d" and _is_would(words[i + 1 :]):
        return 1
    if word in _AHEAD_WITH_TO and i + 1 < len(words) and words[i + 1] == "to":
        return 1
    if word in _MANY_AHEAD and i and words[i - 1].lower() == "could":
        return 1
    if word in _MANY_AHEAD and i and re.fullmatch(r"[A-Za-z]{3,}(?<![s'i])s", words[i - 1]):
        return 1  # "classes begin on Monday"
    present = i and words[i - 1].lower() in ("he", "she", "it") and word not in _BACK
    if present and re.fullmatch(r"[a-z]{2,}(?<![s'i])s", word):
        return 1 if word not in _SAID_NOW else 0  # "she flies to Rome on Thursday"
    if word == "be" and i and words[i - 1].lower() in _BEFORE_BE:
        return 1
    before = words[i - 1].lower() if i else ""
    if before in _BEFORE_BASE or (word.endswith("ed") and before in _DETERMINERS and before != "that"):
        return 0  # "will be named", "is heard", "would shut", "an unspecified day" do not look back
    past = len(word) > 3 and word.endswith("ed") and word not in _NOT_PAST and raw[0].islower()
    return -1 if past or word in _BACK else 0
