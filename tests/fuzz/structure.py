"""Changes JSON by its structure: values, keys, entries and objects, and not only bytes."""

import copy
import json
import random
from collections.abc import Callable, Sequence
from typing import Final

from checks.fields import ALL
from checks.values import Json
from tests.checks.building import TELLING

KEYS: Final = [
    *sorted({part for field in ALL for part in field.path.split(".")}),
    *("", "a.b", "a[0]", "\0", "\ud800", "é"),
]
STRINGS: Final = (
    "\0", "\ud800", "\udc00\ud800", "\x1b[2J", "\u202e", "=1+1", "<script>", "{{7*7}}", "a\nb", "\ufeff", "🏛",
    "\uff11\uff12",
    "2019-W01-1", "2019-034", "2020-02-30T25:61:61Z", "0000-00-00", "-1", "1_000", "٣", "1e400", "Infinity", "  5 ",
    "+44 20 7946 0958", "tel:+1;phone-context=+44", "+" * 300, "a@b", '"a"@[b]', "(" * 50 + "@", "ocds-213czf-1",
    "http://a/", "https://[::1", "file:///", "compiled", "planned", "EUR", "USD", "XXX", "en", "application/pdf",
    "GB-COH", "buyer", "supplier", "tenderer", "payee", "payer", "procuringEntity", "parent", "prior", "ocid",
    "tenderNotice", "cancelled", "complete", "terminated", "met", "scheduled", "goods", "open", "limited", "x" * 5_000,
)  # fmt: skip
NUMBERS: Final = (
    0, -1, 1, 2**31, 2**63, -(2**63), 2**64 - 1, 2**64, 10**30, 1e308, -1e308, 5e-324, 0.1, -0.0, 1e22, 253402300800,
)  # fmt: skip
LONGEST: Final = 300_000
Place = tuple[Json, Json]


def mutated(data: bytes, chance: random.Random) -> bytes | None:
    """Give changed JSON, or `None` if it isn't JSON."""
    try:
        value = [json.loads(data)]
    except (ValueError, RecursionError):
        return None
    try:
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            _change(value, chance)
        written = json.dumps(value[0], ensure_ascii=True).encode()
    except (ValueError, RecursionError):
        return None
    return written if len(written) <= LONGEST else None


def places(value: Json) -> list[Place]:
    """List where something stands: each container, with each of its keys or positions."""
    found: list[Place] = []
    left = [value]
    while left:
        container = left.pop()
        keys: Sequence[Json] = list(container) if type(container) is dict else range(len(container))
        for key in keys:
            found.append((container, key))
            if type(container[key]) in {dict, list}:
                left.append(container[key])
    return found


def _change(root: list[Json], chance: random.Random) -> None:
    found = places(root)
    container, key = chance.choice(found)
    chance.choice(CHANGES)(root, container, key, found, chance)


def _put(_: Json, container: Json, key: Json, __: list[Place], chance: random.Random) -> None:
    container[key] = chance.choice((*TELLING, *STRINGS, *NUMBERS, None, True, False, [], {}))


def _string(_: Json, container: Json, key: Json, __: list[Place], chance: random.Random) -> None:
    old = container[key]
    if type(old) is str:
        at = chance.randint(0, len(old))
        end = min(len(old), at + chance.choice((0, 0, 1, 4)))
        container[key] = old[:at] + chance.choice(STRINGS) + old[end:]


def _move(_: Json, container: Json, key: Json, found: list[Place], chance: random.Random) -> None:
    other, there = chance.choice(found)
    container[key] = copy.deepcopy(other[there])


def _wrap(_: Json, container: Json, key: Json, __: list[Place], chance: random.Random) -> None:
    old = container[key]
    container[key] = chance.choice(([old], [[old]], [old, copy.deepcopy(old)], {chance.choice(KEYS): old}))


def _remove(_: Json, container: Json, key: Json, found: list[Place], __: random.Random) -> None:
    if container is not found[0][0]:
        del container[key]


def _rename(_: Json, container: Json, key: Json, __: list[Place], chance: random.Random) -> None:
    if type(container) is dict:
        container[chance.choice(KEYS)] = container.pop(key)


def _add(_: Json, container: Json, key: Json, found: list[Place], chance: random.Random) -> None:
    old = container[key]
    other, there = chance.choice(found)
    value = chance.choice((copy.deepcopy(other[there]), chance.choice(STRINGS), chance.choice(NUMBERS)))
    if type(old) is dict:
        old[chance.choice(KEYS)] = value
    elif type(old) is list:
        old.insert(chance.randint(0, len(old)), value)


def _field(root: Json, container: Json, __: Json, ___: list[Place], chance: random.Random) -> None:
    """Set a field of OCDS, somewhere or where it belongs."""
    path = chance.choice(ALL).path.split(".")
    here = chance.choice((container, root[0], chance.choice(root[0]) if type(root[0]) is list and root[0] else root[0]))
    for part in path[:-1]:
        if type(here) is list:
            here = here[0] if here else None
        if type(here) is not dict:
            return
        here = here.setdefault(part, chance.choice(({}, [{}], [{}, {}])))
    if type(here) is dict:
        _put(None, here, path[-1], [], chance)


def _repeat(_: Json, container: Json, key: Json, __: list[Place], chance: random.Random) -> None:
    old = container[key]
    if type(old) is list and len(old) < 200:
        container[key] = [copy.deepcopy(entry) for entry in old * chance.choice((2, 3, 20))]
    elif type(old) is str and len(old) < 2_000:
        container[key] = old * chance.choice((2, 20))


def _deepen(_: Json, container: Json, key: Json, __: list[Place], chance: random.Random) -> None:
    for _level in range(chance.choice((3, 60, 250))):
        container[key] = [container[key]] if chance.random() < 0.5 else {"id": container[key]}


CHANGES: Final[Sequence[Callable[[Json, Json, Json, list[Place], random.Random], None]]] = (
    _put, _put, _put, _string, _move, _move, _wrap, _remove, _rename, _add, _add, _field, _field, _repeat, _deepen,
)  # fmt: skip
