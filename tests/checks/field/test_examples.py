"""The examples in the docstrings of the quality checks say what the checks do."""

import doctest
import re
from datetime import date

import pytest

from checks import catalog
from checks.reference_data import ReferenceData
from checks.values import Json
from tests.checks.building import reference_data

CHECKS = catalog.find("field")


class Said:
    """The outcome of a check, as its examples show it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


@pytest.mark.parametrize("name", CHECKS)
def test_examples(name: str) -> None:
    module = CHECKS[name].module
    data = ReferenceData(reference_data().codelists, reference_data().rates, date(2026, 1, 1).toordinal())

    def check(value: Json, variant: str = "") -> Said:
        reason = module.check(value, data, variant)
        return Said(f"failed: {reason}" if reason else "passed")

    test = doctest.DocTestParser().get_doctest(catalog.docstring(module), {"check": check}, name, None, None)
    assert re.search(r"^passed$", catalog.docstring(module), re.MULTILINE)
    assert re.search(r"^failed: ", catalog.docstring(module), re.MULTILINE)
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert not result.failed


@pytest.mark.parametrize("name", CHECKS)
def test_texts(name: str) -> None:
    check = CHECKS[name]
    assert check.title.endswith(".")
    assert check.description
    assert check.mend.startswith("Mend it ")
    assert 1 <= len(set(check.module.REASONS)) == len(check.module.REASONS) <= 8
