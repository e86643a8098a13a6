"""Shows a place in a release: the object that holds it, with what stands beside it shortened, and the place marked."""

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Final, NamedTuple

from checks.values import Json
from pelican_async.reports.numbers import counted
from pelican_async.reports.visible import cut

LONGEST: Final = 64
"""So many characters of a line are shown."""
BESIDE: Final = 3
"""So many entries before the place are shown, and so many after it."""
INSIDE: Final = 6
"""So many entries of the place itself are shown."""
_KEYS: Final = re.compile(r"([^.\[\]]+)|\[(\d{1,9})\]")
Key = str | int


class Line(NamedTuple):
    """One line of an excerpt; `indent` counts levels."""

    indent: int
    text: str
    marked: bool


class Excerpt(NamedTuple):
    """The lines around a place, and the path of the object that holds it (empty: the release itself)."""

    holder: str
    lines: list[Line]


def excerpt(release: Mapping[str, Json], path: str) -> Excerpt | None:
    """Show the place at a concrete path (`awards[0].date`), which may be a key that isn't there.

    `None` if the path doesn't lead into the release.

    >>> for line in excerpt({"awards": [{"id": "1", "suppliers": [{"id": "2"}], "value": {"amount": 5}}]},
    ...     "awards[0].suppliers[0]").lines:
    ...     print("  " * line.indent + line.text + (" <" if line.marked else ""))
    "id": "1",
    "suppliers": [
      {"id": "2"} <
    ],
    "value": {"amount": 5}
    """
    keys = _parse(path)
    last = next((number for number in reversed(range(len(keys))) if isinstance(keys[number], str)), None)
    if last is None:
        return None
    holder: Json = dict(release)
    for key in keys[:last]:
        holder = _inner(holder, key)
    if type(holder) is not dict:
        return None
    return Excerpt(_join(keys[:last]), _object(holder, str(keys[last]), keys[last + 1 :]))


def _parse(path: str) -> list[Key]:
    return [int(match[2]) if match[2] else match[1] for match in _KEYS.finditer(path)]


def _join(keys: list[Key]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def _inner(value: Json, key: Key) -> Json:
    if type(value) is dict and isinstance(key, str):
        return value.get(key)
    if type(value) is list and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _object(holder: Mapping[str, Json], place: str, below: list[Key]) -> list[Line]:
    """Show an object around one of its keys, which is at its end if it isn't there."""
    keys = list(holder)
    if place not in holder:
        lines = _beside(holder, keys[:BESIDE], 0) + _left_out(len(keys) - BESIDE, 0)
        return [*lines, Line(0, f"{_write(place)}: is not there", marked=True)]
    at = keys.index(place)
    first, after = max(0, at - BESIDE), at + 1 + BESIDE
    return [
        *_left_out(first, 0),
        *_beside(holder, keys[first:at], 0),
        *_place(f"{_write(place)}: ", holder[place], below, 0, "," if at + 1 < len(keys) else ""),
        *_beside(holder, keys[at + 1 : after], 0),
        *_left_out(len(keys) - after, 0),
    ]


def _place(label: str, value: Json, below: list[Key], indent: int, end: str) -> list[Line]:
    """Show what is at the place, or the list that leads to it."""
    if below and type(value) is list and isinstance(below[0], int) and below[0] < len(value):
        at = below[0]
        more = "," if at + 1 < len(value) else ""
        return [
            Line(indent, f"{label}[", marked=False),
            *_left_out(at, indent + 1),
            *_place("", value[at], below[1:], indent + 1, more),
            *_left_out(len(value) - at - 1, indent + 1),
            Line(indent, f"]{end}", marked=False),
        ]
    short = _write(value)
    if type(value) is dict and len(short) > LONGEST:
        keys = list(value)
        return [
            Line(indent, f"{label}{{", marked=True),
            *(line._replace(marked=True) for line in _beside(value, keys[:INSIDE], indent + 1)),
            *_left_out(len(keys) - INSIDE, indent + 1),
            Line(indent, f"}}{end}", marked=True),
        ]
    return [Line(indent, f"{label}{cut(short, LONGEST)}{end}", marked=True)]


def _beside(holder: Mapping[str, Json], keys: list[str], indent: int) -> list[Line]:
    last = list(holder)[-1:]
    return [
        Line(indent, f"{_write(key)}: {_shorten(holder[key])}{'' if [key] == last else ','}", marked=False)
        for key in keys
    ]


def _left_out(count: int, indent: int) -> list[Line]:
    return [Line(indent, f"… {count:,} more", marked=False)] if count > 0 else []


def _shorten(value: Json) -> str:
    """Write a value in full if it is short; else the beginning of a string, or how much is in an object or list."""
    written = _write(value)
    long = len(written) > LONGEST
    if type(value) is dict and (long or len(value) > INSIDE):
        return f"{{ {counted(len(value), 'field')} }}"
    if type(value) is list and (long or len(value) > INSIDE):
        return f"[ {counted(len(value), 'entry', 'entries')} ]"
    return cut(written, LONGEST)


def _write(value: Json, depth: int = 2) -> str:
    """Write a value as JSON on one line, without what is deep, and without the end of what is long."""
    if type(value) is dict and value:
        if not depth:
            return "{…}"
        fields = [f"{_write(key)}: {_write(entry, depth - 1)}" for key, entry in islice(value.items(), INSIDE + 1)]
        return f"{{{', '.join(fields)}}}"
    if type(value) is list and value:
        return f"[{', '.join(_write(entry, depth - 1) for entry in value[: INSIDE + 1])}]" if depth else "[…]"
    return json.dumps(value[: LONGEST + 1] if type(value) is str else value, ensure_ascii=False)
