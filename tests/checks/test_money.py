"""Exchange rates and conversion."""

import math
import pickle
import struct
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checks import money
from checks.money import Conversion, Rates
from checks.values import Json


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


DAYS: Final = [
    (date(2014, 6, 1), {"EUR": 1.0, "USD": 1.05, "GBP": 0.85, "JPY": 120, "MXN": 20.0}),
    (date(2014, 6, 2), {"EUR": 1.0, "USD": 1.066667, "GBP": 0.86, "JPY": 121, "MXN": 20.1}),
    (date(2014, 6, 6), {"EUR": 1.0, "USD": 1.1, "JPY": 123, "MXN": 20.3}),
    (date(2015, 6, 6), {"EUR": 1.0, "USD": 1.2, "GBP": 0.96}),
]
RATES: Final = Rates(DAYS)
FIRST: Final = day("2014-06-01")
LAST: Final = day("2015-06-06")
amounts = st.floats(allow_nan=True, allow_infinity=True) | st.integers() | st.decimals(allow_nan=False).map(str)


def test_known_day_is_exact() -> None:
    assert RATES.convert(100.0, "MXN", "USD", FIRST) == round(100.0 * (1.05 / 20.0), 6) == 5.25
    assert RATES.convert(1, "JPY", "GBP", FIRST) == round(0.85 / 120, 6)


def test_divides_first() -> None:
    amount, dividend, divisor = 1e17 / 3, 1.066667, 0.86
    assert amount * dividend / divisor != amount * (dividend / divisor)
    assert RATES.convert(amount, "GBP", "USD", day("2014-06-02")) == amount * (dividend / divisor)


def test_the_same_currency_needs_a_rate_as_well() -> None:
    assert RATES.convert(1.23456789, "USD", "USD", FIRST) == 1.234568
    assert RATES.convert(1.0, "USD", "USD", LAST + 181) is None
    assert RATES.convert(1.0, "XYZ", "XYZ", FIRST) is None


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("12", 12.6),
        (" 12 ", 12.6),
        (True, 1.05),
        (False, 0.0),
        (0, 0.0),
        (-12, -12.6),
        ("1_0", 10.5),
        (10**18, 1.05e18),
    ],
)
def test_amounts_that_convert(amount: Json, expected: float) -> None:
    assert RATES.convert(amount, "EUR", "USD", FIRST) == expected


@pytest.mark.parametrize(
    "amount",
    [None, "", "x", "1,5", [], [1], {}, {"amount": 1}, "nan", "inf", math.nan, math.inf, -math.inf, 10**400, "1e999"],
)
def test_amounts_that_do_not(amount: Json) -> None:
    assert RATES.convert(amount, "EUR", "USD", FIRST) is None


@pytest.mark.parametrize("source", [None, "", "usd", "XYZ", 5, 1.5, True, [], ["USD"], {}, {"USD": 1}, "EUR "])
def test_unknown_currencies(source: Json) -> None:
    assert RATES.convert(1, source, "USD", FIRST) is None
    assert RATES.rate(source, FIRST) is None


def test_unknown_target() -> None:
    assert RATES.convert(1, "EUR", "XYZ", FIRST) is None


def test_no_day() -> None:
    assert RATES.convert(1, "EUR", "USD", None) is None


def test_result_that_is_not_finite() -> None:
    assert RATES.convert(1e308, "EUR", "JPY", FIRST) is None
    assert RATES.convert(-1e308, "EUR", "JPY", FIRST) is None


def test_a_rate_of_zero_converts_nothing_from_it() -> None:
    rates = Rates([(FIRST, {"EUR": 1, "USD": 0.0})])
    assert rates.convert(1, "USD", "EUR", FIRST) is None
    assert rates.convert(1, "EUR", "USD", FIRST) == 0.0


def test_linear_interpolation_isrounded_to_6_digits() -> None:
    assert RATES.rate("USD", day("2014-06-03")) == round(1.066667 + 1 * (1.1 - 1.066667) / 4, 6) == 1.075
    assert RATES.rate("JPY", day("2014-06-05")) == 122.5


def test_a_currency_that_a_day_lacks_is_interpolated_for_it_alone() -> None:
    span = (date(2015, 6, 6) - date(2014, 6, 2)).days
    assert RATES.rate("USD", day("2014-06-06")) == 1.1
    assert RATES.rate("GBP", day("2014-06-06")) == round(0.86 + 4 * (0.96 - 0.86) / span, 6)


