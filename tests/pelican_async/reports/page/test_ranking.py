from dataclasses import replace

from checks import fields
from pelican_async.reports.findings import find
from pelican_async.reports.page.ranking import AT_MOST, IMPORTANT_FIELDS, Problem, importance, problems
from pelican_async.reports.report import Counts, Report
from tests.pelican_async.reports.making import empty, huge, typical


def ranked(report: Report) -> list[Problem]:
    return list(problems(report, [find(found) for found in report.dataset]))


def test_the_worst_come_first() -> None:
    found = ranked(typical(previous=True))
    scores = [problem.score for problem in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) == AT_MOST


def test_levels_are_ranked_together() -> None:
    anchors = {problem.anchor for problem in ranked(typical(previous=True))}
    assert "check-reference.supplier_in_parties" in anchors
    assert any(anchor.startswith("field-") for anchor in anchors)
    assert "check-unique.tender_id" not in anchors  # 4 of 288


def test_what_is_mended_alike_is_one_problem() -> None:
    report = typical()
    failing = [
        replace(found, passed=1, failed=99)
        for found in report.compiled_release
        if found.check.name in {"reference.buyer_in_parties", "reference.supplier_in_parties"}
    ]
    (found,) = ranked(replace(empty(), compiled_release=failing, fields=[]))
    assert [other.name for other in found.others] == ["reference.supplier_in_parties"]
    assert found.name == "reference.buyer_in_parties"


def test_few_bad_values_among_many_releases_weigh_little() -> None:
    report = typical()
    few = [replace(field, quality_passed=0, quality_failed=2, quality_errors=0) for field in report.fields[:1]]
    (problem,) = ranked(replace(empty(), counts=Counts(300, 300, 0), fields=few))
    assert (problem.affected, problem.total) == (2, 2)
    assert problem.score < 0.01


def test_what_cannot_be_read_is_a_problem() -> None:
    report = replace(empty(), counts=Counts(10, 1, 9), not_checked_reasons={"isn't JSON": 9}, fields=[])
    (problem,) = ranked(report)
    assert (problem.affected, problem.total, problem.anchor) == (9, 10, "not-checked")
    assert "isn't JSON" in problem.sentence


def test_releases_that_disappear_are_a_problem() -> None:
    report = replace(empty(), fields=[], time_based=typical(previous=True).time_based)
    lost, *others = ranked(report)
    assert (lost.anchor, lost.affected, lost.total) == ("change-ocid", 18, 280)
    assert others == []  # 97 % of the pairs pass, which is enough


def test_an_empty_dataset_has_only_fields_to_fill() -> None:
    assert {problem.name for problem in ranked(empty())} == {"coverage"}


def test_huge_reports_have_no_more_problems() -> None:
    found = len(ranked(huge()))
    assert found == AT_MOST


def test_the_important_fields_are_fields() -> None:
    assert set(IMPORTANT_FIELDS) <= set(fields.BY_PATH)


def test_a_check_has_the_weight_of_its_group_unless_it_has_its_own() -> None:
    assert importance("reference.buyer_in_parties") == importance("reference.contract_in_awards")
    assert importance("date_time") > importance("email")
