"""How dates and times are read."""

import doctest
from datetime import UTC, datetime, timedelta, timezone

import pytest
from dateutil.parser import isoparse
from hypothesis import given
from hypothesis import strategies as st

from checks import moments
from checks.moments import date_time, moment, seconds_between
from checks.values import Json

EPOCH = datetime(2019, 1, 1, tzinfo=UTC)
TIMES = ("", "T00:00:00", "T23:59:59", "T24:00:00", "T12:60:00", "T9:30:00", "T10", "T10:30", " 10:30:00")


def test_examples() -> None:
    assert not doctest.testmod(moments).failed


def read(written: str) -> datetime | None:
    """Read it by the plain rule, without what makes it fast."""
    for reading in (isoparse, lambda text: datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")):
        try:
            return reading(written)
        except (ValueError, OverflowError):
            pass
    return None


def assert_read_so(written: str, when: datetime | None) -> None:
    assert date_time(written) == read(written)
    for _ in ("new", "known"):
        found = moment(written)
        assert (found is None) == (when is None)
        if found is not None and when is not None:
            aware = when if when.tzinfo else when.replace(tzinfo=UTC)
            since = moment(EPOCH.isoformat())
            assert since is not None
            assert found[0] == when.toordinal()
            assert seconds_between(since, found) == (aware - EPOCH).total_seconds()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-02-03T04:05:06Z", datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC)),
        ("2019-02-03T04:05:06-05:00", datetime(2019, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=-5)))),
        ("2019-02-03T24:00:00Z", datetime(2019, 2, 4, tzinfo=UTC)),
        ("2019-2-3T4:5:6Z", datetime(2019, 2, 3, 4, 5, 6, tzinfo=UTC)),
        ("2019-02-03", datetime(2019, 2, 3, tzinfo=UTC)),
        ("2019-034T10:30", datetime(2019, 2, 3, 10, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00+05:00", datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5)))),
        ("9999-12-31T23:59:59-05:00", datetime(9999, 12, 31, 23, 59, 59, tzinfo=timezone(timedelta(hours=-5)))),
    ],
)
def test_moment(value: str, expected: datetime) -> None:
    assert_read_so(value, expected)


def test_a_date_and_time_keeps_its_offset() -> None:
    when = date_time("2019-02-03T04:05:06-05:00")
    assert when is not None
    assert when.isoformat() == "2019-02-03T04:05:06-05:00"
    assert date_time(5) is None


@pytest.mark.parametrize(
    "value",
    [
        *("", "soon", "2019-01-05xyz", "9999-12-31T24:00:00", "2019-02-03T04:05:06.Z", "2019-02-03T04:05:06+05:75"),
        *("2019-02-30T04:05:06Z", "2019-034T1T00:00:00Z", 5, None, {}),
    ],
)
def test_no_moment(value: Json) -> None:
    assert moment(value) is None


@given(
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001 the offset is added as text
    st.sampled_from(["", ".5", ".000", ".1234567"]),
    st.sampled_from(["", "Z", "+05:30", "-11:00"]),
)
def test_quick_reading_is_that_of_isoparse(when: datetime, fraction: str, offset: str) -> None:
    written = when.replace(microsecond=0).isoformat() + fraction + offset
    assert_read_so(written, isoparse(written))


@given(st.text(alphabet="0123456789-:TZW+ ", max_size=26))
def test_any_text_is_read_by_the_rule(written: str) -> None:
    assert_read_so(written, read(written))


@given(
    st.from_regex(r"[0-9]{4}-?[0-9]{1,2}-?[0-9]{0,2}|[0-9]{4}-?W?[0-9]{2,3}-?[0-9]?", fullmatch=True),
    st.sampled_from(TIMES),
    st.sampled_from(["", "Z", "+01:00", "+0130", "-24:00", "z", ".25Z", ",25"]),
)
def test_what_is_nearly_a_moment_is_read_by_the_rule(date: str, time: str, end: str) -> None:
    assert_read_so(date + time + end, read(date + time + end))


def test_the_time_between_takes_a_missing_offset_as_utc() -> None:
    naive, aware = moment("2019-01-01"), moment("2019-01-01T02:00:00+01:00")
    assert naive is not None
    assert aware is not None
    assert seconds_between(naive, aware) == 3600
    assert seconds_between(aware, naive) == -3600
    assert seconds_between(naive, naive) == 0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moments, "CACHE_SIZE", 5)
    for minute in range(60):
        moment(f"20190101T00{minute:02}Z")
    assert 0 < len(moments._moments) <= 5  # noqa: SLF001


def test_long_texts_are_not_remembered() -> None:
    """Twenty thousand of them could take all memory."""
    moments._moments.clear()  # noqa: SLF001
    long = "2020-01-01T00:00:00." + "0" * 1_000 + "Z"
    assert moment(long) == moment("2020-01-01T00:00:00Z")
    assert moment("x" * 1_000) is None
    assert not moments._moments  # noqa: SLF001


def test_what_is_written_as_usual_is_not_remembered() -> None:
    moments._moments.clear()  # noqa: SLF001
    for time in ("", "T12:34:56", "T12:34:56Z", "T12:34:56.789Z", "T12:34:56-05:00", "T12:34:56.1+05:30"):
        assert moment("2019-02-03" + time) is not None
    assert not moments._moments  # noqa: SLF001
