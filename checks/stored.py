"""What a database keeps of the results of one item: a few hundred bytes of JSON, from which all of them can be read."""

import json
from typing import Final, NamedTuple

import orjson

from checks.fields import TREE
from checks.results import Result
from checks.rows import NodeRows


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


def stored(ocid: str | None, nodes: list[NodeRows], results: dict[str, Result], failed: dict[str, str]) -> Stored:
    """Give what to keep.

    `nodes` have the rows of the walk (that of the compiled release-level checks may follow); `results` are those of the
    checks that apply, `failed` the errors of those that failed to run.
    """
    return Stored(ocid, _fields(nodes), _checks(results, failed))


_OPENINGS: Final = [f'","{number}":"' for number in range(len(TREE))]


def _fields(nodes: list[NodeRows]) -> str:
    parts: list[str] = []
    for node in nodes:
        rows = node.of_item() if node.node < len(TREE) else []  # the last one is the compiled release-level checks' own
        if rows:
            parts.append(_OPENINGS[node.node])
            parts.extend(rows)
    return f'{{{"".join(parts)[2:]}"}}' if parts else "{}"


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
