"""Which hosts and addresses may be asked: public ones alone, over http and https on their own ports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from retrieval.reading.urls import web_address

PORTS = {"http": 80, "https": 443}

# IANA's special-purpose registries (RFC 6890 and its successors), which the standard library's `is_global` follows in
# newer patch releases only.
_CLOSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "168.63.129.16/32",  # what Azure's machines ask about themselves
    )
)  # fmt: skip
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)
_NAT64 = IPv6Network("64:ff9b::/96")

_NO_PUBLIC_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion", "test", "invalid")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)


class Refused(Exception):
    """A place that is not asked; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a web address leads: `host` is a name or the text of an IP address."""

    address: str
    scheme: str
    host: str
    port: int

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address itself."""
        return _literal(self.host) is not None

    @property
    def netloc(self) -> str:
        """The host as the Host header names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def place_of(url: str, *, loopback: bool = False) -> Place:
    """The place a URL leads to; Refused for what is no public web address by its mere looks.

    `loopback` lets this machine itself be asked, on any port: for tests.
    """
    address = web_address(url)
    if address is None:
        raise Refused("no http or https address")
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    place = Place(address, parts.scheme, host, parts.port or PORTS[parts.scheme])
    if loopback:
        return place
    if place.port not in PORTS.values():
        raise Refused(f"port {place.port} is not asked, only 80 and 443")
    literal = _literal(host)
    if literal is None and _NUMBER.fullmatch(host.rpartition(".")[2]):  # 2130706433, 0x7f.1, 127.1: browsers read them
        raise Refused("the host is a number that stands for an address")
    if literal is not None:
        if (reason := closed(literal)) is not None:
            raise Refused(reason)
    elif "." not in host or host.endswith(tuple(f".{name}" for name in _NO_PUBLIC_NAMES)):
        raise Refused("the host has no public name")
    return place


def check_resolved(addresses: list[str], *, loopback: bool = False) -> None:
    """Refused where any of the addresses that a name resolved to is not public."""
    for text in addresses:
        address = ip_address(text.partition("%")[0])
        if loopback and address.is_loopback:
            continue
        if (reason := closed(address)) is not None:
            raise Refused(reason)


def closed(address: IPv4Address | IPv6Address) -> str | None:
    """Why an address is not asked, None where it is public; one that carries an IPv4 address is as public as that."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
    if isinstance(address, IPv4Address):
        is_closed = any(address in network for network in _CLOSED_4)
    else:
        is_closed = address not in _OPEN_6 or any(address in network for network in _CLOSED_6)
    return "it leads to an address that is not public" if is_closed else None


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
