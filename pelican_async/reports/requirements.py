"""Limits that a user sets: the least share that must pass of a check or field, and whether it does.

What is a share, by what the limit is for:

- a compiled release-level check: the releases that pass, of those that it applies to (failing to run is not passing);
- a quality check of fields: the values that pass, of those of all fields that it checks;
- a field: the places where it is filled, of all where it could be;
- a dataset-level check: what passes of what it looked at, if it counts that; else 100 if it passes and 0 if not;
- a time-based check: what passes of the pairs that it compares.

What applies to nothing, or can't be computed, is met.
"""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final, Literal

from checks import catalog, fields
from pelican_async.errors import UserError
from pelican_async.reports.report import (
    CheckReport,
    DatasetCheckReport,
    FieldReport,
    Report,
    Requirement,
    TimeBasedCheckReport,
)

Kind = Literal["field", "compiled_release", "dataset", "coverage", "time_based"]
"""A level of checks, or "coverage" for a field."""
PER_CENT: Final = 100.0
SUGGESTIONS: Final = 3


@cache
def targets() -> Mapping[str, tuple[Kind, str]]:
    """Give what a limit may be for: by the name to write, its kind and its own name.

    A name that a check and a field share is the check's, but for the time-based ones; the other has its kind in front:
    `coverage.language`, `time_based.ocid`.
    """
    named: dict[str, tuple[Kind, str]] = {}
    kinds: tuple[tuple[Kind, Iterable[str]], ...] = (
        ("field", catalog.find("field")),
        ("compiled_release", catalog.find("compiled_release")),
        ("dataset", catalog.find("dataset")),
        ("coverage", fields.BY_PATH),
        ("time_based", catalog.find("time_based")),
    )
    for kind, names in kinds:
        for name in names:
            named[f"{kind}.{name}" if name in named else name] = (kind, name)
    return named


def read_requirement(text: str) -> tuple[str, float]:
    """Read `NAME=PERCENT`; raises a `UserError` that says what is wrong with it."""
    name, separator, written = text.rpartition("=")
    name = name.strip()
    if not separator or not name:
        raise UserError(f"{text!r} isn't NAME=PERCENT, as in coherent.dates=95")
    try:
        percent = float(written.strip().removesuffix("%"))
    except ValueError:
        raise UserError(f"{written!r} isn't a percentage, in {text!r}") from None
    if not 0 <= percent <= PER_CENT:
        raise UserError(f"{written!r} isn't between 0 and 100, in {text!r}")
    if name not in targets():
        raise UserError(f"there is no check or field {name!r}{suggest(name, targets())}")
    return name, percent


def suggest(name: str, known: Iterable[str]) -> str:
    """Give the end of a sentence that says which known names are most like this one.

    >>> suggest("coherent.date", ["coherent.dates", "tender.id"]), suggest("x", ["coherent.dates"])
    (': did you mean coherent.dates?', '')
    """
    names = list(known)
    lasts = [other for other in names if name and other.rpartition(".")[2] == name.rpartition(".")[2]]
    near = difflib.get_close_matches(name, names, SUGGESTIONS)
    found = list(dict.fromkeys([*near, *lasts]))[:SUGGESTIONS]
    return f": did you mean {' or '.join(found)}?" if found else ""


def evaluate(asked: Iterable[tuple[str, float]], report: Report) -> list[Requirement]:
    """Say which limits are met. The names must be those of `targets`."""
    return [_requirement(name, percent, _share(*targets()[name], report)) for name, percent in asked]


def _requirement(name: str, percent: float, actual: float | None) -> Requirement:
    return Requirement(name, percent, actual, met=actual is None or actual >= percent)


def _share(kind: Kind, name: str, report: Report) -> float | None:
    if kind == "field":
        return _quality(field for field in report.fields if field.quality == name)
    if kind == "coverage":
        return next((_coverage(field) for field in report.fields if field.path == name), None)
    if kind == "compiled_release":
        return next((_releases(found) for found in report.compiled_release if found.check.name == name), None)
    if kind == "dataset":
        return next((_dataset(found) for found in report.dataset if found.check.name == name), None)
    return next((_time_based(found) for found in report.time_based if found.check.name == name), None)


def _quality(found: Iterable[FieldReport]) -> float | None:
    checked = [
        (field.quality_passed, field.quality_passed + field.quality_failed + field.quality_errors) for field in found
    ]
    return _percent(sum(passed for passed, _ in checked), sum(total for _, total in checked))


def _coverage(field: FieldReport) -> float | None:
    return _percent(field.filled, field.total)


def _releases(found: CheckReport) -> float | None:
    return _percent(found.passed, found.passed + found.failed + found.errors)


def _dataset(found: DatasetCheckReport) -> float | None:
    if found.result is None:
        return None
    if "total_passed" in found.meta:
        return found.value
    return PER_CENT if found.result else 0.0


def _time_based(found: TimeBasedCheckReport) -> float | None:
    """Give the exact share: `check_value` is rounded, and nothing may be met by rounding."""
    return _percent(found.meta["ok_count"], found.meta["coverage_count"])


def _percent(passed: int, total: int) -> float | None:
    return PER_CENT * passed / total if total else None
