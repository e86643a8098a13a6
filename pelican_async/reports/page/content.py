"""What the page of a report shows: what is counted, sorted and chosen before the templates write it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from checks import catalog
from checks.catalog import Check
from pelican_async.reports.findings import Finding, by_result, find
from pelican_async.reports.numbers import counted, percent
from pelican_async.reports.page.ranking import Problem, problems
from pelican_async.reports.page.tree import Branch, tree
from pelican_async.reports.report import CheckReport, Example, FieldReport, Report


class Tally(NamedTuple):
    """How many checks apply to the data, and how many of them found something wrong."""

    applying: int
    failing: int


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """A quality check of fields: what it found in all of them together, and in those that fail, worst first."""

    check: Check
    passed: int
    failed: int
    errors: int
    failing: Sequence[FieldReport]
    fields: int

    @property
    def examples(self) -> Sequence[Example]:
        """The examples, those of different fields first."""
        longest = max((len(field.quality_examples) for field in self.failing), default=0)
        return [
            field.quality_examples[rank]
            for rank in range(longest)
            for field in self.failing
            if rank < len(field.quality_examples)
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the templates show. Checks come by outcome: failing ones worst first, the others by name."""

    report: Report
    title: str
    verdict: str
    problem: str
    tally: Tally
    problems: Sequence[Problem]
    tree: Sequence[Branch]
    used: int
    quality: Sequence[QualityCheck]
    failing: Sequence[CheckReport]
    passing: Sequence[CheckReport]
    idle: Sequence[CheckReport]
    findings: Sequence[Finding]
    not_computed: Sequence[Finding]


def page(report: Report) -> Page:
    """Choose what is shown of a report."""
    findings = [find(found) for found in report.dataset]
    quality = [_quality(check, report.fields) for check in catalog.find("field").values()]
    tally = _tally(report, quality)
    worst = problems(report, findings)
    ran = [found for found in report.compiled_release if found.passed + found.failed + found.errors]
    return Page(
        report=report,
        title=_title(report.sources),
        verdict=_verdict(report, tally),
        problem=_problem(worst) if tally.applying else "",
        tally=tally,
        problems=worst,
        tree=tree(report.fields),
        used=sum(field.filled > 0 for field in report.fields),
        quality=sorted(quality, key=lambda found: (-found.failed, found.check.name)),
        failing=sorted(
            (found for found in ran if found.failed or found.errors),
            key=lambda found: (-found.failed, found.check.name),
        ),
        passing=[found for found in ran if not found.failed and not found.errors],
        idle=[found for found in report.compiled_release if found not in ran],
        findings=list(by_result(findings)),
        not_computed=[finding for finding in findings if finding.result is None],
    )


def _title(sources: Sequence[str]) -> str:
    first = PurePath(sources[0]).name if sources and sources[0] != "-" else "standard input"
    return first if len(sources) < 2 else f"{first} and {len(sources) - 1:,} more"  # noqa: PLR2004 the first and others


def _quality(check: Check, fields: Iterable[FieldReport]) -> QualityCheck:
    mine = [field for field in fields if field.quality == check.name]
    return QualityCheck(
        check=check,
        passed=sum(field.quality_passed for field in mine),
        failed=sum(field.quality_failed for field in mine),
        errors=sum(field.quality_errors for field in mine),
        failing=sorted((field for field in mine if field.quality_failed), key=lambda field: -field.quality_failed),
        fields=sum(field.filled > 0 for field in mine),
    )


def _tally(report: Report, quality: Iterable[QualityCheck]) -> Tally:
    outcomes: list[bool] = [
        *(found.failed == 0 for found in quality if found.passed or found.failed),
        *(found.failed == 0 for found in report.compiled_release if found.passed or found.failed),
        *(found.result for found in report.dataset if found.result is not None),
        *(
            found.coverage_result and found.check_result is not False
            for found in report.time_based
            if found.coverage_result is not None
        ),
    ]
    return Tally(len(outcomes), outcomes.count(False))


def _verdict(report: Report, tally: Tally) -> str:
    """Say in a sentence how the data is, for someone who reads nothing else."""
    checked = f"{counted(report.counts.checked, 'contracting process', 'contracting processes')} checked"
    if not tally.applying:
        return f"{checked}: no check applies to what they contain."
    if not tally.failing:
        return f"{checked}: all {counted(tally.applying, 'check')} that apply to this data pass."
    good = tally.applying - tally.failing
    return f"{checked}: {good:,} of the {counted(tally.applying, 'check')} that apply to this data find nothing wrong."


def _problem(worst: Sequence[Problem]) -> str:
    if not worst:
        return ""
    first = worst[0]
    title = first.title.removesuffix(".")
    if not first.total:
        return f"What to fix first: “{title}” does not hold."
    if first.affected == first.total:
        return f"What to fix first: “{title}” holds for none of the {first.total:,} {first.what}."
    share = percent(first.affected, first.total)
    return f"What to fix first: “{title}” does not hold for {share} of the {first.what}."
