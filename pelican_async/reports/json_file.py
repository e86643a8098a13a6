"""Writes the whole report as JSON, for programs; `docs/report.schema.json` says what is in it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Final, TextIO

from checks.values import Json
from pelican_async.reports.report import (
    CheckReport,
    DatasetCheckReport,
    Example,
    FieldReport,
    Report,
    TimeBasedCheckReport,
)

VERSION: Final = "1.0"
"""The version of the format: its first number changes if something is removed or gets another meaning."""
_SURROGATES: Final = re.compile("[\ud800-\udfff]")


def write_json(report: Report, file: TextIO) -> None:
    """Write a report as one JSON object in UTF-8, each part, field and check on a line of its own.

    Nothing of a release is in it but examples: ocids, paths and values. Half of a surrogate pair, which can't be
    written in UTF-8, becomes U+FFFD.
    """
    file.writelines(_SURROGATES.sub("�", piece) for piece in _pieces(document(report)))


def _pieces(parts: Mapping[str, Json]) -> Iterator[str]:
    separator = "{\n"
    for name, part in parts.items():
        yield f"{separator}{_dump(name)}: "
        yield from _entries(part) if name in BY_NAME and part else [_dump(part)]
        separator = ",\n"
    yield "\n}\n"


def _entries(part: Mapping[str, Json]) -> Iterator[str]:
    separator = "{\n"
    for name, entry in part.items():
        yield f"{separator}  {_dump(name)}: {_dump(entry)}"
        separator = ",\n"
    yield "\n}"


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


BY_NAME: Final = frozenset({"field_level", "compiled_release_level", "dataset_level", "time_based"})
"""The parts that hold fields by their path, or checks by their name."""


def document(report: Report) -> dict[str, Json]:
    """Give what is written: the counts come first."""
    return {
        "counts": asdict(report.counts),
        "version": VERSION,
        "checked_by": f"pelican-async {version('pelican-async')}",
        "started": report.started.isoformat(),
        "seconds": report.seconds,
        "sources": list(report.sources),
        "previous": list(report.previous),
        "previous_counts": asdict(report.previous_counts) if report.previous_counts else None,
        "without_ocid": report.without_ocid,
        "unique_ocids": report.unique_ocids,
        "first_date": report.first_date,
        "last_date": report.last_date,
        "lifecycle": dict(report.lifecycle),
        "not_checked": [asdict(found) for found in report.not_checked],
        "not_checked_reasons": dict(report.not_checked_reasons),
        "field_level": {found.path: _field(found) for found in report.fields},
        "compiled_release_level": {found.check.name: _compiled_release(found) for found in report.compiled_release},
        "dataset_level": {found.check.name: _dataset(found) for found in report.dataset},
        "time_based": {found.check.name: _time_based(found) for found in report.time_based},
        "errors": [asdict(found) for found in report.errors],
        "error_count": report.error_count,
        "notes": list(report.notes),
        "requirements": [asdict(found) for found in report.requirements],
    }


def _field(found: FieldReport) -> dict[str, Json]:
    return {
        "order": found.order,
        "coverage": {
            "total": found.total,
            "missing": found.missing,
            "stray": found.stray,
            "empty": dict(found.empty),
            "filled": found.filled,
            "examples": _examples(found.empty_examples),
        },
        "quality": _quality(found) if found.quality else None,
    }


def _quality(found: FieldReport) -> dict[str, Json]:
    return {
        "check": found.quality,
        "passed": found.quality_passed,
        "failed": found.quality_failed,
        "errors": found.quality_errors,
        "reasons": dict(found.reasons),
        "examples": _examples(found.quality_examples),
    }


def _compiled_release(found: CheckReport) -> dict[str, Json]:
    return {
        "title": found.check.title,
        "version": found.check.version,
        "passed": found.passed,
        "failed": found.failed,
        "not_applicable": found.not_applicable,
        "errors": found.errors,
        "application_count": found.application_count,
        "pass_count": found.pass_count,
        "examples": _examples(found.examples),
    }


def _dataset(found: DatasetCheckReport) -> dict[str, Json]:
    return {"title": found.check.title, "result": found.result, "value": found.value, "meta": dict(found.meta)}


def _time_based(found: TimeBasedCheckReport) -> dict[str, Json]:
    return {
        "title": found.check.title,
        "coverage_result": found.coverage_result,
        "coverage_value": found.coverage_value,
        "check_result": found.check_result,
        "check_value": found.check_value,
        "meta": dict(found.meta),
    }


def _examples(examples: Sequence[Example]) -> list[Json]:
    return [
        {
            "item": found.item,
            "ocid": found.ocid,
            "path": found.path,
            "value": found.value,
            "reason": found.reason,
            "meta": None if found.meta is None else dict(found.meta),
        }
        for found in examples
    ]
