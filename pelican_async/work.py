"""What a pool process does with a batch: bytes in; a partial, and what couldn't be checked, out."""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from checks.batch import Failure, Mapper, Partial, Wanted
from checks.facts import facts
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.sampling import Sampling
from checks.values import Json
from pelican_async.sources.kinds import Kind, contents, kind
from pelican_async.sources.merging import CannotMerge, compiled
from pelican_async.sources.parsing import NotJson, parse

Purpose = Literal["check", "previous"]
LOST: Final = "the process that checked it died (it may need too much memory)"
ONLY_LINKS: Final = "is a record whose releases are only links"
EMPTY_RECORD: Final = "is a record without a compiled release, and without releases"
REFUSED: Final[Mapping[Kind, str]] = {
    Kind.LINKED: "is only a link to a release",
    Kind.NOT_AN_OBJECT: "is not an object",
    Kind.NOT_OCDS: "is an object, but has nothing of a release, a record or a package",
}
"""What can't be checked, and why."""


@dataclass(frozen=True, slots=True)
class Work:
    """What all batches of a run have in common. Of a "previous" collection only facts and the snapshot are wanted."""

    purpose: Purpose
    reference_data: ReferenceData
    key: bytes
    wanted: Wanted
    depth: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of JSON values, joined by newlines; their items are numbered from `first`.

    If `grouped`, each text is the list of the releases of one process, which are to be merged.
    """

    first: int
    texts: bytes
    grouped: bool = False


@dataclass(frozen=True, slots=True)
class SetAside:
    """A text that is several releases, or only a part of a process: which of the batch, its kind, a release's ocid."""

    index: int
    kind: Kind
    ocid: str


@dataclass(frozen=True, slots=True)
class Done:
    """The result of one batch.

    `items` are the numbers of the items that were checked, `facts` their facts, in the same order. `refused` says which
    texts of the batch (by index) couldn't be checked, and why; `unmerged`, which are checked as they stand, since they
    couldn't be merged, and why; `linked` counts releases that are only links.
    """

    first: int
    size: int
    items: Sequence[int]
    facts: Sequence[bytes]
    partial: Partial | None
    failures: Sequence[Failure]
    refused: Sequence[tuple[int, str]]
    set_aside: Sequence[SetAside]
    unmerged: Sequence[tuple[int, str]]
    linked: int


class Worker:
    """Takes batches to pieces and maps them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.mapper = Mapper(work.reference_data, Sampling(work.key), work.wanted)

    def do(self, batch: Batch) -> Done:
        """Check a batch."""
        unpacking = Unpacking(batch, self.work.depth)
        done = Done(
            first=batch.first,
            size=unpacking.size,
            items=[item for item, _ in unpacking.releases],
            facts=(),
            partial=None,
            failures=(),
            refused=unpacking.refused,
            set_aside=unpacking.set_aside,
            unmerged=unpacking.unmerged,
            linked=unpacking.linked,
        )
        if self.work.purpose == "previous":
            return self._remember(done, unpacking)
        mapped = self.mapper.map(unpacking.releases)
        return replace(done, facts=mapped.facts, partial=mapped.partial, failures=mapped.failures)

    def _remember(self, done: Done, unpacking: "Unpacking") -> Done:
        """Note what a previous collection is compared by, without checking it."""
        partial = Partial(self.mapper.sampling, self.work.wanted)
        described: list[bytes] = []
        for item, data in unpacking.releases:
            release = Release(data, item, self.work.reference_data)
            partial.remember(release)
            described.append(facts(release))
        return replace(done, facts=described, partial=partial)


class Unpacking:
    """Parses the texts of a batch, and finds the compiled releases in them."""

    def __init__(self, batch: Batch, depth: int) -> None:
        self.depth = depth
        self.releases: list[tuple[int, dict[str, Json]]] = []
        self.refused: list[tuple[int, str]] = []
        self.set_aside: list[SetAside] = []
        self.unmerged: list[tuple[int, str]] = []
        self.linked = 0
        texts = batch.texts.split(b"\n")
        self.size = len(texts)
        for index, text in enumerate(texts):
            try:
                value = parse(text, depth)
            except NotJson as error:
                self.refused.append((index, str(error)))
                continue
            if batch.grouped:
                self._merge(batch.first, index, value)
            else:
                self._take(batch.first, index, value)

    def _take(self, first: int, index: int, value: Json) -> None:
        found = kind(value)
        if found is Kind.COMPILED:
            self.releases.append((first + index, value))
        elif found is Kind.RECORD:
            self._take_record(first, index, value)
        elif found in REFUSED:
            self.linked += found is Kind.LINKED
            self.refused.append((index, REFUSED[found]))
        elif found is Kind.RELEASE and type(value.get("ocid")) is not str:
            self._merge(first, index, [value])
        else:
            ocid = value["ocid"] if found is Kind.RELEASE else ""
            self.set_aside.append(SetAside(index, found, ocid))

    def _take_record(self, first: int, index: int, record: dict[str, Json]) -> None:
        inside = contents(record, Kind.RECORD)
        self.linked += inside.linked
        if inside.values:
            self.releases.append((first + index, inside.values[0]))
        elif inside.to_merge:
            self._merge(first, index, inside.to_merge)
        else:
            self.refused.append((index, ONLY_LINKS if inside.linked else EMPTY_RECORD))

    def _merge(self, first: int, index: int, releases: list[Json]) -> None:
        try:
            release, unmerged = compiled(releases)
        except CannotMerge as error:
            self.refused.append((index, f"its releases can't be merged: {error}"))
            return
        self.releases.append((first + index, release))
        if unmerged is not None:
            self.unmerged.append((index, unmerged))


_worker: list[Worker] = []


def prepare(work: Work) -> None:
    """Prepare a pool process for a run.

    Releases make no cycles of references, so looking for those in between would only take time (a third of all of it).
    """
    _worker[:] = [Worker(work)]
    gc.collect()
    gc.freeze()
    gc.disable()


def do(batch: Batch) -> Done:
    """Check a batch in a pool process."""
    return _worker[0].do(batch)


def release_in(text: bytes, depth: int) -> dict[str, Json]:
    """Give the release that was checked, from the text of its item: that of a process is a list, to be merged."""
    return Unpacking(Batch(0, text, grouped=text.startswith(b"[")), depth).releases[0][1]


def halve(batch: Batch) -> list[Batch]:
    """Give the two halves of a batch, or nothing if it is a single text."""
    texts = batch.texts.split(b"\n")
    if len(texts) == 1:
        return []
    middle = len(texts) // 2
    return [
        replace(batch, texts=b"\n".join(texts[:middle])),
        replace(batch, first=batch.first + middle, texts=b"\n".join(texts[middle:])),
    ]


def lost(batch: Batch) -> Done:
    """Give the result of a single text that killed the process that checked it."""
    return Done(batch.first, 1, (), (), None, (), [(0, LOST)], (), (), 0)
