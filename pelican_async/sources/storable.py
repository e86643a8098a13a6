"""Writes releases as JSON that PostgreSQL takes as `jsonb`, changing no more than it must."""

import json
from typing import Final

import orjson

from checks.values import Json

NO_NUL: Final = "a NUL character, which no database stores in a text, is U+FFFD"
NUL: Final = "\0"
INSTEAD: Final = "\N{REPLACEMENT CHARACTER}"


def storable(value: Json) -> bytes:
    r"""Write a value; NUL characters, which no database stores in a text, become U+FFFD.

    >>> storable({"a": "b"}), storable({"a\0": ["\0"]}) == storable({"a\ufffd": ["\ufffd"]})
    (b'{"a":"b"}', True)
    """
    try:
        text = orjson.dumps(value)
    except orjson.JSONEncodeError:  # integers beyond 64 bits, lone surrogates
        text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return storable(_without_nul(value)) if b"\\u0000" in text and has_nul(value) else text


def has_nul(value: Json) -> bool:
    """Tell whether a NUL character is in any text or key."""
    if type(value) is str:
        return NUL in value
    if type(value) is dict:
        return any(NUL in key or has_nul(inner) for key, inner in value.items())
    return type(value) is list and any(map(has_nul, value))


def _without_nul(value: Json) -> Json:
    if type(value) is str:
        return value.replace(NUL, INSTEAD)
    if type(value) is dict:
        return {key.replace(NUL, INSTEAD): _without_nul(inner) for key, inner in value.items()}
    return [_without_nul(inner) for inner in value] if type(value) is list else value
