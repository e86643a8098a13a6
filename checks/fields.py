"""The fields of a release, and the results of all of them in one release, in full.

`checks/field_walk.py` gives the same results as rows, fast; this module says what they mean. Every field is
checked in every place where it could be: for a field `parent.leaf`, at every occurrence of `parent`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from checks import catalog
from checks.field_table import FIELDS, NODES, VARIANTS
from checks.outcomes import (
    ERROR,
    EXISTS_REASONS,
    MISSING,
    NON_EMPTY_REASONS,
    PASSED,
    STRAY,
    Row,
    of_value,
    row_of,
)
from checks.quality import Quality, reason
from checks.values import Json

COVERAGE_VERSION: Final = 1.0


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its dotted path, its place in the order of reports, and its quality check (a name, or empty).

    `node` numbers its parent among `TREE`, `slot` its place among the parent's fields.
    """

    path: str
    order: int
    leaf: str
    quality: str
    variant: int
    node: int
    slot: int


@dataclass(frozen=True, slots=True)
class Node:
    """A parent of fields: its dotted path (empty for the release itself), its fields, and its nodes by their key."""

    path: str
    number: int
    fields: tuple[Field, ...]
    children: Mapping[str, int]


def _fields() -> Iterator[Field]:
    slots: Counter[str] = Counter()
    for order, (path, variant) in enumerate(FIELDS):
        parent, _, leaf = path.rpartition(".")
        quality = VARIANTS[variant][0] if variant >= 0 else ""
        yield Field(path, order, leaf, quality, variant, NODES.index(parent), slots[parent])
        slots[parent] += 1


ALL: Final = tuple(_fields())
"""All fields, in the order of reports."""
BY_PATH: Final[Mapping[str, Field]] = {field.path: field for field in ALL}
TREE: Final = tuple(
    Node(
        path,
        number,
        tuple(field for field in ALL if field.node == number),
        {
            child.rpartition(".")[2]: index
            for index, child in enumerate(NODES)
            if child and child.rpartition(".")[0] == path
        },
    )
    for number, path in enumerate(NODES)
)


class Occurrence(NamedTuple):
    """One occurrence of a node: its concrete path and value."""

    node: Node
    path: str
    value: Json

    def path_of(self, field: Field) -> str:
        """Give the concrete path of one of the node's fields here."""
        return f"{self.path}.{field.leaf}" if self.path else field.leaf


def occurrences(release: dict[str, Json]) -> Iterator[Occurrence]:
    """Give all occurrences of all nodes, in the order of the rows of `FieldWalk`.

    What a node contains comes before it, in document order.
    """
    yield from _enter(TREE[0], "", release)


def occurrences_of(release: dict[str, Json], number: int) -> list[Occurrence]:
    """Give all occurrences of the node of that number, in document order. Only what leads there is looked at."""
    node = TREE[number]
    found: list[tuple[str, Json]] = [("", release)]
    keys = node.path.split(".") if node.path else []
    for key in keys[:-1]:
        found = [(path, value) for path, value, entered in _children(found, key) if entered]
    for key in keys[-1:]:
        found = [(path, value) for path, value, _ in _children(found, key)]
    return [Occurrence(node, path, value) for path, value in found]


def _children(parents: Iterable[tuple[str, Json]], key: str) -> Iterator[tuple[str, Json, bool]]:
    """Give what objects contain under a key: its path, value, and whether it is an object that is entered."""
    for path, parent in parents:
        if type(parent) is not dict or key not in parent:
            continue
        below = f"{path}.{key}" if path else key
        value = parent[key]
        if type(value) is not list:
            yield below, value, type(value) is dict
            continue
        for index, entry in enumerate(value):
            if type(entry) is list:  # a list in a list is opened once, and what it contains is not entered
                yield from ((f"{below}[{index}][{inner}]", one, False) for inner, one in enumerate(entry))
            else:
                yield f"{below}[{index}]", entry, type(entry) is dict


def _enter(node: Node, path: str, entered: dict[str, Json]) -> Iterator[Occurrence]:
    for key, value in entered.items():
        if key in node.children:
            child = TREE[node.children[key]]
            below = f"{path}.{key}" if path else key
            if type(value) is list:
                for index, entry in enumerate(value):
                    yield from _entry(child, f"{below}[{index}]", entry)
            elif type(value) is dict:
                yield from _enter(child, below, value)
            else:
                yield Occurrence(child, below, value)
    yield Occurrence(node, path, entered)


