"""Names: each in a sentence is one that the cited passages use, fully or in part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.annotation.quotations.names import is_body, names_in, title_words
from retrieval.answering.verification.cited import CitedPassage
from retrieval.answering.verification.words import classes, fold, lemma

_CAPITAL = re.compile(r"(?<![\w’'])(?:(?:[A-Z]\.){2,}|[A-ZÀ-ÞĀ-Ž][\w]*(?:[’'-][\w]+)*)")
_PERSONAL = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_REACH = 800  # characters that a pronoun reaches back over
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "at", "to", "de", "la", "le", "van", "von", "der", "den"))


def written_names(sentence: str) -> list[tuple[str, ...]]:
    """The names of `sentence`, each as its words; a capital that opens the sentence counts where a name is formed."""
    names = [n.words for n in names_in(sentence)]
    listed = {w for words in names for w in words}
    first = re.search(r"\w", sentence)
    for match in _CAPITAL.finditer(sentence):
        word = match.group()
        opens = first is not None and match.start() == first.start()
        if word in listed or opens or _is_calendar(word) or any(word in w for w in listed):
            continue
        if _plain(word) in title_words().titles and not _is_nation(word):
            continue
        names.append((word,))
    return names


def name_supported(words: Sequence[str], passages: Sequence[CitedPassage], sentence: str) -> bool:
    """Whether a name stands in a cited passage: all its words, or its last one where the article gives it in full."""
    words = _without_title(words, passages, sentence)
    wanted = [w for w in words if any(map(str.isalnum, w)) and _plain(w) not in _SMALL and not _is_calendar(w)]
    if not wanted:
        return True
    for passage in passages:
        near = _vocabulary(f"{passage.text} {passage.title} {passage.source or ''}")
        speakers = _vocabulary(" ".join(_credited(passage)))
        if all(_in(w, near | speakers, passage.text) for w in wanted) and _together(words, wanted, passage):
            return True
        before = _before(passage)
        if len(wanted) > 1 and _in(wanted[-1], near | speakers, passage.text):
            if " ".join(map(_plain, wanted)) in " ".join(_plain(w) for w in re.findall(r"[\w.’'-]+", passage.article)):
                return True
        elif _PERSONAL.search(passage.text) and all(_in(w, _vocabulary(before), before) for w in wanted):
            return True
    # A single word that opens the sentence has a capital as any would; it is compared with the others.
    return len(words) == 1 and sentence.lstrip(' “"').startswith(words[0])


def _without_title(words: Sequence[str], passages: Sequence[CitedPassage], sentence: str) -> Sequence[str]:
    """A name without what opens the sentence, where the passages have that as a common noun: "Drummer Jo Roe"."""
    opens = len(words) > 1 and sentence.lstrip(' “"').startswith(words[0])
    common = opens and any(re.search(rf"(?<!\w){re.escape(words[0].lower())}(?!\w)", p.text) for p in passages)
    return words[1:] if common else words


def _together(words: Sequence[str], wanted: Sequence[str], passage: CitedPassage) -> bool:
    """Whether the words of a person's name stand together somewhere: no first name goes with another's surname."""
    if len(wanted) < 2 or is_body(tuple(words)):
        return True
    text = f"{passage.article or passage.text} {passage.title} {passage.source or ''} {'; '.join(_credited(passage))}"
    listed = [_plain(w) for w in re.findall(r"[\w.’'-]+", text)]
    first, last = _plain(wanted[0]), _plain(wanted[-1])
    if first not in listed or last not in listed:
        return True  # another form of the name: "US" for "United States"
    for i in (i for i, word in enumerate(listed) if word == first):
        rest = [w for w in listed[i + 1 : i + 3 + len(wanted)] if len(w) > 3 or w == last]
        if last in rest[: len(wanted) - 1]:
            return True
    return False


def _credited(passage: CitedPassage) -> list[str]:
    return [name for said in passage.said for name in said.names]


def _before(passage: CitedPassage) -> str:
    """What the article says shortly before the passage: there the passage's "he" and "she" have their names."""
    at = passage.article.find(passage.text)
    return passage.article[max(0, at - _REACH) : at] if at > 0 else ""


def _plain(word: str) -> str:
    return re.sub(r"'s?$", "", fold(word)).replace(".", "").casefold()


def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(_forms(text))


def _forms(text: str) -> Iterator[str]:
    run: list[str] = []
    for match in re.finditer(r"[^\W_](?:[\w.’'-]*[^\W_.])?\.?", text):
        word = _plain(match.group())
        yield word
        yield from word.split("-") if "-" in word else ()
        if match.group()[0].isupper():
            run.append(word)
            for start in range(max(0, len(run) - 6), len(run) - 1):
                yield "".join(w[0] for w in run[start:])  # "Harbour Safety Board": HSB
        elif word not in _SMALL:
            run = []


_SHORT = {
    "us": "united states",
    "usa": "united states",
    "uk": "united kingdom",
    "un": "united nations",
    "eu": "european union",
}


def _in(word: str, vocabulary: frozenset[str], text: str) -> bool:
    plain = _plain(word)
    if plain in vocabulary or plain.removesuffix("s") in vocabulary or f"{plain}s" in vocabulary:
        return True
    if "-" in plain and all(p in vocabulary for p in plain.split("-")):
        return True
    if (long := _SHORT.get(plain)) and long in text.casefold():
        return True
    if plain in ("united", "states", "kingdom", "nations", "american") and vocabulary & {
        "us",
        "usa",
        "uk",
        "un",
        "america",
    }:
        return True
    if (short := classes().states.get(word)) and f"{short}." in text:
        return True
    other = classes().nations.get(word.removesuffix("s")) or classes().nations.get(word)
    return other is not None and (_plain(other) in vocabulary or f"{_plain(other)}s" in vocabulary)


def same_acronym(a: str, b: str) -> bool:
    """Whether one name is the other's first letters: "DOJ", "Justice Department" and "Department of Justice"."""
    short, long = sorted((re.sub(r"^(?:an?|the)\s+", "", name, flags=re.IGNORECASE) for name in (a, b)), key=len)
    letters = short.replace(".", "")
    if not re.fullmatch(r"[A-Z]{2,6}", letters):
        return False
    words = re.findall(r"[^\W\d_][\w’'-]*", long)
    plain = "".join(w[0] for w in words if _plain(w) not in _SMALL).upper()
    turned = f"{plain[-1:]}O{plain[:-1]}"  # "of" stands in the acronym of the other form
    of_more = len(letters) > 2 and letters in plain[1:-1]  # "US Centers for Disease Control and Prevention": CDC
    return len(words) > 1 and (of_more or letters in (plain, turned, "".join(w[0] for w in words).upper()))


def _is_nation(word: str) -> bool:
    return word in classes().nations


def _is_calendar(word: str) -> bool:
    return lemma(_plain(word)) in classes().calendar
