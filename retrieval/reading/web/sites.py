"""Which addresses are of one site, whose pages may speak for each other."""

from __future__ import annotations

from urllib.parse import urlsplit


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one registered domain, by the public suffix list.

    Two customers of one host of blogs are two sites: the list has the suffixes under which they register.
    """
    first, second = urlsplit(one).hostname, urlsplit(other).hostname
    if first == second:
        return True
    from tld import get_fld  # reads its list at import

    domains = {get_fld(f"https://{host}/", fail_silently=True, search_private=True) for host in (first, second) if host}
    return len(domains) == 1 and None not in domains
