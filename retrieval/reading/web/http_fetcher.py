"""The real web, by httpx: every hop and every address is checked, and the checked address is connected to."""

from __future__ import annotations

import asyncio
import random
import re
import socket
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from urllib.parse import urljoin, urlsplit

import httpx

from retrieval.errors import Unfetched
from retrieval.reading.web.addresses import Place, Refused, check_resolved, place_of
from retrieval.reading.web.bodies import ACCEPTED, Garbled, TooLarge, decoder
from retrieval.reading.web.fetching import NO_VALIDATORS, Fetched, Validators
from retrieval.reading.web.politeness import AGENT, Pauses, Rules, RulesSeen, rules

USER_AGENT = f"{AGENT}/0.1 (article reader; respects robots.txt as {AGENT})"
_ACCEPT = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, "
    "application/pdf;q=0.9, */*;q=0.5"
)
_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_NO_DOCUMENTS = ("image/", "video/", "audio/", "font/")
_MOST_ADDRESSES = 3  # of a host that are tried
_ROBOTS_LIMIT = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|,)\s{0,5}max-age\s{0,5}=\s{0,5}(\d{1,10})", re.IGNORECASE)

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a name, as text; OSError where there are none."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the web OnRecord puts up with. Times in seconds, sizes in bytes once decoded."""

    size: int = 20 * 1024 * 1024
    redirects: int = 5
    silence: float = 10.0  # of a server in the middle of an answer
    answer: float = 30.0  # for one answer, from the name's look-up to its last byte
    whole: float = 75.0  # with redirects, pauses and tries
    tries: int = 3
    pause: float = 1.0  # between two requests to one host
    wait: float = 20.0  # at most, before trying again


