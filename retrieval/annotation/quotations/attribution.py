"""What a sentence attributes: the intermediate value between the parse and a Quotation."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.schema import Stance, Stretch


@dataclass(frozen=True, slots=True)
class Attribution:
    """Content, cue and speaker of one act of saying, as stretches of the article.

    ``mention`` is the speaker's name or pronoun; ``phrase`` the whole noun phrase with what is put beside it ("John
    Kirby, a spokesman for …"); ``stands_for`` the noun that a relative pronoun takes up, where ``mention`` is one.
    """

    pieces: tuple[Stretch, ...]
    cue: tuple[Stretch, ...] = ()
    mention: Stretch | None = None
    phrase: Stretch | None = None
    stands_for: Stretch | None = None
    addressee: Stretch | None = None
    manner: Stretch | None = None
    stance: Stance = Stance.SAID
    quotes: bool = False  # the cue may introduce words in quotation marks
    proper: bool = False  # the parser takes the mention for a name
    verbatim: bool = False  # a transcript: the words as spoken, without quotation marks

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end
