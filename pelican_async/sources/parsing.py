"""Parsing one text: strictly and fast first, leniently where that fails."""

import json
import math
import re
from collections.abc import Sequence
from typing import Final

import orjson

from checks.values import Json

MOST_VALUES: Final = 5_000_000
"""A text may have so many values: each can take a kilobyte, and 20 microseconds, while all checks look at it."""
HALF_PAIR: Final = "half of a surrogate pair, which stands for no character, is U+FFFD"
NO_NUMBER: Final = "what is no number, or too large for one (NaN, Infinity, 1e400), is a text, as written"


class NotJson(Exception):  # noqa: N818
    """A text is not JSON, or is nested too deep; the message says where and why."""


Parsed = tuple[Json, Sequence[str]]
"""A value, and what in it is otherwise than it was written (`HALF_PAIR`, `NO_NUMBER`)."""


_LONE = "\\ufffd"
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)")
_ESCAPE_LENGTH = len(_LONE)
_NEAR = 20
_STRING = re.compile(rb'"[^"]*+"')
_CONTAINERS = frozenset({dict, list})


def parse(text: bytes, depth: int) -> Json:
    """Parse a text as `parsed` does, where nobody has to know what is otherwise than it was written."""
    value, _ = parsed(text, depth)
    return value


def parsed(text: bytes, depth: int) -> Parsed:
    """Parse a text.

    Raises `NotJson` if that can't be done, or objects and lists are nested deeper than `depth`, or there are more than
    `MOST_VALUES`. What isn't JSON but often published is read as follows: NaN and Infinity, and numbers too large for a
    float (1e400), are strings, as written; half of a surrogate pair is U+FFFD. Integers beyond 64 bits are floats, as
    in `orjson`. Of duplicate keys the last counts. All that is given can be written by `orjson.dumps`, if `depth` is at
    most 254.

    >>> parse(b'{"amount": NaN, "days": 1e400}', depth=200)
    {'amount': 'NaN', 'days': '1e400'}
    """
    if len(text) > 2 * MOST_VALUES and _has_too_many_values(text):
        raise NotJson(f"has more than {MOST_VALUES:,} values")
    changes: Sequence[str] = ()
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value, changes = _leniently(text, depth)
    if type(value) in _CONTAINERS and not _is_shallow(text, depth) and _is_deeper(value, depth):
        raise NotJson(_too_deep(depth))
    return value, changes


def _has_too_many_values(text: bytes) -> bool:
    """Tell it by the commas, of which those in strings are only told apart where that matters."""
    if text.count(b",") <= MOST_VALUES:
        return False
    without_escapes = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    return _STRING.sub(b"", without_escapes).count(b",") > MOST_VALUES


def _is_shallow(text: bytes, depth: int) -> bool:
    """Tell quickly, by brackets in strings as well, that a text can't be nested too deep.

    Most texts don't have so many openings. At the deepest place of the others, the openings are before it and as many
    endings after it; wherever it is, either half of the text is on one side of it. False means that it isn't known.
    """
    if len(text) <= 2 * depth or len(text) - len(text.replace(b"[", b"").replace(b"{", b"")) <= depth:
        return True
    half = len(text) // 2
    before, after = text[:half], text[half:]
    # Removing bytes is faster than counting them.
    return (
        len(before) - len(before.replace(b"[", b"").replace(b"{", b"")) <= depth
        and len(after) - len(after.replace(b"]", b"").replace(b"}", b"")) <= depth
    )


def _is_deeper(value: Json, depth: int) -> bool:
    """Tell whether an object or a list has more levels than so many."""
    if not depth:
        return True
    for entry in value.values() if type(value) is dict else value:
        if (type(entry) is dict or type(entry) is list) and _is_deeper(entry, depth - 1):
            return True
    return False


def _too_deep(depth: int) -> str:
    return f"is nested deeper than {depth} levels"


def _leniently(text: bytes, depth: int) -> Parsed:
    try:
        string = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotJson(
            f"isn't UTF-8 (byte {error.start:,} of the text is {text[error.start]:#04x}, after "
            f"{_near(text[: error.start].decode())}): perhaps it is ISO-8859-1 or Windows-1252, and has to be converted"
        ) from None
    reading = _Reading()
    try:
        value = json.loads(
            _ESCAPE.sub(reading.whole, string),
            parse_constant=reading.as_written,
            parse_float=reading.as_float,
            parse_int=reading.as_integer,
        )
    except json.JSONDecodeError as error:
        raise NotJson(_explained(error)) from None
    except RecursionError:
        raise NotJson(_too_deep(depth)) from None
    return value, sorted(reading.changes)


class _Reading:
    """Reads what strict parsers refuse, and remembers what it changed."""

    def __init__(self) -> None:
        self.changes: set[str] = set()

    def as_written(self, written: str) -> str:
        self.changes.add(NO_NUMBER)
        return written

    def whole(self, escape: re.Match[str]) -> str:
        written = escape[0]
        if written[1] == "u" and len(written) == _ESCAPE_LENGTH:
            self.changes.add(HALF_PAIR)
            return _LONE
        return written

    def as_float(self, written: str) -> float | str:
        number = float(written)
        return number if math.isfinite(number) else self.as_written(written)

    def as_integer(self, written: str) -> int | float | str:
        if len(written) < len(str(2**63)):
            return int(written)
        # Python refuses integers of thousands of digits; the largest and smallest that orjson writes have 64 bits.
        number = float(written)
        if not math.isfinite(number):
            return self.as_written(written)
        exact = int(written)
        return exact if -(2**63) <= exact < 2**64 else number


_SAID = {
    "Expecting value": "a value was expected",
    "Expecting ',' delimiter": "a comma or the end was expected",
    "Expecting ':' delimiter": "a colon was expected",
    "Expecting property name enclosed in double quotes": "a key in quotes was expected",
    "Extra data": "the end was expected",
    "Invalid control character at": "a line break, tab or other control character stands in a string",
    "Invalid \\escape": "a backslash stands before what it can't escape",
    "Invalid \\uXXXX escape": "four hexadecimal digits were expected",
}


def _explained(error: json.JSONDecodeError) -> str:
    document = error.doc.rstrip()
    if not document:
        return "is empty"
    if error.msg.startswith("Unterminated string"):
        return f"ends in the middle of a string, that begins with {document[error.pos : error.pos + _NEAR]!r}"
    if error.pos >= len(document):
        return f"ends in the middle, after {_near(document)}"
    # Python's messages differ by version in their endings.
    said = next((ours for theirs, ours in _SAID.items() if error.msg.startswith(theirs)), error.msg)
    return f"isn't JSON: {said} at character {error.pos:,} of the text, after {_near(document[: error.pos])}"


def _near(before: str) -> str:
    return repr(before[-_NEAR:])
