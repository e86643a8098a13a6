"""What is collected of documents: their types, and a sample of their URLs."""

from collections.abc import Iterable
from typing import ClassVar, Final, Self

from checks.dataset.codes import Codes
from checks.dataset.collecting import Collector
from checks.release import DOCUMENTS, Release, at
from checks.sampling import MASK, Sampling
from checks.values import Json

PLACES: Final = [at(path) for path in DOCUMENTS]
URLS: Final = 100
LONGEST_URL: Final = 10_000
"""URLs are kept to so many characters, which is more than is ever requested."""
_MANY: Final = 6
Candidate = tuple[int, str]
"""A scrambled place, and the URL there."""


class Documents(Collector):
    """Collects `documentType` and `url`, the strings at them, of all documents of a release.

    `types` has all of the former. Of the latter, `url_count` is the number, and `urls` a sample.
    """

    __slots__ = ("_noted_urls", "_step", "types", "url_count", "urls")
    SETTLED: ClassVar[tuple[str, ...]] = ("types", "url_count", "urls")

    def __init__(self, sampling: Sampling) -> None:
        self._step = sampling.step
        self.types = Codes()
        self._noted_urls: list[Candidate] = []
        self.url_count = 0
        self.urls: list[Candidate] = []

    def add(self, release: Release, scrambled: int) -> None:
        """Note the documents of a release."""
        found = release.found
        for place in PLACES:
            for _, document in found[place]:
                if type(document) is dict:
                    scrambled = self.types.note(document.get("documentType"), scrambled, self._step)
                    url = document.get("url")
                    if type(url) is str:
                        self._noted_urls.append((scrambled, url))
                    elif type(url) is list:
                        scrambled = self._note_urls(url, scrambled)
                    scrambled = scrambled + self._step & MASK

    def _note_urls(self, urls: list[Json], scrambled: int) -> int:
        for url in urls:
            if type(url) is str:
                self._noted_urls.append((scrambled, url))
                scrambled = scrambled + self._step & MASK
        return scrambled

    def settle(self) -> None:
        """Count what was noted, and keep samples of it."""
        self.types.settle()
        self.url_count += len(self._noted_urls)
        noted = self._noted_urls
        if len(noted) > _MANY * URLS:
            # They are spread evenly, so about three times as many as needed are below this: sorting those is enough.
            limit = MASK // len(noted) * (3 * URLS)
            few = [candidate for candidate in noted if candidate[0] < limit]
            if len(few) >= URLS:
                noted = few
        self._keep(noted)
        self._noted_urls = []

    def merge(self, other: Self) -> None:
        """Take in the documents of another batch."""
        self.types.merge(other.types)
        self.url_count += other.url_count
        self._keep(other.urls)

    def _keep(self, candidates: Iterable[Candidate]) -> None:
        smallest = sorted([*self.urls, *candidates])[:URLS]
        self.urls = [(scrambled, url[:LONGEST_URL]) for scrambled, url in smallest]

    @property
    def urls_to_request(self) -> list[str]:
        """The URLs that must be requested: none if there are too few for the check."""
        return [url for _, url in self.urls] if self.url_count >= URLS else []
