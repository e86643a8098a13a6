import doctest
import re

from hypothesis import given
from hypothesis import strategies as st

from pelican_async.reports import numbers
from pelican_async.reports.numbers import percent


def test_examples() -> None:
    assert doctest.testmod(numbers).failed == 0


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=10**9))
def test_only_nothing_is_0_and_only_all_is_100_percent(part: int, more: int) -> None:
    whole = part + more

    assert percent(whole, whole) == "100 %"
    assert percent(0, whole) == "0 %"
    assert (percent(part, whole) == "0 %") == (part == 0)
    assert percent(part, whole) != "100 %"
    assert re.fullmatch(r"[<>]?\d{1,2}(\.\d)? %", percent(part, whole))
