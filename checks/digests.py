"""64-bit digests that stand for texts and JSON values, so that a million of them fit into memory.

Of a million different values, two have the same digest with a chance of one in forty million.
"""

from array import array
from collections.abc import Sequence
from typing import Final

from xxhash import xxh3_64_intdigest

from checks.values import Json

UINT64: Final = "L" if array("L").itemsize == 8 else "Q"  # noqa: PLR2004
"""The type of an array of 64-bit numbers; where there is a choice, that which takes a fifth of the time to fill."""
_NO_TEXT: Final = b"\xff"
"""No text begins with this byte in UTF-8: what isn't a string never has the digest of a string."""


def digest(text: str) -> int:
    """Give the digest of a text, lone surrogates included."""
    try:
        return xxh3_64_intdigest(text.encode())
    except UnicodeEncodeError:
        return xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"))


def digests(texts: Sequence[str]) -> "array[int]":
    """Give the digests of texts, in their order."""
    try:
        return array(UINT64, map(xxh3_64_intdigest, map(str.encode, texts)))
    except UnicodeEncodeError:
        return array(UINT64, map(digest, texts))


def digest_json(value: Json) -> int:
    """Give a digest that is the same for values that are equal as JSON: 1 and 1.0 are, 1, `"1"` and true aren't.

    >>> digest_json(1) == digest_json(1.0), digest_json(1) == digest_json("1"), digest_json("a") == digest("a")
    (True, False, True)
    """
    if type(value) is str:
        try:
            return xxh3_64_intdigest(value.encode())
        except UnicodeEncodeError:
            return digest(value)
    return xxh3_64_intdigest(_NO_TEXT + _canonical(value).encode("utf-8", "surrogatepass"))


def _canonical(value: Json) -> str:
    """Write a value so that equal ones are written alike, however deeply it is nested.

    (Tuples, which no JSON value is, stand for what is written as it is.)
    """
    written: list[str] = []
    rest: list[Json] = [value]
    while rest:
        one = rest.pop()
        if type(one) is tuple:
            written.append(one[0])
        elif type(one) is str:
            written.append(f"{len(one)}:{one},")
        elif type(one) is list:
            written.append("[")
            rest += [("]",), *reversed(one)]
        elif type(one) is dict:
            written.append("{")
            rest.append(("}",))
            for key in sorted(one, reverse=True):
                rest += [one[key], key]
        elif type(one) is float and one.is_integer():
            written.append(f"{int(one)},")
        else:
            written.append(f"{one},")
    return "".join(written)
