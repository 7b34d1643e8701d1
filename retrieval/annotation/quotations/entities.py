"""A person or a body of an article, and where it is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from retrieval.annotation.quotations.names import Gender, content_words


@dataclass(slots=True, eq=False)
class Entity:
    """A person or a body while the article is being read; `name` is the fullest name it is given."""

    name: str
    words: tuple[str, ...]
    body: bool
    gender: Gender | None = None
    described: list[str] = field(default_factory=list)
    evident: bool = False  # the article shows that the name is of a person: a title, a description, speech
    spoke: bool = False  # is quoted somewhere under the full name
    kin: bool = False  # introduced as somebody's relative
    thing: bool = False  # a place or another thing: something is in it, or it is "the Delaware"
    roles: list[str] = field(default_factory=list)  # nouns before the name: "director" in "KTO director Jane Roe"

    def described_by(self, nouns: Iterable[str]) -> bool:
        """Whether a title or description of this entity has all these words."""
        wanted = set(nouns)
        return any(wanted <= content_words(text) for text in (*self.described, *self.roles))


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entity named at a place in the text."""

    start: int
    end: int
    entity: Entity
