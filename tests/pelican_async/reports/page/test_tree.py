from dataclasses import replace

from pelican_async.reports.page.tree import Branch, tree
from pelican_async.reports.report import FieldReport
from tests.pelican_async.reports.making import empty, typical


def fields_of(branches: list[Branch]) -> list[FieldReport]:
    return [field for branch in branches for field in (branch.field, *fields_of(list(branch.children)))]


def by_path(branches: list[Branch], path: str) -> Branch:
    keys = path.split(".")
    found = next(branch for branch in branches if branch.field.path.rpartition(".")[2] == keys[0])
    return by_path(list(found.children), ".".join(keys[1:])) if keys[1:] else found


def test_every_field_is_in_the_tree_once() -> None:
    found = fields_of(tree(typical().fields))
    assert sorted(field.path for field in found) == sorted(field.path for field in typical().fields)


def test_fields_come_in_the_order_of_reports_whatever_the_order_given() -> None:
    fields = typical().fields
    assert fields_of(tree(fields[::-1])) == fields_of(tree(fields))
    assert [branch.field.path for branch in tree(fields)][:4] == ["ocid", "id", "date", "tag"]


def test_what_is_in_a_field_is_counted() -> None:
    identifier = by_path(tree(typical().fields), "parties.identifier")
    assert identifier.below == 4
    assert identifier.used == sum(child.field.filled > 0 for child in identifier.children)
    assert identifier.reachable


def test_what_cannot_be_there_is_not_reachable() -> None:
    assert not any(branch.reachable for branch in tree(empty().fields) if branch.children)


def test_a_field_without_its_parent_stands_at_the_top() -> None:
    lost = replace(typical().fields[0], path="a.b")
    (branch,) = tree([lost])
    assert (branch.field, branch.below, branch.used) == (lost, 0, 0)