def test_closest_interpolation_takes_the_later_on_a_tie() -> None:
    rates = Rates(DAYS, Conversion(interpolation="closest"))
    assert rates.rate("USD", day("2014-06-03")) == 1.066667
    assert rates.rate("USD", day("2014-06-04")) == 1.1
    assert rates.rate("USD", day("2014-06-05")) == 1.1


def test_no_interpolation() -> None:
    rates = Rates(DAYS, Conversion(interpolation=""))
    assert rates.rate("USD", day("2014-06-03")) is None
    assert rates.rate("USD", day("2014-06-02")) == 1.066667
    assert rates.rate("USD", LAST + 180) == 1.2


@pytest.mark.parametrize("interpolation", ["linear", "closest"])
def test_limit_of_interpolation_counts_from_both_sides(interpolation: str) -> None:
    settings = Conversion(interpolation="linear" if interpolation == "linear" else "closest")
    start, end = day("2014-06-06"), LAST
    rates = Rates(DAYS, settings)
    assert rates.rate("USD", start + 90) is not None
    assert rates.rate("USD", start + 91) is None
    assert rates.rate("USD", end - 91) is None
    assert rates.rate("USD", end - 90) is not None
    boundless = Rates(DAYS, replace(settings, interpolation_max_days=-1))
    assert boundless.rate("USD", start + 150) is not None
    none = Rates(DAYS, replace(settings, interpolation_max_days=0))
    assert none.rate("USD", start + 1) is None
    assert none.rate("USD", start) == 1.1


def test_extrapolation() -> None:
    assert RATES.rate("USD", FIRST - 180) == 1.05
    assert RATES.rate("USD", FIRST - 181) is None
    assert RATES.rate("USD", LAST + 180) == 1.2
    assert RATES.rate("USD", LAST + 181) is None
    # MXN's last known day is another one.
    assert RATES.rate("MXN", day("2014-06-06") + 180) == 20.3
    assert RATES.rate("MXN", day("2014-06-06") + 181) is None


def test_limits_of_extrapolation() -> None:
    boundless = Rates(DAYS, Conversion(extrapolation_max_days=-1))
    assert boundless.rate("USD", 1) == 1.05
    assert boundless.rate("USD", date.max.toordinal()) == 1.2
    none = Rates(DAYS, Conversion(extrapolation=""))
    assert none.rate("USD", LAST) == 1.2
    assert none.rate("USD", LAST + 1) is None
    assert none.rate("USD", FIRST - 1) is None
    assert none.rate("USD", FIRST + 2) == 1.075
    assert Rates(DAYS, Conversion(extrapolation_max_days=0)).rate("USD", LAST + 1) is None


def test_days_in_any_order_and_the_later_pair_of_a_day_wins() -> None:
    stale: list[tuple[date, dict[str, float]]] = [(DAYS[1][0], {"USD": 7.0, "MXN": 5.0})]
    shuffled = Rates([*stale, *reversed(DAYS)])
    for currency in RATES.currencies:
        for distance in range(-200, 600, 7):
            assert shuffled.rate(currency, FIRST + distance) == RATES.rate(currency, FIRST + distance)


def test_no_rates_at_all() -> None:
    rates = Rates([])
    assert rates.currencies == frozenset()
    assert rates.convert(1, "EUR", "EUR", FIRST) is None


def test_currencies() -> None:
    assert RATES.currencies == {"EUR", "USD", "GBP", "JPY", "MXN"}


def test_survives_pickling() -> None:
    settings = Conversion("closest", 3, "", 5)
    rates = Rates(DAYS, settings)
    rates.convert(1, "EUR", "USD", FIRST)
    copy = pickle.loads(pickle.dumps(rates))  # noqa: S301 our own
    assert copy.conversion == settings
    assert copy.currencies == rates.currencies
    for distance in range(-10, 400):
        assert copy.convert(1, "MXN", "USD", FIRST + distance) == rates.convert(1, "MXN", "USD", FIRST + distance)


def test_25_years_of_170_currencies_stay_small() -> None:
    years, currencies = 25 * 365, [f"C{number:02}" for number in range(170)]
    start = date(2000, 1, 1)
    rates = Rates((start + timedelta(days=count), dict.fromkeys(currencies, 1.5)) for count in range(years))
    pickled = len(pickle.dumps(rates))
    assert pickled < years * 170 * 8.1 + 100_000  # values of 8 bytes, and the days once for all
    assert rates.rate("C169", start.toordinal() + years - 1) == 1.5


