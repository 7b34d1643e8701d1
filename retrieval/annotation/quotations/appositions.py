"""Names beside what their bearer is: "its director, Jane Roe," and "harbour pilot Jane Roe"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.annotation.quotations.names import Name, is_body, is_person_noun, key, names_in, title_words
from retrieval.schema import Stretch

DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|our|my|some|many|one|another)\s+", re.I)
OWNED = re.compile(r"(?:[A-Z][\w.&-]*[ -]){0,3}[A-Z][\w.&-]*(?:['’]s|s['’])\s")
# What the noun phrase before a comma begins with: a determiner or an owner.
_PHRASE = re.compile(
    r"(?<![\w’'-])(?P<phrase>(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y)"
    r"|(?:[A-Z][\w.&-]*[ -]){0,3}[A-Z][\w.&-]*(?:['’]s|s['’]))(?: [\w.’'&-]+){1,12}),$"
)
_OWNER = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)
# What may stand between the two: ", the cellist".
_SECOND = re.compile(r", (?:the|an?) (?:[a-z][\w-]+ ?){1,4}$")
_COMMA = re.compile(r",\s(?:(?:the|an?) (?:[a-z][\w-]+ ){1,4})?")
_COMPLEMENT = re.compile(r"\s(?:of|for|at|from|in|with|on|who|to|near|and)\s.*$", re.DOTALL)
_OTHER = re.compile(r"(?<=\w)\s(?P<link>of|for)\s(?P<words>[^,;()]+)$")
_CLOSES = re.compile(r"(?:[,.;:)]|\s?[–—]|\s-\s|\s(?:of|from)\s[A-Z]|$)")
_PREMODIFIER = re.compile(r"(?<![\w’'-])(?:(?P<before>[\w’'-]+) )?(?P<noun>[a-z][a-z-]{2,})$")
_ENDINGS = ("ist", "ian", "man", "woman", "person", "master")
_BREAK = re.compile(r"\n|(?:(?<=[a-z\d]{3})|(?<=[A-Z]{2})|(?<=[”\"’)]))[.!?][”\"’)]*\s(?=[A-Z“\"‘])|[.!?][”\"’]\s")
_BEFORE = re.compile(r"(?<!\w)(?:(?:[A-Z][\w.’'-]*|of|for|the|former|then-\w+|vice|deputy) ){1,9}$")
_ADJECTIVES = ("official", "native", "executive", "expert")
_THING = re.compile(r"(?:an?|the|one)(?:\s(?!(?:of|for|at|in|from|with|to|by)\b)[\w’'-]+){0,4}\s(?:that|which)\s")
_FINITE = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|can|could|does|did)(?:n['’]t)?\s")
_RELATIVE = re.compile(r"\s(?:whose|who|whom|which|that|where|when|as|,)\s.*$", re.DOTALL)
_PLACED = re.compile(r"\b(?:[Ii]n|[Aa]t)\s$")  # "writing in The Economist, Jane Roe"
_OFFICE_OF = re.compile(r"(?:[Tt]he\s)?[Oo]ffices?\sof\s")
_CUT = re.compile(r"\s(?:of|for|at|from|in|with|on|who|and|to|near|among|or)\s|[,;(]")
_REACH = 110  # characters before a name


@dataclass(frozen=True, slots=True)
class Role:
    """What the words before a name say its bearer is.

    `apposed`: the whole phrase before a comma, else only the noun before the name. `kin`: a relative of somebody
    named before.
    """

    text: str
    apposed: bool
    kin: bool = False


def role_before(text: str, name: Name) -> Role | None:
    """The role that stands before `name`, None where there is none."""
    start = name.start - (len(name.title) + 1 if name.title else 0)
    before = text[max(0, start - _REACH) : start]
    line = _BREAK.split(before)[-1].rstrip(" ")
    apposed = _apposed(line) if _CLOSES.match(text, name.end) else None
    if apposed is not None or line.endswith(","):
        return apposed
    match = _PREMODIFIER.search(line)
    if match is None or not before.endswith(" "):
        return None
    noun = match["noun"]
    lists = title_words()
    determined = (match["before"] or "").lower() in ("the", "a", "an", "former", "his", "her", "its", "their")
    if determined and noun in _ADJECTIVES:
        return None  # "the official Eurovision"
    listed = noun in lists.persons | lists.kin | lists.ranks | lists.titles or noun.endswith(_ENDINGS)
    if not is_person_noun(noun) or not (listed or determined):
        return None
    return Role(noun, apposed=False, kin=noun in lists.kin)


def _apposed(line: str) -> Role | None:
    """The role that `line` ends with: "its director," or "his daughter, the cellist"."""
    cut = _SECOND.search(line)
    match = _PHRASE.search(line[: cut.start() + 1] if cut else line)
    if match is None:
        return None
    if of_somebody(match["phrase"]) or _PLACED.search(line, 0, match.start()):
        return None
    noun = _noun(match["phrase"])
    return Role(without_owner(match["phrase"]), True, noun in title_words().kin) if is_person_noun(noun) else None


def name_after(text: str, end: int) -> Name | None:
    """The name in apposition to the noun phrase that ends at `end`: ", Jane Roe," or ", the pilot Jane Roe,"."""
    comma = _COMMA.match(text, end)
    if comma is None:
        return None
    name = next(names_in(text, comma.end(), min(len(text), comma.end() + 80)), None)
    if name is None:
        return None
    before = text[comma.end() : name.start]
    the_body = before == "the " and is_body(name.words)  # "the transport agency, the Alder Transit Authority,"
    if len(before) > (len(name.title) + 1 if name.title else 0) and not the_body:
        return None
    return name if _CLOSES.match(text, name.end) else None


def title_before(text: str, name: Name) -> str:
    """The title in front of a name, "U.S. Deputy Secretary of State" as a whole; empty where there is none."""
    match = _BEFORE.search(text, max(0, name.start - 90), name.start)
    if match is None:
        return name.title
    words = match.group().split()
    lists = title_words()
    # "… through the tunnel. Gov. Jane Roe": what ends a sentence is no title.
    ended = [
        n for n, word in enumerate(words) if word.endswith(".") and len(word) > 4 and key(word) not in lists.titles
    ]
    words = words[ended[-1] + 1 :] if ended else words
    article = max((n for n, word in enumerate(words) if word == "The"), default=-1)
    words = words[article + 1 :]  # "WILMINGTON The Rev. Jane Roe"
    while words and key(words[0]) in (lists.openers | {"of", "for"}) - lists.titles:
        words = words[1:]
    if _is_office(words) and not any(w.endswith(("'s", "’s")) for w in words):
        return " ".join(words)
    return name.title if _is_office(name.title.split()) else ""


def _is_office(words: Sequence[str]) -> bool:
    """Whether one of the words stands for a person; "National" and "Democratic Party" do not."""
    lists = title_words()
    offices = lists.titles - lists.modifiers
    return any(part in offices or is_person_noun(part) for word in words for part in key(word).split("-"))


def is_of_another(description: str) -> bool:
    """Whether a noun phrase behind a name tells of something else: of somebody it goes on with ("the former member Jane
    Roe and the model Ann Poe"), of the next in a list ("the FBI"), of what was said ("a feat that won her a prize") or
    of who says it ("the company said").
    """
    lists = title_words()
    phrase = DETERMINER.sub("", description)
    listed = is_body(tuple(phrase.split())) and all(w[0].isupper() for w in phrase.split())
    if (
        description.endswith((" said", " says", " added", " told"))
        or _THING.match(description)
        or _FINITE.search(_RELATIVE.sub("", description))
        or (listed and key(phrase.split()[-1]) not in lists.titles | lists.persons)
    ):
        return True
    return any(
        len(name.words) > 1 and not is_body(name.words) and _is_told_of(before.split()[-1])
        for name in names_in(description)
        if (before := description[: name.start].rstrip()) and before.split()[-1].islower()
    )


def _is_told_of(noun: str) -> bool:
    return is_person_noun(noun) and noun not in title_words().modifiers


def tells_a_person(description: str) -> bool:
    """Whether what describes a name is built on a noun for a person: "the county engineer", not "an old river"."""
    return is_person_noun(_noun(_RELATIVE.sub("", description)))


def of_a_body(phrase: str) -> bool:
    """Whether a noun phrase ends with a body that a name of one word behind it may be of: "a spokesman for its parent
    company, Acme"."""
    other = _OTHER.search(phrase)
    return other is not None and key(other["words"].split()[-1]) in title_words().bodies | title_words().enterprises


def of_somebody(phrase: str) -> bool:
    """Whether a noun phrase names one person by another, so that a name behind it may be either's: "a spokeswoman for
    the company's chief executive", "the wife of the minister"."""
    other = _OTHER.search(phrase)
    if other is None:
        return False
    lists = title_words()
    own, last = key(phrase[: other.start()].split()[-1]), other["words"].split()[-1]
    speaks = own in lists.kin or own.startswith("spokes") or other["link"] == "for"
    return speaks and (key(last) in lists.ranks or (last.islower() and is_person_noun(last)))


def head_of(text: str, mention: Stretch) -> Stretch:
    """A noun phrase up to its first preposition, conjunction, comma or bracket."""
    match = _CUT.search(text[mention.start : mention.end])
    return Stretch(mention.start, mention.start + match.start()) if match else mention


def without_owner(phrase: str) -> str:
    """ "its first director" without the word that would need to be looked up elsewhere."""
    return _OWNER.sub("", phrase, count=1)


def _noun(phrase: str) -> str:
    """The noun that a phrase is built on; empty where a name ends it ("the captains were Jan Fisher")."""
    words = _COMPLEMENT.sub("", phrase).split()
    lists = title_words()
    common = bool(words) and (words[-1].islower() or key(words[-1]) in lists.titles | lists.ranks | lists.persons)
    return key(words[-1]) if common else ""


def _speaks_for(words: Sequence[str]) -> bool:
    """Whether the title that these words end with is that of somebody else: it stands right behind "of" or "for", or
    behind a spokesman."""
    lists = title_words()
    at = max((i for i, word in enumerate(words) if word in ("of", "for")), default=-1)
    direct = at >= 0 and all(key(word) in lists.ranks | lists.titles | lists.persons for word in words[at + 1 :])
    return direct or any(a.lower().startswith("spokes") and b == "for" for a, b in pairwise(words))


def office_holder(text: str, mention: Stretch) -> Name | None:
    """The name behind an office with "of": "Bank of Utopia Governor Jane Roe", "Head of the Commission Jane Roe".

    None for those whom others speak for: "a spokesman for Ms Roe", "the wife of President Jane Roe".
    """
    words = [(m.start() + mention.start, m[0]) for m in re.finditer(r"\S+", text[slice(*mention)])]
    if not any(word in ("of", "for") for _, word in words) or any(word[-1] in ",;" for _, word in words[:-1]):
        return None
    if _OFFICE_OF.match(text, mention.start, mention.end):
        return None  # "the office of Mayor Jane Roe"
    lists = title_words()
    holds_office = key(words[0][1]) in lists.persons | lists.titles | lists.ranks
    for i in range(len(words) - 2, 0, -1):
        office = key(words[i][1])
        if not words[i + 1][1][:1].isupper() or words[i][1] in ("of", "for"):
            return None
        person = office in lists.persons | lists.ranks  # a title may be of a thing: "Labor Secretary"
        if person and _speaks_for([word for _, word in words[: i + 1]]):
            return None
        if person or (holds_office and office in lists.bodies and i + 2 < len(words)):
            name = next(names_in(text, words[i + 1][0], mention.end), None)
            return name if name is not None and name.end == mention.end and not is_body(name.words) else None
    return None
