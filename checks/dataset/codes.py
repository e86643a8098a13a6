"""Which codes are used, how often, and where: the shared body of the code distributions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, Self

from checks.dataset.collecting import Lookups, example
from checks.dataset.results import DatasetResult, all_or_nothing, not_computed
from checks.release import Release
from checks.sampling import Sampling, place_of
from checks.values import Json

EXAMPLES: Final = 20
LEAST_SHARE: Final = 0.001
GREATEST_SHARE: Final = 0.99


class Codes:
    """Counts the strings at a key of what is found at some paths, and samples their places.

    `parents` are dotted paths that a `Release` has found, `key` the last key of the walk; a list there gives each of its
    entries.
    """

    __slots__ = ("_key", "_noted", "_parents", "_size", "counts", "samples")

    def __init__(self, parents: tuple[str, ...], key: str, size: int = EXAMPLES) -> None:
        self._parents = parents
        self._key = key
        self._size = size
        self._noted: defaultdict[str, list[int]] = defaultdict(list)
        self.counts: dict[str, int] = {}
        self.samples: dict[str, list[int]] = {}

    @property
    def paths(self) -> str:
        """The dotted paths of the codes, as a sentence lists them."""
        *paths, last = [f"{parent}.{self._key}" for parent in self._parents]
        return f"{', '.join(paths)} or {last}" if paths else last

    def add(self, release: Release) -> None:
        """Note the codes of a release."""
        found = release.found
        key = self._key
        place = release.item << 24
        for parent in self._parents:
            for _, entry in found[parent]:
                if type(entry) is dict and key in entry:
                    code = entry[key]
                    if type(code) is str:
                        self._noted[code].append(place)
                        place += 1
                    elif type(code) is list:
                        place = self._note_all(code, place)

    def _note_all(self, codes: list[Json], place: int) -> int:
        for code in codes:
            if type(code) is str:
                self._noted[code].append(place)
                place += 1
        return place

    def settle(self, sampling: Sampling) -> None:
        """Count what was noted, and keep a sample of the places of each code."""
        for code, places in self._noted.items():
            self._take(code, len(places), sampling.sample(places, self._size))
        self._noted.clear()

    def merge(self, other: Self) -> None:
        """Take in the codes of another batch."""
        for code, count in other.counts.items():
            self._take(code, count, other.samples[code])

    def _take(self, code: str, count: int, sample: list[int]) -> None:
        if code in self.counts:
            self.counts[code] += count
            self.samples[code] = sorted(self.samples[code] + sample)[: self._size]
        else:
            self.counts[code] = count
            self.samples[code] = sample


class TenderCodes(Codes):
    """Counts the strings at a key of `tender`."""

    __slots__ = ()

    def __init__(self, key: str) -> None:
        super().__init__(("tender",), key)

    def add(self, release: Release) -> None:
        """Note the codes of a release."""
        tender = release.data.get("tender")
        if type(tender) is dict:
            code = tender.get(self._key)
            if type(code) is str:
                self._noted[code].append(release.item << 24)
            elif type(code) is list:
                self._note_all(code, place_of(release.item))
        elif type(tender) is list:
            place = place_of(release.item)
            for entry in tender:
                if type(entry) is dict:
                    code = entry.get(self._key)
                    place = self._note_all(code if type(code) is list else [code], place)


def distribution(codes: Codes, lookups: Lookups, version: float, tested: Iterable[str] = ()) -> DatasetResult:
    """Give the shares of the codes; each tested code must have a share between 0.1 % and 99 %, both included."""
    shares = code_shares(codes, lookups)
    if not shares:
        return not_computed(version, f"No release has a code at {codes.paths}.")
    passes = all(LEAST_SHARE <= shares[code]["share"] <= GREATEST_SHARE if code in shares else False for code in tested)
    return all_or_nothing(passes, {"version": version, "shares": shares})


def code_shares(codes: Codes, lookups: Lookups) -> dict[str, dict[str, Any]]:
    """Give share, count and examples by code, the most frequent first."""
    total = sum(codes.counts.values())
    places = {code: lookups.places(sample) for code, sample in codes.samples.items()}
    facts = lookups.facts([place for found in places.values() for place in found])
    return {
        code: {"share": count / total, "count": count, "examples": [example(place, facts) for place in places[code]]}
        for code, count in sorted(codes.counts.items(), key=lambda counted: (-counted[1], counted[0]))
    }
