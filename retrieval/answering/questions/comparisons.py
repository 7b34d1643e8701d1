"""Questions that compare two things, as a question for each of them, by their syntax alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.answering.questions.asked_for import AskedFor, asked_for

_FORMS = re.IGNORECASE
_WH = r"(?:what|which|who|whom|whose|when|where|why|how)"
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_MORE = r"(?:more|less|fewer|most|least|fewest)"
_PREP = r"(?:in|at|on|for|with|by|from|during|after|before|under|to)"
_COMMA = r"\s*[,:–-]\s*"
_A_OR_B = r"(?P<a>.+?)\s+or\s+(?P<b>.+)$"
_DEGREE = r"(?P<degree>(?!other\b|after\b|over\b|under\b|never\b|ever\b)\w{2,}er)"
_NAME = r"[A-Z][\w’'.-]*(?:\s+(?:of\s+(?:the\s+)?)?[A-Z][\w’'.-]*)*"
_NOUN = r"(?i:the|an?|its|their|his|her)\s+[\w’'-]+(?:\s+(?!(?:and|each|both)\b)[\w’'-]+){0,2}"
_WHO = rf"(?:{_NAME}|{_NOUN})"

_SMALLER = """
    smaller shorter lower cheaper lighter younger slower weaker narrower thinner shallower nearer closer less fewer
    least fewest
