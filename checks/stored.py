"""What a database keeps of the results of one item: a few hundred bytes of JSON, from which all of them can be read."""

import json
from typing import Any, Final, NamedTuple

import orjson

from checks.fields import TREE
from checks.outcomes import NODE_BITS, node_of
from checks.results import Result

REMEMBERED: Final = 10_000
"""How many signatures' digits are remembered, at most."""


class Stored(NamedTuple):
    """The results of one item; both texts are JSON.

    `fields` has, by the number of a node as a string, a string of hexadecimal digits: for each occurrence of the node,
    in document order, one digit (`checks.outcomes`) for each of its fields, the last one first. `checks` has, by the
    name of each compiled release-level check that applies, a list: how often it applies, how often it passes, and, only
    if it fails, its `meta`; or a string: the error, if it failed to run.
    """

    ocid: str | None
    fields: str
    checks: str


def stored(ocid: str | None, signatures: list[Any], results: dict[str, Result], failed: dict[str, str]) -> Stored:
    """Give what to keep.

    `signatures` are those of the walk (that of the compiled release-level checks may follow); `results` are those of
    the checks that apply, `failed` the errors of those that failed to run.
    """
    return Stored(ocid, _fields(signatures), _checks(results, failed))


_FORMS: Final = [f"%0{len(node.fields)}x" for node in TREE]
"""How the outcomes of each node are written; compiled, this takes half the time of an f-string."""
_OPENINGS: Final = [f'"{number}":"' for number in range(len(TREE))]
_known: Final[dict[int, tuple[int, str]]] = {}
"""The nodes and the digits of signatures."""


def _fields(signatures: list[Any]) -> str:
    digits: dict[int, list[str]] = {}
    for signature in signatures:  # integers that stay the same objects
        known = _known.get(signature)
        if known is None:
            if len(_known) >= REMEMBERED:
                _known.clear()
            known = _known[signature] = _written(signature)
        node, own = known
        so_far = digits.get(node)
        if so_far is not None:
            so_far.append(own)
        elif node < len(TREE):  # the last one is the compiled release-level checks' own
            digits[node] = [_OPENINGS[node], own]
    written = '",'.join(["".join(parts) for parts in digits.values()])
    return f'{{{written}"}}' if written else "{}"


def _written(signature: int) -> tuple[int, str]:
    node = node_of(signature)
    if node == len(TREE):
        return node, ""
    return node, _FORMS[node] % (signature >> NODE_BITS)


def _checks(results: dict[str, Result], failed: dict[str, str]) -> str:
    kept: dict[str, object] = {
        name: (one.application_count, one.pass_count)
        if one.result
        else (one.application_count, one.pass_count, one.meta)
        for name, one in results.items()
    }
    kept.update(failed)
    try:
        return orjson.dumps(kept).decode()
    except orjson.JSONEncodeError:  # integers beyond 64 bits
        return json.dumps(kept)
