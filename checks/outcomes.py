"""A small number is the whole outcome of a field in one place, and a row all outcomes of one object.

The row of an object is text: a hexadecimal digit for the outcome of each of its node's fields, that of the last first.
"""

from collections.abc import Mapping
from typing import Final

from checks.values import Json

MISSING: Final = 0
"""The key isn't there."""
PASSED: Final = 1
"""The value is there, and passes the field's quality check, if it has one."""
NULL: Final = 2
EMPTY_OBJECT: Final = 3
EMPTY_LIST: Final = 4
EMPTY_STRING: Final = 5
STRAY: Final = 6
"""What should have the field isn't an object."""
ERROR: Final = 7
"""The quality check failed to run."""
FIRST_REASON: Final = 8
"""The quality check failed, for the first of its reasons; the others follow."""
EMPTY: Final = (NULL, EMPTY_OBJECT, EMPTY_LIST, EMPTY_STRING)

BITS: Final = 4
"""Those of a digit."""

EXISTS_REASONS: Final[Mapping[int, str]] = {MISSING: "is not there", STRAY: "what should have it is not an object"}
NON_EMPTY_REASONS: Final[Mapping[int, str]] = {
    NULL: "is null",
    EMPTY_OBJECT: "is an empty object",
    EMPTY_LIST: "is an empty list",
    EMPTY_STRING: "is an empty string",
}
FAILED_TO_RUN: Final = "the check failed to run"


Row = str
"""The digits of an object's outcomes."""
Case = int
"""One outcome in one slot of one node, as one number: what is counted and sampled."""
_CASE_BITS: Final = 8
_CASE_MASK: Final = (1 << _CASE_BITS) - 1


def case(node: int, slot: int, outcome: int) -> Case:
    """Give the case of an outcome in a slot of a node.

    >>> parts_of(case(39, 2, EMPTY_LIST))
    (39, 2, 4)
    """
    return (node << _CASE_BITS | slot) << _CASE_BITS | outcome


def parts_of(counted: Case) -> tuple[int, int, int]:
    """Give the node, the slot and the outcome of a case."""
    return counted >> 2 * _CASE_BITS, counted >> _CASE_BITS & _CASE_MASK, counted & _CASE_MASK


def of_value(value: Json) -> int:
    """Give the outcome of a value that is there, as far as it needs no quality check.

    >>> [of_value(value) for value in (None, {}, [], "", 0, False)]
    [2, 3, 4, 5, 1, 1]
    """
    if value is None:
        return NULL
    kind = type(value)
    if (kind is not str and kind is not dict and kind is not list) or value:
        return PASSED
    if kind is str:
        return EMPTY_STRING
    return EMPTY_OBJECT if kind is dict else EMPTY_LIST


def row_of(outcomes: list[int]) -> Row:
    """Give the row of an object.

    >>> row_of([PASSED, MISSING, EMPTY_STRING])
    '501'
    """
    return "".join([f"{outcome:x}" for outcome in reversed(outcomes)])


def outcomes_of(row: Row) -> list[int]:
    """Give the outcomes in a row, in the order of the fields."""
    return [int(digit, 16) for digit in reversed(row)]
