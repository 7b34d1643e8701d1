"""Compressed bodies, decoded no further than a limit."""

from __future__ import annotations

import zlib
from typing import Protocol

ACCEPTED = "gzip, deflate, br"


class TooLarge(Exception):
    """More bytes than are read."""


class Garbled(Exception):
    """Bytes that are not what the server says they are; ``str()`` is the reason."""


class Decoder(Protocol):
    """Undoes one content coding, at most `room` bytes at a time more than asked."""

    def feed(self, data: bytes, room: int) -> bytes:
        """What `data` decodes to; TooLarge beyond `room` bytes, Garbled for bytes of another kind."""

    def finish(self) -> None:
        """Garbled where the body was cut."""


def decoder(coding: str) -> Decoder:
    """The decoder for a Content-Encoding; Garbled for one that was not asked for."""
    name = coding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name in ("gzip", "x-gzip"):
        return _Zlib(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _Zlib(zlib.MAX_WBITS)
    if name == "br":
        return _Brotli()
    raise Garbled("it is compressed in a way that was not asked for")


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        if len(data) > room:
            raise TooLarge
        return data

    def finish(self) -> None:
        """A body without a coding has no end of its own."""


class _Zlib:
    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream = zlib.decompressobj(wbits)
        self._begun = False

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        while data:
            if self._stream.eof:  # gzip allows several members
                self._stream = zlib.decompressobj(self._wbits)
            try:
                out += self._stream.decompress(data, room - len(out) + 1)
            except zlib.error:
                if self._wbits != zlib.MAX_WBITS or self._begun:
                    raise Garbled("its compression is broken") from None
                self._wbits = -zlib.MAX_WBITS  # "deflate" without the zlib header, as some servers send it
                self._stream = zlib.decompressobj(self._wbits)
                continue
            self._begun = True
            if len(out) > room:
                raise TooLarge
            data = self._stream.unconsumed_tail or self._stream.unused_data
            if self._stream.eof and not data.strip(b"\0"):  # padding behind the last member
                break
        return bytes(out)

    def finish(self) -> None:
        if not self._stream.eof and self._begun:
            raise Garbled("its answer was cut off")


class _Brotli:
    def __init__(self) -> None:
        import brotli

        self._error: type[Exception] = brotli.error
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        while True:
            try:
                piece = self._stream.process(data, output_buffer_limit=room - len(out) + 1)
            except self._error:
                raise Garbled("its compression is broken") from None
            out += piece
            if len(out) > room:
                raise TooLarge
            data = b""
            if self._stream.is_finished() or self._stream.can_accept_more_data():
                return bytes(out)

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise Garbled("its answer was cut off")