"""
_DOWNWARDS = frozenset(_SMALLER.split())

_Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Degree:
    """A comparison of two figures: the `label` of what is compared ("larger", "more people"), the two sides, whether
    the smaller figure is asked for, and whether one thing is counted on both sides."""

    label: str
    one: str
    other: str
    downwards: bool = False
    counted: bool = False


def compared(text: str) -> _Parts:
    """The two questions that a comparison is made of, without its question mark; empty where it compares nothing."""
    for form, made in _COMPARISONS:
        if (match := form.match(text)) and (found := made(match)):
            return tuple(f"{part}?" for part in found)
    return ()


def degree_compared(text: str) -> Degree | None:
    """What a question compares by a figure of each side; None where it does not."""
    clean = " ".join(text.split()).strip(" ?.!")
    for form, made in _COMPARISONS:
        match = form.match(clean)
        if match is None or not made(match):
            continue
        if made is _two_degrees:
            label = match["degree"].casefold()
            return Degree(label, match["a"], match["b"], label in _DOWNWARDS)
        if made is _two_sums:
            more = match["more"].casefold()
            return Degree(f"{match['verb'].casefold()} {more}", match["a"], match["b"], more in _DOWNWARDS)
        if made in (_two_counts, _two_counts_at, _two_amounts):
            more, noun = match["more"].casefold(), match["noun"].casefold()
            label = f"{more} {noun}".strip()
            return Degree(label, match["a"], match["b"], more in _DOWNWARDS, made is not _two_amounts)
        return None
    return None


def _two_days(match: re.Match[str]) -> _Parts:
    aux = match.groupdict().get("aux")
    first = f"when {aux.casefold() if aux else 'was'} {match['a']}"
    return first, f"when {'' if aux else 'was '}{match['b']}"


def _two_degrees(match: re.Match[str]) -> _Parts:
    """ "Which is taller, the tower or the dam": how tall each of them is."""
    degree = _base(match["degree"])
    if degree is None:
        return ()
    be = match["be"].casefold()
    return f"how {degree} {be} {match['a']}", f"how {degree} {be} {match['b']}"


def _two_counts(match: re.Match[str]) -> _Parts:
    """ "Which dairy employs more people, A or B": how many people each of them employs."""
    verb = " ".join(match["verb"].split()[-2:] if match["kind"] else match["verb"].split())
    return tuple(f"how many {match['noun']} {match[name]} {verb} {match['rest']}".rstrip() for name in ("a", "b"))


def _two_amounts(match: re.Match[str]) -> _Parts:
    """ "Did the firm earn more money in 2024 or 2025": how much it earned in each year."""
    return tuple(
        f"how much {match['noun']} {match['aux'].casefold()} {match['subject']} {match['prep']} {match[name]}".replace(
            "  ", " "
        )
        for name in ("a", "b")
    )


def _two_sums(match: re.Match[str]) -> _Parts:
    """ "Which cost more, A or B": how much each of them cost."""
    return tuple(f"how much {match[name]} {match['verb']}" for name in ("a", "b"))


def _two_counts_at(match: re.Match[str]) -> _Parts:
    """ "Did more people come to A than to B": how many people came to each."""
    return tuple(f"how many {match['noun']} {match['verb']} {match['prep']} {match[name]}" for name in ("a", "b"))


def _one_each(match: re.Match[str]) -> _Parts:
    return tuple(f"{match['head']} {match[name]} {match['rest']}" for name in ("a", "b"))


def _one_each_at(match: re.Match[str]) -> _Parts:
    return tuple(f"{match['head']} {match['prep']} {match[name]}" for name in ("a", "b"))


def _belongings(match: re.Match[str]) -> _Parts:
    """ "How did the firm's estimate differ from the council's": what each of them is."""
    return tuple(f"what was {match[name]} {match['rest']}" for name in ("a", "b"))


def _said_of_each(match: re.Match[str]) -> _Parts:
    return tuple(f"{match[name]} {match['rest']}" for name in ("a", "b"))


def _both_named(match: re.Match[str]) -> _Parts:
    one, other = match["a"], match["b"]
    if re.search(r"\bones?$", other, _FORMS):  # "how did this flood differ from the old one"
        other = re.sub(r"\bones?$", one.split()[-1], other, flags=_FORMS)
    return one, other


def _views(match: re.Match[str]) -> _Parts:
    on = f" {match['on']}" if match["on"] else ""
    return tuple(f"what does {match[name]} think{on}" for name in ("a", "b"))


def _base(degree: str) -> str | None:
    """ "taller" as it stands behind "how": "tall"; None where nothing is measured so."""
    stem = degree[:-2].casefold()
    forms = [stem, f"{stem}e", stem[:-1], f"{stem[:-1]}y"]
    kinds = (AskedFor.MEASURE, AskedFor.EXTENT, AskedFor.AGE, AskedFor.AMOUNT, AskedFor.DAY)
    return next((form for form in forms if asked_for(f"how {form} is it?").kind in kinds), None)


_COMPARISONS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Parts]], ...] = tuple(
    (re.compile(form, flags), made)
    for form, flags, made in (
        (rf"^(?P<aux>{_AUX})\s+(?P<a>.+?)\s+(?:come\s+|happen\s+|take\s+place\s+)?(?:before\s+or\s+after"
         rf"|after\s+or\s+before|earlier\s+or\s+later\s+than)\s+(?P<b>.+)$", _FORMS, _two_days),
        (rf"^{_WH}\s+(?:one\s+)?(?:of\s+\w+\s+)?(?:came|happened|was|occurred|started|began|opened|is|took\s+place)\s+"
         rf"(?:first|earlier|later|last){_COMMA}{_A_OR_B}", _FORMS, _two_days),
        (r"^how\s+(?:long|much\s+time|many\s+(?:days|weeks|months|years|hours))\s+(?:was\s+(?:it|there)\s+"
         r"|were\s+there\s+|passed\s+|lay\s+)?(?:between|from)\s+(?P<a>.+?)\s+(?:and|to|until)\s+(?P<b>.+)$",
         _FORMS, _two_days),
        (rf"^(?:which|what|who)\s+(?:one\s+)?(?P<be>is|are|was|were)\s+(?:the\s+)?{_DEGREE}{_COMMA}{_A_OR_B}",
         _FORMS, _two_degrees),
        (rf"^(?P<be>is|are|was|were)\s+(?P<a>.+?)\s+{_DEGREE}\s+(?:than|or)\s+(?P<b>.+)$", _FORMS, _two_degrees),
        (rf"^(?:which\s+(?P<kind>[\w’'-]+)|who|which|what)\s+(?P<verb>\w+(?:\s+\w+)?)\s+(?P<more>{_MORE})\s+(?P<noun>[\w’'-]+)"
         rf"(?P<rest>(?:\s+[\w’'-]+){{0,6}}?){_COMMA}{_A_OR_B}", _FORMS, _two_counts),
        (rf"^(?:which|what|who)\s+(?:one\s+)?(?P<verb>\w+)\s+(?:the\s+)?(?P<more>{_MORE}){_COMMA}{_A_OR_B}",
         _FORMS, _two_sums),
        (rf"^{_WH}\s+(?P<rest>[^,:]*?\b(?:{_MORE}|better|worse|\w{{2,}}er)\b[^,:]*?){_COMMA}{_A_OR_B}",
         _FORMS, _said_of_each),
        (rf"^(?i:{_WH})\s+(?:one\s+)?of\s+(?P<a>{_WHO})\s+(?:and|or)\s+(?P<b>{_WHO})\s+(?P<rest>[a-z].+)$",
         0, _said_of_each),
        (rf"^(?P<aux>did|does|do|will|has|have)\s+(?P<subject>.+?)\s+(?P<more>{_MORE})\s+(?P<noun>[\w’'-]*)\s*"
         rf"(?P<prep>{_PREP})\s+(?P<a>.+?)\s+(?:or|than)\s+(?:{_PREP}\s+)?(?P<b>.+)$", _FORMS, _two_amounts),
        (rf"^(?:did|does|do)\s+(?P<more>{_MORE})\s+(?P<noun>[\w’'-]+)\s+(?P<verb>\w+)\s+(?P<prep>{_PREP})\s+(?P<a>.+?)"
         rf"\s+(?:or|than)\s+(?:{_PREP}\s+)?(?P<b>.+)$", _FORMS, _two_counts_at),
        (r"^(?:did|does|do|are|were)\s+(?:there\s+)?(?P<head>more\s+.+?)\s+(?P<prep>in|at|on|for|with|by|from)\s+"
         rf"(?P<a>.+?)\s+(?:or|than)\s+(?:{_PREP}\s+)?(?P<b>.+)$", _FORMS, _one_each_at),
        (rf"^(?:(?:what|how)(?:'s|’s|\s+{_AUX})?\s+)?(?:the\s+)?(?:differences?|comparison)\s+between\s+(?P<a>.+?)"
         r"\s+and\s+(?P<b>.+)$", _FORMS, _both_named),
        (rf"^how\s+(?P<aux>{_AUX})\s+(?P<a>.+?['’]s?)\s+(?P<rest>.+?)\s+(?:differ|different)\s+from"
         r"\s+(?P<b>.+?['’]s?)$", _FORMS, _belongings),
        (rf"^(?:how|in\s+what\s+way)\s+{_AUX}\s+(?P<a>.+?)\s+(?:differ|different)\s+from\s+(?P<b>.+)$",
         _FORMS, _both_named),
        (rf"^how\s+{_AUX}\s+(?P<head>(?:the\s+)?[\w-]+)\s+(?P<prep>of|by|from)\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+"
         r"(?:differ|compare|different)$", _FORMS, _one_each_at),
        (rf"^how\s+{_AUX}\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+(?:differ|compare|different)$", _FORMS, _both_named),
        (rf"^what\s+{_AUX}\s+(?P<a>.+?)\s+and\s+(?P<b>.+?)\s+have\s+in\s+common$", _FORMS, _both_named),
        # "Who scored in the final vs France" compares nothing.
        (rf"^(?:compare\s+)?(?!(?:{_WH}|{_AUX})\b)(?P<a>.+?)\s+"
         r"(?:vs\.?|versus|compared\s+(?:to|with))\s+(?P<b>.+)$", _FORMS, _both_named),
        (r"^compare\s+(?P<a>.+?)\s+(?:and|to|with)\s+(?P<b>.+)$", _FORMS, _both_named),
        (rf"^(?i:do|does|did)\s+(?P<a>{_WHO})\s+and\s+(?P<b>{_WHO})\s+(?i:agree|disagree|differ)"
         r"(?:\s+(?P<on>(?:on|about|over|that)\s+.+))?$", 0, _views),
        (rf"^(?P<head>(?i:{_WH}(?:\s+[a-z]+)?\s+{_AUX}))\s+(?:both\s+)?(?P<a>{_WHO})\s+and\s+(?P<b>{_WHO})(?<![’']s)\s+"
         r"(?:each\s+|both\s+|respectively\s+)?(?P<rest>(?!.*\b(?:each\s+other|to\s+do\s+with)\b)[a-z].*)$",
         0, _one_each),
        (rf"^(?P<head>{_WH}\b.+?)\s+(?P<prep>{_PREP})\s+(?P<a>.+?)\s+and\s+(?P=prep)\s+(?P<b>.+)$",
         _FORMS, _one_each_at),
    )
)  # fmt: skip
