"""Tallies count and sample the same, however what they are given is cut and ordered."""

import pickle
from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.case_samples import SamplesSoFar
from checks.noted import Noted
from checks.outcomes import Case, case, outcomes_of, row_of
from checks.rows import KnownRow
from checks.sampling import Sampling
from checks.tally import Tally

SAMPLING = Sampling(b"a test")
SLOTS = [3, 1, 6]
OBJECTS = (
    (0, [0, 1, 1]),
    (0, [0, 1, 8]),
    (0, [2, 1, 8]),
    (0, [0, 0, 0]),
    (1, [6]),
    (1, [1]),
    (1, [0]),
    (2, [1, 1, 15, 0, 0, 0]),
)
Rows = list[tuple[int, str]]
ROWS = st.lists(st.sampled_from([(node, row_of(outcomes)) for node, outcomes in OBJECTS]), max_size=6)


def tally(items: dict[int, Rows], *, failing: bool = False, so_far: SamplesSoFar | None = None) -> Tally:
    noted = Noted(SLOTS, SAMPLING.step, so_far or SamplesSoFar(3), failing=failing)
    for item, rows in items.items():
        noted.begin(SAMPLING.scramble(item))
        for node, row in rows:
            noted.nodes[node].add(KnownRow(row))
    return noted.tally()


@pytest.mark.parametrize("failing", [True, False])
@given(items=st.dictionaries(st.integers(1, 1_000), ROWS, max_size=12), random=st.randoms())
def test_any_batching_and_order_gives_the_same(*, items: dict[int, Rows], random: Random, failing: bool) -> None:
    whole = tally(items, failing=failing)
    merged = tally({}, failing=failing)
    left = list(items.items())
    random.shuffle(left)
    while left:
        size = random.randint(1, len(left))
        merged.merge(pickle.loads(pickle.dumps(tally(dict(left[:size]), failing=failing))))  # noqa: S301 our own
        left = left[size:]
    assert merged.counts == whole.counts
    assert merged.samples == whole.samples


@given(items=st.dictionaries(st.integers(1, 1_000), ROWS, max_size=40), random=st.randoms())
def test_what_processes_leave_out_is_in_no_sample(*, items: dict[int, Rows], random: Random) -> None:
    merged = tally({})
    processes = [SamplesSoFar(3), SamplesSoFar(3)]
    left = list(items.items())
    random.shuffle(left)
    while left:
        size = random.randint(1, len(left))
        lost = tally(dict(left[:size]), so_far=random.choice(processes))  # and the same comes again, maybe elsewhere
        done = tally(dict(left[:size]), so_far=random.choice(processes))
        merged.merge(done)
        left = left[size:]
        assert lost.counts == done.counts

    assert merged.samples == tally(items).samples


def test_later_batches_sample_less() -> None:
    so_far = SamplesSoFar(3)
    sampled = [
        sum(
            map(
                len,
                tally({item: [(0, "111")] for item in range(first, first + 50)}, so_far=so_far).samples.values(),
            )
        )
        for first in range(0, 1_000, 50)
    ]

    assert sampled[0] == 9
    assert sum(sampled[10:]) < 30


@given(st.dictionaries(st.integers(1, 1_000), ROWS, max_size=12))
def test_counts_and_places_are_those_of_each_outcome(items: dict[int, Rows]) -> None:
    result = tally(items)
    expected: Counter[Case] = Counter()
    places: dict[Case, set[tuple[int, int]]] = {}
    for item, rows in items.items():
        seen: Counter[int] = Counter()
        for node, row in rows:
            index = seen[node]
            seen[node] += 1
            for slot, code in enumerate(outcomes_of(row)):
                expected[case(node, slot, code)] += 1
                places.setdefault(case(node, slot, code), set()).add((item, index))
    assert result.counts == dict(expected)
    assert set(result.samples) == set(expected)
    for key, sample in result.samples.items():
        assert len(sample) == min(3, expected[key])
        assert {SAMPLING.place(scrambled) for scrambled in sample} <= places[key]


def test_only_failures_are_sampled_if_asked_for() -> None:
    rows = [(0, row_of([0, 1, 8])), (0, row_of([2, 1, 8]))]
    assert set(tally({1: rows}, failing=True).samples) == {case(0, 2, 8), case(0, 0, 2)}
