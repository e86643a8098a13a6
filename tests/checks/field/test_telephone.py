"""Telephone numbers: what is told by counting digits is what libphonenumber says."""

import random
from typing import Final

from hypothesis import given
from hypothesis import strategies as some
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, NumberParseException, is_possible_number, parse

from checks.field.telephone import NOT_POSSIBLE, check
from checks.telephone_lengths import LENGTHS
from tests.checks.building import reference_data

CODES: Final = sorted(COUNTRY_CODE_TO_REGION_CODE)
LONGEST: Final = 18


def by_library(number: str) -> bool:
    try:
        return bool(is_possible_number(parse(number)))
    except NumberParseException:
        return False


def by_check(number: str) -> bool:
    return check(number, reference_data(), "") != NOT_POSSIBLE


def test_numbers_of_all_lengths_in_all_countries() -> None:
    chance = random.Random(1)  # noqa: S311 the same on every run
    for code in CODES:
        for length in range(LONGEST):
            for first in "0123456789":
                number = f"+{code}{first}{chance.randrange(10**length):0{length}}" if length else f"+{code}"
                assert by_check(number) == by_library(number), number


def test_most_countries_are_told_by_counting() -> None:
    assert len(LENGTHS) > len(CODES) * 0.9


@given(some.sampled_from(CODES), some.text("0123456789", max_size=LONGEST), some.data())
def test_whatever_stands_between_the_digits(code: int, national: str, data: some.DataObject) -> None:
    between = some.text(" ().-", max_size=3)
    number = "+" + "".join(f"{digit}{data.draw(between)}" for digit in f"{code}{national}")
    assert by_check(number) == by_library(number)


@given(some.text("+0123456789 ().-/x#;,ext\uff0b\u0663", max_size=30).map("+".__add__))
def test_whatever_is_written(number: str) -> None:
    assert by_check(number) == by_library(number)
