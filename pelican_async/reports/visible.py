"""Makes hostile text safe to show: what would steer a terminal, reorder a line or break it is shown as an escape."""

import json
import re
from typing import Final

from checks.values import Json

STEERING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control codes, line breaks, and what begins an escape sequence
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what sets the direction of text, and what has no width
    "\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of surrogate pairs, and invisible tags
)
_SHORT: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
ELLIPSIS: Final = "…"


def visible(text: str) -> str:
    r"""Give the text on one line, with each steering character as an escape.

    >>> print(visible("a\nb\x1b[31m\u202e"))
    a\nb\u001b[31m\u202e
    """
    if text.isascii() and text.isprintable():
        return text
    return STEERING.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def cut(text: str, length: int) -> str:
    """Shorten a text to so many characters, the last of which then is an ellipsis.

    >>> cut("abcdef", 4)
    'abc…'
    """
    return text if len(text) <= length else text[: length - 1] + ELLIPSIS


def value(found: Json, length: int) -> str:
    """Write a JSON value on one line, of at most so many characters: strings in quotes, so that `"1"` is not 1.

    >>> value({"amount": None, "id": "x"}, 40), value("a" * 9, 6)
    ('{"amount":null,"id":"x"}', '"aaaa…')
    """
    if type(found) is str:
        found = found[:length]  # no need to write what is cut off anyway
    return cut(visible(json.dumps(found, ensure_ascii=False, separators=(",", ":"), default=str)), length)
