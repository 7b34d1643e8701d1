"""Questions for what somebody said, and sentences in which that somebody speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.quotations.names import is_person_noun, title_words
from retrieval.answering.questions.abbreviations import abbreviates
from retrieval.search.speech_questions import speech_question

_BASE = (
    r"(?:say|tell|claim|announce|state|argue|warn|admit|describe|suggest|insist|promise|tweet|accuse|criticise"
    r"|criticize|praise"
    r"|deny|think|add|reply|respond|react|ask|explain|note|mention|call|write|confirm|declare|acknowledge|concede"
    r"|vow|urge"
    r"|predict|recommend|comment|report|believe|propose|demand|advise|complain|apologi[sz]e|answer)"
)
_SAID = (
    r"(?:said|says|saying|told|tells|telling|claim(?:ed|s|ing)|announc(?:ed|es|ing)|stat(?:ed|es)|argu(?:ed|es|ing)"
    r"|warn(?:ed|s|ing)|admit(?:ted|s)|describ(?:ed|es|ing)|suggest(?:ed|s)|insist(?:ed|s|ing)|promis(?:ed|es|ing)"
    r"|tweet(?:ed|s)|accus(?:ed|es|ing)|critici[sz](?:ed|es|ing)|prais(?:ed|es|ing)|den(?:ied|ies|ying)|thinks|thought"
    r"|add(?:ed|s|ing)|repl(?:ied|ies)|respond(?:ed|s)|react(?:ed|s)|ask(?:ed|s)|explain(?:ed|s)|noted|notes|mentioned"
    r"|call(?:ed|s)|wrote|writes|confirm(?:ed|s)|declar(?:ed|es)|acknowledg(?:ed|es)|conced(?:ed|es)|vow(?:ed|s)"
    r"|urg(?:ed|es|ing)|predict(?:ed|s)|recommended|commented|believe[ds]|propos(?:ed|es)|demand(?:ed|s)"
    r"|advis(?:ed|es)"
    r"|complain(?:ed|s)|apologi[sz](?:ed|es)|answered|renewed\s+(?:his|her|its|their)\s+call)"
)
SAY = _SAID
"""A verb of saying as a report has it, lower case: "said", "denies"."""

_TELLS = (
    r"(?:say|tell|claim|announce|state(?=\W*$|\s+(?:about|that|in|on|to|as)\b)|argue|warn|admit|describe|suggest|insist"
    r"|promise|tweet|accuse|criticise|criticize|praise"
    r"|deny|reply|respond|explain|note|mention|write|confirm|declare|acknowledge|concede|vow|urge|predict|comment"
    r"|complain)"
)
_WHOM = (
    r"(?P<{0}>\S.{{0,60}}?)\s+(?:ever\s+|also\s+|really\s+|actually\s+|himself\s+|herself\s+|itself\s+|themselves\s+)?"
)
_SAYING = r"(?:say|tell|claim|argu|announc|warn|suggest|insist|promis)ing"
_ASKED = re.compile(
    r"^\W*(?:and\s+|so\s+|but\s+)?(?:exactly\s+)?(?:what|how|which\s+\w+)\s+(?:else\s+|exactly\s+)?(?:"
    rf"(?:did|does|do|has|have|had|will)\s+{_WHOM.format('who')}(?:{_TELLS}|{_SAYING}|said|told|claimed|announced|warned)"
    rf"|(?:is|was|are|were)\s+{_WHOM.format('saying')}(?:{_SAYING}|said)"  # "the biggest city in the state"
    r")\b",
    re.IGNORECASE,
)
_ARTICLE_WORDS = re.compile(r"^(?:the|a|an|mr\.?|mrs\.?|ms\.?|dr\.?|any|some)\s+", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s+(?:who|whom|whose|that|which)\s.*", re.IGNORECASE)
_OF_SOMETHING = re.compile(
    r"(?P<head>[a-z][\w’'-]*(?:\s+[a-z][\w’'-]*){0,4}?)\s+(?:of|in|at|from|for|to|on)\s+(?:the\s+)?(?P<of>\S.*)"
)
_NOBODY_NAMED = re.compile(
    r"(?:s?he|they|it|you|we|i|there|any(?:one|body)|some(?:one|body)|every(?:one|body)|people|articles?)\b.*",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,3}"
_ASIDE = rf"(?:\s+of\s+(?:the\s+)?{_NAME})?(?:,|,[^,;“”\"]{{1,120}},|,[^;“”\"]{{1,160}},)?"
_BETWEEN = (
    r"(?:(?:also|later|then|has|had|have|would|did|does|not|never|declined|refused|to|repeatedly|publicly"
    r"|earlier)\s+){0,4}"
)
_SPEAKS_BEFORE = re.compile(rf"\b(?P<name>{_NAME}){_ASIDE}\s*{_BETWEEN}(?:{_SAID}|to\s+{_BASE})\b")
_SPEAKS_AFTER = re.compile(rf"[,”\"’?!]\s*{_SAID}\s+(?:(?:[a-z][\w’'-]*|U\.S\.)\s+){{0,4}}?(?P<name>{_NAME})")
_ACCORDING = re.compile(rf"\b[Aa]ccording\s+to\s+(?:[a-z][\w’'-]*\s+){{0,5}}?(?P<name>{_NAME})")
_PRONOUN_SPEAKS = re.compile(rf"\b(?:he|she|they|it)\s+{_BETWEEN}{_SAID}\b", re.IGNORECASE)
_QUOTED_ALONE = re.compile(r"^\s*[“\"‘].*[”\"’]\s*$", re.DOTALL)
_DEFINITE = re.compile(r"(?:the|their|its)\s+(?:[a-z][\w-]*\s+)?(?P<noun>[a-z][\w-]*)", re.IGNORECASE)
_TAKEN_UP = re.compile(r"(?:it|that|this|them|these|those|him|her)\W*", re.IGNORECASE)
_LONGEST = 1_500  # characters of a sentence that are looked at


def asks_who_said(question: str) -> bool:
    """Whether a question asks for whoever said something."""
    asked = speech_question(question)
    return asked is not None and asked.speaker is None and not asked.anybody


def speaker_asked_about(question: str) -> str | None:
    """Whose words are asked for ("what did X say …"), None where nobody is named."""
    match = _ASKED.search(question[:_LONGEST])
    if match is None:
        return None
    who = _RELATIVE.sub("", _ARTICLE_WORDS.sub("", (match["who"] or match["saying"]).strip(" ,")))
    return None if not who or _NOBODY_NAMED.fullmatch(who) else who


def bare_body(speaker: str) -> str | None:
    """The noun of a body that a question means as known, "union" of "the union"; None for any other speaker."""
    match = _DEFINITE.fullmatch(speaker.strip())
    noun = re.sub(r"(?<=[a-z]{3}[^s])s$", "", match["noun"].lower()) if match else ""
    return noun if noun in title_words().bodies | title_words().enterprises else None


def is_taken_up(topic: str) -> bool:
    """Whether a topic is a pronoun alone, which only what was told before gives a meaning: "about that"."""
    return _TAKEN_UP.fullmatch(topic) is not None


def speaks(speaker: str, sentence: str, before: Sequence[str] = (), around: str = "") -> bool:
    """Whether a sentence reports words of `speaker`.

    Its own cue names them; or it has "he said", or is a quotation alone, and the nearest sentence of `before` that
    names a speaker names them. A speaker who is only described ("the mayor") is whoever `around`, the text about the
    sentence, gives that description.
    """
    named = speakers_named(sentence)
    if not named and (_PRONOUN_SPEAKS.search(sentence) or _QUOTED_ALONE.match(sentence)):
        named = next((found for text in reversed(before) if (found := speakers_named(text))), [])
    return any(_same(speaker, name, around or sentence) for name in named)


_NO_NAMES = frozenset(("He", "She", "It", "They", "I", "We", "You", "Who", "That", "There", "The", "But", "And"))


def speakers_named(sentence: str) -> list[str]:
    """The names next to a verb of saying, as they stand."""
    text = sentence[:_LONGEST]
    found = [m.group("name") for form in (_SPEAKS_BEFORE, _SPEAKS_AFTER, _ACCORDING) for m in form.finditer(text)]
    found = [name.removeprefix("The ") for name in found]
    return [name for name in found if re.split(r"[\s'’]", name)[0] not in _NO_NAMES]


def _same(speaker: str, name: str, around: str) -> bool:
    of = _OF_SOMETHING.fullmatch(speaker)
    if of is not None:  # "the mayor of Ulm" is a mayor; what is said "in Ulm" is not hers
        return of["of"].casefold() in around.casefold() and _same(of["head"], name, around)
    if any(abbreviates(word, speaker) for word in name.split()) or abbreviates(speaker, name):
        return True
    last = _key(speaker.split()[-1])
    parts = [_key(part) for part in name.split()]
    if last in parts:
        return len(speaker.split()) == 1 or _compatible(speaker, name)
    if speaker != speaker.lower():
        return False
    # A description: "Mayor Ann Lee", "Ann Lee, the mayor", "the mayor, Ann Lee".
    described, surname = re.escape(last), re.escape(name.split()[-1])
    first = rf"\b{described}(?:\s+[\w.-]+){{0,2}}?,?\s+(?:[A-Z][\w.-]*\s+){{0,2}}{surname}\b"
    after = rf"\b{surname},\s[^,.;“”\"]{{0,80}}\b{described}\b"
    return bool(re.search(f"{first}|{after}", around, re.IGNORECASE))


def _compatible(speaker: str, name: str) -> bool:
    """Whether a full name and another form of a name can be one person's: no first names that differ."""
    asked, there = speaker.split(), name.split()
    if len(there) == 1:
        return True
    first_asked, first_there = _key(asked[-2]), [_key(p) for p in there[:-1]]
    if first_asked in first_there or (asked[-2].islower() and _is_described_by(first_asked)):
        return True
    return there[0] in ("Mr", "Mr.", "Ms", "Ms.", "Mrs", "Mrs.", "Dr", "Dr.") and len(there) == 2


def _is_described_by(word: str) -> bool:
    """Whether a word in small letters before a surname tells what somebody is ("coach roe"), and is no first name."""
    return is_person_noun(word) or word in title_words().titles | title_words().ranks


def _key(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.strip(".,")).casefold().replace("’", "'")
