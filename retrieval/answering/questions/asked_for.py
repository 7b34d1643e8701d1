"""What a question asks for, told from its form."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import StrEnum

from retrieval.search.verb_forms import irregular_participles


class AskedFor(StrEnum):
    """The kind of thing that would answer."""

    NUMBER = "number"
    AMOUNT = "amount"
    MEASURE = "measure"  # a length, a size, a weight, a speed
    EXTENT = "extent"  # "how long is it": a length or a duration
    AGE = "age"
    DAY = "day"
    DURATION = "duration"
    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    NAME = "name"  # of a thing
    POST = "post"  # somebody's job or rank
    REASON = "reason"
    MANNER = "manner"
    LIST = "list"
    DEFINITION = "definition"  # what or who something is
    POSITION = "position"  # what somebody thinks of something
    WORDS = "words"  # what somebody said
    YES_NO = "yes or no"
    ANYTHING = "anything"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `focus` is the thing counted, dated or chosen among ("how many homes", "which union"), empty
    where there is none; `about` is the question without the words that only say what is asked for."""

    kind: AskedFor
    focus: str
    about: str


_BE = r"(?:is|are|was|were|'s|’s|'re|’re|be|been|will\s+be)"
_DO = r"(?:do|does|did|has|have|had|will|would|can|could|should|may|might|must|shall)"
_ASKS = r"(?:what|which)"
_UNITS = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_TIMES = r"(?:days?|dates?|months?|years?|weeks?|weekdays?|seasons?|decades?|centur(?:y|ies)|time|hour|quarter)"
_PLACES = (
    r"(?:countr(?:y|ies)|nations?|cit(?:y|ies)|towns?|places?|villages?|states?|regions?|provinces?|venues?|ports?"
    r"|islands?"
    r"|continents?|district|county|street|locations?|areas?|sites?|stadium|building)"
)
_BODIES = (
    r"(?:compan(?:y|ies)|organi[sz]ations?|agenc(?:y|ies)|unions?|part(?:y|ies)|bod(?:y|ies)|firms?|teams?|banks?"
    r"|courts?"
    r"|groups?|newspapers?|networks?|schools?|colleges?|hospitals?|universit(?:y|ies)|ministr(?:y|ies)|departments?|authorit(?:y|ies)|institutions?|clubs?"
    r"|committees?|publishers?|airlines?|broadcasters?|manufacturers?|suppliers?|retailers?|charit(?:y|ies)|insurers?)"
)
_PEOPLE = (
    r"(?:persons?|people|m[ae]n|wom[ae]n|players?|actors?|actress(?:es)?|singers?|politicians?|presidents?"
    r"|ministers?|leaders?"
    r"|officials?|authors?|writers?|directors?|artists?|scientists?|candidates?|judges?|celebrit(?:y|ies)|senators?"
    r"|governors?|mayors?|athletes?|drivers?|coach(?:es)?|chiefs?|heads?|boss(?:es)?)"
)
_AMOUNTS = (
    r"(?:prices?|costs?|fees?|fares?|pay|wages?|salar(?:y|ies)|(?<!death\s)tolls?|rents?|budgets?|fines?"
    r"|tax(?:es)?|bills?"
    r"|debts?|profits?"
    r"|loss(?:es)?|revenues?|turnover|sales|income|damages|compensation|grants?|discount|pension"
    r"|subsid(?:y|ies)"
    r"|bonus|deficit|payout|severance|charges?|worth|value|donations?|savings?|dues|sum|amount|funding)"
)
_COUNTS = (
    r"(?:numbers?|percentages?|percent|per\s+cent|shares?|proportion|scores?|margins?|rates?|totals?|turnout"
    r"|counts?|tally"
    r"|results?|majority|population|attendance|capacity|death\s+toll|headcount|figures?|fraction|odds|magnitude"
    r"|quantity)"
)
_MEASURES = (
    r"(?:sizes?|lengths?|widths?|heights?|depths?|weights?|areas?|speeds?|distances?|temperatures?|volumes?"
    r"|altitude|diameter|range"
    r"|speed\s+limit|limit)"
)
# A question that is no sentence ("turnout in the first round?") begins with no question word or verb.
_TERSE = (
    r"(?:the\s+)?(?!(?:how|what|which|who|whom|whose|when|where|why|is|are|was|were|do|does|did|has|have|had|will"
    r"|would|can"
    r"|could|should|may|might|must|in|on|at|by|for|to|from)\b)"
)
# The end of a question for something that a verb or a preposition there takes: "what are they angry about".
_LOOSE_END = r"(?:about|of|for|over|like|with|against|from|to|on|in|at|by|[a-z]+ing)"
_SPAN = r"(?:\s+[\w.’'-]+){0,6}?"
_NOUNS = rf"(?:\s+(?!{_DO}\b)[\w.’'-]+){{0,6}}?"  # no verb among them: "which homes does the limit apply to"

