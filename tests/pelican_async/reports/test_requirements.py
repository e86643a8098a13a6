import doctest
from collections.abc import Mapping
from dataclasses import replace

import pytest

from checks import catalog, fields
from checks.values import Json
from pelican_async.errors import UserError
from pelican_async.reports import requirements
from pelican_async.reports.report import Report
from pelican_async.reports.requirements import evaluate, read_requirement, targets
from tests.pelican_async.reports.making import empty, typical

REPORT = typical(previous=True)


def actual(name: str, report: Report = REPORT) -> float | None:
    return evaluate([(name, 50)], report)[0].actual


def with_dataset(name: str, *, result: bool | None, value: float | None, meta: Mapping[str, Json]) -> Report:
    found = next(check for check in REPORT.dataset if check.check.name == name)
    return replace(REPORT, dataset=[replace(found, result=result, value=value, meta=meta)])


def test_examples() -> None:
    assert doctest.testmod(requirements).failed == 0


def test_every_check_and_field_can_be_required() -> None:
    checks = [name for level in catalog.LEVELS for name in catalog.find(level)]

    assert len(targets()) == len(checks) + len(fields.ALL)


def test_names_that_two_things_share_are_told_apart() -> None:
    assert targets()["language"] == ("field", "language")
    assert targets()["coverage.language"] == ("coverage", "language")
    assert targets()["ocid"] == ("coverage", "ocid")
    assert targets()["time_based.ocid"] == ("time_based", "ocid")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("coherent.dates=95", ("coherent.dates", 95)),
        ("tender.value.amount=99.9", ("tender.value.amount", 99.9)),
        ("date_time = 0%", ("date_time", 0)),
        ("tender_title=100", ("tender_title", 100)),
    ],
)
def test_a_requirement_is_read(text: str, expected: tuple[str, float]) -> None:
    assert read_requirement(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("coherent.dates", "isn't NAME=PERCENT"),
        ("=5", "isn't NAME=PERCENT"),
        ("", "isn't NAME=PERCENT"),
        ("coherent.dates=", "isn't a percentage"),
        ("coherent.dates=most", "isn't a percentage"),
        ("coherent.dates=nan", "isn't between 0 and 100"),
        ("coherent.dates=inf", "isn't between 0 and 100"),
        ("coherent.dates=-1", "isn't between 0 and 100"),
        ("coherent.dates=100.1", "isn't between 0 and 100"),
        ("coherent.date=95", "did you mean coherent.dates"),
        ("tender.titel=95", r"did you mean tender\.title"),
        ("suppliers.id=95", r"did you mean awards\.suppliers\.id"),
        ("\x1b[31m=95", r"no check or field '\\x1b\[31m'$"),
    ],
)
def test_what_is_wrong_with_a_requirement_is_said(text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        read_requirement(text)


def test_a_check_of_releases_passes_of_those_it_applies_to() -> None:
    assert actual("coherent.period") == 100 * 201 / 210


def test_failing_to_run_is_not_passing() -> None:
    assert actual("reference.supplier_in_parties") == 100 * 118 / 194


def test_a_quality_check_passes_of_the_values_of_all_its_fields() -> None:
    emails = [field for field in REPORT.fields if field.quality == "email"]
    passed = sum(field.quality_passed for field in emails)
    checked = passed + sum(field.quality_failed for field in emails)

    assert len([field for field in emails if field.quality_passed]) > 1
    assert actual("email") == 100 * passed / checked


def test_a_field_is_filled_of_where_it_could_be() -> None:
    title = next(field for field in REPORT.fields if field.path == "tender.title")

    assert actual("tender.title") == 100 * title.filled / title.total
    assert actual("coverage.language") == 0


def test_a_check_of_the_collection_counts_what_passes_or_passes_as_a_whole() -> None:
    assert actual("reference.related_process_identifier") == pytest.approx(100 * 152 / 173)
    assert actual("distribution.tender_status") == 0
    assert actual("distribution.tender_procurement_method") == 100


def test_a_share_that_should_be_small_is_no_share_that_passes() -> None:
    repetition = "distribution.tender_value_repetition"
    meta: dict[str, Json] = {"most_frequent": [], "total_processed": 100, "version": 1.0}

    assert actual(repetition, with_dataset(repetition, result=True, value=1.2, meta=meta)) == 100
    assert actual(repetition, with_dataset(repetition, result=False, value=90.0, meta=meta)) == 0


def test_a_time_based_check_passes_of_the_pairs_unrounded() -> None:
    assert actual("phase_stable") == 100 * 255 / 262


@pytest.mark.parametrize(
    "name", ["coherent.period", "email", "distribution.tender_status", "tender.title", "phase_stable"]
)
def test_what_applies_to_nothing_is_met(name: str) -> None:
    [found] = evaluate([(name, 100)], empty())

    assert found.actual is None
    assert found.met


def test_a_limit_is_met_from_the_very_value_on() -> None:
    share = 100 * 201 / 210
    limits = [("coherent.period", share), ("coherent.period", share + 0.01), ("coherent.period", 0)]

    assert [found.met for found in evaluate(limits, REPORT)] == [True, False, True]
