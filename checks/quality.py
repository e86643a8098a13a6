"""Quality checks of fields, applied to values: publishers repeat themselves, so outcomes are remembered by value."""

from collections.abc import Callable, Sequence
from typing import Final

from checks import catalog
from checks.days import plain_day
from checks.outcomes import EMPTY_STRING, ERROR, FAILED_TO_RUN, FIRST_REASON, PASSED, of_value
from checks.reference_data import ReferenceData
from checks.values import Json

REMEMBERED: Final = 20_000
"""How many values are remembered for one check, at most."""
LONGEST: Final = 200
"""Longer strings aren't remembered, in characters."""


class Variant:
    """A quality check as one kind of field uses it, and the `outcomes` that it gave, by string.

    Where the first `deciding` characters of a string decide (0: all do), these alone are judged. Most values needn't be
    judged. A string may be empty; those pass that are no longer than `longest`, if that isn't 0; and that begin with a
    `plain_day` from the `earliest` to the `latest`, if these aren't 0; and if it is `numeric`, so do numbers that
    aren't negative.
    """

    __slots__ = (
        "check",
        "deciding",
        "earliest",
        "latest",
        "longest",
        "name",
        "numeric",
        "outcomes",
        "passing",
        "quality",
        "reasons",
        "variant",
    )

    def __init__(self, name: str, variant: str, quality: "Quality") -> None:
        module = catalog.find("field")[name].module
        self.name = name
        self.variant = variant
        self.quality = quality
        self.check: Callable[[Json, ReferenceData, str], str] = module.check
        self.reasons: Sequence[str] = module.REASONS
        self.deciding: int = getattr(module, "DECIDING", 0)
        self.longest: int = getattr(module, "LONGEST", 0)
        self.numeric: bool = getattr(module, "NUMERIC", False)
        listed: Callable[[ReferenceData], frozenset[str]] | None = getattr(module, "passing", None)
        self.passing: frozenset[str] = listed(quality.reference_data) if listed else frozenset()
        days: Callable[[ReferenceData, str], tuple[int, int]] | None = getattr(module, "passing_days", None)
        self.earliest, self.latest = days(quality.reference_data, variant) if days else (0, 0)
        self.outcomes: dict[str, int]
        self._forget()

    def _forget(self) -> None:
        self.outcomes = dict.fromkeys(self.passing, PASSED)

    def outcome(self, value: Json) -> int:
        """Give the outcome of a value that is there; most are told by what is known, or easily."""
        if type(value) is str:
            if not value:
                return EMPTY_STRING
            if self.longest:
                return PASSED if len(value) <= self.longest else self.judge(value)
            if self.latest and self.earliest <= plain_day(value) <= self.latest:
                return PASSED
            return self._judge_string(value[: self.deciding] if self.deciding else value)
        if self.numeric and (type(value) is int or type(value) is float) and value >= 0:
            return PASSED
        return self.judge(value)

    def _judge_string(self, value: str) -> int:
        """Give the outcome of a string, and remember it."""
        known = self.outcomes.get(value)
        if known is not None:
            return known
        outcome = self.judge(value)
        if outcome != ERROR and len(value) <= LONGEST:
            if len(self.outcomes) >= REMEMBERED + len(self.passing):
                self._forget()
            self.outcomes[value] = outcome
        return outcome

    def judge(self, value: Json) -> int:
        """Give the outcome of a value that is there; it is neither looked up nor remembered."""
        if not value:
            outcome = of_value(value)
            if outcome != PASSED:
                return outcome
        quality = self.quality
        try:
            reason = self.check(value, quality.reference_data, self.variant)
        except Exception as error:
            if not quality.guarded:
                raise
            quality.errors.append((self.name, f"{type(error).__name__}: {error}"))
            return ERROR
        return FIRST_REASON + self.reasons.index(reason) if reason else PASSED


class Quality:
    """All quality checks in their variants, numbered as the fields' walk numbers them.

    With `guarded`, a check that raises gives the outcome `ERROR`, and the error is kept in `errors`; without, it
    raises.
    """

    __slots__ = ("errors", "guarded", "reference_data", "variants")

    def __init__(self, variants: Sequence[tuple[str, str]], reference_data: ReferenceData) -> None:
        self.reference_data = reference_data
        self.guarded = False
        self.errors: list[tuple[str, str]] = []
        self.variants = [Variant(name, variant, self) for name, variant in variants]

    def judge(self, number: int, value: Json) -> int:
        """Give the outcome of a value that is there, by the variant's number."""
        return self.variants[number].judge(value)


def reason(name: str, outcome: int) -> str:
    """Give the reason of a failing outcome of a quality check."""
    if outcome == ERROR:
        return FAILED_TO_RUN
    reasons: Sequence[str] = catalog.find("field")[name].module.REASONS
    return reasons[outcome - FIRST_REASON]
