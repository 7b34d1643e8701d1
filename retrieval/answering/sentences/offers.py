"""How plainly a sentence offers a thing of the kind that is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.answering.questions.asked_for import AskedFor
from retrieval.answering.questions.dimensions import MONEY, SPEED, is_age_of_another, units_of
from retrieval.answering.questions.nationalities import known
from retrieval.answering.questions.question_words import is_asked_about
from retrieval.answering.questions.speech import SAY
from retrieval.search.words import content_words, stem, stems


@dataclass(frozen=True, slots=True)
class Offer:
    """What in a sentence might answer: where it stands, and how plainly it is of the kind asked for, in [0, 1]."""

    strength: float
    start: int
    end: int


_SMALL = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?"
    r"|twice|half|(?:(?<=\ba )|(?<=\bone )|(?<=\btwo )|(?<=two-))(?:third|quarter|fifth|tenth)s?"
    r"|none|nobody|zero|single)"
)
_NUMERAL = rf"(?:\d[\d,.]*\d|\d|{_SMALL})"
_MONTHS = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_EVENTS = r"(?:games?|match(?:es)?|races?|rounds?|seasons?|terms?|semesters?|sessions?|generations?|episodes?)"
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|centur(?:y|ie))s?"
# At no price: neither "set free" nor "free and open software".
_FREE = (
    r"(?<!\bset )(?<!\bbreak )(?<!\bwalk )(?<!\bto )\bfree\b"
    r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:of\s+charge|for|on|at|with|until|admission|entry|to\s+(?:enter|use|all))\b)"
)
_MEASURE = (
    r"(?:(?:kilo|centi|milli)?met(?:er|re)s?|km|cm|mm|miles?|feet|foot|ft|inch(?:es)?|yards?|kph|mph|km/h|knots"
    r"|hectares?|acres?"
    r"|(?:metric\s+)?ton(?:ne)?s?|kilograms?|kilos?|kg|pounds?|lbs?|ounces?|lit(?:er|re)s?|gallons?|degrees?"
    r"|square|cubic"
    r"|magnitude|storeys?|stories|percent|per\s+cent|°)"
)
_BODY = (
    r"(?:Council|Authority|Agency|University|College|Union|Party|Ministry|Department|Commission|Committee|Court"
    r"|Bank|Inc|Corp|Ltd"
    r"|Company|Group|Association|Federation|Institute|Service|Office|Board|Press|Times|News|Radio|Tribunal"
    r"|Inspectorate|Museum"
    r"|Hospital|Club|Church|Foundation|Society|Police|Army|Navy|Parliament|Congress|Senate|Airlines?|Motors|Media"
    r"|Studios?)"
)
_PART = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'-]*\w(?<![’']s)|[A-Z]\.|[A-Z]{2,})"
_NAME = re.compile(rf"\b{_PART}(?:\s+(?:(?:de|del|van|von|bin|al|el|of|the|&)\s+){{0,2}}{_PART})*")
_BODY_NAME = re.compile(rf"\b{_BODY}\b")
_NO_NAME = re.compile(
    rf"(?:{_MONTHS}|{_WEEKDAY}|The|A|An|In|On|At|It|He|She|They|We|I|But|And|For|His|Her|Its|Their|This|That|These"
    rf"|Those|There"
    r"|When|While|After|Before|As|If|With|From|To|By|Of|Some|Many|Most|All|Both|One|Two|Three|Four|Five|Six|Seven"
    r"|Eight|Nine|Ten|Last|Since|About|Under|Over|During|According|No|Not|Yes|Mr|Mrs|Ms|Dr|You|My|Our|What|Who|How|Why"
    r"|Where)\.?"
)

_Graded = tuple[tuple[float, re.Pattern[str]], ...]


def _graded(*forms: tuple[float, str], case: bool = False) -> _Graded:
    return tuple((strength, re.compile(form, 0 if case else re.IGNORECASE)) for strength, form in forms)


_DAYS = _graded(
    (1.0, rf"\b{_MONTHS}\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTHS}(?:\b|\s)"
          rf"|\b\d{{4}}-\d\d-\d\d\b"),
    (0.9, rf"\b{_WEEKDAY}\b|\b(?:1[5-9]|20)\d\d\b|\b(?:today|yesterday|tomorrow|tonight)\b"
          rf"|\b\d\d?(?::\d\d)?\s*[ap]\.?m\b|\b\d\d?:\d\d\b"),
    (0.8, rf"\b(?-i:{_MONTHS})(?=[\s,.;:)]|$)"
          rf"|\b(?:last|next|this|that)\s+(?:week|weekend|month|year|spring|summer|autumn|fall|winter|night|morning"
          rf"|quarter)\b"
          rf"|\b{_NUMERAL}\s+{_UNIT}\s+(?:ago|later|earlier|before|after)\b|\b(?:first|second|third"
          rf"|fourth)\s+(?:quarter|half)\b"),
    (0.5, r"\b(?:spring|summer|autumn|winter|morning|evening|afternoon|night|noon|midnight|dawn|weekend|end\s+of"
          r"|easter|christmas"
          r"|midsummer|century|decade)s?\b"),
    (0.2, r"\b(?:when|before|after|during|once|until|week|month|year|day)s?\b"),
)  # fmt: skip
_FORMS: dict[AskedFor, _Graded] = {
    AskedFor.NUMBER: _graded(
        (1.0, r"(?<![\w.-])[$£€]?\d[\d,.]*(?:\s?%|\s+(?:million|billion|percent|per\s+cent))?(?![\w])"),
        (0.8, rf"\b{_SMALL}\b|\bno\s+one\b"),
        (0.5, r"\bone\b|\bno\s+(?!longer\b)(?:[a-z]+\s+)?[a-z]{3,}s\b"),  # "no serious injuries": as many as none
        (0.3, r"\b(?:once|first|no|both|many|several|few|every|always|never|each|all)\b|\bper\b"),
    ),
    AskedFor.AMOUNT: _graded(
        (1.0, rf"[$£€¥₩₹]\s?\d[\d,.]*(?:\s?(?:m|bn|million|billion|trillion)\b)?"
              rf"|\b{_NUMERAL}[\s-](?:\w+[\s-])?{MONEY}\b|\b(?-i:[A-Z]{{3}})\s?\d[\d,.]*"),
        (0.8, rf"\b\d[\d,.]*\s?(?:%|percent\b|per\s+cent\b)|\b\d[\d,.]*\s+(?:million|billion|trillion)\b|{_FREE}"
              rf"|\b{_NUMERAL}\s+(?:weeks?|months?|years?)[’']"),
        (0.5, rf"\b{_NUMERAL}\b"),
    ),
    AskedFor.MEASURE: _graded(
        (1.0, rf"\b{_NUMERAL}[\s-]?(?:\w+[\s-])?{_MEASURE}\b|\d\s?%|\b\d[\d.]*\s?(?:°\s?)?(?-i:[CF])\b(?!-)"
              rf"|[$£€]\s?\d[\d,.]*(?:\s?(?:m|bn|million|billion|trillion)\b)?"),
        (0.6, rf"\b{_NUMERAL}\b"),
    ),
    AskedFor.EXTENT: _graded(
        (1.0, rf"\b{_NUMERAL}[\s-]?(?:\w+[\s-])?(?:{_MEASURE}|{_UNIT})\b"),
        (0.6, r"\bsince\b|\buntil\b|\bfrom\b.{1,30}\bto\b|\ball\s+(?:day|night|week|year)\b"),
    ),
    AskedFor.AGE: _graded(
        (1.0, rf",\s\d{{1,3}}(?:[,;)]|\.(?!\d))|\baged?\s+(?:of\s+)?{_NUMERAL}"
              rf"|\b(?:boy|girl|child|man|woman|son|daughter|baby)\s+of\s+{_NUMERAL}\b|\b{_NUMERAL}[\s-]years?[\s-]old\b"
              rf"|\b{_NUMERAL}[\s-](?:week|month|day)s?[\s-]old\b"),
        (0.9, r"(?:(?<=\bis )|(?<=\bwas )|(?<=\bturns )|(?<=\bturned ))\d{1,3}\b"
              rf"(?=\s+and\b|\s*[,.;]|\s+(?:on|in)\s+{_MONTHS})"),
        (0.8, rf"\b{_NUMERAL}\s+(?:and|or)\s+(?:older|over|above|up|younger|under)\b|\d(?:st|nd|rd|th)\s+birthday\b"),
        (0.7, r"\bborn\s+(?:in|on)\b|\b(?:built|founded|opened|made|established)\b.{0,20}\b\d{4}\b"
              r"|\bdat(?:es|ed|ing)\s+(?:back\s+)?(?:from|to)\b.{0,20}\b\d{4}\b"
              r"|\bof\s+1[5-9]\d\d\b"),
        (0.4, rf"\b{_NUMERAL}\s+years\b"),
    ),
    AskedFor.DURATION: _graded(
        # "£600,000 a year" and "three times a day" are none.
        (1.0, rf"\b{_NUMERAL}[\s-](?:(?!(?:an?|per|each|every|times)\b)\w+[\s-]){{0,2}}?{_UNIT}\b"),
        (0.8, rf"\bsince\b|\buntil\b|\bfrom\b.{{1,30}}\bto\b"
              rf"|(?<!\d\s)(?<!times\s)(?<!once\s)(?<!twice\s)\b(?:an?|one)\s+(?:full\s+|whole\s+)?{_UNIT}\b"
              rf"|\ball\s+(?:day|night|week|year)\b"),
        (0.5, rf"\b{_NUMERAL}[\s-](?:\w+[\s-])?{_EVENTS}\b"),  # how long a ban or a contract is
    ),
    AskedFor.DAY: _DAYS,
    AskedFor.PLACE: _graded(
        (1.0, rf"(?<!ccording )\b(?:in|at|to|from|near|off|outside|across|between|through|towards?|via|around|along"
              rf"|into)\s+(?:the\s+|a\s+|an\s+)?(?:[a-z][\w-]+\s+){{0,2}}(?!{_MONTHS}|{_WEEKDAY}){_PART}"),
        (0.6, r"\b(?:in|at|near|off|outside|across|between|beneath|under|inside|behind|aboard|along|into"
              r"|onto)\s+(?:the|an?|his|her|its|their)\s+[a-z]"),
        (0.4, r"\b(?:from|to|on)\s+(?:the|an?|his|her|its|their)\s+[a-z]"),
        case=True,
    ),
    AskedFor.REASON: _graded(
        (1.0, r"\b(?:because|due\s+to|owing\s+to|so\s+(?:that|as\s+(?:not\s+)?to)|in\s+order\s+(?:not\s+)?(?:to|that)"
              r"|(?:in|with|as)\s+(?:an?|the|part\s+of\s+an?)\s+(?:\w+\s+)?(?:bid|effort|attempt|aim|hopes?|way|means|push"
              r"|move)\s+(?:to|of)|in\s+(?:response|retaliation|protest)\s+(?:to|at|of|for|over)|aimed\s+at|caused|cause"
              r"|blamed?|blames|thanks\s+to|reasons?|citing|cited|cites|prompted"
              r"|prompting|led\s+to|on\s+(?:the\s+)?grounds|for\s+fear|fearing|therefore|out\s+of)\b"),
        (0.8, r"\b(?:fear(?:s|ed)?|worr(?:y|ies|ied)|concern(?:s|ed)?|complain(?:s|ed|t|ts)?|argue[sd]?"
              r"|object(?:s|ed))\b"),
        (0.6, rf"\b(?:since(?!\s+(?:\d|last|then|{_MONTHS}|{_WEEKDAY}))|after(?!\s+{_NUMERAL}\s+(?:\w+\s+)?{_UNIT}\b)"
              r"|(?<!such\s)as(?!\s+well\b)|amid|following)\b"),
        (0.3, r"\bto\s+[a-z]+\b|\b(?:given|over|so|but|if|would|saying|said)\b"),
    ),
    AskedFor.MANNER: _graded(
        (1.0, r"\b(?:by|through)\s+\w+ing\b|\b(?:with|using|via|by\s+means)\b"),
        (0.6, r"\b(?:by|through|from|when|after|as)\b"),
    ),
    AskedFor.LIST: _graded(
        (1.0, r"\b[\w’'-]+,\s[^.;]{1,60}?(?:,)?\s(?:and|or)\s\w"),
        (0.6, r"\w\s(?:and|or|as\s+well\s+as)\s\w"),
    ),
    AskedFor.POSITION: _graded(
        (1.0, rf"[“\"‘]|\b{SAY}\b|\b(?:support(?:s|ed)?|oppos(?:es|ed|e|ition)|favou?r(?:s|ed)?|back(?:s|ed)"
              rf"|reject(?:s|ed)?|welcom(?:es|ed)|agree[sd]?|regret(?:s|ted)?"
              r"|prefer(?:s|red)?|object(?:s|ed)?|disappointed|pleased|angry|wants?|wanted|believes?|believed"
              r"|voted\s+(?:for|against))\b"),
    ),
    AskedFor.WORDS: _graded((1.0, rf"[“\"‘]|\b{SAY}\b|\baccording\s+to\b")),
    AskedFor.POST: _graded(
        (1.0, r"\b(?:director|manager|chief|head|chair(?:man|woman|person)?|president|minister|secretary|mayor"
              r"|councillor|engineer|lawyer|judge|officer"
              r"|spokes(?:man|woman|person)|leader|professor|doctor|analyst|author|editor|founder|owner|captain"
              r"|skipper|inspector|commander|general"
              r"|senator|governor|ambassador|adviser|advisor|coach|actor|singer|writer|teacher|baker|farmer|master"
              r"|executive|deputy|guard|nurse|pilot)s?\b"),
        (0.5, r",\s(?:an?|the|who)\s|\b(?:worked|works|serves|served|employed|appointed|elected)\b"),
    ),
    AskedFor.DEFINITION: _graded(
        (1.0, r"\b(?:is|are|was|were)\s+(?:an?|the|known|called)\b|\bknown\b.{0,30}\bas\b|\bcalled\b|,\s(?:an?|the"
              r"|who|which)\s"),
        (0.6, r"\b(?:the|an?)\s+[a-z]+(?:\s[a-z]+)?\s+[A-Z]|,"),
        case=True,
    ),
}  # fmt: skip
_NAMED: dict[AskedFor, Callable[[str, bool], float]] = {
    AskedFor.PERSON: lambda name, is_body: 0.4 if is_body else 0.8 if " " in name else 0.6,
    AskedFor.BODY: lambda name, is_body: 1.0 if is_body else 0.8 if " " in name else 0.7,
    AskedFor.NAME: lambda name, is_body: 0.9,
    AskedFor.PLACE: lambda name, is_body: 0.3 if is_body else 0.9,
}
_AT_PLACE = re.compile(r"\b(?:in|at|near|from|to|of|on|between|off|the)\s+$")
_FORMER = re.compile(
    r"\b(?:former|formerly|previous|previously|used\s+to|ex-|once|before|retired|late)\b", re.IGNORECASE
)
_FORMER_AT = re.compile(r"\b[Ff]ormer\s+(?:[\w.’'-]+\s+){0,5}$")
_FORMER_NEXT = re.compile(r",\s+(?:a\s+|the\s+)?former\b")
_OWNER = re.compile(r"\b(?P<name>[A-Z]\w+)[’']s?\s+(?:[a-z]+\s+){0,3}$")
# Where somebody works is told by for whom.
_WHERE_EMPLOYED = re.compile(
    r"\bwhere\b.*\b(?:work|teach|study|train|serve|employ|educat)(?:s|ed|ing|ies|ied)?\b|\bwhere\b.*\btaught\b",
    re.IGNORECASE,
)
_EMPLOYER = re.compile(rf"\b(?:for|join(?:s|ed)?)\s+(?:the\s+)?(?:[a-z][\w-]+\s+){{0,2}}(?:{_PART})(?:\s+{_PART})*")
_CHOICE_OF_PLACES = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+)?(?:countr|nation|cit|town|state|place|island|port"
    r"|village)",
    re.IGNORECASE,
)
_COUNTED = frozenset((AskedFor.NUMBER, AskedFor.AMOUNT, AskedFor.MEASURE))
# Figures that count nothing: days, years, times of day, ages.
_NO_COUNT = re.compile(
    rf"\b{_MONTHS}\s+\d{{1,2}}(?:[-–]\d{{1,2}})?\b(?:,\s\d{{4}})?|\b\d{{1,2}}\s+{_MONTHS}(?:\s+\d{{4}})?"
    rf"|(?<![\d,.$£€])(?:1[5-9]|20)\d\d(?![\d,.]\d|\d|%)"
    r"|\b\d\d?(?::\d\d)\b|\b\d\d?\s*[ap]\.m\.|,\s\d\d,"
)
# Words before a name that tell nothing of it: "said Ann Lee", "of the Alba".
_BEFORE_NAME = """
    the a an of in on at to for from by with and or but that as than when while after before said says told tells called
    named against about into over under between his her its their was is were are has had