_HOW_GREAT = rf"how\s+(?:high|low|big|large|small|steep|heavy|great)\s+{_BE}"

# The first in the question counts; of two that begin at one place, the one listed first.
_FORMS: tuple[tuple[AskedFor, str], ...] = (
    (AskedFor.DURATION, rf"\b(?:for\s+)?how\s+many\s+(?:more\s+)?(?P<focus>{_UNITS})\b(?!\s+old)"
                        rf"|\bhow\s+much\s+(?P<focus2>time|longer|notice|warning)\b"
                        rf"|\b{_ASKS}(?:'s|’s)?\b{_SPAN}\s+(?:duration|length\s+of\s+time|period)\b"
                        rf"|^(?:the\s+)?duration\s+of\b"),
    (AskedFor.DURATION, rf"\b(?:for\s+|since\s+)?how\s+long\s+(?:ago|after|before|between|until|till|for|{_DO})\b"
                        rf"|\bhow\s+long\s+(?:[\w’'-]+\s+){{1,5}}?(?:takes?|took|lasts?|lasted|going\s+on)\b"
                        rf"|\bfor\s+how\s+long\b|\bhow\s+long\b.*\bfor\W*$"),
    (AskedFor.EXTENT, r"\bhow\s+long\b"),
    (AskedFor.AGE, rf"\bhow\s+old\b|\bhow\s+many\s+years\s+old\b|\b(?:at\s+)?{_ASKS}\s+age\b"
                   rf"|^(?:the\s+)?age\s+of\b|\b{_ASKS}\s*{_BE}\b{_SPAN}\s+age\b"),
    (AskedFor.MEASURE, r"\bhow\s+much\b(?:\s+[\w’'-]+){1,4}?\s+weigh(?:s|ed)?\b"
                       r"|\bhow\s+much\s+(?P<focus>snow|rain|ice|hail|water|land|ground|space|forest|oil|gas|fuel|power"
                       r"|electricity|food|grain|milk|rubbish|waste|sand|soil|weight|height)\b|\bhow\s+much\s+of\b"),
    (AskedFor.NUMBER, r"\bhow\s+much\s+(?:more|less)\b(?!.*\b(?:money|cost|pay|paid|earn|spend|spent|charge|worth|price"
                      r"|sell|sold|dollars?|pounds?|euros?)s?\b)"),
    (AskedFor.AMOUNT, rf"\bhow\s+(?:much\s+(?:money|cash)|expensive|costly|cheap)\b|\bhow\s+much\s+(?={_DO}|{_BE}"
                      rf"|more|less)"
                      rf"|\bhow\s+many\s+(?P<focus>dollars|euros|pounds|cents|millions|billions)\b"
                      rf"|\b{_HOW_GREAT}\s+(?:[\w’'-]+\s+){{0,4}}?(?P<focus4>{_AMOUNTS})\b"
                      rf"|\b{_ASKS}(?:'s|’s)?\b(?!\s+(?:\w+\s+)?(?:{_PLACES}|{_BODIES}|{_PEOPLE})\b){_SPAN}"
                      rf"\s+(?:cost|costs|costing|price|priced|earn|earns|earned"
                      rf"|charge|charges"
                      rf"|fetch|fetched|pay|paid|worth|spend|spent)\b(?!.*\b(?:on|for|with)\W*$)"
                      rf"|\b{_ASKS}\s*(?:{_BE}\s+)?(?:the\s+|its\s+|their\s+|his\s+"
                      rf"|her\s+)?(?:[\w’'-]+\s+){{0,2}}?(?P<focus3>{_AMOUNTS})\b"
                      r"(?!(?:\s+[\w’'-]+){0,4}?\s+for\W*$)"),  # "what was the fine for"
    (AskedFor.AMOUNT, r"\bhow\s+much\s+(?P<focus>\w+)|\bhow\s+much\b"
                      r"|\bhow\s+(?:far|deep(?:ly)?)\s+in\s+(?:debt|the\s+red)\b"),
    (AskedFor.NUMBER, r"\bhow\s+many\s+(?:more\s+|other\s+|of\s+(?:the\s+|its\s+"
                      r"|their\s+)?)?(?P<focus>[\w’'-]+(?:\s+[\w’'-]+)?)|\bhow\s+(?:often|frequently)\b"
                      r"|\bby\s+how\s+(?:much|many)\b"),
    (AskedFor.NUMBER, rf"\b{_HOW_GREAT}\s+(?:[\w’'-]+\s+){{0,4}}?(?P<focus>(?:un)?employment|inflation|{_COUNTS})\b"),
    (AskedFor.MEASURE, r"\bhow\s+(?:far|fast|high|tall|deep|big|large|wide|heavy|strong|thick|hot|cold|steep"
                       r"|powerful|loud)\b"),
    (AskedFor.DAY, rf"\bwhen(?:'s|’s|'re|’re)?\b|\b{_ASKS}(?:'s|’s|\s+is|\s+was)\s+the\s+(?:date|deadline)\b"
                   rf"|\b(?:on\s+|in\s+|at\s+|by\s+|from\s+|since\s+)?{_ASKS}\s+(?:exact\s+)?{_TIMES}(?:\s+of\s+(?:the\s+)?(?:day"
                   rf"|week|month|year))?\b"
                   rf"|\bhow\s+(?:soon|recently|early|late)\b|^(?:the\s+)?(?:date|day|year|month|time)\s"
                   rf"|\b(?:start|end|opening|closing|release|due|hearing|trial)\s+date\b"),
    (AskedFor.POSITION, rf"\b(?:what|how)\s+{_DO}\b.{{1,60}}?\b(?:think|thinks|feel|feels|make)\s+(?:about|of)\b"
                        rf"|\b{_ASKS}\s*{_BE}\b.{{1,60}}?\b(?:views?|positions?|stance|opinions?|reactions?"
                        rf"|attitude|response)\s+(?:on|of|to|about|towards?|over)\b"
                        rf"|\bwhere\s+{_DO}\b.{{1,60}}?\bstand\s+on\b|\bhow\s+{_DO}\b.{{1,60}}?\b(?:react|respond"
                        rf"|reply)\b|\bfor\s+or\s+against\b|\b{_ASKS}\s+{_DO}\s+(?:[\w’'-]+\s+){{1,4}}?think\W*$"
                        rf"|\b{_ASKS}\s*{_BE}\s+(?:the\s+)?[\w’'-]+\s+(?:take|stance|view|opinion)\b"
                        rf"|^\W*(?:and\s+|but\s+|so\s+)?{_DO}\b.{{1,60}}?\b(?:support|oppose|favou?r|agree|accept|regret"
                        rf"|approve|object|back(?!\W*$|\s+(?:to|in|from|on|at)\b))\b"),
    (AskedFor.WORDS, rf"\b(?:what|how)\s+(?:else\s+)?{_BE}\b.{{1,80}}?\b(?:say|tell|claim|argu|warn|suggest)ing\b"
                     rf"|\b(?:what|how)\s+(?:else\s+)?{_DO}\b.{{1,80}}?\b(?:say|said|saying|tell|told"
                     rf"|telling|claim(?:ed)?|announced?"
                     rf"|state(?=\W*$|\s+(?:about|that|in|on|to|as)\b)|stated|argued?|warn(?:ed)?|promised?|tweet(?:ed)?"
                     rf"|describe|answer(?!\s+\w)|reply)\b|\b{_ASKS}\s+(?:the\s+)?[\w’'-]+(?:\s+[\w’'-]+)?\s+(?:said|told)\b"
                     rf"|\bwhat\s*{_BE}\s+[\w’'-]+(?:\s+[\w’'-]+)?\s+(?:answer|reply)\W*$|\bhave\s+to\s+say\b"),
    (AskedFor.POST, rf"\b{_ASKS}\s*{_BE}\s+.{{1,60}}?(?:'s|’s|s')\s+(?:job|position|role|title|post|rank"
                    rf"|occupation|profession|office)\b|\b{_ASKS}\s+(?:job|post|role|office|position)\b"
                    rf"|\bwhat\s+{_DO}\b.{{1,60}}?\bdo\s+(?:for\s+a\s+living|at\s+work|now)\b|\bby\s+(?:profession|trade)\b"
                    rf"|\b{_ASKS}\s*{_BE}\s+(?:his|her)\s+(?:job|position|role|post|rank|occupation)\b|^(?:the\s+)?(?:job"
                    rf"|position|role)\s+of\b"),
    (AskedFor.NAME, rf"\bwhat\s+{_DO}\b.{{1,30}}?\bcall\s+\w"
                    r"|\bwhat\s+[\w’'-]+(?:\s+[\w’'-]+){0,3}\s+(?:is|was)\s+called\b"
                    rf"|\b(?:{_ASKS}\s*{_BE}\s+)?(?:the\s+)?name\s+of\b"
                    rf"|\b{_ASKS}\s*{_BE}\b.{{1,60}}?\b(?:called(?!\s+(?:off|for|on))|named|nicknamed|titled"
                    rf"|nickname|known\s+as)\b|\bname\s+the\b(?!\s+(?:two|three|four|five|six)\b)|\b{_ASKS}\s*{_BE}\b.{{1,60}}?\bname\b"
                    rf"|\b{_ASKS}\s+(?P<focus>ships?|boats?|books?|films?|movies?|songs?|albums?|shows?|series"
                    rf"|games?|brands?|models?|languages?|planes?|aircraft|weapons?|products?|species|diseases?"
                    rf"|bombers?|missiles?|vessels?)\b"),
    (AskedFor.REASON, rf"\bwhy(?:'s|’s)?\b|^\W*what\s+for\b|\bwhat\s*{_BE}\s+(?:behind|(?:the\s+)?(?:reason|cause)s?)\b"
                      rf"|\bhow\s+come\b|\bfor\s+what\s+reason\b|\b{_ASKS}\s+(?:is|was|were"
                      rf"|are)\s+.{{0,30}}\b(?:reasons?|causes?)\b|\b{_ASKS}\s+(?:caused|causes|led|prompted"
                      rf"|triggered|made)\b"
                      rf"|\bwhat\s*{_BE}\s+(?:causing|driving|prompting)\b"
                      rf"|\b{_ASKS}\s+(?:\w+\s+)?reasons?\b|^(?:the\s+)?(?:reason|cause)s?\s+(?:of|for|why|behind)\b"),
    (AskedFor.PLACE, rf"\bwhere(?:abouts)?(?:'s|’s)?\b|\b{_ASKS}\s+(?:\w+\s+)?(?P<focus>{_PLACES})\b"
                     r"|^(?:the\s+)?(?:capital"
                     rf"|location|birthplace|venue|headquarters)\s+(?:of|for)\b"
                     rf"|\b{_ASKS}\s*{_BE}\s+the\s+(?:capital|location|venue|birthplace)\b"),
    (AskedFor.BODY, rf"\b{_ASKS}\s+(?:[\w’'-]+\s+)?(?P<focus>{_BODIES})\b|\bwho\s+(?:makes|manufactures|publishes"
                    rf"|insures|employs|funds|supplies|regulates)\b"),
    (AskedFor.LIST, rf"\bwho\s+(?:all|else)\b|\b{_ASKS}\s+ones\b|\b(?:who|what|which)\s+(?:are|were)\s+the\s+"
                    rf"(?:candidates|winners|victims|members|suspects|finalists|nominees|others)\b|^\W*name\s+the\s+(?:two"
                    rf"|three|four|five|six)\b|\b{_ASKS}\s+(?:two|three|four|five|six|seven|eight|nine|ten|other|all"
                    rf"|both)\b(?:\s+(?P<focus>\w+))?|\bwho\s+(?:are|were)\s+the\s+(?:two|three|four|five|six"
                    rf"|seven|eight|nine|ten|others?)\b"
                    rf"|\b{_ASKS}\s+(?:are|were)\s+(?!.*\b{_LOOSE_END}\W*$)(?!the\s+(?:odds|chances|results?)\b)(?:the|some|all|its|their"
                    rf"|his|her|\w+(?:'s|’s))\b|^(?:the\s+)?(?:list|names)\s+of\b|\bwhat\s+(?:all|else)\b|^list\b"),
    (AskedFor.NUMBER, rf"\b{_ASKS}(?:'s|’s)?\b{_NOUNS}\s+(?P<focus>{_COUNTS})\b"
                      rf"|^\W*{_TERSE}(?:[\w’'-]+\s+){{0,2}}?(?P<focus2>{_COUNTS})\s*(?:$|\?|(?:of|for|in|at|on|to"
                      rf"|by)\b)"),
    (AskedFor.MEASURE, rf"\b{_ASKS}(?:'s|’s)?\b{_NOUNS}\s+(?P<focus>{_MEASURES})\b"
                       rf"|^\W*{_TERSE}(?:[\w’'-]+\s+){{0,2}}?(?P<focus2>{_MEASURES})\s*(?:$|\?|(?:of|for|in|at|on"
                       rf"|to)\b)"),
    (AskedFor.AMOUNT, rf"^\W*{_TERSE}(?:[\w’'-]+\s+){{0,3}}?(?P<focus>{_AMOUNTS})\s*(?:$|\?|(?:of|for|in|at|on|to"
                      rf"|per|a|by)\b)"),
    (AskedFor.DEFINITION, rf"^\W*who(?:\s+(?:even|exactly|or\s+what))?\s*{_BE}\s+"
                          r"(?!the\b|a\b|an\b|in\b|it\b|that\b|to\b|responsible\b"
                          r"|behind\b)[\w.’'-]+(?:\s+[\w.’'-]+){0,3}\W*$"
                          rf"|^\W*what\s*(?:is|are|was|were|'s|’s)\s+(?!(?:going|happening|new|up|next|wrong)\b"
                          r"|(?:he|she|it|they|we|you)\s+\w)(?:a\s+|an\s+"
                          rf"|the\s+)?[\w.’'&-]+(?:\s+[\w.’'&-]+){{0,2}}\W*$|\bwhat\s+{_DO}\b.{{1,60}}?\b(?:mean"
                          rf"|stand\s+for)\b|\bmeaning\s+of\b|^define\b"
                          rf"|^\W*(?:what|who)\s+(?!(?:is|are|was|were|else|{_DO})\b)[\w’'-]+(?:\s+[\w’'-]+)?\s+(?:is|are|means)\W*$"),
    (AskedFor.PERSON, rf"\bwho(?:m|se|'s|’s)?\b|\b{_ASKS}\s+(?:[\w’'-]+\s+)?(?P<focus>{_PEOPLE})\b"),
    (AskedFor.MANNER, rf"\bhow\s*(?!{_BE}\s.{{1,60}}\b(?:going|doing|looking)\W*$)(?:{_DO}|{_BE}|to)\b"
                      r"|^\W*how\s+(?:the|a|an|this|that|it|he|she|they|we|you|i|his|her|its|their)\b"
                      r"|\bin\s+what\s+way\b|\bby\s+what\s+means\b"),
    (AskedFor.YES_NO, r"^\W*(?:and\s+|but\s+|so\s+)?(?:if|whether|any\s+chance(?:\s+that)?"
                      r"|any(?:one|body)(?!\s+(?:on|about|else)\b)"
                      r"|is|are|was|were|am|do|does|did|has|have|had|will|would|can"
                      r"|could|should|may|might|must|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't"
                      r"|haven't|won't|can't|hadn't|wouldn't|couldn't|shouldn't)\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _FORMS)
_KIND = re.compile(
    rf"{_PEOPLE}|{_BODIES}|{_PLACES}|governments?|police|councils?|staff|workers?|employees?|members?"
    r"|residents?|sides?",
    re.IGNORECASE,
)
_SUM = re.compile(_AMOUNTS, re.IGNORECASE)
_OTHER_ASKS = re.compile(r"(?<!\bin )\b(?:what|which|who|how)\b", re.IGNORECASE)
_FOLLOWING = frozenset((AskedFor.YES_NO,))
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
# Words that stand in a form and also tell what it is about: "the toll for a car", "how many votes".
_SCAFFOLD = re.compile(
    rf"\b(?:how\s+(?:many|much|long|old|often|far|fast|high|tall|deep|big|large|wide|heavy|strong|thick|expensive"
    rf"|soon)"
    rf"|(?:the\s+)?names?\s+of|what(?:'s|’s)?|which|who(?:m|se|'s|’s)?|when(?:'s|’s)?|where|why|number\s+of"
    rf"|amount\s+of"
    rf"|{_ASKS}\s+(?:exact\s+)?{_TIMES}(?:\s+of\s+the\s+week)?|{_ASKS}\s*(?:is|was)\s+the\s+date|reasons?|job|total"
    rf"|(?:for|until|since)\s+how\s+long|please|tell\s+me|do\s+you\s+know)\b",
    re.IGNORECASE,
)


_DONE = rf"(?:\w+ly\s+|not\s+|first\s+)?(?:(?-i:[a-z]+ed)|{'|'.join(sorted(irregular_participles()))})\b"
# "Who was sent off", "who was Orrin’s captain", "who is suing them": behind "was" stands a verb, a post or where
# somebody is, not a name.
_NO_NAME = re.compile(
    rf"^\W*who(?:\s+(?:even|exactly))?\s*{_BE}\s+(?:{_DONE}|(?:[\w.-]+\s+){{0,2}}[\w.-]+(?:['’]s|s['’])\s+[a-z]"
    r"|(?:\w+ly\s+|not\s+|still\s+|now\s+)?(?-i:[a-z]+ing)\s+\S"
    r"|(?:at|on|aboard|against|for|with|under|near|from|among|there|absent|present|alive|hurt|missing)\b)",
    re.IGNORECASE,
)
# "What was taken", "what is it about": something that a verb or a preposition takes, no description.
_NOT_DESCRIBED = re.compile(rf"^\W*what\s*{_BE}\s+(?:{_DONE}|.*\b{_LOOSE_END}\W*$)", re.IGNORECASE)


def names_a_kind(word: str) -> bool:
    """Whether a word is one for persons, bodies or places of a kind, in whose stead articles give the name."""
    return _KIND.fullmatch(word) is not None


def names_a_sum(word: str) -> bool:
    """Whether a word is one for a sum of money."""
    return _SUM.fullmatch(word) is not None


@functools.lru_cache(maxsize=256)
def asked_for(question: str) -> Wanted:
    """What `question` asks for; ANYTHING where its form does not tell. Takes time linear in its length."""
    text = question[:500]
    best: tuple[int, int, re.Match[str]] | None = None
    for order, (_, form) in enumerate(_COMPILED):
        match = form.search(text)
        if match and (best is None or match.start() < best[0]):
            best = (match.start(), order, match)
    about = " ".join(_SCAFFOLD.sub(" ", question).split())
    if best is None:
        return Wanted(AskedFor.ANYTHING, "", about)
    kind, match = _COMPILED[best[1]][0], best[2]
    if kind is AskedFor.DEFINITION and _NO_NAME.match(text):
        return Wanted(AskedFor.PERSON, "", about)
    if kind is AskedFor.DEFINITION and _NOT_DESCRIBED.match(text):
        return Wanted(AskedFor.ANYTHING, "", about)
    other = _OTHER_ASKS.search(text)
    if other and other.end() <= best[0] and kind not in _FOLLOWING:  # "which subject improved where phones are banned"
        return Wanted(AskedFor.ANYTHING, "", about)
    if kind is AskedFor.YES_NO and _EITHER.search(question):
        return Wanted(AskedFor.ANYTHING, "", about)
    focus = next((words for name, words in match.groupdict().items() if words), "")
    return Wanted(kind, focus, about)
