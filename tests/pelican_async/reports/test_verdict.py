from dataclasses import replace

import pytest

from pelican_async.reports.problems import problems
from pelican_async.reports.report import Counts, Requirement
from pelican_async.reports.verdict import failing_count, requirement_line, verdict
from tests.pelican_async.reports.making import empty, typical

CLEAN = replace(
    typical(),
    counts=Counts(1, 1, 0),
    fields=[replace(field, quality_failed=0) for field in typical().fields],
    compiled_release=[replace(check, failed=0) for check in typical().compiled_release],
    dataset=[],
    error_count=0,
    requirements=[],
)


def test_checks_of_all_levels_are_counted() -> None:
    report = typical(previous=True)
    whole = [found for found in report.dataset if found.result is False]

    assert failing_count(report) == len(problems(report)) + len(whole) + 2


def test_a_clean_collection_is_said_to_be_clean() -> None:
    assert verdict(CLEAN) == "1 release checked: no check found a problem."


def test_nothing_to_check_is_not_said_to_be_clean() -> None:
    report = replace(empty(), requirements=[])

    assert verdict(report) == "1 release checked: there is nothing that a check applies to."


def test_problems_errors_and_what_was_left_out_are_said() -> None:
    report = replace(typical(), requirements=[])

    assert verdict(report) == (
        f"300 of 304 releases checked: {failing_count(report)} checks found problems; checks failed to run 2 times."
    )


@pytest.mark.parametrize(
    ("unmet", "expected"),
    [
        (0, "All that is required is met."),
        (2, "Required, but not met: name 0, name 1."),
        (5, "Required, but not met: name 0, name 1, name 2 and 2 more."),
    ],
)
def test_what_is_required_but_not_met_is_said(unmet: int, expected: str) -> None:
    requirements = [Requirement(f"name {number}", 90, 50, met=number >= unmet) for number in range(6)]

    assert verdict(replace(CLEAN, requirements=requirements)).endswith(f" {expected}")


def test_hostile_names_are_escapes() -> None:
    requirements = [Requirement("\x1b[2J", 90, 50, met=False)]

    assert verdict(replace(CLEAN, requirements=requirements)).endswith("Required, but not met: \\u001b[2J.")


@pytest.mark.parametrize(
    ("percent", "actual", "expected"),
    [
        (99, 95.719, "x 95.71 %, required 99 %"),
        (99, 98.99999, "x 98.99 %, required 99 %"),
        (99.5, None, "x applies to nothing, required 99.5 %"),
        (100, 100.0, "x 100 %, required 100 %"),
    ],
)
def test_nothing_looks_met_by_rounding(percent: float, actual: float | None, expected: str) -> None:
    assert requirement_line(Requirement("x", percent, actual, met=False)) == expected


def test_nothing_left_out_is_not_mentioned() -> None:
    assert verdict(replace(CLEAN, counts=Counts(2, 2, 0))) == "2 releases checked: no check found a problem."
