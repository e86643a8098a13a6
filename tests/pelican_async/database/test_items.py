"""Items that are not checked yet."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pelican_async.database.items import Unchecked


@given(st.lists(st.integers(1, 30), unique=True).map(sorted))
def test_parts_have_no_gaps(items: list[int]) -> None:
    texts = [str(item).encode() for item in items]
    parts = list(Unchecked(items, texts).runs())
    assert [item for part in parts for item in part.items] == items
    assert [text for part in parts for text in part.texts] == texts
    for part in parts:
        assert part.items == list(range(part.items[0], part.items[-1] + 1))
    for part, following in itertools.pairwise(parts):
        assert part.items[-1] + 1 < following.items[0]
