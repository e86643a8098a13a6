"""One letter is the whole outcome of a field in one place.

Lower case: the value is there. Upper case: it is there but fails, and the letter says why. A quality check has letters
of its own for its reasons (A, B, C, D, F and so on).
"""

from collections.abc import Mapping
from typing import Final

from checks.field import PASSED
from checks.values import Json

MISSING: Final = "0"
"""The key isn't there."""
THERE: Final = "s"
"""The value is there, and has no quality check."""
NULL: Final = "N"
EMPTY_OBJECT: Final = "O"
EMPTY_LIST: Final = "L"
EMPTY_STRING: Final = "E"
STRAY: Final = "X"
"""What should have the field isn't an object."""
ERROR: Final = "Z"
"""The quality check failed to run."""
EMPTY: Final = frozenset({NULL, EMPTY_OBJECT, EMPTY_LIST, EMPTY_STRING})
NOT_QUALITY: Final = frozenset({MISSING, THERE, STRAY}) | EMPTY
"""The outcomes without a quality result."""

EXISTS_REASONS: Final[Mapping[str, str]] = {MISSING: "is not there", STRAY: "what should have it is not an object"}
NON_EMPTY_REASONS: Final[Mapping[str, str]] = {
    NULL: "is null",
    EMPTY_OBJECT: "is an empty object",
    EMPTY_LIST: "is an empty list",
    EMPTY_STRING: "is an empty string",
}
FAILED_TO_RUN: Final = "the check failed to run"


def of_value(value: Json) -> str:
    """Give the outcome of a value that is there, as far as it needs no quality check.

    >>> of_value(None), of_value({}), of_value([]), of_value(""), of_value(0), of_value(False)
    ('N', 'O', 'L', 'E', 's', 's')
    """
    if value:
        return THERE
    if value is None:
        return NULL
    kind = type(value)
    if kind is str:
        return EMPTY_STRING
    if kind is dict:
        return EMPTY_OBJECT
    return EMPTY_LIST if kind is list else THERE


def failed(letter: str) -> bool:
    """Tell whether an outcome is a failure other than a missing key."""
    return letter.isupper()


__all__ = [
    "EMPTY",
    "EMPTY_LIST",
    "EMPTY_OBJECT",
    "EMPTY_STRING",
    "ERROR",
    "EXISTS_REASONS",
    "FAILED_TO_RUN",
    "MISSING",
    "NON_EMPTY_REASONS",
    "NOT_QUALITY",
    "NULL",
    "PASSED",
    "STRAY",
    "THERE",
    "failed",
    "of_value",
]
