"""What a dataset-level check gives."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class DatasetResult(NamedTuple):
    """The outcome of one dataset-level check.

    `value` is from 0 to 100, and not rounded. If the check can't be computed, it and `result` are `None`, and `meta`
    has a `reason`. `meta` always has the check's `version`.
    """

    result: bool | None
    value: float | None
    meta: Mapping[str, Any]

    def __repr__(self) -> str:
        """Say it in a line, as the examples in the checks' docstrings do."""
        if self.result is None:
            return f"not computed: {self.meta['reason']}"
        return f"{'passed' if self.result else 'failed'}: {self.value:g} %"


def not_computed(version: float, reason: str) -> DatasetResult:
    """Say why a check can't be computed, in a sentence that a publisher understands."""
    return DatasetResult(None, None, {"version": version, "reason": reason})


def all_or_nothing(passes: bool, meta: Mapping[str, Any]) -> DatasetResult:  # noqa: FBT001 the outcome itself
    """Give the result of a check whose value is 100 if it passes, else 0."""
    return DatasetResult(passes, 100 if passes else 0, meta)
