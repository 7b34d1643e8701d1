"""Who is quoted is remembered as the catalogue has it, whatever was removed or could not be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.search import known_speakers
from retrieval.search.known_speakers import KnownSpeakers
from retrieval.search.speakers import speaker_query

pytestmark = pytest.mark.model

Write = Callable[[str, str], Path]


def names(library: Library, called: str) -> list[str]:
    return [speaker.name for speaker in library.speakers(named=called)]


def test_a_name_that_is_gone_is_forgotten_and_another_of_the_same_word_stays(library: Library, write: Write) -> None:
    library.add(write("a.txt", "“It is unsafe,” Anna Moss said.\n\n“It is old,” Anna Hill said."))
    library.add(write("b.txt", "“It is new,” Otto Moss-Hill said."))
    known = KnownSpeakers(library._store)
    known.load()
    assert sorted(names(library, "Moss")) == ["Anna Moss", "Otto Moss-Hill"]
    (gone,) = (head for head in library.articles() if "a.txt" in head.id)
    library.remove(gone.id)
    known.load()
    assert names(library, "Moss") == ["Otto Moss-Hill"]
    assert names(library, "Anna") == []
    assert set(known._by_word) == {"otto", "moss", "hill", "moss-hill"}
    anew = KnownSpeakers(library._store)
    anew.load()
    assert known._by_word == anew._by_word


def test_who_could_not_be_read_once_is_read_again(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add(write("a.txt", "“It is unsafe,” Anna Moss said."))
    known, query = KnownSpeakers(library._store), speaker_query("Moss")
    for step in ("quoted_names", "calling", "searched_speakers"):
        with monkeypatch.context() as patched:
            patched.setattr(known_speakers, step, _fails)
            with pytest.raises(OSError, match="disk"):
                known.meant(query, ("operator",))
    assert len(known.meant(query, ("operator",))) == 1


def _fails(*_: object) -> object:
    raise OSError("the disk was away")
