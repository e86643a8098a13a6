import doctest
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pelican_async.reports.page import charts as module
from pelican_async.reports.page.charts import LEAST, segments

PARTS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 10**12))


def test_examples() -> None:
    assert doctest.testmod(module).failed == 0


@given(PARTS)
def test_parts_fill_the_bar_and_can_be_seen(parts: dict[str, float]) -> None:
    found = segments(parts)
    assert [segment.kind for segment in found] == [kind for kind, part in parts.items() if part]
    if found:
        assert abs(sum(segment.width for segment in found) - 100) < 0.1
        assert min(segment.width for segment in found) >= LEAST
    for before, after in pairwise(found):
        assert abs(before.x + before.width - after.x) < 0.02