"""
_NO_NOUN = frozenset(_BEFORE_NAME.split())
_WHOLE = frozenset((AskedFor.WORDS, AskedFor.POSITION))  # the cue is no answer; what stands around it is
_FIGURE = r"\d[\d,.]*\d|\d"
_ASKED_FIGURE = re.compile(rf"(?<![A-Za-z])(?<![A-Za-z]-)(?:{_FIGURE})")  # "MV-9" asks for no 9


def offers(kind: AskedFor, sentence: str, question: str) -> list[Offer]:
    """The things of that kind in a sentence; what `question` itself names is no answer to it.

    ANYTHING and YES_NO are offered by every sentence, as a whole.
    """
    if kind in _NAMED and kind is not AskedFor.PLACE:
        return _names(kind, sentence, question)
    forms = _FORMS.get(kind)
    if forms is None:
        return [Offer(1.0, 0, len(sentence))]
    if kind in _WHOLE:
        return [Offer(strength, 0, len(sentence)) for strength, form in forms if form.search(sentence)][:1]
    if kind is AskedFor.DEFINITION and (described := _described(sentence, question)):
        return described
    asked = set(_ASKED_FIGURE.findall(question))
    no_counts = [m.span() for m in _NO_COUNT.finditer(sentence)] if kind in _COUNTED else []
    found = [
        Offer(strength, *match.span())
        for strength, form in forms
        for match in form.finditer(sentence)
        if not (asked & set(re.findall(_FIGURE, match.group())))
        and all(match.end() <= start or match.start() >= end for start, end in no_counts)
        and not (kind is AskedFor.REASON and is_asked_about(match.group(), question))
    ]
    if kind is AskedFor.MEASURE:
        found = _of_dimension(found, sentence, question)
    if kind is AskedFor.AGE and not _NAME.search(question, 1):
        found = [o for o in found if not is_age_of_another(sentence, o.start, stems(question))]
    if kind is AskedFor.PLACE:  # where Ulm is, is not "in Ulm"
        named = stems(question)
        found = [o for o in found if not _is_named(sentence[o.start : o.end], named)]
    if kind is AskedFor.PLACE and _WHERE_EMPLOYED.search(question):
        found += [Offer(1.0, *m.span()) for m in _EMPLOYER.finditer(sentence)]
    if kind is AskedFor.PLACE and _CHOICE_OF_PLACES.search(question):
        found += _names(kind, sentence, question)
    return _strongest(found)


def _is_named(place: str, named: set[str]) -> bool:
    words = content_words(place)
    return bool(words) and all(stem(word) in named for word in words)


def _described(sentence: str, question: str) -> list[Offer]:
    """Where a sentence says what the name of a question stands for: "the ferry Alba", "Alba, a ferry"."""
    names = [m.group() for m in _NAME.finditer(question) if m.start()]
    if not names:
        return []
    name = re.escape(names[-1])
    forms = (
        rf"\b[a-z][\w-]+,?\s+(?:\w+\.?\s+){{0,2}}?{name}\b",
        rf"\b{name}(?:,\s+(?:who\b|which\b|(?:an?|the)\s|[a-z])|\s+(?:is|was)\s+(?:an?|the)\s)",
    )
    found = [
        Offer(1.0, *m.span())
        for form in forms
        for m in re.finditer(form, sentence)
        if m.group().split()[0].strip(",") not in _NO_NOUN
    ]
    return found or [Offer(0.5, 0, len(sentence))]


def _ends_in_person(parts: Sequence[re.Match[str]], fresh: Sequence[re.Match[str]]) -> bool:
    """Whether a post and a full name stand together: "Harbour President Ann Roe", asked for the president."""
    return len(fresh) > 1 and list(parts[-len(fresh) :]) == list(fresh)


def _of_dimension(found: Sequence[Offer], sentence: str, question: str) -> list[Offer]:
    """Those in a unit that the dimension asked for is measured in; all where any will do."""
    units = units_of(question)
    if units is None:
        if re.search(r"\bhow\s+(?:fast|quickly)\b", question, re.IGNORECASE):  # a speed, or the time it took
            return [o for o in found if SPEED.search(sentence[o.start : o.end + 12])] + [
                Offer(strength, *m.span())
                for strength, form in _FORMS[AskedFor.DURATION][:1]
                for m in form.finditer(sentence)
            ]
        return list(found)
    return [o for o in found if units.search(sentence[o.start : o.end])]


def _strongest(found: Sequence[Offer]) -> list[Offer]:
    """Those that no plainer reading of the same words stands beside."""
    kept: list[Offer] = []
    for offer in sorted(found, key=lambda o: -o.strength):
        if all(offer.end <= other.start or offer.start >= other.end for other in kept):
            kept.append(offer)
    return kept


def _names(kind: AskedFor, sentence: str, question: str) -> list[Offer]:
    asked = stems(question)
    former = bool(_FORMER.search(question))
    found = []
    for match in _NAME.finditer(sentence):
        parts = [m for m in re.finditer(r"\S+", match.group()) if not _NO_NAME.fullmatch(m.group())]
        fresh = [m for m in parts if not known(stem(m.group()), asked)]
        if not fresh or not parts:
            continue
        start = match.start() + parts[0].start()
        name = " ".join(m.group() for m in parts)
        strength = _NAMED[kind](name, bool(_BODY_NAME.search(name)))
        if len(fresh) < len(parts):  # "the Texas agency" asked, "the Texas Rangers" found
            strength *= 1.0 if kind is AskedFor.PERSON and _ends_in_person(parts, fresh) else 0.6
        if start == 0 and len(parts) == 1:  # any word is capital there
            strength *= 0.5
        if kind is AskedFor.PERSON and (_AT_PLACE.search(sentence, 0, start) or name.isupper()):  # or a dateline
            strength *= 0.5
        if _FORMER_AT.search(sentence, max(0, start - 60), start) or _FORMER_NEXT.match(sentence, match.end()):
            strength *= 1.0 if former else 0.6  # who held a post before is not who holds it
        owner = _OWNER.search(sentence, max(0, start - 40), start)
        if owner and kind is AskedFor.PERSON and " " in name and stem(owner["name"]) in asked:
            strength = min(1.0, strength * 1.25)  # "Norway's foreign minister Per Lind", asked about Norway
        found.append(Offer(strength, start, match.end()))
    if kind is AskedFor.PERSON:
        pronoun = re.search(rf"\b(?:he|she|they)\s+{SAY}\b", sentence, re.IGNORECASE)
        if pronoun:
            found.append(Offer(0.3, *pronoun.span()))
    return found
