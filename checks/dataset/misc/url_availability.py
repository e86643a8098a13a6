"""The documents can be had at their URLs.

Looks at a sample of 100 of the `url` values, those that are strings, of the documents of planning, tender, awards,
contracts and their implementation; the value is the share of them that pass. A URL passes if a request for it is
answered, after redirects and within the time limit, with an HTTP status from 200 to 399. Not computed if there are fewer
than 100 URLs, or if nothing may be requested.

Mend it by correcting the addresses, and by keeping documents where they were first published.

>>> check(release(tender={"documents": [{"url": "https://example.com/notice.pdf"}]}))
not computed: There are 1 document URLs; at least 100 are needed.
>>> check(release(tender={"documents": [{"url": f"https://example.com/{number}.pdf"} for number in range(100)]}))
not computed: Offline: no URL was requested.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, Final, Self

from checks.dataset.collecting import Collected, Lookups, example
from checks.dataset.passing import passing
from checks.dataset.results import DatasetResult, not_computed
from checks.release import DOCUMENTS, Release
from checks.sampling import Sampling, place_of

VERSION: Final = 1.0
SIZE: Final = 100
Candidate = tuple[int, str]
"""A scrambled place, and the URL there."""


class Urls:
    """Counts the URLs of documents, and keeps a sample of them."""

    __slots__ = ("_noted", "count", "sample")

    def __init__(self) -> None:
        self._noted: list[tuple[int, str]] = []
        self.count = 0
        self.sample: list[Candidate] = []

    def add(self, release: Release) -> None:
        """Note the URLs of a release."""
        place = release.item << 24
        for path in DOCUMENTS:
            for _, document in release.found[path]:
                if type(document) is dict and "url" in document:
                    url = document["url"]
                    for entry in url if type(url) is list else (url,):
                        if type(entry) is str:
                            self._noted.append((place, entry))
                            place += 1

    def settle(self, sampling: Sampling) -> None:
        """Count what was noted, and keep a sample of it."""
        self.count += len(self._noted)
        self._keep((sampling.scramble_place(place), url) for place, url in self._noted)
        self._noted = []

    def merge(self, other: Self) -> None:
        """Take in the URLs of another batch."""
        self.count += other.count
        self._keep(other.sample)

    def _keep(self, candidates: Iterable[Candidate]) -> None:
        self.sample = sorted([*self.sample, *candidates])[:SIZE]

    @property
    def to_request(self) -> list[str]:
        """The URLs that must be requested: none if there are too few for the check."""
        return [url for _, url in self.sample] if self.count >= SIZE else []


COLLECTED: Final = Collected(Urls)


def finish(urls: Urls, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    if urls.count < SIZE:
        return not_computed(VERSION, f"There are {urls.count} document URLs; at least {SIZE} are needed.")
    if lookups.statuses is None:
        return not_computed(VERSION, "Offline: no URL was requested.")
    places = {place_of(*lookups.sampling.place(scrambled)): url for scrambled, url in urls.sample}
    facts = lookups.facts(places)
    passed: list[dict[str, Any]] = []
    failed: list[dict[str, Any]] = []
    for place, url in sorted(places.items()):
        status = lookups.statuses.get(url)
        passes = status is not None and HTTPStatus.OK <= status < HTTPStatus.BAD_REQUEST
        shown = "OK" if passes else "ERROR" if status is None else status
        (passed if passes else failed).append({"value": url, **example(place, facts), "status": shown})
    return passing(VERSION, len(passed), len(failed), passed, failed)