def test_the_cache_of_factors_is_bounded() -> None:
    rates = Rates(DAYS, Conversion(extrapolation_max_days=-1))
    for distance in range(money.CACHE_SIZE + 5):
        assert rates.convert(1, "EUR", "USD", FIRST - distance) == 1.05
    assert len(rates._factors["USD"]) == 5  # noqa: SLF001


def same(one: float | None, other: float | None) -> bool:
    """Tell whether two results are the same to the bit (the sign of zero included)."""
    return one is other is None or (
        one is not None and other is not None and struct.pack("d", one) == struct.pack("d", other)
    )


@given(st.floats() | st.floats(0, 3e8) | st.floats(-3e8, 3e8))
@example(0.5e-6)
@example(1.0000005)
@example(268435455.9999995)
@example(sys.float_info.max)
@example(5e-324)
@example(-0.0)
def test_rounds_as_python_does(value: float) -> None:
    assert same(money.rounded(value), round(value, 6) if math.isfinite(value) else None)


@given(st.integers(0, 2**50), st.integers(-4, 4))
def test_rounds_as_python_does_near_the_middle(halves: int, steps: int) -> None:
    value = (halves + 0.5) / 1e6
    for _ in range(abs(steps)):
        value = math.nextafter(value, math.inf if steps > 0 else 0.0)
    assert same(money.rounded(value), round(value, 6))


def reference(days: list[tuple[int, dict[str, float]]], conversion: Conversion) -> Callable[[str, int], float | None]:
    """Give a function of currency and day that applies the rules one by one, day by day, without any index."""

    def rate(currency: str, when: int) -> float | None:  # noqa: PLR0911 one for each rule
        known = {ordinal: rates[currency] for ordinal, rates in days if currency in rates}
        if when in known:
            return known[when]
        before = max((ordinal for ordinal in known if ordinal < when), default=None)
        after = min((ordinal for ordinal in known if ordinal > when), default=None)
        if before is not None and after is not None:
            limit = conversion.interpolation_max_days
            if limit >= 0 and min(when - before, after - when) > limit:
                return None
            if conversion.interpolation == "linear":
                slope = (when - before) * (known[after] - known[before]) / (after - before)
                return round(known[before] + slope, 6)
            if conversion.interpolation == "closest":
                return known[after] if after - when <= when - before else known[before]
            return None
        edge = after if before is None else before
        if edge is None or not conversion.extrapolation:
            return None
        limit = conversion.extrapolation_max_days
        return known[edge] if limit < 0 or abs(when - edge) <= limit else None

    return rate


@given(
    st.lists(
        st.tuples(
            st.integers(735_000, 735_060),
            st.dictionaries(st.sampled_from(["EUR", "USD", "MXN"]), st.floats(0.001, 50_000), max_size=3),
        ),
        max_size=8,
        unique_by=lambda pair: pair[0],
    ),
    st.builds(
        Conversion,
        st.sampled_from(["linear", "closest", ""]),
        st.integers(-1, 15),
        st.sampled_from(["closest", ""]),
        st.integers(-1, 15),
    ),
    amounts,
    st.integers(734_980, 735_080),
)
def test_follows_the_rules_for_any_table(
    days: list[tuple[int, dict[str, float]]], conversion: Conversion, amount: Json, when: int
) -> None:
    expected = reference(days, conversion)
    rates = Rates(days, conversion)
    for currency in ("EUR", "USD", "MXN", "XYZ"):
        assert same(rates.rate(currency, when), expected(currency, when))
    dividend, divisor = expected("USD", when), expected("MXN", when)
    result = None
    if dividend is not None and divisor is not None:
        value = float(amount) if not isinstance(amount, int) or abs(amount) < 1e300 else math.nan
        product = value * (dividend / divisor)
        result = round(product, 6) if math.isfinite(product) else None
    for _ in ("cold", "warm"):
        assert same(rates.convert(amount, "MXN", "USD", when), result)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["USD", "EUR", "nan"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)


@given(json_values, json_values, st.integers(1, date.max.toordinal()) | st.none())
def test_any_value_converts_or_gives_nothing(amount: Json, source: Json, when: int | None) -> None:
    result = RATES.convert(amount, source, "USD", when)
    assert result is None or math.isfinite(result)


def test_what_is_no_currency_is_not_remembered() -> None:
    rates = Rates([(date(2019, 1, 1), {"EUR": 1, "USD": 1.25})])
    day = date(2019, 1, 1).toordinal()
    for currency in ("EUR", "x" * 100_000):
        rates.convert(1, currency, "USD", day)
    assert set(rates._factors["USD"][day]._known) == {"EUR", "USD"}  # noqa: SLF001
