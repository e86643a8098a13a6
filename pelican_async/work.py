"""What a pool process does with a batch: bytes in; a partial, and what couldn't be checked, out."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from checks.batch import Failure, Mapped, Mapper, Partial, Wanted
from checks.facts import facts
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.sampling import Sampling
from checks.values import Json
from pelican_async.sources.kinds import Kind, contents, kind
from pelican_async.sources.merging import CannotMerge, compiled
from pelican_async.sources.parsing import NotJson, parsed
from pelican_async.sources.storable import INSTEAD, NO_NUL, has_nul, storable

Purpose = Literal["check", "previous", "extract"]
LOST: Final = "the process that checked it died (it may need too much memory)"
ONLY_LINKS: Final = "is a record whose releases are only links"
EMPTY_RECORD: Final = "is a record without a compiled release, and without releases"
REFUSED: Final[Mapping[Kind, str]] = {
    Kind.LINKED: "is only a link to a release",
    Kind.NOT_AN_OBJECT: "is not an object",
    Kind.NOT_OCDS: "is an object, but has nothing of a release, a record or a package",
}
"""What can't be checked, and why."""


class Work(NamedTuple):
    """What all batches of a run have in common.

    Of a "previous" collection only facts and the snapshot are wanted; to "extract" is to give the compiled releases
    themselves, as texts that a database takes, in the place of facts.
    """

    purpose: Purpose
    reference_data: ReferenceData
    key: bytes
    wanted: Wanted
    depth: int


class Batch(NamedTuple):
    """Texts of JSON values, joined by newlines; their items are numbered from `first`.

    If `grouped`, each text is the list of the releases of one process, which are to be merged.
    """

    first: int
    texts: bytes
    grouped: bool = False


class SetAside(NamedTuple):
    """A text that is several releases, or only a part of a process: which of the batch, its kind, a release's ocid."""

    place: int
    kind: Kind
    ocid: str


class Done(NamedTuple):
    """The result of one batch.

    `items` are the numbers of the items that were checked, `facts` their facts, in the same order. `refused` says which
    texts of the batch (by index) couldn't be checked, and why; `unmerged`, which are checked as they stand, since they
    couldn't be merged, and why; `changed`, which are read otherwise than they were written, and each way in which they
    are; `linked` counts releases that are only links.
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
    changed: Sequence[tuple[int, str]]
    linked: int


class Worker:
    """Takes batches to pieces and maps them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.mapper = Mapper(work.reference_data, Sampling(work.key), work.wanted)

    def do(self, batch: Batch) -> Done:
        """Check a batch."""
        unpacking = Unpacking(batch, self.work.depth)
        take = {"check": self.mapper.map, "previous": self._remember, "extract": self._extract}[self.work.purpose]
        mapped = take(unpacking)
        return Done(
            first=batch.first,
            size=unpacking.size,
            items=unpacking.items,
            facts=mapped.facts,
            partial=mapped.partial,
            failures=mapped.failures,
            refused=unpacking.refused,
            set_aside=unpacking.set_aside,
            unmerged=unpacking.unmerged,
            changed=unpacking.changed,
            linked=unpacking.linked,
        )

    def _remember(self, releases: Iterable[tuple[int, dict[str, Json]]]) -> Mapped:
        """Note what a previous collection is compared by, without checking it."""
        mapped = Mapped(Partial(self.mapper.sampling, self.work.wanted), [], [], [])
        for item, data in releases:
            release = Release(data, item, self.work.reference_data)
            mapped.partial.remember(release)
            mapped.facts.append(facts(release))
        return mapped

    def _extract(self, releases: "Unpacking") -> Mapped:
        """Write compiled releases as texts."""
        mapped = Mapped(Partial(self.mapper.sampling, self.work.wanted), [], [], [])
        for item, data in releases:
            text = storable(data)
            mapped.facts.append(text)
            if INSTEAD.encode() in text and has_nul(data):
                releases.changed.append((item - releases.batch.first, NO_NUL))
        return mapped


