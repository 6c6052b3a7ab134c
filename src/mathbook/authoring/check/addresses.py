"""Addresses of the web answer: the one check that goes to the network, and only when it is asked for."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, TypeAlias

from mathbook import __version__
from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Book, Example
from mathbook.document.nodes import Link
from mathbook.document.walk import walk
from mathbook.frozen import frozen

PATIENCE = 15
"""Seconds that a server has for its answer."""
AT_ONCE = 8
"""How many servers are asked at a time; of each server one address after the other."""
_GONE = (404, 410)
_NO_HEAD = (400, 403, 405, 406, 501, 503)
"""Answers of servers that don't like to be asked for the head alone."""

Verdict: TypeAlias = Literal["there", "gone", "unsure"]


@frozen
class Answer:
    """What became of an address: gone, or unsure (a server that is busy, or wants a password); `why` in words."""

    verdict: Verdict
    why: str = ""


def addresses(book: Book, seeds: dict[str, Span]) -> dict[str, Span]:
    """Return each address of the book with its first place: of links, of seeds' records, of works.

    `seeds` are the places of the seeds' records by their ids.
    """
    found: dict[str, Span] = {}
    for unit in book.units:
        for node in walk((unit.title, unit.blocks)):
            if isinstance(node, Link):
                found.setdefault(node.target, node.span)
    for seed in book.seeds:
        found.setdefault(seed.link, seeds.get(seed.id, _first_use(book, seed.id)))
    for work in book.works:
        words = dict(work.words)
        found.setdefault(words.get("URL", ""), work.span)
        found.setdefault(f"https://doi.org/{words['DOI']}" if words.get("DOI") else "", work.span)
    return {address: span for address, span in found.items() if address.startswith(("https://", "http://"))}


def _first_use(book: Book, seed: str) -> Span:
    return next((unit.span for unit in book.units if isinstance(unit, Example) and unit.seed == seed), Span("seeds"))


def check_addresses(found: dict[str, Span], collector: Collector) -> None:
    """Ask for each address; tell of those where nothing is (errors), and of those that can't be told (warnings)."""
    servers: dict[str, list[str]] = defaultdict(list)
    for address in found:
        servers[urllib.parse.urlsplit(address).netloc].append(address)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for answers in pool.map(lambda asked: list(_answers(asked)), servers.values()):
            for address, answer in answers:
                tell = collector.error if answer.verdict == "gone" else collector.warning
                if answer.verdict != "there":
                    tell(Code.LINK_BROKEN, found[address], f"{address}: {answer.why}")


def _answers(asked: Iterable[str]) -> Iterator[tuple[str, Answer]]:
    yield from ((address, answer_of(address)) for address in asked)


def answer_of(address: str) -> Answer:
    """Return what the server says of the address: asked for the head of the page, or else for the page."""
    answer, status = _asked(address, "HEAD")
    return _asked(address, "GET")[0] if status in (*_NO_HEAD, *_GONE) else answer


def _asked(address: str, method: str) -> tuple[Answer, int]:
    headers = {"User-Agent": f"mathbook/{__version__} (checks the links of a book)", "Accept": "*/*"}
    # what is no ASCII is spelled as servers want it; what is escaped already stays
    url = urllib.parse.quote(address, safe="%/:=&?~#+!$,;'@()*[]")
    try:
        request = urllib.request.Request(url, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return Answer("there"), int(answer.status)
    except urllib.error.HTTPError as error:
        return _refusal(error.code), error.code
    except TimeoutError:
        return Answer("unsure", f"no answer within {PATIENCE} seconds"), 0
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            return Answer("unsure", f"no answer within {PATIENCE} seconds"), 0
        why = getattr(error.reason, "strerror", None) or str(error.reason)
        return Answer("gone", f"no server can be reached: {why}"), 0
    except (OSError, ValueError, http.client.HTTPException) as error:
        return Answer("unsure", str(error) or type(error).__name__), 0


def _refusal(status: int) -> Answer:
    named = f"{status} {http.client.responses.get(status, '')}".rstrip()
    if status in _GONE:
        return Answer("gone", f"there is nothing at this address ({named})")
    return Answer("unsure", f"the server gives another answer ({named})")
