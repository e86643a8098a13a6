"""The rows of a release by node, as the fast walk gives them."""

from typing import Any

from checks.batch import SLOTS
from checks.case_samples import SamplesSoFar
from checks.field_walk import FieldWalk
from checks.noted import Noted
from checks.outcomes import Row


def walked(walk: FieldWalk, *releases: dict[str, Any]) -> dict[int, list[Row]]:
    """Walk releases one after the other; give the rows of the last."""
    noted = Noted(SLOTS, 1, SamplesSoFar(1), failing=False)
    for scrambled, release in enumerate(releases, 1_000):
        noted.begin(scrambled)
        walk.walk(release, noted.nodes)
    return noted.of_item()
