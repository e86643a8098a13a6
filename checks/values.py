"""Reading values from a compiled release.

Publishers' data is often broken, so every read survives any JSON value in any place. There are two ways to read:

- `walk` follows a dotted path through objects and, where it meets a list, through each of its entries;
- `get` follows it through objects only: a list on the way means that nothing is there.

What is found is then read as a string or a number, or as a day or a moment (`checks.days`, `checks.moments`); what
can't be read so is `None`.
"""

from math import inf
from typing import Any

import orjson

Json = Any
"""Any JSON value, as `orjson.loads` gives it."""
Found = tuple[str, Json]
"""A concrete path, as in `awards[0].suppliers[1]`, and the value there."""


class Dated:
    """A date: its concrete path, the string there, and the day that it says (`date.toordinal`); then what it is in.

    `parent` is the concrete path of the object that has it, and `entry` the first segment of that:
    `contracts[1].documents[0]` and `contracts[1]`, both empty for the release itself.
    """

    # Compiled, what is in such an object is read at once, while a tuple is taken apart.
    __slots__ = ("day", "entry", "parent", "path", "value")

    def __init__(self, path: str, value: str, day: int, parent: str, entry: str) -> None:
        self.path = path
        self.value = value
        self.day = day
        self.parent = parent
        self.entry = entry


def own_key(key: str) -> str:
    """Give a key as the very object that `orjson` mostly makes of it, which is found faster than one like it."""
    [own] = orjson.loads(orjson.dumps({key: None}))
    return str(own)


def walk(value: Json, path: str) -> list[Found]:
    """Give the `(concrete path, value)` pairs at a dotted path, in document order.

    Before the last key, an object is entered, as is each entry of a list that is an object; anything else ends that
    branch. A list at the last key gives its entries; an entry that is itself a list is given as it is.

    >>> walk({"awards": [{"id": 1}, 5, {"id": ["a", ["b"]]}]}, "awards.id")
    [('awards[0].id', 1), ('awards[2].id[0]', 'a'), ('awards[2].id[1]', ['b'])]
    """
    found: list[Found] = [("", value)]
    for key in path.split("."):
        found = step_into(found, key)
    return found


def step_into(found: list[Found], key: str) -> list[Found]:
    """Walk one key further from values that were found: only objects are entered."""
    further: list[Found] = []
    for path, value in found:
        if type(value) is dict and key in value:
            spread(further, f"{path}.{key}" if path else key, value[key])
    return further


def entries(value: Json) -> list[Json]:
    """Give the entries of a list, or the value alone if it isn't one."""
    return value if type(value) is list else [value]


def texts(found: list[Found], key: str) -> set[str]:
    """Walk one key further from values that were found, and give what is there as strings."""
    written: set[str] = set()
    for _path, value in found:
        if type(value) is dict and key in value:
            here = value[key]
            if type(here) is str:
                written.add(here)
            else:
                written.update([text(entry) for entry in entries(here)])
    return written


def spread(found: list[Found], path: str, value: Json) -> None:
    """Add the value at a path, or each entry of it if it is a list."""
    if type(value) is list:
        for index, entry in enumerate(value):
            found.append((f"{path}[{index}]", entry))
    else:
        found.append((path, value))


def get(value: Json, path: str, default: Json = None) -> Json:
    """Give the value at a dotted path through objects only, or the default if it isn't there.

    >>> get({"tender": {"value": {"amount": 3}}}, "tender.value.amount")
    3
    >>> get({"awards": [{"id": 1}]}, "awards.id")
    """
    for key in path.split("."):
        if type(value) is not dict or key not in value:
            return default
        value = value[key]
    return value


def get_list(value: Json, path: str) -> list[Json]:
    """Give the list at a path (through objects only), or an empty one."""
    found = get(value, path)
    return found if type(found) is list else []


def text(value: Json) -> str:
    """Write a value as Python does: `None`, `True`, `1.0`; a string stays what it is."""
    return value if type(value) is str else str(value)


def number(value: Json) -> float | None:
    """Read a value as Python's `float` does, so `"12.5"` and `true` count; `None` if it can't, or isn't finite.

    >>> number("12.5"), number(True), number("nan"), number([1]), number(None)
    (12.5, 1.0, None, None, None)
    """
    kind = type(value)
    if kind is dict or kind is list or value is None or (kind is str and not value):
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if -inf < result < inf else None


def identity(value: Json) -> Json:
    """Give what is equal and hashes alike for values that are equal as JSON: 1 and 1.0 are, 1 and true aren't.

    >>> identity(1) == identity(1.0), identity(1) == identity(True), identity("1") == identity(1)
    (True, False, False)
    >>> identity({"a": [1], "b": None}) == identity({"b": None, "a": [1.0]})
    True
    """
    kind = type(value)
    if kind is str or kind is int or kind is float or value is None:
        return value
    if kind is bool:
        return (bool, value)
    if kind is list:
        return (list, tuple([identity(entry) for entry in value]))
    return (dict, frozenset([(key, identity(entry)) for key, entry in value.items()]))


def equal(one: Json, other: Json) -> bool:
    """Tell whether two values are equal as JSON."""
    if type(one) is str or type(other) is str:
        return bool(one == other)
    return bool(identity(one) == identity(other))
