"""A telephone number is complete, with its country code.

Passes if the value is a string that libphonenumber parses without knowing the country, and calls possible.

Mend it by writing numbers internationally, with a plus sign and the country code: +44 20 7946 0958.

>>> check("+44 20 7946 0958")
passed
>>> check("020 7946 0958")
failed: has no country code
>>> check("+44 12")
failed: is not a possible telephone number
"""

import re
from typing import Final

from phonenumbers import NumberParseException, is_possible_number, parse

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.telephone_lengths import LENGTHS
from checks.values import Json

VERSION: Final = 1.0
NO_COUNTRY_CODE: Final = "has no country code"
NOT_POSSIBLE: Final = "is not a possible telephone number"
REASONS: Final = (NOT_TEXT, NO_COUNTRY_CODE, NOT_POSSIBLE)
_PLAIN: Final = re.compile(r"\+[1-9][0-9 ().-]{,40}")
_BETWEEN: Final = str.maketrans("", "", "+ ().-")
_CODE_LENGTHS: Final = (2, 3, 1)
"""Those of country codes, none of which is the beginning of another."""


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    if "+" not in value and "\uff0b" not in value and "phone-context" not in value:
        return NO_COUNTRY_CODE  # libphonenumber refuses these without a country, after a longer look
    possible = _plainly_possible(value)
    if possible is None:
        possible = _possible(value)
    return "" if possible else NOT_POSSIBLE


def _possible(number: str) -> bool:
    try:
        return is_possible_number(parse(number))
    except NumberParseException:
        return False


def _plainly_possible(number: str) -> bool | None:
    """Tell what libphonenumber says, in a tenth of the time; `None` if it takes more than counting digits."""
    if not _PLAIN.fullmatch(number):
        return None
    digits = number.translate(_BETWEEN)
    for length in _CODE_LENGTHS:
        known = LENGTHS.get(digits[:length])
        if known is not None:
            prefixes, lengths = known
            return None if digits.startswith(prefixes, length) else len(digits) - length in lengths
    return None
