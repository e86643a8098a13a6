"""64-bit digests that stand for texts and JSON values, so that a million of them fit into memory.

Of a million different values, two have the same digest with a chance of one in forty million.
"""

from array import array
from collections.abc import Iterable
from typing import Final

from xxhash import xxh3_64_intdigest

from checks.values import Json

_NO_TEXT: Final = b"\xff"
"""No text begins with this byte in UTF-8: what isn't a string never has the digest of a string."""


def digest(text: str) -> int:
    """Give the digest of a text, lone surrogates included."""
    try:
        return xxh3_64_intdigest(text.encode())
    except UnicodeEncodeError:
        return xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))


def digests(texts: Iterable[str]) -> "array[int]":
    """Give the digests of texts, in their order."""
    return array("Q", map(digest, texts))


def digest_json(value: Json) -> int:
    """Give a digest that is the same for values that are equal as JSON: 1 and 1.0 are, 1, `"1"` and true aren't.

    >>> digest_json(1) == digest_json(1.0), digest_json(1) == digest_json("1"), digest_json("a") == digest("a")
    (True, False, True)
    """
    if type(value) is str:
        return digest(value)
    return xxh3_64_intdigest(_NO_TEXT + _canonical(value).encode("utf-8", "surrogatepass"))


def _canonical(value: Json) -> str:
    if type(value) is str:
        return f"{len(value)}:{value}"
    if type(value) is float and value.is_integer():
        return str(int(value))
    if type(value) is list:
        return f"[{','.join([_canonical(entry) for entry in value])}]"
    if type(value) is dict:
        return f"{{{','.join([_canonical(key) + _canonical(value[key]) for key in sorted(value)])}}}"
    return str(value)
