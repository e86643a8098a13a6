from dataclasses import replace

from pelican_async.reports.problems import problems, problems_by_field, where
from tests.pelican_async.reports.making import empty, typical


def test_a_check_of_releases_counts_all_releases() -> None:
    found = next(problem for problem in problems(typical()) if problem.check.name == "coherent.period")

    assert (found.failed, found.total, found.noun) == (9, 300, "releases")
    assert found.example is not None


def test_a_quality_check_counts_the_values_of_the_fields_that_fail_it() -> None:
    report = typical()
    failing = [field for field in report.fields if field.quality == "date_time" and field.quality_failed]
    found = next(problem for problem in problems(report) if problem.check.name == "date_time")

    assert found.fields == tuple(sorted(failing, key=lambda field: -field.quality_failed))
    assert found.failed == sum(field.quality_failed for field in failing)
    assert found.total == sum(field.filled for field in failing)


def test_by_field_a_quality_check_is_there_once_for_each() -> None:
    names = [problem.check.name for problem in problems_by_field(typical())]

    assert names.count("date_time") == 2


def test_the_greatest_share_comes_first() -> None:
    shares = [problem.share for problem in problems(typical())]

    assert shares == sorted(shares, reverse=True)


def test_nothing_fails_in_an_empty_collection() -> None:
    assert problems(empty()) == []


def test_where_names_the_worst_fields() -> None:
    found = next(problem for problem in problems(typical()) if problem.check.name == "date_time")

    assert where(found, 3) == "awards.date (5), tender.documents.datePublished (4)"
    assert where(found, 1) == "awards.date (5) and 1 more field"
    assert where(replace(found, fields=found.fields * 2), 1) == "awards.date (5) and 3 more fields"
