"""What is remembered of items that were just written."""

from hypothesis import given
from hypothesis import strategies as st

from pelican_async.stages.recent import SECONDS, RecentItems


def texts(first: int, count: int) -> list[bytes]:
    return [f"text {number}".encode() for number in range(first, first + count)]


def test_gives_texts_once() -> None:
    recent = RecentItems()
    recent.keep(1, 10, texts(10, 5))
    recent.keep(1, 15, texts(15, 5))
    assert recent.take(1, [13, 14, 15, 16]) == texts(13, 4)
    assert recent.take(1, [13]) is None
    assert recent.take(1, [10, 11, 12]) == texts(10, 3)
    assert recent.take(1, [17, 18, 19]) == texts(17, 3)
    assert recent.size == 0


def test_gives_nothing_unless_all_is_there() -> None:
    recent = RecentItems()
    recent.keep(1, 10, texts(10, 5))
    assert recent.take(2, [10, 11]) is None
    assert recent.take(1, [8, 9]) is None
    assert recent.take(1, [14, 15]) is None
    assert recent.take(1, [14]) is None, "what was asked for in part is forgotten"
    assert recent.take(1, [10, 12]) is None, "ids without a gap alone"
    assert recent.take(1, [13]) == texts(13, 1)


def test_takes_no_more_room_than_it_may() -> None:
    recent = RecentItems(most=10)
    recent.keep(1, 1, [b"12345678"])
    recent.keep(1, 2, [b"123"])
    assert recent.take(1, [2]) is None
    assert recent.take(1, [1]) == [b"12345678"]
    recent.keep(1, 3, [b"123"])
    assert recent.take(1, [3]) == [b"123"]


def test_forgets_what_nobody_takes() -> None:
    now = [0.0]
    recent = RecentItems(most=10, clock=lambda: now[0])
    recent.keep(1, 1, [b"12345678"])
    now[0] = SECONDS + 1
    recent.keep(2, 5, [b"12345678"])
    assert recent.take(1, [1]) is None
    assert recent.take(2, [5]) == [b"12345678"]


@given(st.lists(st.integers(1, 5), max_size=5), st.lists(st.tuples(st.integers(0, 14), st.integers(1, 6)), max_size=8))
def test_gives_nothing_twice_and_nothing_else(pages: list[int], asked: list[tuple[int, int]]) -> None:
    recent = RecentItems()
    first = 1
    for size in pages:
        recent.keep(7, first, texts(first, size))
        first += size
    given_before: set[int] = set()
    for start, count in asked:
        items = list(range(start, start + count))
        found = recent.take(7, items)
        if found is not None:
            assert found == texts(start, count)
            assert given_before.isdisjoint(items)
            given_before.update(items)
    recent.take(7, list(range(1, 100)))
    assert recent.size == 0
