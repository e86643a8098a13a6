"""What a pool process does with a batch of items: their texts in; what is stored of them, and a partial, out."""

import gc
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from checks.batch import Mapper, Wanted
from checks.reference_data import ReferenceData
from checks.sampling import Sampling
from checks.stored import Stored
from checks.values import Json
from pelican_async.partials import StoredPartial, packed
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import NotJson, parsed

KEY: Final = b"dataset"
"""Samples depend on the items alone: the same collection gives the same examples, whatever number its dataset has."""
DEPTH: Final = Limits().depth
NOT_AN_OBJECT: Final = "is not an object"
LOST: Final = "the process that checked it died or took too long (it may need too much memory)"


@dataclass(frozen=True, slots=True)
class Checking:
    """How a dataset is checked: the file of the reference data, the bound of dates, what is wanted, its first item."""

    reference: Path
    today: int
    wanted: Wanted
    first_item_id: int


@dataclass(frozen=True, slots=True)
class ItemBatch:
    """Items to check: their ids, ascending, and the JSON text of each."""

    checking: Checking
    items: Sequence[int]
    texts: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class ItemsDone:
    """The result of a batch.

    `stored` has what is kept of each item in `checked`, in the same order; `not_checked` the other items, and why.
    `changed` says which of the items were checked otherwise than they are stored, and how: all ways in one text.
    `without_ocid` counts the checked items that have no string as ocid.
    """

    checked: Sequence[int]
    stored: Sequence[Stored]
    not_checked: Sequence[tuple[int, str]]
    changed: Sequence[tuple[int, str]]
    without_ocid: int
    partial: StoredPartial | None


def prepare() -> None:
    """Prepare a pool process: releases make no cycles of references, so looking for them would only take time."""
    gc.collect()
    gc.freeze()
    gc.disable()


def check(batch: ItemBatch) -> ItemsDone:
    """Check a batch, in a pool process."""
    reading = _Reading(batch)
    mapped = mapper(batch.checking).map(reading)
    return ItemsDone(
        reading.checked,
        mapped.stored,
        reading.not_checked,
        reading.changed,
        mapped.partial.without_ocid,
        packed(mapped.partial),
    )


class _Reading:
    """Parses the texts one by one; it knows afterwards which could not be read."""

    def __init__(self, batch: ItemBatch) -> None:
        self.batch = batch
        self.checked: list[int] = []
        self.not_checked: list[tuple[int, str]] = []
        self.changed: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[tuple[int, dict[str, Json]]]:
        for item, text in zip(self.batch.items, self.batch.texts, strict=True):
            try:
                release, changes = parsed(text, DEPTH)
            except NotJson as error:
                self.not_checked.append((item, str(error)))
                continue
            if type(release) is not dict:
                self.not_checked.append((item, NOT_AN_OBJECT))
                continue
            if changes:
                self.changed.append((item, "; ".join(changes)))
            self.checked.append(item)
            yield item, release
            del release  # before the next is parsed


@lru_cache(8)
def mapper(checking: Checking) -> Mapper:
    """Give the mapper of a dataset; a process keeps those of the last few."""
    sampling = Sampling(KEY, checking.first_item_id)
    return Mapper(reference_data(checking.reference, checking.today), sampling, checking.wanted)


def reference_data(path: Path, today: int) -> ReferenceData:
    """Give the reference data in a file that the service itself wrote for its pool processes."""
    return replace(_load(path), today=today)


@lru_cache(2)
def _load(path: Path) -> ReferenceData:
    loaded: ReferenceData = pickle.loads(path.read_bytes())  # noqa: S301 a private file of this run
    return loaded


def halve(batch: ItemBatch) -> Sequence[ItemBatch]:
    """Give the two halves of a batch, or nothing if it is a single item."""
    middle = len(batch.items) // 2
    if not middle:
        return ()
    return (
        replace(batch, items=batch.items[:middle], texts=batch.texts[:middle]),
        replace(batch, items=batch.items[middle:], texts=batch.texts[middle:]),
    )


def lost(batch: ItemBatch) -> ItemsDone:
    """Give the result of a single item that could not be checked."""
    return ItemsDone((), (), [(item, LOST) for item in batch.items], (), 0, None)
