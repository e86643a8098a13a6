"""The last line of a summary: what came out, in a sentence."""

import math
from typing import Final

from pelican_async.reports.numbers import count, counted
from pelican_async.reports.problems import problems
from pelican_async.reports.report import Report, Requirement
from pelican_async.reports.visible import visible

NAMED: Final = 3
"""So many requirements that aren't met are named."""


def verdict(report: Report) -> str:
    """Say how much was checked, how many checks found something, and whether what was required is met."""
    counts = report.counts
    checked = counted(counts.checked, "release")
    if counts.not_checked:
        checked = f"{count(counts.checked)} of {counted(counts.read, 'release')}"
    return f"{checked} checked: {_found(report)}{_required(report)}"


def failing_count(report: Report) -> int:
    """Count the checks, of all levels, that fail."""
    over_time = [found for found in report.time_based if False in (found.coverage_result, found.check_result)]
    whole = [found for found in report.dataset if found.result is False]
    return len(problems(report)) + len(whole) + len(over_time)


def _found(report: Report) -> str:
    failing = failing_count(report)
    errors = f"; checks failed to run {counted(report.error_count, 'time')}" if report.error_count else ""
    if failing:
        return f"{counted(failing, 'check')} found problems{errors}."
    applied = any(found.passed for found in report.compiled_release) or any(
        field.quality_passed for field in report.fields
    )
    return f"no check found a problem{errors}." if applied else f"there is nothing that a check applies to{errors}."


def _required(report: Report) -> str:
    if not report.requirements:
        return ""
    unmet = [visible(found.name) for found in report.requirements if not found.met]
    if not unmet:
        return " All that is required is met."
    more = f" and {count(len(unmet) - NAMED)} more" if len(unmet) > NAMED else ""
    return f" Required, but not met: {', '.join(unmet[:NAMED])}{more}."


def requirement_line(found: Requirement) -> str:
    """Say what was required and what came out, rounded down, so that nothing looks met that isn't."""
    if found.actual is None:
        return f"{found.name} applies to nothing, required {found.percent:g} %"
    return f"{found.name} {math.floor(found.actual * 100) / 100:g} %, required {found.percent:g} %"
