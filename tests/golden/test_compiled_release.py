"""The compiled release-level results of the golden releases are equal, value by value."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from checks import catalog
from checks.release import Release
from checks.results import Result
from tests.golden.loading import lines, reference_data

pytestmark = pytest.mark.golden

CHECKS: Final = catalog.find("compiled_release")


def stored(result: Result, version: float) -> dict[str, Any]:
    """Give a result as it is stored, with its reasons blanked; one that is there must be a text."""
    return {
        "result": result.result,
        "application_count": result.application_count,
        "pass_count": result.pass_count,
        "meta": blanked(result.meta),
        "version": version,
    }


def blanked(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {key: blanked_reason(entry) if key == "reason" else blanked(entry) for key, entry in value.items()}
    return [blanked(entry) for entry in value] if isinstance(value, list) else value


def blanked_reason(reason: Any) -> str:  # noqa: ANN401
    assert isinstance(reason, str)
    assert reason.strip()
    return "*"


def typed(value: Any) -> Any:  # noqa: ANN401
    """Make values of different types differ: for Python, 1, 1.0 and true are equal."""
    if isinstance(value, dict):
        return {key: typed(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [typed(entry) for entry in value]
    return (type(value).__name__, value)


def assert_shape(name: str, result: dict[str, Any]) -> None:
    """Check the shape of a result that has no golden one."""
    outcome, applied, passed = result["result"], result["application_count"], result["pass_count"]
    if outcome is None:
        assert applied is passed is None, name
        assert result["meta"] == {"reason": "*"}, name
        return
    assert 0 <= passed <= applied, name
    assert applied > 0, name
    assert outcome is (applied == passed), name
    assert (result["meta"] is None) is outcome, name
    if not outcome and "failed_paths" in result["meta"]:
        assert len(result["meta"]["failed_paths"]) == applied - passed, name


def expectations(line: dict[str, Any]) -> dict[str, Any]:
    """Give the expected results of a release: what was computed and, where that says otherwise, the specification's."""
    by_spec = line.get("expected_by_spec", {})
    return {**line["compiled_release_level"], **{name: by_spec[name] for name in by_spec if name in CHECKS}}


@pytest.mark.parametrize("name", ["items.jsonl.gz", "edges.jsonl.gz"])
def test_results_are_equal(name: str, record_property: Callable[[str, object], None]) -> None:
    compared = shapes = 0
    for line in lines(name):
        where = line.get("label", f"item {line['item_id']}")
        release = Release(line["data"], line["item_id"], reference_data())
        expected = expectations(line)
        assert set(expected) <= set(CHECKS), f"{where}: results of unknown checks"
        open_ones = {*line["not_computed"], *line.get("departs", [])}
        for check_name, check in CHECKS.items():
            result = stored(check.module.check(release), check.version)
            if check_name in expected:
                assert typed(result) == typed(expected[check_name]), f"{where}: {check_name}"
                compared += 1
            else:
                assert check_name in open_ones, f"{where}: no result of {check_name}"
                assert_shape(check_name, result)
                shapes += 1
    assert compared
    record_property("golden", f"{name}: {compared} compiled release-level results equal, {shapes} well-formed")
