"""What fails, worst first: the checks of releases and the quality checks of fields, by the share they affect."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks import catalog
from checks.catalog import Check
from pelican_async.reports.numbers import count
from pelican_async.reports.report import CheckReport, Example, FieldReport, Report


@dataclass(frozen=True, slots=True)
class Problem:
    """A check that fails somewhere: `failed` of `total` releases or values (`noun`), and `errors` failed to run.

    `fields` are the fields whose values fail, worst first, if it is a quality check.
    """

    check: Check
    failed: int
    total: int
    errors: int
    noun: str
    example: Example | None
    fields: tuple[FieldReport, ...] = ()

    @property
    def share(self) -> float:
        """The share that is affected, between 0 and 1."""
        return self.failed / self.total


def problems(report: Report) -> list[Problem]:
    """Give every check that fails somewhere, the one that affects the greatest share first.

    For checks of releases that is a share of all releases checked, for quality checks one of the values of those fields
    that fail them anywhere.
    """
    return problems_among(report.fields, report.compiled_release, report.counts.checked)


def problems_among(
    fields: Iterable[FieldReport], compiled_release: Iterable[CheckReport], checked: int
) -> list[Problem]:
    """Give them from the results of fields and of checks of releases, of so many releases."""
    return worst_first([*_compiled_release(compiled_release, checked), *_quality(fields)])


def problems_by_field(report: Report) -> list[Problem]:
    """Give every check that fails somewhere like `problems`, but a quality check once for each field that it fails."""
    by_field = (_of_fields([field]) for field in report.fields if field.quality_failed)
    return worst_first([*_compiled_release(report.compiled_release, report.counts.checked), *by_field])


def worst_first(found: Iterable[Problem]) -> list[Problem]:
    """Sort by the share affected, the greatest first."""
    return sorted(found, key=lambda problem: (-problem.share, -problem.failed, problem.check.name))


def _compiled_release(checks: Iterable[CheckReport], checked: int) -> Iterator[Problem]:
    for found in checks:
        if found.failed:
            example = found.examples[0] if found.examples else None
            yield Problem(found.check, found.failed, checked, found.errors, "releases", example)


def _quality(fields: Iterable[FieldReport]) -> Iterator[Problem]:
    failing = [field for field in fields if field.quality_failed]
    for name in dict.fromkeys(field.quality for field in failing):
        yield _of_fields(field for field in failing if field.quality == name)


def _of_fields(fields: Iterable[FieldReport]) -> Problem:
    """Make the problem of some fields that fail the same quality check."""
    failing = tuple(sorted(fields, key=lambda field: (-field.quality_failed, field.order)))
    passed = sum(field.quality_passed for field in failing)
    failed = sum(field.quality_failed for field in failing)
    errors = sum(field.quality_errors for field in failing)
    examples = failing[0].quality_examples
    check = catalog.find("field")[failing[0].quality]
    return Problem(
        check, failed, passed + failed + errors, errors, "values", examples[0] if examples else None, failing
    )


def where(problem: Problem, most: int) -> str:
    """Say in which fields values fail, at most so many, as in `awards.date (12), date (3) and 2 more fields`."""
    named = [f"{field.path} ({count(field.quality_failed)})" for field in problem.fields[:most]]
    more = len(problem.fields) - len(named)
    return ", ".join(named) + (f" and {more} more field{'' if more == 1 else 's'}" if more else "")
