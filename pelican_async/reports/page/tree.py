"""Arranges the fields as a tree, to show how far each is filled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pelican_async.reports.report import FieldReport


@dataclass(frozen=True, slots=True)
class Branch:
    """A field with the fields in it, in the order of reports.

    `below` counts all fields in it, at any depth, and `used` those of them that are filled at least once.
    `reachable` tells whether any of them could be filled: whether there was an object to hold it.
    """

    field: FieldReport
    children: Sequence["Branch"]
    below: int
    used: int
    reachable: bool

    @property
    def empty(self) -> int:
        """How often the field is there, but empty."""
        return sum(self.field.empty.values())

    @property
    def missing(self) -> int:
        """How often the field isn't there."""
        return self.field.missing + self.field.stray


def tree(fields: Sequence[FieldReport]) -> list[Branch]:
    """Arrange fields by their dotted paths; a field whose parent isn't among them stands at the top."""
    paths = {field.path for field in fields}
    children: dict[str, list[FieldReport]] = {"": []}
    for field in sorted(fields, key=lambda field: field.order):
        parent = field.path.rpartition(".")[0]
        children.setdefault(parent if parent in paths else "", []).append(field)
    return [_branch(field, children) for field in children[""]]


def _branch(field: FieldReport, children: Mapping[str, Sequence[FieldReport]]) -> Branch:
    branches = [_branch(child, children) for child in children.get(field.path, ())]
    return Branch(
        field=field,
        children=branches,
        below=sum(1 + branch.below for branch in branches),
        used=sum((branch.field.filled > 0) + branch.used for branch in branches),
        reachable=any(branch.field.total or branch.reachable for branch in branches),
    )
