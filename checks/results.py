"""What a check of one compiled release gives."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Result(NamedTuple):
    """The outcome of one compiled release-level check.

    `result` is `None` if the check isn't applicable; then both counts are `None` and `meta` is `{"reason": ...}`.
    `meta` is `None` if the check passed; only raw input values go into it.
    """

    result: bool | None
    application_count: int | None
    pass_count: int | None
    meta: Mapping[str, Any] | None

    def __repr__(self) -> str:
        """Say it in a line, as the examples in the checks' docstrings do."""
        details = ", ".join(f"{key}={value!r}" for key, value in (self.meta or {}).items())
        if self.result is None:
            return f"not applicable: {(self.meta or {}).get('reason')}"
        return "passed" if self.result else f"failed: {details}"


def not_applicable(reason: str) -> Result:
    """Say why a check doesn't apply. Make it once, as a constant: most checks don't apply to most releases."""
    return Result(None, None, None, {"reason": reason})


def single(passes: bool, meta: Mapping[str, Any]) -> Result:
    """Give the result of a check that applies once; `meta` explains a failure."""
    return Result(True, 1, 1, None) if passes else Result(False, 1, 0, meta)


def counted(application_count: int, failed_paths: list[Any]) -> Result:
    """Give the result of a check that applies once per thing looked at: it passes if none of them failed."""
    if failed_paths:
        return Result(False, application_count, application_count - len(failed_paths), {"failed_paths": failed_paths})
    return Result(True, application_count, application_count, None)
