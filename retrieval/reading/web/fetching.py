"""What is had from the web: the edge at which tests put a canned web in place of the real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from retrieval.errors import Unfetched
from retrieval.reading.urls import web_address


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with an answer, by which it can tell later that nothing changed (RFC 9110, 13)."""

    etag: str | None = None
    modified: str | None = None


NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer to be read: status 200 with its `body`, or 304 without one.

    `url` is where it was found in the end; `moved` the address to ask from now on, where every redirect up to it was
    permanent; `content_type` is in lower case and without parameters, "" where none was given; `lifetime` the seconds
    that the answer stays fresh, by its Cache-Control.
    """

    url: str
    body: bytes
    status: int = 200
    content_type: str = ""
    charset: str | None = None
    validators: Validators = NO_VALIDATORS
    moved: str | None = None
    lifetime: float | None = None

    @property
    def unchanged(self) -> bool:
        """Whether nothing changed since the validators were given."""
        return self.status == 304


class Fetcher(Protocol):
    """Gets pages and feeds. Safe to use from several threads."""

    def fetch(self, url: str, validators: Validators = NO_VALIDATORS) -> Fetched:
        """The answer of the server, after redirects; Unfetched says in a phrase why there is none to read."""


@dataclass(slots=True)
class CannedFetcher:
    """A web of answers by address; whatever else is asked for is not found. `asked` are the addresses in order."""

    answers: Mapping[str, Fetched | Unfetched] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, validators: Validators = NO_VALIDATORS) -> Fetched:
        """The answer kept for `url`; 304 where `validators` are those of the answer."""
        address = web_address(url)
        if address is None:
            raise Unfetched(url, "no http or https address")
        self.asked.append(address)
        answer = self.answers.get(address)
        if answer is None:
            raise Unfetched(address, "the server has no such page (404)", status=404)
        if isinstance(answer, Unfetched):
            raise answer
        given = answer.validators
        if (validators.etag and validators.etag == given.etag) or (
            not validators.etag and validators.modified and validators.modified == given.modified
        ):
            return replace(answer, status=304, body=b"")
        return answer
