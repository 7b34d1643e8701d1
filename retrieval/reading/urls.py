"""Web addresses: which may be kept, and which are the same article."""

from __future__ import annotations

import re
import string
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_LONGEST = 2000  # characters; what browsers and Discord still follow
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63}){0,20}\.?|\[[0-9a-f:.]{2,45}\]")

# Parameters that tell where a reader came from, not what the page is.
_TRACKING = frozenset((
    "_ga", "_gac", "_gid", "_gl", "_hsenc", "_hsmi", "_openstat", "cmpid", "dclid", "ef_id", "epik",
    "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fbclid", "ftag", "gbraid", "gclid", "gclsrc",
    "guccounter", "guce_referrer", "guce_referrer_sig", "icid", "igsh", "igshid", "intcid", "int_cid",
    "irclickid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ncid", "ocid", "oly_anon_id", "oly_enc_id",
    "ref_src", "ref_url", "referrer", "s_cid", "s_kwcid", "smid", "smtyp", "soc_src", "soc_trk", "sr_share",
    "taid", "tblci", "twclid", "ttclid", "vero_id", "wbraid", "wickedid", "wt_mc", "xtor", "yclid", "zanpid",
))  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "at_campaign", "at_medium", "at_custom")
# Parameters that choose how a page is shown.
_VIEW = {
    "amp": {"", "1", "true"},
    "outputtype": {"amp"},
    "print": {"", "1", "true", "yes"},
    "printable": {"", "1", "true"},
    "view": {"print", "mobile"},
    "m": {"1"},
}

_MOBILE_HOSTS = ("m", "mobile", "amp", "mobi")
_VARIANT_ENDS = re.compile(r"(?:/amp|/print|\.amp|\.print|(?<=\.html)/amp)/?$", re.IGNORECASE)
_AMP_HTML = re.compile(r"\.amp(?=\.html?$)", re.IGNORECASE)
_ARTICLE_LIKE = re.compile(r"\d{3}|-[^/]*-|\.html?$")


def web_address(raw: str) -> str | None:
    """`raw` as an http or https address that may be shown and followed; None where it is none.

    User names in front of the host are dropped, since they hide where a link leads, and other scripts' hosts are
    written in ASCII.
    """
    raw = raw.strip()
    if not raw or len(raw) > _LONGEST or "\\" in raw:
        return None
    if raw.startswith("//"):
        raw = "https:" + raw
    try:
        parts = urlsplit(raw)
        port = parts.port
        host = parts.hostname or ""
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host:
        return None
    host = host.lower()
    netloc = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(netloc):
        return None
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    return urlunsplit(
        (
            scheme,
            netloc,
            _escape(parts.path, "/:@!$&'()*+,;=~%"),
            _escape(parts.query, "/?:@!$&'()*+,;=~%[]"),
            _escape(parts.fragment, "/?:@!$&'()*+,;=~%[]"),
        )
    )


def canonical_url(url: str) -> str:
    """The address under which an article is itself, whatever way a reader came to it.

    Fragment, tracking parameters, a default port and a last slash are dropped; AMP, mobile and print addresses are
    folded into the plain one where the page is clearly an article's. Raises ValueError for what is no web address.
    """
    address = web_address(url)
    if address is None:
        raise ValueError(f"no web address: {url!r}")
    parts = urlsplit(_out_of_amp_cache(address))
    path = _normal_path(parts.path)
    if (end := _VARIANT_ENDS.search(path)) and _ARTICLE_LIKE.search(path[: end.start()].rpartition("/")[2]):
        path = path[: end.start()]
    path = _AMP_HTML.sub("", path)
    path = path.rstrip("/") or "/"
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _is_idle(k.lower(), v.lower())]
    # "?article" without a value is an address of its own, and no pair.
    query = urlencode(sorted(pairs)) if "=" in parts.query or not pairs else parts.query
    return urlunsplit((parts.scheme, _plain_host(parts.netloc), path, query, ""))


def host_name(url: str) -> str | None:
    """The host of a web address as a publisher's name: without "www." and mobile prefixes."""
    host = urlsplit(url).hostname
    return _plain_host(host).removeprefix("www.") if host else None


def _is_idle(key: str, value: str) -> bool:
    return key in _TRACKING or key.startswith(_TRACKING_PREFIXES) or value in _VIEW.get(key, ())


def _plain_host(host: str) -> str:
    labels = host.rstrip(".").split(".")
    if len(labels) >= 3 and labels[0] in _MOBILE_HOSTS:
        return ".".join(["www", *labels[1:]])
    if len(labels) >= 4 and labels[1] == "m":  # en.m.example.org
        return ".".join([labels[0], *labels[2:]])
    return ".".join(labels)


def _out_of_amp_cache(url: str) -> str:
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path
    if host.endswith(".cdn.ampproject.org"):
        path = re.sub(r"^/[cvwi](?=/)", "", path)
    elif re.fullmatch(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}", host) and path.startswith("/amp/"):
        path = path.removeprefix("/amp")
    else:
        return url
    scheme = "https" if path.startswith("/s/") else "http"
    inner = web_address(
        f"{scheme}://{path.removeprefix('/s').lstrip('/')}" + (f"?{parts.query}" if parts.query else "")
    )
    return inner if inner and "." in (urlsplit(inner).hostname or "") else url


def _normal_path(path: str) -> str:
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(segments) > 1:
                segments.pop()
        elif segment != ".":
            segments.append(
                quote(unquote(segment, errors="strict"), "!$&'()*+,;=:@~") if _decodes(segment) else segment
            )
    return re.sub(r"/{2,}", "/", "/".join(segments)) or "/"


def _decodes(segment: str) -> bool:
    if "%" not in segment:
        return True
    try:
        return "%" not in unquote(segment, errors="strict")
    except UnicodeDecodeError:
        return False


def _escape(text: str, safe: str) -> str:
    return quote(text, safe=safe + string.ascii_letters) if text else ""
