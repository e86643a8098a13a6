"""Loading exchange rates."""

import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.money import Conversion
from pelican_async.errors import UserError
from pelican_async.reference.rates import load, snapshot

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "rates.csv"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return path

    return written


def row(day: str, rates: object) -> str:
    return f"""{day},"{json.dumps(rates).replace('"', '""')}"\n"""


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_reference_rates() -> None:
    loaded = snapshot()
    assert loaded.first == date(1999, 1, 4)
    assert loaded.last is not None
    assert loaded.last >= date(2026, 1, 1)
    assert len(loaded.rates.currencies) == 42  # 41, and EUR
    assert loaded.refused == 0
    assert "European Central Bank" in loaded.source
    # Known figures: the first day, a weekend between two days, and a currency that isn't there any more.
    assert loaded.rates.rate("USD", day("1999-01-04")) == 1.1789
    assert loaded.rates.rate("EUR", day("1999-01-04")) == 1.0
    assert loaded.rates.convert(1.1789, "USD", "EUR", day("1999-01-04")) == 1.0
    assert loaded.rates.rate("CYP", day("2008-01-10")) is not None
    assert loaded.rates.rate("CYP", day("2010-01-10")) is None
    assert "PYG" not in loaded.rates.currencies


def test_reference_rates_take_the_conversion() -> None:
    saturday = day("2020-01-04")
    assert snapshot().rates.rate("USD", saturday) is not None
    assert snapshot(Conversion(interpolation="")).rates.rate("USD", saturday) is None


def test_reference_rates_are_sent_to_other_processes_small() -> None:
    rates = snapshot().rates
    pickled = pickle.dumps(rates)
    assert len(pickled) < 6_000_000
    assert pickle.loads(pickled).rate("JPY", day("2015-05-05")) == rates.rate("JPY", day("2015-05-05"))  # noqa: S301


def test_loads_a_file(write: Write) -> None:
    loaded = load(
        write("valid_on,rates\n" + row("2020-01-03", {"EUR": 1, "USD": 1.2}) + row("2020-01-01", {"EUR": 1, "USD": 1}))
    )
    assert (loaded.first, loaded.last, loaded.source) == (date(2020, 1, 1), date(2020, 1, 3), "rates.csv")
    assert (loaded.refused, loaded.refused_first) == (0, "")
    assert loaded.rates.rate("USD", day("2020-01-02")) == 1.1


def test_finds_columns_by_their_header_and_takes_the_conversion(write: Write) -> None:
    text = '\ufeffid,rates,modified,valid_on\r\n1,"{""EUR"": 1}",x,2020-01-01\r\n\r\n2,"{""EUR"": 1}",,2020-01-03\r\n'
    loaded = load(write(text), Conversion(interpolation=""))
    assert loaded.rates.rate("EUR", day("2020-01-01")) == 1
    assert loaded.rates.rate("EUR", day("2020-01-02")) is None


def test_leaves_out_rates_that_no_currency_can_have(write: Write) -> None:
    rates = {"EUR": 1, "A": 0, "B": -1, "C": 1e16, "D": 1e-13, "E": "1.5", "F": None, "G": True, "H": [1], "I": {}}
    loaded = load(write("valid_on,rates\n" + row("2020-01-01", {"EUR": 1}) + row("2020-01-02", rates)))
    assert loaded.rates.currencies == {"EUR"}
    assert loaded.refused == 9
    assert loaded.refused_first == "line 3, A"


@pytest.mark.parametrize("number", ["1e999", "NaN", "Infinity", "-Infinity", "1" + "0" * 400])
def test_numbers_that_are_not_finite_are_refused(write: Write, number: str) -> None:
    path = write(f'valid_on,rates\n2020-01-01,"{{""EUR"": 1, ""USD"": {number}}}"\n')
    try:
        loaded = load(path)
    except UserError as error:
        assert "line 2, has rates that aren't JSON" in str(error)  # noqa: PT017 which of both depends on the parser
    else:
        assert loaded.refused == 1
        assert loaded.rates.currencies == {"EUR"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no column valid_on: the first line of a file of exchange rates names the columns valid_on and rates"),
        ("day,rates\n", "has no column valid_on"),
        ("valid_on,rate\n", "has no column rates"),
        ("valid_on,rates\n", "has no exchange rates"),
        ("valid_on,rates\n\n", "has no exchange rates"),
        ("valid_on,rates\n2020-01-01\n", "line 2, has fewer columns than the header"),
        ("valid_on,rates\n01/02/2020,{}\n", "line 2, has '01/02/2020' as valid_on instead of a day such as"),
        ("valid_on,rates\n,{}\n", "line 2, has '' as valid_on"),
        ("valid_on,rates\n2020-01-01,{}\n2020-13-01,{}\n", "line 3, has '2020-13-01' as valid_on"),
        ("valid_on,rates\n2020-01-01,x\n", "line 2, has rates that aren't JSON"),
        ("valid_on,rates\n2020-01-01,\n", "line 2, has rates that aren't JSON"),
        ("valid_on,rates\n2020-01-01,[]\n", "line 2, has rates that aren't a JSON object"),
        ("valid_on,rates\n2020-01-01,null\n", "line 2, has rates that aren't a JSON object"),
        ("valid_on,rates\n2020-01-01,{}\n2020-01-01,{}\n", "line 3, gives rates for 2020-01-01, as does line 2"),
        ("valid_on,rates\n2020-01-01," + "x" * 200_000, "line 2, isn't CSV"),
        ("valid_on,rates\n2020-01-01,\udcff\n", "isn't a text in UTF-8"),
    ],
)
def test_says_what_is_wrong_and_where(write: Write, text: str, message: str) -> None:
    path = write(text)
    with pytest.raises(UserError) as raised:
        load(path)
    assert str(path) in str(raised.value)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.csv can't be read: No such file"):
        load(tmp_path / "nowhere.csv")
    with pytest.raises(UserError, match="can't be read: Is a directory"):
        load(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text() | st.lists(st.text()).map(lambda texts: "valid_on,rates\n" + "\n".join(texts)))
def test_any_file_is_loaded_or_refused_with_one_line(write: Write, text: str) -> None:
    try:
        load(write(text.encode("utf-8", "replace").decode()))
    except UserError as error:
        assert "\n" not in str(error)  # noqa: PT017 both outcomes are right
