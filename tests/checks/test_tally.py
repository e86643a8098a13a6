"""Tallies count and sample the same, however what they are given is cut and ordered."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from checks.sampling import Sampling
from checks.tally import Tally

SAMPLING = Sampling(b"a test")
SIGNATURES = st.lists(st.sampled_from(["!0sp", "!0sA", "!NsA", "#X", "#s", "#0", "$ppppnnA"]), max_size=6)


def tally(items: dict[int, list[str]], *, failing: bool = False) -> Tally:
    result = Tally(3, failing=failing)
    for item, signatures in items.items():
        result.add(item, signatures)
    result.settle(SAMPLING)
    return result


@given(st.dictionaries(st.integers(1, 1_000), SIGNATURES, max_size=12), st.randoms(), st.booleans())
def test_any_batching_and_order_gives_the_same(items: dict[int, list[str]], random: "st.Random", failing: bool) -> None:
    whole = tally(items, failing=failing)
    merged = tally({}, failing=failing)
    left = list(items.items())
    random.shuffle(left)
    while left:
        size = random.randint(1, len(left))
        merged.merge(tally(dict(left[:size]), failing=failing))
        left = left[size:]
    assert merged.counts == whole.counts
    assert merged.samples == whole.samples


@given(st.dictionaries(st.integers(1, 1_000), SIGNATURES, max_size=12))
def test_counts_and_places_are_those_of_each_letter(items: dict[int, list[str]]) -> None:
    result = tally(items)
    expected: Counter[tuple[str, int, str]] = Counter()
    places: dict[tuple[str, int, str], set[tuple[int, int]]] = {}
    for item, signatures in items.items():
        for index, (mark, *letters) in enumerate(signatures):
            for slot, letter in enumerate(letters):
                expected[mark, slot, letter] += 1
                places.setdefault((mark, slot, letter), set()).add((item, index))
    assert result.counts == dict(expected)
    assert set(result.samples) == set(expected)
    for slot, sample in result.samples.items():
        assert len(sample) == min(3, expected[slot])
        assert {SAMPLING.place(scrambled) for scrambled in sample} <= places[slot]


def test_only_failures_are_sampled_if_asked_for() -> None:
    assert set(tally({1: ["!0sA", "!NsA"]}, failing=True).samples) == {("!", 2, "A"), ("!", 0, "N")}
