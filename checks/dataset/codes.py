"""Which codes are used, how often, and where: the shared body of the code distributions."""

from array import array
from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, ClassVar, Final, Self

from checks.dataset.collecting import Collector, Lookups, examples
from checks.dataset.results import DatasetResult, all_or_nothing, not_computed
from checks.digests import UINT64
from checks.release import Release, at
from checks.sampling import MASK, Sampling, smallest
from checks.values import Json, own_key

EXAMPLES: Final = 20
LEAST_SHARE: Final = 0.001
GREATEST_SHARE: Final = 0.99
LONGEST: Final = 200
"""Codes are kept to so many characters: what is longer is none, and takes memory."""


class Codes:
    """Codes, the number of times each occurs, and a sample of the scrambled places where.

    `noted` has the scrambled places by code, until they are settled.
    """

    __slots__ = ("counts", "noted", "samples", "size")

    def __init__(self, size: int = EXAMPLES) -> None:
        self.size = size
        self.noted: dict[str, list[int]] = {}
        self.counts: dict[str, int] = {}
        self.samples: dict[str, list[int]] = {}

    def note(self, code: Json, scrambled: int, step: int) -> int:
        """Note a string, or the strings among the entries of a list; give the scrambled place after such a list."""
        if type(code) is str:
            self.note_one(code, scrambled)
        elif type(code) is list:
            return self.note_all(code, scrambled, step)
        return scrambled

    def note_one(self, code: str, scrambled: int) -> None:
        """Note a string."""
        noted = self.noted.get(code)
        if noted is None:
            self.noted[code] = [scrambled]
        else:
            noted.append(scrambled)

    def note_all(self, codes: list[Json], scrambled: int, step: int) -> int:
        """Note the strings among the entries of a list, and give the scrambled place after them."""
        for code in codes:
            if type(code) is str:
                self.note_one(code, scrambled)
                scrambled = scrambled + step & MASK
        return scrambled

    def settle(self) -> None:
        """Count what was noted, and keep a sample of it."""
        for code, scrambled in self.noted.items():
            self._take(
                code if len(code) <= LONGEST else f"{code[:LONGEST]}\u2026",
                len(scrambled),
                smallest(scrambled, self.size),
            )
        self.noted.clear()

    def merge(self, other: Self) -> None:
        """Take in the codes of another batch."""
        for code, count in other.counts.items():
            self._take(code, count, other.samples[code])

    def _take(self, code: str, count: int, sample: list[int]) -> None:
        if code in self.counts:
            self.counts[code] += count
            self.samples[code] = sorted(self.samples[code] + sample)[: self.size]
        else:
            self.counts[code] = count
            self.samples[code] = sample

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # The samples as one column: as many as a code's count says, but at most `size`.
        samples = array(UINT64, chain.from_iterable(self.samples.values()))
        return _restored, (self.size, self.counts, samples.tobytes())


def _restored(size: int, counts: dict[str, int], samples: bytes) -> Codes:
    codes = Codes(size)
    codes.counts = counts
    rest = iter(array(UINT64, samples))
    codes.samples = {code: list(islice(rest, min(count, size))) for code, count in counts.items()}
    return codes


class CodesOfEntries(Collector):
    """Collects the strings at some keys of what is found at some paths; a list there gives each of its entries.

    `parents` are dotted paths that a `Release` has found; `codes` has what was collected, by key.
    """

    __slots__ = ("_parents", "_step", "codes")
    SETTLED: ClassVar[tuple[str, ...]] = ("codes",)

    def __init__(self, sampling: Sampling, parents: tuple[str, ...], keys: tuple[str, ...]) -> None:
        self._step = sampling.step
        self._parents = [at(path) for path in parents]
        self.codes = {own_key(key): Codes() for key in keys}

    def add(self, release: Release, scrambled: int) -> None:
        """Note the codes of a release."""
        found = release.found
        for parent in self._parents:
            for _, entry in found[parent]:
                if type(entry) is dict:
                    for key, codes in self.codes.items():
                        scrambled = codes.note(entry.get(key), scrambled, self._step)
                    scrambled = scrambled + self._step & MASK

    def settle(self) -> None:
        """Make what was noted small."""
        for codes in self.codes.values():
            codes.settle()

    def merge(self, other: Self) -> None:
        """Take in the codes of another batch."""
        for key, codes in self.codes.items():
            codes.merge(other.codes[key])


def distribution(
    codes: Codes, paths: Iterable[str], lookups: Lookups, version: float, tested: Iterable[str] = ()
) -> DatasetResult:
    """Give the shares of the codes; each tested code must have a share between 0.1 % and 99 %, both included.

    `paths` are the dotted paths where the codes are from, for the sentence that says that there are none.
    """
    shares = code_shares(codes, lookups)
    if not shares:
        return not_computed(version, no_codes(paths))
    passes = all(code in shares and LEAST_SHARE <= shares[code]["share"] <= GREATEST_SHARE for code in tested)
    return all_or_nothing(passes, {"version": version, "shares": shares})


def no_codes(paths: Iterable[str]) -> str:
    """Say that there are no codes."""
    *others, last = paths
    return f"No release has a code at {', '.join(others)}{' or ' if others else ''}{last}."


def code_shares(codes: Codes, lookups: Lookups) -> dict[str, dict[str, Any]]:
    """Give share, count and examples by code, the most frequent first."""
    total = sum(codes.counts.values())
    places = lookups.sampling.unscrambled(chain.from_iterable(codes.samples.values()))
    names = lookups.names(places)
    rest = iter(places)
    by_code = {code: sorted(islice(rest, len(sample))) for code, sample in codes.samples.items()}
    counts = codes.counts
    ordered = sorted(sorted(counts), key=counts.__getitem__, reverse=True)  # faster than by pairs
    return {
        code: {"share": counts[code] / total, "count": counts[code], "examples": examples(by_code[code], names)}
        for code in ordered
    }
