"""The signatures of a release by node, as the fast walk gives them, and as the readable code does."""

from typing import Any

from checks.batch import SLOTS
from checks.case_samples import SamplesSoFar
from checks.field_walk import FieldWalk
from checks.fields import signatures
from checks.noted import Noted
from checks.outcomes import node_of
from checks.quality import Quality


def walked(walk: FieldWalk, *releases: dict[str, Any]) -> dict[int, list[int]]:
    """Walk releases one after the other; give the signatures of the last."""
    noted = Noted(SLOTS, 1, SamplesSoFar(1), failing=False)
    for scrambled, release in enumerate(releases, 1_000):
        noted.begin(scrambled)
        walk.walk(release, noted.nodes)
    return {node: [row.signature for row in rows] for node, rows in noted.of_item().items()}


def read(release: dict[str, Any], quality: Quality) -> dict[int, list[int]]:
    """Read a release field by field."""
    found: dict[int, list[int]] = {}
    for signature in signatures(release, quality):
        found.setdefault(node_of(signature), []).append(signature)
    return found
