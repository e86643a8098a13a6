"""What a check of one compiled release gives."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from checks.values import Json

FAILED_PATHS: Final = "failed_paths"
LONGEST_ERROR: Final = 500


class Result:
    """The outcome of one compiled release-level check; nobody changes it.

    `result` is `None` if the check isn't applicable; then both counts are `None`.
    """

    # Compiled, it is made in a tenth of the time that a named tuple takes.
    __slots__ = ("_meta", "application_count", "pass_count", "result")

    def __init__(
        self,
        result: bool | None,  # noqa: FBT001 the outcome itself
        application_count: int | None,
        pass_count: int | None,
        meta: Mapping[str, Json] | None = None,
    ) -> None:
        self.result = result
        self.application_count = application_count
        self.pass_count = pass_count
        self._meta = meta

    @property
    def meta(self) -> Mapping[str, Json] | None:
        """Why the check isn't applicable, as `{"reason": ...}`, or what failed; `None` if it passed.

        Only raw input values go into it.
        """
        return self._meta

    def __repr__(self) -> str:
        """Say it as the examples in the checks' docstrings do: a line for each failed path."""
        meta = self.meta or {}
        if self.result is None:
            return f"not applicable: {meta.get('reason')}"
        if self.result:
            return "passed"
        return "\n".join([f"failed: {_details(failure)}" for failure in meta.get(FAILED_PATHS, [meta])])


class Failed(Result):
    """The outcome of a check that failed for some of the things that it looked at."""

    __slots__ = ("_describe", "_failed")

    def __init__(self, application_count: int, failed: list[Json], describe: Callable[[Any], Json] | None) -> None:
        super().__init__(False, application_count, application_count - len(failed))
        self._failed = failed
        self._describe = describe

    @property
    def meta(self) -> Mapping[str, Json] | None:
        """Describe what failed, when asked for: most results are only counted."""
        describe = self._describe
        return {FAILED_PATHS: self._failed if describe is None else [describe(one) for one in self._failed]}


def _details(failure: Json) -> str:
    if isinstance(failure, Mapping):
        return ", ".join([f"{key}={value!r}" for key, value in failure.items()])
    return str(failure)


def said(error: Exception) -> str:
    """Say in a line what a check raised; what it quotes can be long."""
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]


def not_applicable(reason: str) -> Result:
    """Say why a check doesn't apply. Make it once, as a constant: most checks don't apply to most releases."""
    return Result(None, None, None, {"reason": reason})


_PASSED: Final = tuple([Result(True, count, count) for count in range(50)])
"""Results that passed, by how often they apply: they are most of all results, and made once."""
PASSED_ONCE: Final = _PASSED[1]


def single(meta: Mapping[str, Json] | None) -> Result:
    """Give the result of a check that applies once: it passed, or `meta` explains the failure."""
    return PASSED_ONCE if meta is None else Result(False, 1, 0, meta)


def counted(application_count: int, failed: list[Json], describe: Callable[[Any], Json] | None = None) -> Result:
    """Give the result of a check that applies once per thing looked at: it passes if none of them failed.

    What failed is given as results show it, or as `describe` then makes it of that.
    """
    if failed:
        return Failed(application_count, failed, describe)
    if application_count < len(_PASSED):
        return _PASSED[application_count]
    return Result(True, application_count, application_count)