class HttpFetcher:
    """Fetches over HTTP. Safe to use from several threads; not from a thread whose event loop is running.

    `loopback` opens this machine's own addresses, on any port, and `resolve` stands in for the name service: both are
    for tests, and no setting reaches them.
    """

    def __init__(self, limits: Limits | None = None, *, loopback: bool = False, resolve: Resolve | None = None) -> None:
        self._limits = limits or Limits()
        self._loopback = loopback
        self._resolve = resolve or _resolve
        self._pauses, self._rules = Pauses(time.monotonic), RulesSeen(time.monotonic)

    def fetch(self, url: str, validators: Validators = NO_VALIDATORS) -> Fetched:
        """The answer of the server, after redirects; Unfetched says in a phrase why there is none to read."""
        return asyncio.run(self._fetch(url, validators))

    async def _fetch(self, url: str, validators: Validators) -> Fetched:
        try:
            async with asyncio.timeout(self._limits.whole):
                return await self._follow(url, validators)
        except TimeoutError:
            raise Unfetched(_shown(url), "the server takes too long", later=True) from None

    async def _follow(self, url: str, validators: Validators) -> Fetched:
        """Ask, and go where the answers lead."""
        asked, at, permanent = url, url, True
        for _ in range(self._limits.redirects + 1):
            place = self._place(asked, at)
            site_rules = await self._site_rules(asked, place)
            if not site_rules.allow(place.address):
                raise Unfetched(_shown(asked), "its robots.txt asks programs not to read it")
            answer = await self._ask_again(asked, place, validators, site_rules.pause)
            if answer.status not in _REDIRECTS:
                moved = place.address if permanent and at is not url else None
                return answer.fetched(_shown(asked), place, moved)
            permanent = permanent and answer.status in _PERMANENT
            at = _target(asked, place, answer)
        raise Unfetched(_shown(asked), f"it redirects more than {self._limits.redirects} times")

    def _place(self, asked: str, url: str) -> Place:
        try:
            return place_of(url, loopback=self._loopback)
        except Refused as error:
            through = "" if asked == url else f"it redirects to {_shown(url)}, and "
            raise Unfetched(_shown(asked), f"{through}{error}") from None

    async def _site_rules(self, asked: str, place: Place) -> Rules:
        site = f"{place.scheme}://{place.netloc}"
        known = self._rules.get(site)
        if known is None:
            known = await self._read_rules(asked, f"{site}/robots.txt")
            self._rules.put(site, known)
        return known

    async def _read_rules(self, asked: str, url: str) -> Rules:
        """The rules at `url`, none where there is no such file; Unfetched where nobody can tell (RFC 9309, 2.3.1)."""
        for _ in range(self._limits.redirects + 1):
            place = self._place(asked, url)
            answer = await self._ask(asked, place, NO_VALIDATORS, limit=_ROBOTS_LIMIT, cut=True)
            if answer.status in _REDIRECTS:
                url = _target(asked, place, answer)
            elif answer.status == 200:
                return rules(answer.body.decode("utf-8", "replace"))
            elif answer.status == 429 or answer.status >= 500:
                reason = f"its robots.txt cannot be had just now ({answer.status}), so it is left alone"
                raise Unfetched(_shown(asked), reason, later=True)
            else:
                break
        return rules(None)

    async def _ask_again(self, asked: str, place: Place, validators: Validators, pause: float | None) -> _Answer:
        """Ask up to `tries` times a server that is busy, as far apart as it says."""
        for attempt in range(1, self._limits.tries + 1):
            await asyncio.sleep(self._pauses.reserve(place.host, self._limits.pause if pause is None else pause))
            answer = await self._ask(asked, place, validators, limit=self._limits.size)
            if answer.status not in (429, 503) or attempt == self._limits.tries:
                break
            wait = answer.retry_after
            if wait is None:
                wait = random.uniform(0.5, 1.0) * self._limits.pause * 2**attempt
            if wait > self._limits.wait:
                break
            await asyncio.sleep(wait)
        return answer

    async def _ask(self, asked: str, place: Place, validators: Validators, *, limit: int, cut: bool = False) -> _Answer:
        """One request; with `cut`, what is longer than `limit` is cut there."""
        try:
            async with asyncio.timeout(self._limits.answer):
                return await self._exchange(place, await self._addresses(place), validators, limit, cut)
        except Refused as error:
            through = "" if place.address == asked else f"it leads to {_shown(place.address)}, and "
            raise Unfetched(_shown(asked), f"{through}{error}") from None
        except (TimeoutError, httpx.TimeoutException):
            raise Unfetched(_shown(asked), "the server takes too long", later=True) from None
        except TooLarge:
            raise Unfetched(_shown(asked), f"it is larger than {limit // (1024 * 1024)} MB") from None
        except Garbled as error:
            raise Unfetched(_shown(asked), str(error), later=True) from None
        except (OSError, httpx.TransportError, UnicodeError) as error:
            raise Unfetched(_shown(asked), _reason(error), later=True) from None

    async def _addresses(self, place: Place) -> list[str]:
        """The checked addresses of a host: all of them public, or Refused."""
        found = [place.host] if place.is_literal else await self._resolve(place.host, place.port)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        check_resolved(found, loopback=self._loopback)
        return found[:_MOST_ADDRESSES]

    async def _exchange(
        self, place: Place, addresses: list[str], validators: Validators, limit: int, cut: bool
    ) -> _Answer:
        headers = {
            "Host": place.netloc,
            "User-Agent": USER_AGENT,
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "en;q=0.9, *;q=0.5",
            "Connection": "close",
        }
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.modified:
            headers["If-Modified-Since"] = validators.modified
        silence = self._limits.silence
        timeouts = {"connect": silence, "read": silence, "write": silence, "pool": silence}
        # No proxies, cookies or redirects of the library's own: none of them would be checked.
        async with httpx.AsyncHTTPTransport(verify=self._trust, trust_env=False) as transport:
            for number, address in enumerate(addresses, start=1):
                # The connection goes to the address that was checked; certificate and Host are the name's.
                request = httpx.Request(
                    "GET",
                    httpx.URL(place.address).copy_with(host=address, fragment=None),
                    headers=headers,
                    extensions={"sni_hostname": place.host, "timeout": timeouts},
                )
                try:
                    response = await transport.handle_async_request(request)
                    break
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    if number == len(addresses):
                        raise
            try:
                return await _read(response, limit, cut)
            finally:
                await response.aclose()

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def retry_after(self) -> float | None:
        """Seconds, from the number or the date of the header."""
        value = self.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit() and len(value) < 10:
            return float(value)
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
        except (ValueError, TypeError, IndexError, OverflowError):
            return None

    def fetched(self, asked: str, place: Place, moved: str | None) -> Fetched:
        """The answer as the readers take it; Unfetched for a status with nothing to read."""
        if self.status not in (200, 203, 304):
            later = self.status in (408, 425, 429) or self.status >= 500
            raise Unfetched(asked, _meaning(self.status), status=self.status, retry_after=self.retry_after, later=later)
        kind = self.headers.get("content-type", "")
        charset = _CHARSET.search(kind)
        control = self.headers.get("cache-control", "")
        age = _MAX_AGE.search(control)
        return Fetched(
            url=place.address,
            body=self.body,
            status=304 if self.status == 304 else 200,
            content_type=kind.partition(";")[0].strip().lower(),
            charset=charset[1].lower() if charset else None,
            validators=Validators(self.headers.get("etag"), self.headers.get("last-modified")),
            moved=moved,
            lifetime=float(age[1]) if age else None,
        )


