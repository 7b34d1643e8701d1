"""Every error OnRecord raises on purpose.

::

    OnRecordError
    ├── UserError                 caused by the user; the message is one sentence that says what to do
    │   ├── NoStore               no store where it was looked for
    │   ├── NotFound              no such article, revision or stretch
    │   ├── BadInput              an argument, a question or a file that cannot be used
    │   │   └── Unreadable        a file, or a place in it, that could not be read
    │   │       └── Unfetched     a page or a feed that could not be had from the web
    │   ├── StoreBusy             another process holds the index
    │   ├── WrongModel            the index was filled by another embedding model
    │   ├── NewerStore            the store was written by a newer OnRecord
    │   ├── NotConfigured         a setting is missing or wrong
    │   └── NotReady              what answers is still starting, busy beyond measure, or being started again
    ├── ModelUnavailable          the language model is down, slow, or refuses
    ├── Stopped                   the asker does not want the answer any more
    ├── IndexUnavailable          the vector index cannot be reached; the catalogue still can
    └── LibraryFailed             the process that answers failed; its log has the traceback under an id
"""

from __future__ import annotations

from functools import partial


class OnRecordError(Exception):
    """The root: everything raised on purpose."""


class UserError(OnRecordError):
    """Caused by the user; ``str(error)`` is one plain sentence that says what to do."""


class NoStore(UserError):
    """No store where it was looked for."""


class NotFound(UserError):
    """No such article, revision or stretch."""


class BadInput(UserError):
    """An argument, a question or a file that cannot be used."""


class Unreadable(BadInput):
    """A file, or a place in it, that could not be read: named with the place and the reason.

    ``count``: how many places it stands for; ``later``: trying again may help.
    """

    def __init__(self, path: str, reason: str, line: int | None = None, count: int = 1, *, later: bool = False) -> None:
        place = f", line {line}" if line is not None else ""
        super().__init__(f"{path}{place}: {reason}")
        self.path, self.reason, self.line, self.count, self.later = path, reason, line, count, later

    def __reduce__(self) -> tuple[object, ...]:  # handed from process to process in reports
        return partial(type(self), later=self.later), (self.path, self.reason, self.line, self.count)


class Unfetched(Unreadable):
    """A page or a feed that could not be had from the web.

    ``status`` is the HTTP status where the server gave one; ``retry_after`` seconds after which it asks to be asked
    again.
    """

    def __init__(
        self, url: str, reason: str, *, status: int | None = None, retry_after: float | None = None, later: bool = False
    ) -> None:
        super().__init__(url, reason, later=later)
        self.status, self.retry_after = status, retry_after

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in (404, 410)

    def __reduce__(self) -> tuple[object, ...]:
        return _unfetched, (self.path, self.reason, self.status, self.retry_after, self.later)


def _unfetched(url: str, reason: str, status: int | None, retry_after: float | None, later: bool) -> Unfetched:
    return Unfetched(url, reason, status=status, retry_after=retry_after, later=later)


class StoreBusy(UserError):
    """Another process holds the index."""


class WrongModel(UserError):
    """The index was filled by another embedding model than the one configured."""


class NewerStore(UserError):
    """The store was written by a newer OnRecord."""


class NotConfigured(UserError):
    """A setting is missing or wrong."""


class NotReady(UserError):
    """What answers is still starting, busy beyond measure, or being started again; asking later helps."""


class ModelUnavailable(OnRecordError):
    """The language model is down, slow, or refuses; the articles' own sentences still answer.

    ``advice`` is one sentence on what the operator can do about it, empty where nothing is known.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice


class Stopped(OnRecordError):
    """The asker does not want the answer any more; nobody has to be told."""


class IndexUnavailable(OnRecordError):
    """The vector index cannot be reached; what the catalogue alone can answer still works."""


class LibraryFailed(OnRecordError):
    """The process that answers failed; its log has the traceback under ``error_id``."""

    def __init__(self, error_id: str) -> None:
        super().__init__(error_id)
        self.error_id = error_id
