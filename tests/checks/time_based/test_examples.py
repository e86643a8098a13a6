"""The docstring of each check is its specification: its examples say what it does, its paragraphs are all there."""

import doctest
from functools import partial

import pytest

from checks import catalog
from checks.release import Release
from checks.time_based.comparing import TimeBasedResult, compare
from checks.time_based.snapshots import Snapshot
from tests.checks.building import release
from tests.checks.dataset.running import SAMPLING, KnownItems, numbered

CHECKS = catalog.find("time_based")


def snapshot(releases: list[Release]) -> Snapshot:
    taken = Snapshot()
    for one in numbered(releases):
        taken.add(one)
    return taken


def check(name: str, previous: list[Release], current: list[Release]) -> TimeBasedResult:
    old = snapshot(previous)
    items = KnownItems(previous)
    return compare(old, snapshot(current), SAMPLING, items)[name]


def test_all_are_found() -> None:
    assert list(CHECKS) == ["ocid", "phase_stable", "tender_title"]


@pytest.mark.parametrize("name", CHECKS)
def test_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = CHECKS[name].module
    names = {"check": partial(check, name), "release": release}
    examples = doctest.DocTestParser().get_doctest(catalog.docstring(module), names, name, module.__file__, 0)
    result = doctest.DocTestRunner(verbose=False).run(examples)
    assert not result.failed, capsys.readouterr().out
    assert any(example.want.startswith("passed: ") for example in examples.examples)


@pytest.mark.parametrize("name", CHECKS)
def test_paragraphs(name: str) -> None:
    described = CHECKS[name]
    assert described.title.endswith(".")
    assert len(described.title) <= 95
    assert described.description.startswith("Applies ")
    assert "Passes " in described.description
    assert described.mend.startswith("Mend it by ")
    assert described.version == 1.0