class Unpacking:
    """Parses the texts of a batch, and gives the compiled releases in them, with the numbers of their items.

    It does so one by one: a release that is checked while it is in the processor's caches, and forgotten before the
    next is parsed, costs up to a tenth less. What is noted of the texts is complete when all releases were taken.
    """

    def __init__(self, batch: Batch, depth: int) -> None:
        self.batch = batch
        self.depth = depth
        self.size = 0
        self.items: list[int] = []
        self.refused: list[tuple[int, str]] = []
        self.set_aside: list[SetAside] = []
        self.unmerged: list[tuple[int, str]] = []
        self.changed: list[tuple[int, str]] = []
        self.linked = 0

    def __iter__(self) -> Iterator[tuple[int, dict[str, Json]]]:
        first = self.batch.first
        take = self._merge if self.batch.grouped else self._take
        for index, text in enumerate(_lines(self.batch.texts)):
            self.size += 1
            try:
                value, changes = parsed(text, self.depth)
            except NotJson as error:
                self.refused.append((index, str(error)))
                continue
            release = take(index, value)
            del value
            if release is not None:
                self.changed.extend([(index, change) for change in changes])
                self.items.append(first + index)
                yield first + index, release
                del release  # before the next is parsed

    def _take(self, index: int, value: Json) -> Json:
        """Give the compiled release that a value is or has, or `None`."""
        found = kind(value)
        if found is Kind.COMPILED:
            return value
        if found is Kind.RECORD:
            return self._take_record(index, value)
        if found is Kind.RELEASE and type(value.get("ocid")) is not str:
            return self._merge(index, [value])
        if found in REFUSED:
            self.linked += found is Kind.LINKED
            self.refused.append((index, REFUSED[found]))
        else:
            ocid = value["ocid"] if found is Kind.RELEASE else ""
            self.set_aside.append(SetAside(index, found, ocid))
        return None

    def _take_record(self, index: int, record: dict[str, Json]) -> Json:
        inside = contents(record, Kind.RECORD)
        self.linked += inside.linked
        if inside.values:
            return inside.values[0]
        if inside.to_merge:
            return self._merge(index, inside.to_merge)
        self.refused.append((index, ONLY_LINKS if inside.linked else EMPTY_RECORD))
        return None

    def _merge(self, index: int, releases: list[Json]) -> Json:
        try:
            release, unmerged = compiled(releases)
        except CannotMerge as error:
            self.refused.append((index, f"its releases can't be merged: {error}"))
            return None
        if unmerged is not None:
            self.unmerged.append((index, unmerged))
        return release


def _lines(texts: bytes) -> Iterator[bytes]:
    """Give the lines one by one, as `split` does, which looks at each byte and takes ten times as long."""
    start = 0
    end = texts.find(b"\n")
    while end >= 0:
        yield texts[start:end]
        start = end + 1
        end = texts.find(b"\n", start)
    yield texts[start:]


_worker: list[Worker] = []


def prepare(work: Work) -> None:
    """Prepare a pool process for a run.

    Releases make no cycles of references, so looking for those in between would only take time (more than a quarter of
    it).
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
    ((_, release),) = Unpacking(Batch(0, text, grouped=text.startswith(b"[")), depth)
    return release


def halve(batch: Batch) -> list[Batch]:
    """Give the two halves of a batch, or nothing if it is a single text."""
    texts = batch.texts.split(b"\n")
    if len(texts) == 1:
        return []
    middle = len(texts) // 2
    return [
        batch._replace(texts=b"\n".join(texts[:middle])),
        batch._replace(first=batch.first + middle, texts=b"\n".join(texts[middle:])),
    ]


def lost(batch: Batch) -> Done:
    """Give the result of a single text that killed the process that checked it."""
    return Done(batch.first, 1, (), (), None, (), [(0, LOST)], (), (), (), 0)