async def _read(response: httpx.Response, limit: int, cut: bool) -> _Answer:
    """The body of an answer that has something to read, decoded up to `limit`."""
    answer = _Answer(response.status_code, response.headers, b"")
    kind = response.headers.get("content-type", "").strip().lower()
    if response.status_code not in (200, 203):
        return answer
    if kind.startswith(_NO_DOCUMENTS):
        raise Garbled(f"it is no text but {kind.partition(';')[0]}")
    undone = decoder(response.headers.get("content-encoding", ""))
    body = bytearray()
    async for chunk in response.aiter_raw():
        try:
            body += undone.feed(chunk, limit - len(body))
        except TooLarge:
            if not cut:
                raise
            return _Answer(answer.status, answer.headers, bytes(body))
    undone.finish()
    return _Answer(answer.status, answer.headers, bytes(body))


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _target(asked: str, place: Place, answer: _Answer) -> str:
    location = answer.headers.get("location", "").strip()
    try:
        target = urljoin(place.address, location) if location else ""
        if urlsplit(target).fragment == "" and urlsplit(place.address).fragment:
            target = f"{target}#{urlsplit(place.address).fragment}"
    except ValueError:
        target = ""
    if not target:
        raise Unfetched(_shown(asked), "it redirects to nowhere")
    return target


def _meaning(status: int) -> str:
    known = {
        401: "the page is only for those who log in",
        402: "the page is only for those who pay",
        403: "the server refuses programs, or this page",
        404: "the server has no such page",
        410: "the page was taken down",
        429: "the server asks for fewer requests",
        451: "the page is withheld for legal reasons",
    }
    return (
        f"{known.get(status, 'the server is in trouble' if status >= 500 else 'the server gives no page')} ({status})"
    )


def _reason(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "there is no such host, or the network is away"
    text = str(error)
    if "CERTIFICATE" in text or "certificate" in text:
        return "its certificate is not valid"
    if isinstance(error, (httpx.ReadError, httpx.RemoteProtocolError)):
        return "its answer was cut off or is no HTTP"
    return "the server cannot be reached"


def _shown(url: str) -> str:
    """`url` for a message: on one line, not too long, and without a user's name and password."""
    bare = re.sub(r"(?<=//)[^/?#]*@", "", " ".join(url.split()))
    return bare if len(bare) <= 300 else f"{bare[:299]}…"
