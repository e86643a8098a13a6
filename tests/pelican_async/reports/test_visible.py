import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican_async.reports import visible as module
from pelican_async.reports.visible import cut, value, visible
from tests.pelican_async.reports.making import HOSTILE

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
STEERING_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_examples() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_steer_nothing(text: str) -> None:
    assert steering(visible(text)) == []


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_steers_anything_and_all_can_be_encoded(text: str) -> None:
    shown = visible(text)

    assert steering(shown) == []
    assert shown.encode().decode() == shown
    assert visible(shown) == shown


def test_letters_of_all_scripts_stay_as_they_are() -> None:
    text = "Աջակցություն — Поставка 文書 कार्यालय دفتر‌کار 🏛"

    assert visible(text) == text


def test_a_text_is_cut_to_its_length() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"


@given(JSON, st.integers(min_value=1, max_value=50))
def test_any_value_is_written_on_one_short_line(found: object, length: int) -> None:
    written = value(found, length)

    assert len(written) <= length
    assert steering(written) == []


def test_strings_and_numbers_can_be_told_apart() -> None:
    assert value("1", 10) == '"1"'
    assert value(1, 10) == "1"


def steering(text: str) -> list[str]:
    return [
        character
        for character in text
        if unicodedata.category(character) in STEERING_CATEGORIES or unicodedata.bidirectional(character) in BIDI
    ]
