"""The closed classes of words that English temporal expressions are made of.

Each entry gives a word its class, one letter (see `tokens`), and what it stands for.
"""

from __future__ import annotations


def word_list(line: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(line.split())


def word_set(line: str) -> frozenset[str]:
    """The words of a line as a set."""
    return frozenset(line.split())


MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH_ABBREVIATIONS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_ABBREVIATIONS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip

CARDINALS = {
    word: n
    for n, word in enumerate(
        word_list(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
} | {word: 10 * n for n, word in enumerate(word_list("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)}
MULTIPLIERS = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
ORDINALS = {
    word: n
    for n, word in enumerate(
        word_list(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
} | {"thirtieth": 30}

UNITS = (
    "second", "minute", "hour", "day", "night", "week", "fortnight", "month", "quarter", "year", "decade", "century",
    "millennium",
)  # fmt: skip
DURATION_CODES = {
    "second": ("T", "S", 1), "minute": ("T", "M", 1), "hour": ("T", "H", 1), "day": ("", "D", 1), "night": ("", "D", 1),
    "week": ("", "W", 1), "weekend": ("", "WE", 1), "fortnight": ("", "W", 2), "month": ("", "M", 1), "quarter": ("",
    "Q", 1),
    "season": ("", "S", 1), "summer": ("", "SU", 1), "winter": ("", "WI", 1), "year": ("", "Y", 1), "decade": ("",
    "Y", 10),
    "century": ("", "Y", 100), "millennium": ("", "Y", 1000),
}  # fmt: skip
"""Unit -> (``T`` where the duration counts clock time, the designator, how many of it)."""

SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
SEASON_PLURALS = {"springs": "SP", "summers": "SU", "autumns": "FA", "winters": "WI"}
DAY_PARTS = {
    "morning": "MO", "mornings": "MO", "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV",
    "night": "NI", "nights": "NI",
}  # fmt: skip
FIXED_HOURS = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}
DECADE_WORDS = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip

# -- single words, by class ---------------------------------------------------------------------------

_PLAIN: dict[str, dict[str, object]] = {
    "q": {"several": "X", "few": "X", "many": "X", "couple": 2, "half": 0.5, "dozens": "X", "hundreds": "X",
    "some": "X"},
    "a": {"a": 1, "an": 1},
    "t": {"the": None},
    "L": {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "latest": -1, "recent": -1},
    "X": {"next": 1, "coming": 1, "upcoming": 1, "following": 1, "subsequent": 1, "ensuing": 1, "succeeding": 1},
    "T": {"this": 0, "current": 0, "these": 0, "present": 0},
    "H": {"that": 0, "same": 0, "those": 0},
    "@": {"then": None},
    "E": {"early": "START", "late": "END", "mid": "MID"},
    "R": {"earlier": -1, "later": 1, "hence": 1},
    "G": {"ago": -1},
    "B": {"before": -1, "after": 1},
    "F": {"of": None},
    "i": {"in": None, "on": None, "at": None, "for": None, "by": None, "since": None, "from": None, "during": None},
    "&": {"and": None, "or": None},
    ">": {"to": None, "through": None, "until": None, "till": None, "thru": None},
    "O": {"old": None, "long": None, "olds": None},
    "b": {
        "end": "END", "close": "END", "beginning": "START", "start": "START", "middle": "MID", "outset": "START",
    },
    "A": {"every": None, "each": None, "per": None},
    "f": {"once": 1, "twice": 2, "thrice": 3, "times": None},
    "x": {
        "now": "PRESENT_REF", "currently": "PRESENT_REF", "nowadays": "PRESENT_REF", "presently": "PRESENT_REF",
        "recently": "PAST_REF", "lately": "PAST_REF", "soon": "FUTURE_REF",
    },
    "D": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "j": {"tonight": ("NI", 0), "overnight": ("NI", 0)},
    "S": dict(SEASONS),
    "N": dict(FIXED_HOURS),
    "p": dict(DAY_PARTS),
    "K": {"weekend": None, "weekends": None},
    "C": {"fiscal": None, "financial": None},
    "k": {"period": None, "time": None, "moment": None},
    "$": {"trading": None, "more": None, "straight": None, "consecutive": None, "full": None, "calendar": None,
    "business": None,
          "working": None, "additional": None, "successive": None, "whole": None, "entire": None, "long": None,
          "school": None},
    "z": {"gmt": None, "utc": None, "est": None, "edt": None, "cst": None, "cdt": None, "mst": None, "mdt": None,
    "pst": None,
          "pdt": None, "et": None, "ct": None, "pt": None, "bst": None, "cet": None, "cest": None, "ist": None,
          "jst": None,
          "eastern": None, "pacific": None, "central": None},
}  # fmt: skip

ADVERBS_OF_FREQUENCY = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "biweekly": "P2W",
    "monthly": "P1M", "quarterly": "P3M", "annually": "P1Y", "yearly": "P1Y", "biennially": "P2Y",
}  # fmt: skip


def _words() -> dict[str, tuple[str, object]]:
    words: dict[str, tuple[str, object]] = {
        word: (kind, value) for kind, entries in _PLAIN.items() for word, value in entries.items()
    }
    words |= {word: ("M", n) for n, word in enumerate(MONTHS, start=1)}
    words |= {word: ("m", n) for word, n in MONTH_ABBREVIATIONS.items()}
    words |= {word: ("W", n) for n, word in enumerate(WEEKDAYS)}
    words |= {word + "s": ("V", n) for n, word in enumerate(WEEKDAYS)}
    words |= {word: ("v", n) for word, n in WEEKDAY_ABBREVIATIONS.items()}
    words |= {word: ("w", n) for word, n in (CARDINALS | MULTIPLIERS).items()}
    words |= {word: ("o", n) for word, n in ORDINALS.items()}
    words["second"] = ("s", 2)
    for unit in UNITS:
        plural = {"century": "centuries", "millennium": "millennia"}.get(unit, unit + "s")
        if unit not in ("second", "night"):
            words[unit] = ("Q" if unit == "quarter" else "U", unit)
        if unit != "night":
            words[plural] = ("P", unit)
    words["half"] = ("J", 0.5)
    words |= {word: ("Z", value) for word, value in SEASON_PLURALS.items()}
    words |= {word: ("r", value) for word, value in ADVERBS_OF_FREQUENCY.items()}
    words |= {word: ("e", n) for word, n in DECADE_WORDS.items()}
    return words


WORDS: dict[str, tuple[str, object]] = _words()
"""Lower-case word -> (class letter, value)."""

# -- phrases that count as one word -------------------------------------------------------------------

APPROXIMATORS = {
    "about": "APPROX", "around": "APPROX", "roughly": "APPROX", "approximately": "APPROX", "circa": "APPROX",
    "some": "APPROX",
    "nearly": "EQUAL_OR_LESS", "almost": "EQUAL_OR_LESS", "more than": "MORE_THAN", "over": "MORE_THAN",
    "less than": "LESS_THAN", "fewer than": "LESS_THAN", "under": "LESS_THAN", "no more than": "EQUAL_OR_LESS",
    "not more than": "EQUAL_OR_LESS", "up to": "EQUAL_OR_LESS", "within": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS",
    "at least": "EQUAL_OR_MORE", "no less than": "EQUAL_OR_MORE", "not less than": "EQUAL_OR_MORE",
}  # fmt: skip
PHRASES: dict[str, tuple[str, object]] = {
    **{phrase: ("~", value) for phrase, value in APPROXIMATORS.items()},
    "a couple of": ("q", 2), "a few": ("q", "X"), "quite a few": ("q", "X"), "a number of": ("q", "X"),
    "dozens of": ("q", "X"),
    "hundreds of": ("q", "X"), "half a": ("q", 0.5), "half an": ("q", 0.5),
    "the day before yesterday": ("D", -2), "the day after tomorrow": ("D", 2),
    "day before yesterday": ("D", -2), "day after tomorrow": ("D", 2),
    "the near future": ("x", "FUTURE_REF"), "the foreseeable future": ("x", "FUTURE_REF"), "the future": ("x",
    "FUTURE_REF"),
    "the near term": ("x", "FUTURE_REF"), "the short term": ("x", "FUTURE_REF"), "the long term": ("x", "FUTURE_REF"),
    "the longer term": ("x", "FUTURE_REF"), "the distant past": ("x", "PAST_REF"), "the recent past": ("x", "PAST_REF"),
    "as soon as possible": ("x", "FUTURE_REF"), "right now": ("x", "PRESENT_REF"),
    "at the moment": ("x", "PRESENT_REF"), "these days": ("x", "PRESENT_REF"), "last night": ("j", ("NI", -1)),
    "year-end": ("l", None), "year end": ("l", None), "year's end": ("l", None), "yearend": ("l", None),
    "month-end": ("l", "month"), "o'clock": ("z", None),
}  # fmt: skip

SAYING = word_set(
    "say said says tell told announce announced add added report reported state stated warn warned declare declared "
    "deny denied confirm confirmed claim claimed argue argued insist insisted reveal revealed acknowledge "
    "acknowledged promise promised vow vowed agree agreed decide decided order ordered rule ruled demand demanded"
)

# What makes a "Sunday" or a "March" part of a name when it follows in capitals.
NAME_AFTER_WEEKDAY = word_set(
    "times telegraph mail herald mirror express post star independent tribune sport people world school night "
    "magazine review"
)
FUNCTION_WORDS = word_set(
    "and or to but when while as with by in on at for from of that which who whom whose was were is are be been had "
    "has have having will would shall should can could may might must said says did does do not after before until "
    "since because if where than then so he she it they we i you the a an his her its their our my your this these "
    "those through during over under about against into between among without within also too again both all each "
    "every there here however meanwhile begins start starts ends falls comes came"
)
"""Words that may follow a date without its being part of their name, as a noun would make it ("winter coat")."""

# Capitals before a year that make it part of a name, and common ones that do not.
COUNTED_NOUNS = word_set(
    "people votes points shares miles feet yards meters metres kilometers kilometres km dollars pounds euros francs "
    "marks yen troops soldiers men women children jobs workers employees members seats delegates homes houses acres "
    "hectares tons tonnes barrels units cars vehicles students passengers patients victims deaths cases copies words "
    "pages rpm mph cc kg lbs hp watts volts calories percent per x residents inhabitants attendees voters refugees "
    "migrants prisoners inmates square cubic different other such"
)
