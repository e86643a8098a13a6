"""Which contracting processes a dataset has, and which of them its releases refer to."""

from array import array
from collections.abc import Mapping
from typing import Any, ClassVar, Final, NamedTuple, Self

from checks.dataset.codes import Codes
from checks.dataset.collecting import Collector, example
from checks.dataset.occurrences import indices_among
from checks.digests import UINT64, digest, digest_json, digests
from checks.facts import Facts
from checks.release import RELATED_PROCESSES, Release, at
from checks.sampling import INDEX_BITS, Sampling, index_of, item_of
from checks.values import Json

RELATED: Final = [at(path) for path in RELATED_PROCESSES]
OCID_SCHEME: Final = "ocid"
NONE: Final = 0
"""Stands for what isn't there where a digest is expected."""


class Reference(NamedTuple):
    """A related process: its place, the digest of the ocid it names (if that is a string), and of its title if any."""

    place: int
    target: int
    title: int


class Original(NamedTuple):
    """The first release of a contracting process that has a title: its item, and the digest of the title."""

    item: int
    title: int


class Processes(Collector):
    """Collects, as columns, the ocids and titles of releases, and the related processes that name an ocid.

    `relations` has the codes of the relationships. Releases without a string `ocid` aren't among the former. A
    reference's index counts all entries of the release's `relatedProcesses`, then of its contracts'.
    """

    __slots__ = (
        "_noted_items",
        "_noted_ocids",
        "_noted_references",
        "_noted_titles",
        "_step",
        "items",
        "ocids",
        "places",
        "relations",
        "targets",
        "titles",
        "wanted_titles",
    )
    SETTLED: ClassVar[tuple[str, ...]] = ("items", "ocids", "places", "relations", "targets", "titles", "wanted_titles")

    def __init__(self, sampling: Sampling) -> None:
        self._step = sampling.step
        self.relations = Codes()
        self._noted_items: list[int] = []
        self._noted_ocids: list[str] = []
        self._noted_titles: list[Json] = []
        self._noted_references: list[tuple[int, Json, Json]] = []
        self.items = array(UINT64)
        self.ocids = array(UINT64)
        self.titles = array(UINT64)
        self.places = array(UINT64)
        self.targets = array(UINT64)
        self.wanted_titles = array(UINT64)

    def add(self, release: Release, scrambled: int) -> None:
        """Note the process of a release, and what it refers to."""
        if release.ocid is not None:
            tender = release.data.get("tender")
            title = tender.get("title") if type(tender) is dict else None
            self._noted_items.append(release.item)
            self._noted_ocids.append(release.ocid)
            self._noted_titles.append(title)
        found = release.found
        place = release.item << INDEX_BITS
        for index in RELATED:
            for _, related in found[index]:
                if type(related) is dict:
                    relation = related.get("relationship")
                    scrambled = self.relations.note_all(
                        relation if type(relation) is list else [relation], scrambled, self._step
                    )
                    identifier = related.get("identifier")
                    if identifier is not None and related.get("scheme") == OCID_SCHEME:
                        self._noted_references.append((place, identifier, related.get("title")))
                place += 1

    def settle(self) -> None:
        """Put what was noted into columns."""
        self.relations.settle()
        self.items.extend(self._noted_items)
        self.ocids.extend(digests(self._noted_ocids))
        self.titles.extend([digest_json(title) if title else NONE for title in self._noted_titles])
        for place, identifier, title in self._noted_references:
            self.places.append(place)
            self.targets.append(digest(identifier) if type(identifier) is str else NONE)
            self.wanted_titles.append(NONE if title is None else digest_json(title))
        self._noted_items = []
        self._noted_ocids = []
        self._noted_titles = []
        self._noted_references = []

    def merge(self, other: Self) -> None:
        """Take in those of another batch."""
        self.relations.merge(other.relations)
        self.items.extend(other.items)
        self.ocids.extend(other.ocids)
        self.titles.extend(other.titles)
        self.places.extend(other.places)
        self.targets.extend(other.targets)
        self.wanted_titles.extend(other.wanted_titles)

    def references(self) -> list[Reference]:
        """Give all references, in no order."""
        return list(map(Reference, self.places, self.targets, self.wanted_titles))

    def present(self) -> set[int]:
        """Give the digests of those ocids referred to that releases of the dataset have."""
        return (set(self.targets) - {NONE}).intersection(self.ocids)

    def originals(self) -> dict[int, Original]:
        """Give, by the ocid referred to, the release with the lowest item that has a title."""
        targets = set(self.targets) - {NONE}
        originals: dict[int, Original] = {}
        for index in indices_among(targets, self.ocids):
            ocid, item, title = self.ocids[index], self.items[index], self.titles[index]
            if title and (ocid not in originals or item < originals[ocid].item):
                originals[ocid] = Original(item, title)
        return originals


def reference_example(place: int, facts: Mapping[int, Facts]) -> dict[str, Any]:
    """Name the release that refers, where it does, and the ocid that it refers to."""
    path, related = facts[item_of(place)].related_process(index_of(place))
    return {**example(place, facts), "related_path": path, "related_ocid": related["identifier"]}
