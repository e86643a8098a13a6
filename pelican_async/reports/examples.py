"""Quotes releases for the examples of a report: places and values of fields, and results of checks, read again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple, Protocol

from checks import catalog
from checks.batch import RELEASE_NODE
from checks.fields import TREE, Occurrence, occurrences_of
from checks.outcomes import PASSED, Case, parts_of
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.results import Result
from checks.sampling import Sampling
from checks.values import Json

PAGE: Final = 100
"""So many releases are in memory at once."""


class Releases(Protocol):
    """Gives releases of the dataset."""

    def releases(self, items: Collection[int]) -> Mapping[int, dict[str, Json]]:
        """Give the releases of these items."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One sampled place, as examples say it: its item, the item's ocid, the concrete path, and the value there.

    The value is only read where an outcome isn't a pass; it is that of the field, or of what stands in its parent's
    place. Where a compiled release-level check was sampled, `result` has what it says, and the path is empty.
    """

    item: int
    ocid: str | None
    path: str
    value: Json = None
    result: Result | None = None


class _Wanted(NamedTuple):
    """A sampled place that is to be quoted."""

    case: Case
    number: int
    """That of its occurrence among those of its node in the release."""
    scrambled: int


Shown = AbstractSet[tuple[int, Case]]
"""What examples are of: scrambled places, each with a case that was sampled there."""


def smallest(samples: Mapping[Case, Iterable[int]], cases: Iterable[Case], size: int) -> list[tuple[int, Case]]:
    """Give the sample of what is any of these cases, from the samples of each: the smallest scrambled places."""
    return sorted([(scrambled, case) for case in cases for scrambled in samples.get(case, ())])[:size]


@dataclass(slots=True)
class Quotations:
    """What is shown, quoted: by case, then by scrambled place."""

    by_case: dict[Case, dict[int, Quoted]] = field(default_factory=lambda: defaultdict(dict))

    def smallest(self, cases: Iterable[Case], size: int) -> list[tuple[Case, Quoted]]:
        """Give the sample of what is any of these cases."""
        return [(case, self.by_case[case][scrambled]) for scrambled, case in smallest(self.by_case, cases, size)]


def quote(shown: Shown, sampling: Sampling, reference_data: ReferenceData, source: Releases) -> Quotations:
    """Quote what is shown, reading each release once."""
    wanted: defaultdict[int, list[_Wanted]] = defaultdict(list)
    places: dict[int, tuple[int, int]] = {}
    for scrambled, case in shown:
        if scrambled not in places:
            places[scrambled] = sampling.place(scrambled)
        item, index = places[scrambled]
        wanted[item].append(_Wanted(case, index, scrambled))
    quotations = Quotations()
    for page in _pages(sorted(wanted)):
        for item, release in source.releases(page).items():
            _quote(quotations, item, release, wanted[item], reference_data)
    return quotations


def _pages(items: Sequence[int]) -> Iterator[list[int]]:
    remaining = iter(items)
    while page := list(islice(remaining, PAGE)):
        yield page


def _quote(
    quotations: Quotations,
    item: int,
    data: dict[str, Json],
    wanted: Sequence[_Wanted],
    reference_data: ReferenceData,
) -> None:
    ocid = data.get("ocid")
    ocid = ocid if type(ocid) is str else None
    places: dict[int, list[Occurrence]] = {}
    release: Release | None = None
    checks = list(catalog.find("compiled_release").values())
    for one in wanted:
        node, slot, outcome = parts_of(one.case)
        if node == RELEASE_NODE:
            release = release or Release(data, item, reference_data)
            quoted = Quoted(item, ocid, "", result=_result(checks[slot], release))
        else:
            if node not in places:
                places[node] = occurrences_of(data, node)
            occurrence = places[node][one.number]
            its_field = TREE[node].fields[slot]
            value = None
            if outcome != PASSED:
                value = occurrence.value
                value = value.get(its_field.leaf) if type(value) is dict else value
            quoted = Quoted(item, ocid, occurrence.path_of(its_field), value)
        quotations.by_case[one.case][one.scrambled] = quoted


def _result(check: catalog.Check, release: Release) -> Result:
    try:
        result: Result = check.module.check(release)
    except Exception as error:  # noqa: BLE001 whatever a check raises is shown, and stops nothing
        return Result(None, None, None, {"reason": f"the check failed to run: {type(error).__name__}: {error}"})
    return result
