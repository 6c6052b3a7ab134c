"""What WeasyPrint may fetch: what we give it from memory, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "mathbook:"


class MemoryFetcher(URLFetcher):
    """Serves `mathbook:` addresses from memory; every other address stops the rendering."""

    def __init__(self, resources: Mapping[str, tuple[str, bytes]]) -> None:
        super().__init__(  # type: ignore[no-untyped-call]
            allowed_protocols={"mathbook"}, allow_redirects=False, fail_on_errors=True
        )
        self._resources = resources

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the resource. Raises ValueError for an address that we didn't give."""
        if url not in self._resources:
            raise ValueError(f"{url} is not part of the document")
        media_type, data = self._resources[url]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def picture_url(digest: str) -> str:
    """Return the address by which a picture of the manuscript is asked for."""
    return f"mathbook:picture/{digest}"
