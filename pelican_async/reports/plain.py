"""The summary as plain lines, for logs and other programs: one result a line, which begins with what it is.

`READ`, `NOT CHECKED`, `COVERAGE`, `GAP`, `EMPTY`; then for each check its level and name after `FAIL`, `PASS` or `SKIP`
(it applied to nothing, or couldn't be computed); `ERROR`, `NOTE`, `REQUIRED`, and last `RESULT`. Parts are separated by
` | `.
"""

from collections.abc import Iterator

from rich.console import Console

from pelican_async.reports.coverage import emptiness, gaps, sections
from pelican_async.reports.dataset_summary import example_parts, pair_parts, said
from pelican_async.reports.findings import find
from pelican_async.reports.numbers import count, counted, percent, seconds
from pelican_async.reports.problems import Problem, problems_by_field
from pelican_async.reports.report import DatasetCheckReport, Report, Requirement, TimeBasedCheckReport
from pelican_async.reports.verdict import requirement_line, verdict
from pelican_async.reports.visible import visible


def write_lines(report: Report, console: Console) -> None:
    """Write the summary line by line, without any control code."""
    for line in lines(report):
        console.out(visible(line), highlight=False)


def lines(report: Report) -> Iterator[str]:
    """Give the lines of the summary."""
    yield from _read(report)
    yield from _coverage(report)
    for problem in problems_by_field(report):
        yield _problem(problem)
    for found in report.compiled_release:
        if not found.failed:
            applied = found.passed + found.errors
            passed = f"{count(found.passed)} of {counted(applied, 'release')}" if applied else "applies to no release"
            yield _join("PASS" if applied else "SKIP", f"compiled_release {found.check.name}", passed)
    for dataset_check in report.dataset:
        yield _dataset(dataset_check)
    for time_based_check in report.time_based:
        yield _time_based(time_based_check)
    for error in report.errors:
        yield _join("ERROR", error.check, f"ocid {error.ocid or '-'}", f"item {error.item}", error.error)
    if report.error_count > len(report.errors):
        yield _join("ERROR", f"and {count(report.error_count - len(report.errors))} more that failed to run")
    for note in report.notes:
        yield _join("NOTE", note)
    for requirement in report.requirements:
        yield _requirement(requirement)
    yield _join("RESULT", verdict(report))


def _join(kind: str, *parts: str) -> str:
    return f"{kind} {' | '.join(visible(part) for part in parts if part)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _read(report: Report) -> Iterator[str]:
    counts = report.counts
    for source in report.sources:
        yield _join("SOURCE", source)
    for source in report.previous:
        yield _join("PREVIOUS", source)
    yield _join(
        "READ",
        counted(counts.read, "release"),
        f"{count(counts.checked)} checked",
        f"{count(counts.not_checked)} not checked",
        f"{counted(report.unique_ocids, 'process', 'processes')}",
        f"{count(report.without_ocid)} without ocid",
        f"{report.first_date} to {report.last_date}" if report.first_date else "",
        seconds(report.seconds),
    )
    yield _join("LIFECYCLE", *(f"{stage} {count(number)}" for stage, number in report.lifecycle.items()))
    for reason, number in report.not_checked_reasons.items():
        yield _join("NOT CHECKED", count(number), reason)
    for place in report.not_checked:
        yield _join("NOT CHECKED", place.place, place.reason)


def _coverage(report: Report) -> Iterator[str]:
    for section in sections(report):
        filled = (
            f"filled in {count(section.filled)} of {count(section.total)} ({percent(section.filled, section.total)})"
        )
        yield _join("COVERAGE", section.name, filled, f"{section.fields_used} of {section.fields} fields used")
    for gap in gaps(report):
        yield _join("GAP", gap.path, f"filled {percent(gap.share, 1)}")
    for entry in emptiness(report):
        share = percent(entry.empty, entry.there)
        yield _join(
            "EMPTY", entry.path, f"{count(entry.empty)} of {count(entry.there)} ({share})", f"mostly {entry.kind}"
        )


def _problem(problem: Problem) -> str:
    name = f"{problem.check.level} {problem.check.name}"
    affected = f"{count(problem.failed)} of {count(problem.total)} {problem.noun}"
    return _join(
        "FAIL",
        f"{name} {problem.fields[0].path}" if problem.fields else name,
        f"{affected} ({percent(problem.failed, problem.total)})",
        f"{count(problem.errors)} failed to run" if problem.errors else "",
        problem.check.title,
        *(example_parts(problem.example) if problem.example else ()),
        _one_line(problem.check.mend),
    )


def _dataset(found: DatasetCheckReport) -> str:
    kind = "SKIP" if found.result is None else "PASS" if found.result else "FAIL"
    finding = find(found)
    parts = [f"dataset {found.check.name}", said(finding)]
    if kind == "FAIL":
        example = example_parts(finding.example) if finding.example else []
        parts += [found.check.title, *example, _one_line(found.check.mend)]
    return _join(kind, *parts)


def _time_based(found: TimeBasedCheckReport) -> str:
    meta = found.meta
    results = (found.coverage_result, found.check_result)
    kind = "SKIP" if results == (None, None) else "FAIL" if False in results else "PASS"
    total, coverage, passing = (meta[key] for key in ("total_count", "coverage_count", "ok_count"))
    return _join(
        kind,
        f"time_based {found.check.name}",
        f"{count(coverage)} of {count(total)} found again ({percent(coverage, total)})",
        f"{count(passing)} of {count(coverage)} pass ({percent(passing, coverage)})",
        *((found.check.title, *pair_parts(meta), _one_line(found.check.mend)) if kind == "FAIL" else ()),
    )


def _requirement(found: Requirement) -> str:
    return _join("REQUIRED", "met" if found.met else "NOT MET", requirement_line(found))
