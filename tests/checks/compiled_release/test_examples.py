"""The docstring of each check is its specification: its examples say what it does, its paragraphs are all there."""

import doctest

import pytest

from checks import catalog
from tests.checks.building import release

CHECKS = catalog.find("compiled_release")
OUTCOMES = ("passed", "failed: ", "not applicable: ")


def test_all_are_found() -> None:
    assert len(CHECKS) == 37
    assert "coherent.tender_status" in CHECKS


@pytest.mark.parametrize("name", CHECKS)
def test_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = CHECKS[name].module
    names = {"check": module.check, "release": release}
    examples = doctest.DocTestParser().get_doctest(catalog.docstring(module), names, name, module.__file__, 0)
    result = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert not result.failed, capsys.readouterr().out
    for outcome in OUTCOMES:
        assert any(example.want.startswith(outcome) for example in examples.examples), f"none that has {outcome}"


@pytest.mark.parametrize("name", CHECKS)
def test_paragraphs(name: str) -> None:
    check = CHECKS[name]
    assert check.title.endswith(".")
    assert len(check.title) <= 80
    assert "\n" not in check.title
    assert check.description.startswith("Applies ")
    assert "\n\nPasses " in check.description
    assert check.mend.startswith("Mend it by ")
    assert check.examples.startswith(">>> ")
    assert check.version == 1.0
