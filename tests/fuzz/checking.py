"""Any releases are checked: nothing raises, nothing is lost, and neither batching nor order changes anything."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson

from checks.batch import APPLIES_NOT, FAILS, PASSES, RELEASE_NODE, Mapped, Partial
from checks.facts import Facts
from checks.outcomes import ERROR, case
from checks.time_based.comparing import compare
from pelican_async import partials
from pelican_async.sources.storable import storable
from tests.fuzz.releases import WANTED, Item, items_in, mapper, mutate, seeds

__all__ = ["examine", "mutate", "seeds"]


class Known:
    """What was kept of the items, as those who run the checks keep it."""

    def __init__(self, items: Sequence[Item], kept: Sequence[bytes]) -> None:
        self._facts = {item: Facts(fact) for (item, _), fact in zip(items, kept, strict=True)}

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        """Give the facts of items."""
        return {item: self._facts[item] for item in items}

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        """Give the ocids of items."""
        return {item: self._facts[item].ocid for item in items}


def examine(data: bytes) -> None:
    """Check the releases in a JSON text, at once and in parts."""
    items = items_in(data)
    mapped = mapper().map(items)
    assert mapped.partial.error_counts == {}, mapped.partial.errors
    _nothing_is_lost(items, mapped)
    known = Known(items, mapped.facts)
    said = _said(mapped.partial, known)
    assert _said(_mapped_in_parts(items), known) == said
    _compare(items, mapped.partial, known)


def _nothing_is_lost(items: Sequence[Item], mapped: Mapped) -> None:
    counts = mapped.partial.tally.counts
    assert mapped.partial.count == len(items) == len(mapped.facts) == len(mapped.stored)
    for slot in range(len(mapped.partial.pass_counts)):
        outcomes = [counts.get(case(RELEASE_NODE, slot, code), 0) for code in (APPLIES_NOT, PASSES, FAILS, ERROR)]
        assert sum(outcomes) == len(items)
    assert all(type(failure.reason) is str and type(failure.path) is str for failure in mapped.failures)


def _said(partial: Partial, known: Known) -> dict[str, Any]:
    """Give all that a partial says."""
    outcome = partial.dataset.finish(known)
    return {
        "count": (partial.count, partial.without_ocid, partial.first_day, partial.last_day),
        "tally": (partial.tally.counts, partial.tally.samples),
        "passes": (partial.application_counts, partial.pass_counts),
        "dataset": outcome.results,
        "written": [orjson.loads(storable(result.meta)) for result in outcome.results.values()],
        "meta": outcome.meta,
        "unconverted": outcome.unconverted,
    }


def _mapped_in_parts(items: Sequence[Item]) -> Partial:
    """Map in three parts, the last first, each kept as in a database meanwhile."""
    merged = Partial(mapper().sampling, WANTED)
    assert merged.snapshot is not None
    for start in (2, 1, 0):
        kept = partials.packed(mapper().map(items[start::3]).partial)
        partials.add_counts(merged, kept.tally)
        merged.dataset.merge(partials.collected(kept.collected))
        merged.snapshot.merge(partials.snapshot(kept.snapshot))
    return merged


def _compare(items: Sequence[Item], partial: Partial, known: Known) -> None:
    """Compare with a later version, in which some are missing."""
    later = mapper().map([(item, release) for item, release in items if item % 3]).partial.snapshot
    assert later is not None
    assert partial.snapshot is not None
    for result in compare(partial.snapshot, later, mapper().sampling, known).values():
        meta = result.meta
        assert meta["total_count"] >= meta["coverage_count"] == meta["ok_count"] + meta["failed_count"]
        storable(dict(meta))
