"""How days are read."""

import doctest
from datetime import date, datetime

import pytest
from dateutil.parser import isoparse
from hypothesis import example, given
from hypothesis import strategies as st

from checks import days
from checks.days import day, plain_day
from checks.values import Json


def test_examples() -> None:
    assert not doctest.testmod(days).failed


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-02-03", date(2019, 2, 3)),
        ("2019-02-03T24:00:00Z", date(2019, 2, 3)),
        ("2019-02-03 and more", date(2019, 2, 3)),
        ("2019", date(2019, 1, 1)),
        ("2019-02", date(2019, 2, 1)),
        ("20190203", date(2019, 2, 3)),
        ("2019-034", date(2019, 2, 3)),
        ("2019034", date(2019, 2, 3)),
        ("2019-W05-7", date(2019, 2, 3)),
        ("2019W057", date(2019, 2, 3)),
        ("2019-2-3", date(2019, 2, 3)),
        ("\u0662\u0660\u0661\u0669-02-03", date(2019, 2, 3)),
    ],
)
def test_day(value: str, expected: date) -> None:
    assert day(value) == expected.toordinal()
    assert day(value) == expected.toordinal(), "the same from the cache"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            " ",
            " 2019-02-03",
            "2019-02-30",
            "03/02/2019",
            "9999-W52-7",
            "0000-01-01",
            "201",
            "20191023xx",
            "2019/02/03",
        ),
        *("20191023xx", "2019/02/03", 20190203, None, ["2019"]),
    ],
)
def test_no_day(value: Json) -> None:
    assert day(value) is None
    assert day(value) is None, "the same from the cache"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.text(max_size=3))
@example(date(1900, 1, 1), "")
@example(date(2000, 2, 29), "")
@example(date(2099, 12, 31), "T")
def test_plain_days_are_read_quickly(when: date, following: str) -> None:
    written = when.isoformat() + following
    assert day(written) == plain_day(written) == when.toordinal()


@given(st.dates(max_value=date(1899, 12, 31)) | st.dates(min_value=date(2100, 1, 1)))
@example(date(1899, 12, 31))
@example(date(2100, 1, 1))
def test_days_of_other_years_are_read_as_well(when: date) -> None:
    assert day(when.isoformat()) == when.toordinal()
    assert plain_day(when.isoformat()) == 0


def read_day(first: str) -> int | None:
    """Read it by the plain rule, without what makes it fast."""
    for reading in (isoparse, lambda text: datetime.strptime(text, "%Y-%m-%d")):  # noqa: DTZ007 its day is wanted
        try:
            return reading(first).toordinal()
        except (ValueError, OverflowError):
            pass
    return None


@given(st.text(alphabet="0123456789-:TZW+ \u0663", max_size=26) | st.from_regex("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
def test_days_of_any_text(written: str) -> None:
    for _ in ("new", "known"):
        assert day(written) == read_day(written[:10])
    assert plain_day(written) in (0, day(written))


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "CACHE_SIZE", 5)
    for year in range(1000, 2000):
        day(f"{year}-01-01")
    assert 0 < len(days._days) <= 5  # noqa: SLF001
    assert len(days._plain_days) <= 5  # noqa: SLF001
    assert day("1000-01-01") == date(1000, 1, 1).toordinal()