def _entry(node: Node, path: str, entry: Json) -> Iterator[Occurrence]:
    if type(entry) is dict:
        yield from _enter(node, path, entry)
    elif type(entry) is list:  # a list in a list is opened once, and what it contains is not entered
        for index, inner in enumerate(entry):
            yield Occurrence(node, f"{path}[{index}]", inner)
    else:
        yield Occurrence(node, path, entry)


def outcome(field: Field, parent: Json, quality: Quality) -> int:
    """Give the outcome of a field at one occurrence of its parent."""
    if type(parent) is not dict:
        return STRAY
    if field.leaf not in parent:
        return MISSING
    value = parent[field.leaf]
    return quality.judge(field.variant, value) if field.variant >= 0 else of_value(value)


def rows(release: dict[str, Json], quality: Quality) -> dict[int, list[Row]]:
    """Give the rows of a release by node, as `checks.field_walk` does, which is faster."""
    found: dict[int, list[Row]] = {}
    for node, _, value in occurrences(release):
        found.setdefault(node.number, []).append(row_of([outcome(field, value, quality) for field in node.fields]))
    return found


def results(release: dict[str, Json], quality: Quality) -> dict[str, list[dict[str, Any]]]:
    """Give the field-level results of a release in full: by field path, one entry for each occurrence."""
    found: dict[str, list[dict[str, Any]]] = {
        field.path: [] for node in _nodes_with_empty_lists(release) for field in node.fields
    }
    for occurrence in occurrences(release):
        for field in occurrence.node.fields:
            found.setdefault(field.path, []).append(
                result(field, occurrence, outcome(field, occurrence.value, quality))
            )
    return found


def _nodes_with_empty_lists(release: dict[str, Json]) -> Iterator[Node]:
    """Give the nodes with empty inner lists, as in `tender: [[]]`: without anything else, their results are empty."""
    entered = [(occurrence.node, occurrence.value) for occurrence in occurrences(release)]
    for node, value in entered:
        if type(value) is dict:
            for key, child in node.children.items():
                inner = value.get(key)
                if type(inner) is list and any(entry == [] for entry in inner if type(entry) is list):
                    yield TREE[child]


def result(field: Field, occurrence: Occurrence, code: int) -> dict[str, Any]:
    """Give the result of a field at an occurrence in full, from its outcome."""
    value = occurrence.value.get(field.leaf) if type(occurrence.value) is dict else occurrence.value
    return {
        "path": occurrence.path_of(field),
        "coverage": _group(coverage_results(code, value)),
        "quality": _group(quality_results(field, code, value)),
    }


def _group(checks: list[dict[str, Any]]) -> dict[str, Any]:
    return {"overall_result": checks[-1]["result"] if checks else None, "check_results": checks}


def coverage_results(code: int, value: Json) -> list[dict[str, Any]]:
    """Give the results of `exists` and `non_empty`; `value` is the field's, or the stray value of its parent."""
    if code in EXISTS_REASONS:
        return [_check_result("exists", COVERAGE_VERSION, value, EXISTS_REASONS[code])]
    exists = _check_result("exists", COVERAGE_VERSION, None, None)
    if code in NON_EMPTY_REASONS:
        return [exists, _check_result("non_empty", COVERAGE_VERSION, value, NON_EMPTY_REASONS[code])]
    return [exists, _check_result("non_empty", COVERAGE_VERSION, None, None)]


def quality_results(field: Field, code: int, value: Json) -> list[dict[str, Any]]:
    """Give the result of the field's quality check, if it was run."""
    if not field.quality or (code != PASSED and code < ERROR):
        return []
    version = catalog.find("field")[field.quality].version
    if code == PASSED:
        return [_check_result(field.quality, version, None, None)]
    return [_check_result(field.quality, version, reported(field, value), reason(field.quality, code))]


def reported(field: Field, value: Json) -> Json:
    """Give what a failing quality result reports as its value."""
    report = getattr(catalog.find("field")[field.quality].module, "reported", None)
    return report(value) if report else value


def _check_result(name: str, version: float, value: Json, reason: str | None) -> dict[str, Any]:
    return {"name": name, "result": reason is None, "value": value, "reason": reason, "version": version}
