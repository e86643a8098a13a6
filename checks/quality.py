"""Quality checks of fields, applied to values: publishers repeat themselves, so outcomes are remembered by value."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Final

from checks import catalog
from checks.outcomes import EMPTY_STRING, ERROR, FAILED_TO_RUN, FIRST_REASON, PASSED, of_value
from checks.reference_data import ReferenceData
from checks.values import Json

REMEMBERED: Final = 20_000
"""How many values are remembered for one check, at most."""
LONGEST: Final = 200
"""Longer strings aren't remembered, in characters."""


class Variant:
    """A quality check as one kind of field uses it, and what is known of its outcomes.

    `known` has outcomes by string, or by its first `deciding` characters where these decide; of an empty string too.
    """

    __slots__ = ("deciding", "known", "module", "name", "passing", "variant")

    def __init__(self, name: str, variant: str, reference_data: ReferenceData) -> None:
        self.name = name
        self.variant = variant
        self.module: ModuleType = catalog.find("field")[name].module
        listed: Callable[[ReferenceData], frozenset[str]] | None = getattr(self.module, "passing", None)
        self.passing: frozenset[str] = listed(reference_data) if listed else frozenset()
        self.deciding: int = getattr(self.module, "DECIDING", 0)
        self.known: dict[str, int] = {}
        self._forget()

    def _forget(self) -> None:
        self.known.clear()
        self.known.update(dict.fromkeys(self.passing, PASSED))
        self.known[""] = EMPTY_STRING

    def judge(self, value: Json, reference_data: ReferenceData) -> int:
        """Give the outcome of a value that is there and not empty; raises what the check raises."""
        reason: str = self.module.check(value, reference_data, self.variant)
        outcome: int = FIRST_REASON + self.module.REASONS.index(reason) if reason else PASSED
        if type(value) is str and (self.deciding or len(value) <= LONGEST):
            if len(self.known) >= REMEMBERED + len(self.passing):
                self._forget()
            self.known[value[: self.deciding] if self.deciding else value] = outcome
        return outcome


class Quality:
    """All quality checks in their variants, numbered as the fields' walk numbers them.

    `known[n]` is what is known of variant n: the walk looks there before it calls `judge`. With `guarded`, a check that
    raises gives the outcome `ERROR`, and the error is kept in `errors`; without, it raises.
    """

    __slots__ = ("errors", "guarded", "known", "reference_data", "variants")

    def __init__(self, variants: Sequence[tuple[str, str]], reference_data: ReferenceData) -> None:
        self.reference_data = reference_data
        self.variants = [Variant(name, variant, reference_data) for name, variant in variants]
        self.known = [variant.known for variant in self.variants]
        self.guarded = False
        self.errors: list[tuple[str, str]] = []

    def judge(self, number: int, value: Json) -> int:
        """Give the outcome of a value that is there, by the variant's number."""
        if not value:
            outcome = of_value(value)
            if outcome != PASSED:
                return outcome
        variant = self.variants[number]
        if not self.guarded:
            return variant.judge(value, self.reference_data)
        try:
            return variant.judge(value, self.reference_data)
        except Exception as error:  # noqa: BLE001 whatever a check raises is recorded, and stops nothing
            self.errors.append((variant.name, f"{type(error).__name__}: {error}"))
            return ERROR


def reason(name: str, outcome: int) -> str:
    """Give the reason of a failing outcome of a quality check."""
    if outcome == ERROR:
        return FAILED_TO_RUN
    reasons: Sequence[str] = catalog.find("field")[name].module.REASONS
    return reasons[outcome - FIRST_REASON]
