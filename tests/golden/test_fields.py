"""The field-level results of the golden releases are equal, value by value, and the fast walk says the same."""

from collections.abc import Callable

import pytest

from checks.field_table import VARIANTS
from checks.field_walk import FieldWalk
from checks.fields import BY_PATH, results, rows
from checks.quality import Quality
from tests.checks.walking import walked
from tests.golden.loading import lines, reference_data
from tests.golden.test_compiled_release import blanked, typed

pytestmark = pytest.mark.golden


def without_absent_reasons(value: object) -> object:
    """Blank the reasons that are there; one that isn't stays `None`."""
    if isinstance(value, dict):
        return {
            key: None
            if key == "reason" and entry is None
            else blanked({key: entry})[key]
            if key == "reason"
            else without_absent_reasons(entry)
            for key, entry in value.items()
        }
    return [without_absent_reasons(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["items.jsonl.gz", "edges.jsonl.gz"])
def test_results_are_equal(name: str, record_property: Callable[[str, object], None]) -> None:
    quality = Quality(VARIANTS, reference_data())
    compared = shapes = 0
    for line in lines(name):
        where = line.get("label", f"item {line['item_id']}")
        found = without_absent_reasons(results(line["data"], quality))
        assert isinstance(found, dict)
        is_open = "field" in line["not_computed"] or "field" in line.get("departs", [])
        expected = line.get("expected_by_spec", {}).get("field") if is_open else line["field_level"]
        if expected is None:
            assert is_open, f"{where}: no field-level results"
            assert set(found) <= set(BY_PATH)
            shapes += 1
            continue
        assert set(found) == set(expected), where
        for path, entries in expected.items():
            assert typed(found[path]) == typed(entries), f"{where}: {path}"
            compared += len(entries)
    assert compared
    record_property("golden", f"{name}: {compared} field-level results equal, {shapes} releases without golden ones")


@pytest.mark.parametrize("name", ["items.jsonl.gz", "edges.jsonl.gz"])
def test_the_fast_walk_says_the_same(name: str) -> None:
    quality = Quality(VARIANTS, reference_data())
    walk = FieldWalk(quality)
    for line in lines(name):
        assert walked(walk, line["data"], line["data"]) == rows(line["data"], quality), line.get(
            "label", line["item_id"]
        )
