"""A question that leaves something to the conversation, made to stand alone by what was named before; no model.

Deterministic and cautious: what is put in stands in the latest turn that names anything of the kind, and where two
things could be meant, or none, the question stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.annotation.parser import singular
from retrieval.annotation.quotations.names import names_in
from retrieval.answering.abstaining import is_abstention
from retrieval.answering.conversation.asked_again import (
    SAID_ABOUT,
    asked_of,
    how_many_of_them,
    said_about,
    short_answer,
    which_of_them,
)
from retrieval.answering.conversation.binding import did_the_same, noun_before
from retrieval.answering.conversation.conversation_subject import without_subject
from retrieval.answering.conversation.correcting import corrected, is_correction
from retrieval.answering.conversation.fragments import substituted
from retrieval.answering.conversation.things_meant import WHAT_ABOUT, last_thing
from retrieval.answering.conversation.turn_mentions import (
    CALENDAR,
    LEAD,
    Parse,
    is_date,
    may_will,
    only_body,
    only_noun,
    only_thing,
    phrase_with,
    wills,
)
from retrieval.answering.conversation.whom_meant import PERSONS, REACH, first_sentence, with_person
from retrieval.answering.questions.capitals import with_capitals
from retrieval.schema import Turn

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_AUX = r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)"
_DO = frozenset(("did", "does", "do"))
_THAT = re.compile(r"(?:(?<=\babout )|(?<=\bon )|(?<=\bof ))(?:that|this)(?=\W*$)", re.IGNORECASE)
_THING = re.compile(rf"\b(?:it|its)\b|{_THAT.pattern}", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_THERE = re.compile(
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\bthere\b(?!\s+(?:is|are|was|were|be|been)\b)", re.IGNORECASE
)
_DEMONSTRATIVE = re.compile(r"\b(?:that|this|those|these|the same)\s+(?P<noun>[a-z]{3,})\b", re.IGNORECASE)
_AND = re.compile(rf"^(?:and|but|or)\W+(?P<rest>(?!{_WH}\b|{_AUX}\b).+?)\W*$", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:and|but|so)?\W*(?:(?P<wh>when|where|why|how(?:\s+come)?)(?:\s+(?:was|is)\s+(?:that|it|this)"
    r"|\s+did\s+(?:that|it|this)\s+(?:happen|occur|take\s+place))?"
    r"|(?P<measure>how\s+(?:much|long|often|far)))\W*$",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"^(?:and|but|so)?\W*how\s+many(?:\s+(?:were|are)\s+(?:they|there))?\W*$", re.IGNORECASE)
_WHICH_ONES = re.compile(
    r"^(?:and|but|so)?\W*which(?:\s+ones?)?(?:\s+(?:are|were)\s+(?:they|those|these))?\W*$", re.IGNORECASE
)
_ONE = re.compile(
    r"(?<![a-z]{3}, )\b(?:the|another|an?|that|this|other|next|first|last|new|old|any)(?P<adjectives>(?:\s+[\w-]+)?)"
    r"\s+(?P<one>ones?)\b(?!\s+(?:of|who|that|which|day|time))",
    re.IGNORECASE,
)
_OTHER_ONE = re.compile(r"\bother\s+one\b(?!,?\s+(?:in|at|near|from)\b)")  # which one, nobody knows
_MORE = re.compile(
    r"^(?:(?:please|can|could|would|you|and|so|but|ok|okay)\W+)*(?:(?:tell\s+(?:me|us)|say|give\s+(?:me|us)|know)\s+)?"
    r"(?:more|some\s+more|the\s+details?|more\s+details?|anything\s+(?:else|more)|go\s+on|continue|what\s+else)"
    r"(?:\s+(?:about|on|of)\s+(?:it|that|this|them|him|her))?(?:\s+please)?\W*$",
    re.IGNORECASE,
)
_WHO_SAID_SO = re.compile(
    r"^(?:and|but|so)?\W*(?:who\s+(?:said|says|told\s+\w+|claims?|claimed|mentioned)\s+(?:that|this|so|it)|says\s+who)\W*$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"^(?P<wh>(?:what|when|where|why|how)(?:\s+(?:much|many|long|often|far)\b[^?]*?)?)\s+(?P<aux>{_AUX})\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"^(?:and\W+)?(?P<measure>(?:by|for|in|at|to|with|from|on|since|until|under|against)\s+(?:how\s+(?:many|much|long)|what|which|when|whom)\b[^?]*?)\W*$",
    re.IGNORECASE,
)
_STRANDED = re.compile(
    r"^(?:and\W+)?(?P<wh>what|who|whom|where)\s+(?P<preposition>about|for|to|with|from|against|on|by|at|in|of)\W*$",
    re.IGNORECASE,
)
_ALSO_SAID = re.compile(
    r"\b(?P<verb>say|said|mention|mentioned|claim|claimed|tell\s+\w+|told\s+\w+)\s+(?:it|that|this|so)(?=\W*$)",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"^(?P<aux>{_AUX})\s+(?P<rest>.+)$", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"^\W*who\s+(?:said|says|claims?|claimed|thinks?|thought|told\s+\w+)\s+(?:that\s+)?it\s+\w|\b(?:(?:is|was|it['’]s|be)\s+it\s+(?:true|possible|likely|known|clear|important|that)|it\s+(?:is|was|seems?|appears?)\s+(?:true|possible|likely|that)"
    r"|(?:is|was|be)\s+it\s+(?:[\w’'-]+\s+){1,3}(?:that|whether)"
    r"|(?:did|does|will|would)\s+it\s+(?:take|rain|snow|(?:matter|mean|happen|last|cost)\s+to)"
    r"|(?:did|do|does|done)\s+it(?=\W*$)|who\s+it\s+(?:is|was)\b"
    r"|(?:den(?:y|ies|ied)|confirm(?:s|ed)?|admit(?:s|ted)?|disput(?:e|es|ed)|believe[sd]?)\s+it(?=\W*$)"
    r"|it\s+(?:(?:so|too|very|really|that)\s+)?(?:hot|cold|warm|cool|wet|dry|windy|dark|humid|raining|snowing|hottest|coldest"
    r"|warmest|wettest|driest))\b",
    re.IGNORECASE,
)
_CAUSED_IT = re.compile(
    r"^(?:and|but|so)?\W*what\s+(?:has\s+)?(?:caused?|causes|led\s+to|brought\s+about)\s+(?:it|that|this)\W*$",
    re.IGNORECASE,
)
_SAYING = re.compile(r"^(?P<said>.*?\b(?:say|think|tell\s+\w+))\b(?P<rest>.*)$", re.IGNORECASE)
_PREPOSITION = re.compile(rf"^(?P<lead>{LEAD})(?P<rest>.+)$", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:in|at|near|from|to|of)\s+(?P<place>(?:the\s+)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*)")


def leans(question: str) -> bool:
    """Whether a question leaves something to the conversation: a pronoun, a fragment, "that deal"."""
    text = question.strip()
    return bool(
        WHAT_ABOUT.match(text)
        or _AND.match(text)
        or _BARE.match(text)
        or _MEASURE.match(text)
        or _STRANDED.match(text)
        or is_date(text)
        or is_correction(text)
        or any(form.match(text) for form in (_WHICH_ONES, _HOW_MANY, _MORE, _WHO_SAID_SO))
        or any(form.search(text) for form in (PERSONS, _THING, _THEY, _THERE, _DEMONSTRATIVE, _ONE))
        or re.search(r"\b(?:who|why|when|where|how)\b.*\b(?:that|this)\W*$", text, re.IGNORECASE)
    )


def is_fragment(question: str) -> bool:
    """Whether a question has only what is new in it: "and the mayor?", "what about Roe?", "no, i meant Roe"."""
    text = question.strip()
    return bool(WHAT_ABOUT.match(text) or _AND.match(text) or is_correction(text))


def is_bare(question: str) -> bool:
    """Whether a question is nothing but its question word: "when?", "how many?", "where was that?"."""
    return any(form.match(question.strip()) for form in (_BARE, _HOW_MANY))


def standing_alone(question: str, turns: Sequence[Turn], parse: Parse, texts: Sequence[str] = ()) -> str:
    """`question` with what it leaves to `turns` (the oldest first) put in; as it is where that is unclear. `texts` are
    of the articles talked of."""
    whole: list[Turn] = []
    for turn in turns:
        asked = with_capitals(turn.question, (turn.answer,))
        nowhere = is_fragment(asked) and is_abstention(turn.answer) and not [*names_in(asked)]  # "and the council?"
        asked = _completed(asked, whole, parse, texts) if whole and not nowhere else asked
        whole.insert(0, Turn(asked, turn.answer, turn.articles))
    return _completed(question, whole, parse, texts) if whole else question


def _completed(question: str, turns: Sequence[Turn], parse: Parse, texts: Sequence[str]) -> str:
    """`turns` are those before, made to stand alone, the latest first."""
    text, before = " ".join(question.split()), turns[0]
    asked = without_subject(before.question)
    fragment = WHAT_ABOUT.match(text) or _AND.match(text)
    if fragment:
        return _put_in(fragment["rest"], asked, parse) or text
    if is_correction(text):
        return corrected(text, asked, lambda put, there: _put_in(put, there, parse)) or text
    if is_date(text):
        return substituted(text.strip(" ?.!"), asked, parse) or text
    if measure := _MEASURE.match(text):
        return _asked_by_measure(measure["measure"], before.question) or text
    if stranded := _STRANDED.match(text):
        whole = _asked_by_measure(stranded["wh"], before.question)
        return f"{whole.rstrip('?')} {stranded['preposition'].lower()}?" if whole else text
    if _WHICH_ONES.match(text):
        return which_of_them(before.question) or text
    if _HOW_MANY.match(text):
        return how_many_of_them(before.question) or text
    if _MORE.match(text):
        return _about(before, parse) or text
    if _WHO_SAID_SO.match(text):
        told = None if is_abstention(before.answer) else _told(before.answer)
        return _who_said(told, parse) if told else text
    bare = _BARE.match(text)
    if bare or _CAUSED_IT.match(text):
        word = bare and (bare["measure"] or bare["wh"])
        wh = word if word and not word.casefold().endswith("come") else "why"
        otherwise = _asked_otherwise(wh, before.question) or asked_of(wh, before, parse)
        if otherwise:
            return otherwise
    text = with_person(text, turns, parse, texts)
    text = _with_what_was_said(text, before)
    text = _with_one(text, turns, parse)
    text = _with_thing(text, turns, parse)
    return _with_place(text, before)


# -- fragments: "and in 2013?", "what about the mayor?", "why?"


def _put_in(fragment: str, question: str, parse: Parse) -> str | None:
    return substituted(fragment, question, parse) or said_about(fragment, question)


def _asked_otherwise(wh: str, question: str) -> str | None:
    """What was asked before, asked with another question word; None where its words do not allow that."""
    base = question.rstrip(" ?.!")
    whole = _WHOLE.match(base)
    if whole and _PREPOSITION.match(whole["rest"])["lead"]:  # type: ignore[index]
        return None  # "How many children were in the trial?"
    if whole and re.match(r"how\s+many\s+\S", whole["wh"], re.IGNORECASE) and whole["aux"].casefold() not in _DO:
        return None  # "How many people were hurt?": who was counted would be left out
    if whole and whole["wh"].casefold() == "what" and (saying := _SAYING.match(whole["rest"])):
        return f"{wh.capitalize()} {whole['aux'].lower()} {saying['said']} that{saying['rest']}?"
    if whole and whole["wh"].casefold() != "what" and whole["wh"].casefold().split()[0] != wh.casefold().split()[0]:
        return f"{wh.capitalize()} {whole['aux']} {whole['rest']}?"
    if yes_no := _YES_NO.match(base):
        return f"{wh.capitalize()} {yes_no['aux'].lower()} {yes_no['rest']}?"
    return None


def _asked_by_measure(measure: str, question: str) -> str | None:
    """ "By how many votes?" after "When was she elected?", asked whole."""
    whole = _WHOLE.match(question.rstrip(" ?.!"))
    if whole is None or whole["wh"].casefold() == "what":
        return None
    return f"{measure[:1].upper()}{measure[1:]} {whole['aux'].lower()} {whole['rest']}?"


def _about(before: Turn, parse: Parse) -> str | None:
    """ "Tell me more.": what the turn before was about, asked about."""
    question = before.question
    names = {n.text for n in names_in(question)}
    things = (only_thing(question, parse), only_thing(question, parse, plural=True), short_answer(before.answer))
    thing = names.pop() if len(names) == 1 else next((t for t in things if t), None)
    return f"What about {thing}?" if thing else None


def _told(answer: str) -> str | None:
    """The first sentence of an answer as the articles have it."""
    lead = short_answer(answer)
    bare = re.sub(r"\s*\[[^\]]*\]", "", answer[len(lead) + 1 :] if lead else answer).strip()
    return first_sentence(bare).rstrip(" .") or None


def _who_said(told: str, parse: Parse) -> str:
    """Who said a sentence, or what is said in it where it tells who: "The historian believes Roe hid it"."""
    sentence = next(iter(parse([told])))
    root = next(token for token in sentence if token.dep_ == "ROOT")
    said = next((t for t in root.children if t.dep_ == "ccomp" and t.i > root.i), None)
    if said is None or not any(t.dep_ == "nsubj" and t.i < root.i for t in root.children):
        return f"Who said “{told}”?"
    content = sentence[said.left_edge.i : said.right_edge.i + 1].text
    return f"Who said that {re.sub(r'^that ', '', content)}?"


# -- pronouns


def _with_one(text: str, turns: Sequence[Turn], parse: Parse) -> str:
    """ "The next one": the noun is put in for "one"."""
    match = _ONE.search(text)
    plural = match is not None and match["one"].casefold() == "ones"
    if match is None or _OTHER_ONE.search(text) or noun_before(text, match.start(), parse, plural=plural):
        return text
    for turn in turns[:REACH]:
        noun = only_noun(turn.question, parse)
        if noun:
            put = singular(noun) if match["one"].casefold() == "one" else noun
            return f"{text[: match.start('one')]}{put}{text[match.end('one') :]}"
        if noun is not None:
            return text
    return text


def _with_what_was_said(text: str, before: Turn) -> str:
    """ "When did she say it?" after "What did she say about the wage?": what it was about is put in."""
    it, about = _ALSO_SAID.search(text), SAID_ABOUT.search(before.question)
    if it is None or about is None:
        return text
    return f"{text[: it.start()]}{it['verb']} that {about['about']}{text[it.end() :]}"


def _with_thing(text: str, turns: Sequence[Turn], parse: Parse) -> str:
    that = _DEMONSTRATIVE.search(text)
    if that is not None:
        phrase = phrase_with(that["noun"].casefold(), turns[0], parse)
        return text[: that.start()] + phrase + text[that.end() :] if phrase else text
    for form in (_THING, _THEY):
        match = form.search(text)
        if match is None or (form is _THING and _EXPLETIVE.search(text)):
            continue
        if noun_before(text, match.start(), parse, plural=form is _THEY):
            continue
        # A question with an "it" that nobody could fill in is about what that stands for.
        settled = [t for t in turns if not form.search(t.question) or _EXPLETIVE.search(t.question)]
        settled = [t for t in settled if t is turns[0]] if _THAT.match(text, match.start()) else settled
        phrase = last_thing(settled[:REACH], parse, plural=form is _THEY)
        if phrase is None and form is _THEY:
            phrase = only_body(turns[0].question, parse)  # "the company": "How long do they have?"
        if phrase and any(did_the_same(phrase, t.question, text, match.start(), parse) for t in settled[:REACH]):
            continue
        if phrase and form is _THEY and wills(text, match.end()) and not may_will(phrase):
            continue  # "How much do they want?" after "How many signatures are there?"
        if phrase:
            owns = match.group().casefold() in ("its", "their")
            of = ("’" if phrase.endswith("s") and form is _THEY else "’s") if owns else ""
            return f"{text[: match.start()]}{phrase}{of}{text[match.end() :]}"
    return text


def _with_place(text: str, before: Turn) -> str:
    match = _THERE.search(text)
    if match is None:
        return text
    for source in (before.question, before.answer):
        places = {m["place"] for m in _PLACED.finditer(source) if m["place"].casefold() not in CALENDAR}
        if len(places) == 1:
            return f"{text[: match.start()]}in {places.pop()}{text[match.end() :]}"
        if places:
            return text
    return text
