"""What fuzzing found stays mended, and what it begins with holds."""

import random
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from tests.fuzz import checking, reading, reporting, storing

TARGETS: Final = {"reading": reading, "checking": checking, "storing": storing, "reporting": reporting}
FOUND: Final = sorted((Path(__file__).parent / "found").glob("*/*"))
FEW: Final = 2
MANY: Final = 20


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    TARGETS[path.parent.name].examine(path.read_bytes())


@pytest.mark.parametrize(("target", "count"), [(reading, MANY), (checking, MANY), (storing, FEW), (reporting, FEW)])
def test_changed_inputs_are_survived(target: ModuleType, count: int) -> None:
    """A few steps of what the fuzzer does, without its guidance."""
    seeds = list(islice(target.seeds(), MANY))
    chance = random.Random(1)
    for number in range(count):
        target.examine(target.mutate(chance.choice(seeds), 65_536, number, lambda data, most: data[:most]))


def test_each_target_has_a_name_that_what_was_found_is_kept_by() -> None:
    assert {path.parent.name for path in FOUND} <= set(TARGETS)
