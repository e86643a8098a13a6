"""Each failing example in the checks' docstrings is explained: with a place that is there, in a sentence."""

import doctest

from checks import catalog
from checks.explanation import failures
from checks.release import Release
from checks.results import Result, counted
from checks.values import get, walk
from tests.checks.building import release


def failing_examples() -> list[tuple[str, Release, Result]]:
    found: list[tuple[str, Release, Result]] = []
    for name, check in catalog.find("compiled_release").items():

        def recorded(one: Release, name: str = name, check: catalog.Check = check) -> Result:
            result: Result = check.module.check(one)
            if result.result is False:
                found.append((name, one, result))
            return result

        globs = {"check": recorded, "release": release}
        test = doctest.DocTestParser().get_doctest(catalog.docstring(check.module), globs, name, None, None)
        doctest.DocTestRunner(verbose=False).run(test)
    return found


def test_every_failing_example_is_explained() -> None:
    examples = failing_examples()
    assert {name for name, _, _ in examples} == set(catalog.find("compiled_release"))
    for name, one, result in examples:
        for path, _, reason in failures(result):
            dotted = "".join("" if character.isdigit() else character for character in path).replace("[]", "")
            assert walk(one.data, dotted) or get(one.data, dotted) is not None, f"{name}: {path}"
            assert reason.strip(), name
            assert "_count" not in reason, f"{name}: {reason}"


def test_details_that_are_not_known_are_listed() -> None:
    assert failures(counted(1, [{"path": "awards[0]", "new": 1}])) == [("awards[0]", None, "path: awards[0], new: 1")]
