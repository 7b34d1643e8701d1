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
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

from retrieval.annotation.annotator import Annotator
from retrieval.errors import UserError
from retrieval.schema import Article, Record

_log = logging.getLogger(__name__)

Annotated = dict[str, tuple[Record, ...]]
"""What annotators yielded of one article, by their names; those that failed on it are left out."""


def annotate(article: Article, annotators: Sequence[Annotator[Record]]) -> Annotated:
    """The records of those annotators that could read the article; a UserError where none could read any."""
    found: Annotated = {}
    for annotator in annotators:
        try:
            found[annotator.name] = tuple(annotator.annotate(article))
        except UserError:  # the parser is not installed
            raise
        except Exception:  # noqa: BLE001 - one article that an annotator fails on may not keep out the others
            _log.exception("the %s of %s could not be read; the rest of it goes in", annotator.name, article.id)
    return found


class AnnotatingProcess:
    """A process that annotates batches, one after the other, while this one does something else."""

    def __init__(self, parser: str) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, parser],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="annotating")

    def read(self, batch: Sequence[Article]) -> Future[list[Annotated] | None]:
        """What will be read in a batch; None where the process is gone."""
        return self._asking.submit(self._read, tuple(batch))

    def close(self) -> None:
        """End the process; what was still to be read comes to None."""
        self._process.kill()
        self._process.wait()
        self._asking.shutdown()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _read(self, batch: tuple[Article, ...]) -> list[Annotated] | None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            pickle.dump(batch, self._process.stdin)
            self._process.stdin.flush()
            found: list[Annotated] = pickle.load(self._process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None
        return found


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
    # What the user can help, whoever started this comes upon again, and tells.
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt, UserError):
        main(sys.argv[1])
