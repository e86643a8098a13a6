"""Quality checks of fields, applied to values: publishers repeat themselves, so outcomes are remembered by value."""

from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Final

from checks import catalog
from checks.outcomes import ERROR, PASSED, THERE, of_value
from checks.reference_data import ReferenceData
from checks.values import Json

REMEMBERED: Final = 20_000
"""How many values are remembered for one check, at most."""
LONGEST: Final = 200
"""Longer strings aren't remembered, in characters."""


class Variant:
    """A quality check as one kind of field uses it, and what is known of its outcomes.

    `passing` holds strings that pass, `failing` the letters of strings that fail. `key` shortens a string to the part
    that decides (10 characters of a date), or is `None`.
    """

    __slots__ = ("always", "failing", "length", "module", "name", "passing", "variant")

    def __init__(self, name: str, variant: str, reference_data: ReferenceData) -> None:
        self.name = name
        self.variant = variant
        self.module: ModuleType = catalog.find("field")[name].module
        listed: Callable[[ReferenceData], frozenset[str]] | None = getattr(self.module, "passing", None)
        self.always: frozenset[str] = listed(reference_data) if listed else frozenset()
        self.passing: set[str] = set(self.always)
        self.failing: dict[str, str] = {}
        self.length: int = getattr(self.module, "DECIDING_LENGTH", LONGEST)

    def judge(self, value: Json, reference_data: ReferenceData) -> str:
        """Give the letter of a value that is there and not empty; raises what the check raises."""
        if type(value) is not str:
            return str(self.module.check(value, reference_data, self.variant))
        key = value[: self.length]
        known = self.failing.get(key)
        if known is not None and (len(value) <= LONGEST or self.length < LONGEST):
            return known
        letter = str(self.module.check(value, reference_data, self.variant))
        if len(value) <= LONGEST or self.length < LONGEST:
            self._remember(key, letter)
        return letter

    def _remember(self, key: str, letter: str) -> None:
        if letter == PASSED:
            if len(self.passing) >= REMEMBERED + len(self.always):
                self.passing.clear()
                self.passing.update(self.always)
            self.passing.add(key)
        else:
            if len(self.failing) >= REMEMBERED:
                self.failing.clear()
            self.failing[key] = letter


class Quality:
    """All quality checks in their variants, numbered as the fields' walk numbers them.

    `passing[n]` are strings known to pass in variant n: the walk looks there before it calls `judge`. With `guarded`,
    a check that raises gives the outcome `ERROR`, and the error is kept in `errors`; without, it raises.
    """

    __slots__ = ("errors", "guarded", "passing", "prefixes", "reference_data", "variants")

    def __init__(self, variants: Sequence[tuple[str, str]], reference_data: ReferenceData) -> None:
        self.reference_data = reference_data
        self.variants = [Variant(name, variant, reference_data) for name, variant in variants]
        self.passing = [variant.passing for variant in self.variants]
        self.prefixes = reference_data.codelists.ocid_prefixes
        self.guarded = False
        self.errors: list[tuple[str, str]] = []

    def judge(self, number: int, value: Json) -> str:
        """Give the outcome of a value that is there, by the variant's number."""
        letter = of_value(value)
        if letter != THERE:
            return letter
        variant = self.variants[number]
        if not self.guarded:
            return variant.judge(value, self.reference_data)
        try:
            return variant.judge(value, self.reference_data)
        except Exception as error:  # noqa: BLE001 whatever a check raises is recorded, and stops nothing
            self.errors.append((variant.name, f"{type(error).__name__}: {error}"))
            return ERROR


def reasons(name: str) -> Mapping[str, str]:
    """Give the reasons of a quality check by their letters."""
    module = catalog.find("field")[name].module
    return {**module.REASONS, ERROR: "the check failed to run"}
