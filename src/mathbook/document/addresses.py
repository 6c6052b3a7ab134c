"""Addresses as people read and follow them."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

_HOST = re.compile(r"(?<=://)[^/?#@:]+")
_OF_URIS = "/:?#[]@!$&'()*+,;=~%"
"""What stands in a URI as it is, beside letters, digits, and -._ (RFC 3986, section 2)."""


def as_uri(address: str) -> str:
    """Return an address as every program follows it: letters that URIs don't have percent-encoded, those of a host by
    IDNA. What is no address of that kind (a file, a label) stays as it is.
    """
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        return address
    return quote(_HOST.sub(lambda host: _ascii_host(host[0]), address), safe=_OF_URIS)


def _ascii_host(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def is_external(target: str) -> bool:
    """Return whether the target leads out of the book."""
    return not target.startswith("#")


def short_url(url: str) -> str:
    """Return the address as it is printed: without `https://`, `www.` and a last slash."""
    bare = url.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").removeprefix("www.")
    return bare.removesuffix("/")


def timed_url(url: str, start: int) -> str:
    """Return the address of a recording from `start` seconds on.

    YouTube reads `t` in the query; everything else is asked by a media fragment (W3C Media Fragments, 4.2.1). An
    address that says a time itself stays as it is.
    """
    parts = urlsplit(url)
    if not start or "t" in parse_qs(parts.query) or parts.fragment:
        return url
    if parts.netloc.removeprefix("www.") in ("youtube.com", "youtu.be", "m.youtube.com"):
        query = f"{parts.query}&t={start}" if parts.query else f"t={start}"
        return urlunsplit(parts._replace(query=query))
    return urlunsplit(parts._replace(fragment=f"t={start}"))


def clock(seconds: int) -> str:
    """Return a time in a recording, as players show it: 1:02:03 or 2:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
