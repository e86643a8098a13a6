import pickle
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from checks.sampling import MASK, Sampling, index_of, item_of, place_of, smallest

FIRST = 2**40
ITEMS = st.integers(FIRST - 2**34, FIRST + 2**34)
INDEXES = st.integers(0, 2**24 - 1)


@given(st.binary(), ITEMS, INDEXES)
def test_scrambling_can_be_undone(key: bytes, item: int, index: int) -> None:
    sampling = Sampling(key, FIRST)
    scrambled = sampling.scramble(item, index)
    assert 0 <= scrambled < 2**60
    assert sampling.place(scrambled) == (item, index)
    assert sampling.places([scrambled]) == [place_of(item, index)]
    assert (item_of(place_of(item, index)), index_of(place_of(item, index))) == (item, index)


@given(st.binary(), ITEMS, st.integers(0, 2**24 - 2))
def test_the_next_index_is_a_step_further(key: bytes, item: int, index: int) -> None:
    sampling = Sampling(key, FIRST)
    assert sampling.scramble(item, index + 1) == sampling.scramble(item, index) + sampling.step & MASK


@given(st.lists(ITEMS, unique=True), st.integers(1, 30), st.integers(0, 200))
def test_samples_merge(items: list[int], size: int, cut: int) -> None:
    sampling = Sampling(b"any", FIRST)
    places = [place_of(item) for item in items]
    parts = sampling.sample(places[:cut], size) + sampling.sample(places[cut:], size)
    assert smallest(parts, size) == sampling.sample(places, size) == sampling.sample(reversed(places), size)


@given(st.lists(st.integers(0, MASK)), st.integers(1, 5))
def test_the_smallest_are_kept(scrambled: list[int], size: int) -> None:
    assert smallest(scrambled, size) == sorted(scrambled)[:size]


def test_each_item_is_as_likely_as_any_other() -> None:
    counts: Counter[int] = Counter()
    for key in range(2000):
        sampling = Sampling(b"dataset %d" % key)
        counts.update(map(item_of, sampling.places(sampling.sample(map(place_of, range(1, 51)), 5))))
    assert set(counts) == set(range(1, 51))
    # 200 each are expected, with a standard deviation of 13.4.
    assert all(abs(count - 200) < 5 * 13.4 for count in counts.values())


def test_a_key_gives_the_same_sample_again() -> None:
    sampling = Sampling(b"dataset 7")
    places = [place_of(item) for item in range(1000)]
    again = pickle.loads(pickle.dumps(sampling))  # noqa: S301 it was made in the line itself
    assert again.sample(places, 10) == sampling.sample(places, 10) != Sampling(b"dataset 8").sample(places, 10)
