"""The result of a check that looks at many things, each of which passes or fails."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from checks.dataset.collecting import Lookups
from checks.dataset.results import DatasetResult

EXAMPLES: Final = 100


def sampled(places: Iterable[int], lookups: Lookups) -> list[int]:
    """Give the places of a sample for examples, in the order of the items."""
    return lookups.places(lookups.sampling.sample(places, EXAMPLES))


def passing(
    version: float,
    passed: int,
    failed: int,
    passed_examples: Sequence[dict[str, Any]],
    failed_examples: Sequence[dict[str, Any]],
) -> DatasetResult:
    """Give the result: it passes if nothing failed, and its value is the percentage that passed."""
    meta = {
        "version": version,
        "total_processed": passed + failed,
        "total_passed": passed,
        "total_failed": failed,
        "passed_examples": passed_examples,
        "failed_examples": failed_examples,
    }
    return DatasetResult(not failed, 100 * passed / (passed + failed), meta)
