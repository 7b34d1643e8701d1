"""Annotation in a process of its own: spaCy holds the interpreter's lock, so beside it nothing else would be done.

Run as `python -m retrieval.annotation.process PARSER`, it takes pickled batches of articles on its input and writes
their records to its output, until the input ends, which it does with its parent.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from typing import BinaryIO

from retrieval.annotation.annotator import Annotator
from retrieval.schema import Article, Record

_log = logging.getLogger(__name__)

Annotated = dict[str, tuple[Record, ...]]
"""What annotators yielded of one article, by their names; those that failed on it are left out."""


def annotate(article: Article, annotators: Sequence[Annotator[Record]]) -> Annotated:
    """The records of those annotators that could read the article."""
    found: Annotated = {}
    for annotator in annotators:
        try:
            found[annotator.name] = tuple(annotator.annotate(article))
        except Exception:  # noqa: BLE001 - one article that an annotator fails on may not keep out the others
            _log.exception("the %s of %s could not be read; the rest of it goes in", annotator.name, article.id)
    return found


class AnnotatingProcess:
    """A process that annotates batches while this one does something else. One batch at a time; for one thread."""

    def __init__(self, parser: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, parser],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )

    def begin(self, batch: Sequence[Article]) -> None:
        """Hand over a batch. A process that is gone is noticed in `finish`."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            pickle.dump(tuple(batch), self._process.stdin)
            self._process.stdin.flush()

    def finish(self) -> list[Annotated] | None:
        """What was read in the batch that was begun; None where the process is gone."""
        assert self._process.stdout is not None
        try:
            found: list[Annotated] = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return found

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def main(parser: str) -> None:
    """Annotate what comes until nothing more comes."""
    from retrieval.annotation.readers import annotators

    incoming, outgoing = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever is printed may not get between the records
    using = annotators(parser)
    while (batch := _next(incoming)) is not None:
        pickle.dump([annotate(article, using) for article in batch], outgoing)
        outgoing.flush()


def _next(incoming: BinaryIO) -> tuple[Article, ...] | None:
    try:
        batch: tuple[Article, ...] = pickle.load(incoming)
    except EOFError:
        return None
    return batch


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main(sys.argv[1])
