"""What the walk keeps is bounded, whatever releases contain."""

import pytest

from checks import field_walk
from checks.field_table import VARIANTS
from checks.field_walk import FieldWalk
from checks.fields import ALL, rows
from checks.quality import Quality
from tests.checks.building import reference_data
from tests.checks.walking import walked

QUALITY = Quality(VARIANTS, reference_data())


def test_what_is_known_is_forgotten_before_it_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(field_walk, "KEPT", 3)
    walk = FieldWalk(QUALITY)
    for number in range(10):
        tender = {field.leaf: 1 for field in ALL[4 * number :] if field.path.startswith("tender.")}
        release = {"id": 1, f"x{number}": 2, "x" * (field_walk.LONGEST_KEPT + 1): 3, "tender": {**tender, "title": ""}}
        assert walked(walk, release, release) == rows(release, QUALITY)
        assert all(len(node.parts) <= 3 >= len(node.known) for node in walk.nodes)
        assert max(map(len, walk.nodes[0].parts)) <= field_walk.LONGEST_KEPT
