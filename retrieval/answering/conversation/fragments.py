"""A fragment in the place of what is of its kind in the question before: "and in 2013?", "what about the mayor?"."""

from __future__ import annotations

import re

from retrieval.annotation.quotations.names import names_in
from retrieval.answering.conversation.turn_mentions import CALENDAR, LEAD, dates_in, is_date

_PREPOSITION = re.compile(rf"^(?P<lead>{LEAD})(?P<rest>.+)$", re.IGNORECASE)
_LONGEST_FRAGMENT = 6  # words of "and in the spring of 2013?"


def substituted(fragment: str, question: str) -> str | None:
    """The question before with `fragment` in the place of what is of its kind: a date for a date, a name for a name."""
    if len(fragment.split()) > _LONGEST_FRAGMENT:
        return None
    base = question.rstrip(" ?.!")
    if is_date(fragment):
        dates = dates_in(base)
        if len(dates) > 1:
            return None
        if dates:
            start, end = dates[0]
            lead = re.search(rf"{LEAD}$", base[:start], re.IGNORECASE)
            cut = start - len(lead.group()) if lead and _PREPOSITION.match(fragment)["lead"] else start  # type: ignore[index]
            return f"{base[:cut]}{_lowered(fragment)}{base[end:]}?"
        return f"{base} {_lowered(fragment)}?"
    names = [n for n in names_in(base) if n.text.casefold() not in CALENDAR]
    wanted = _PREPOSITION.match(fragment)
    if wanted is None or len(names) != 1 or not re.match(r"(?:the |an? |his |her |its |their )?\S", wanted["rest"]):
        return None
    (name,) = names
    theirs = next(iter(names_in(wanted["rest"])), None)
    if theirs is None and not re.match(r"(?:the|his|her|its|their)\s", wanted["rest"], re.IGNORECASE):
        return None
    start = name.start - (len(name.title) + 1 if name.title and base[: name.start].rstrip().endswith(name.title) else 0)
    article = re.search(r"\bthe $", base[:start], re.IGNORECASE)
    start = article.start() if article else start
    return f"{base[:start]}{wanted['rest']}{base[name.end :]}?"


def _lowered(fragment: str) -> str:
    return re.sub(r"^[A-Z](?=[a-z]+ )", lambda m: m.group().lower(), fragment)
