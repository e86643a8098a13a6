"""The docstring of each check is its specification: its examples say what it does, its paragraphs are all there."""

import doctest
from functools import partial

import pytest

from checks import catalog
from checks.dataset.results import DatasetResult
from checks.release import Release
from tests.checks.building import release
from tests.checks.dataset.running import outcome

CHECKS = catalog.find("dataset")
CANNOT_FAIL = frozenset(
    """
    distribution.document_document_type distribution.milestone_type distribution.related_process_relation
    distribution.tender_award_criteria distribution.tender_submission_method distribution.value_currency
    """.split()  # noqa: SIM905 one a line would be no clearer
)
NEEDS_A_NETWORK = frozenset({"misc.url_availability"})


def check(name: str, *releases: Release) -> DatasetResult:
    return outcome(releases).results[name]


def test_all_are_found() -> None:
    assert len(CHECKS) == 24


@pytest.mark.parametrize("name", CHECKS)
def test_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = CHECKS[name].module
    names = {"check": partial(check, name), "release": release}
    examples = doctest.DocTestParser().get_doctest(catalog.docstring(module), names, name, module.__file__, 0)
    result = doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert not result.failed, capsys.readouterr().out
    if name not in NEEDS_A_NETWORK:
        assert any(example.want.startswith("passed: ") for example in examples.examples)
        assert (name in CANNOT_FAIL) != any(example.want.startswith("failed: ") for example in examples.examples)
    assert any(example.want.startswith("not computed: ") for example in examples.examples)


@pytest.mark.parametrize("name", CHECKS)
def test_paragraphs(name: str) -> None:
    described = CHECKS[name]
    assert described.title.endswith(".")
    assert len(described.title) <= 80
    assert "\n" not in described.title
    openings = [paragraph.split(" ")[0] for paragraph in described.description.split("\n\n")]
    assert openings[1:3] == ["Passes", "Not"]
    assert described.mend.startswith("Mend it")
    assert described.examples.startswith(">>> ")
