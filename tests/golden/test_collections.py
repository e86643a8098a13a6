"""The dataset-level and time-based results of the golden collections are equal, value by value."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Final, NamedTuple

import pytest

from checks.catalog import find
from checks.dataset.accumulators import Accumulators
from checks.release import Release
from checks.sampling import Sampling
from checks.time_based.comparing import compare
from checks.time_based.snapshots import Snapshot
from tests.checks.dataset.running import KnownItems
from tests.golden.loading import document, lines, reference_data
from tests.golden.test_compiled_release import blanked, typed

pytestmark = pytest.mark.golden

SAMPLING: Final = Sampling(b"golden")
COLLECTIONS: Final = ("empty", "full", "ordinary", "skewed", "small")
NOT_RANDOM: Final = frozenset(
    {"distribution.tender_value", "distribution.awards_value", "distribution.contracts_value"}
)
NEEDS_A_NETWORK: Final = "misc.url_availability"
META: Final = "dataset_meta"


class Found(NamedTuple):
    """The results of a collection in the form of the golden ones, by name of the check or `dataset_meta`."""

    dataset: dict[str, Any]
    time_based: dict[str, Any]


def releases(data: list[dict[str, Any]]) -> list[Release]:
    return [Release(fields, item, reference_data()) for item, fields in enumerate(data, 1)]


def mapped(listed: list[Release]) -> tuple[Accumulators, Snapshot]:
    """Collect the releases in two batches."""
    accumulators, snapshot = Accumulators(SAMPLING), Snapshot()
    for batch in (listed[::2], listed[1::2]):
        of_batch, snapshot_of_batch = Accumulators(SAMPLING), Snapshot()
        for release in batch:
            assert of_batch.add(release, SAMPLING.scramble(release.item)) == []
            snapshot_of_batch.add(release)
        accumulators.merge(of_batch)
        snapshot.merge(snapshot_of_batch)
    return accumulators, snapshot


def found(data: list[dict[str, Any]], later: list[dict[str, Any]] | None) -> Found:
    listed = releases(data)
    items = KnownItems(listed)
    accumulators, snapshot = mapped(listed)
    outcome = accumulators.finish(items)
    dataset: dict[str, Any] = {META: outcome.meta.as_json()}
    for name, (result, value, meta) in outcome.results.items():
        shown = blanked(dict(meta) if name in NOT_RANDOM else counted(dict(meta)))
        dataset[name] = {"result": result, "value": value, "meta": shown}
    time_based: dict[str, Any] = {}
    if later is not None:
        for name, compared in compare(snapshot, mapped(releases(later))[1], SAMPLING, items).items():
            time_based[name] = counted(asdict(compared))
    return Found(dataset, time_based)


def counted(value: Any) -> Any:  # noqa: ANN401
    """Replace each list of examples by its length."""
    if isinstance(value, dict):
        return {
            f"{key}_count" if key.endswith("examples") else key: len(entry)
            if key.endswith("examples")
            else counted(entry)
            for key, entry in value.items()
        }
    return [counted(entry) for entry in value] if isinstance(value, list) else value


def leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401
    """Give the values that aren't made of others."""
    if isinstance(value, dict | list) and value:
        for entry in value.values() if isinstance(value, dict) else value:
            yield from leaves(entry)
    else:
        yield value


def compare_all(label: str, expected: dict[str, Any], ours: Found) -> int:
    """Compare all results of a collection, and give how many values that were."""
    is_open = {*expected.get("not_computed", ()), *expected.get("departs", ())}
    by_spec = expected.get("expected_by_spec", {})
    dataset = {**expected["dataset_level"], META: expected["dataset_meta"]}
    time_based = expected["time_based"] or {}
    assert set(find("dataset")) - {NEEDS_A_NETWORK} <= set(dataset) | is_open, label
    assert set(find("time_based")) <= set(time_based) | is_open or not ours.time_based, label
    compared = 0
    for results, golden in ((ours.dataset, dataset), (ours.time_based, time_based)):
        for name, result in results.items():
            wanted = by_spec.get(name) if name in is_open else golden.get(name)
            if wanted is not None:
                assert typed(result) == typed(wanted), f"{label}: {name}"
                compared += sum(1 for _ in leaves(wanted))
            else:
                assert name in is_open or name == NEEDS_A_NETWORK, f"{label}: {name} has no golden result"
    return compared


@pytest.mark.parametrize("name", COLLECTIONS)
def test_collections_are_equal(name: str, record_property: Callable[[str, object], None]) -> None:
    expected = document("collections/expected.json")[name]
    data = list(lines(f"collections/{name}.jsonl.gz"))
    compared = compare_all(name, expected, found(data, list(lines(f"collections/{name}.later.jsonl.gz"))))
    assert compared
    record_property("golden", f"collections/{name}: {compared} values of dataset-level and time-based results equal")


def test_edge_collections_are_equal(record_property: Callable[[str, object], None]) -> None:
    collections = document("edge_collections.json.gz")
    compared = 0
    for label, collection in collections.items():
        compared += compare_all(label, collection, found(collection["data"], collection["later"]))
    assert compared
    record_property(
        "golden",
        f"edge_collections.json.gz: {compared} values of dataset-level and time-based results equal, "
        f"{len(collections)} collections",
    )
