import io
import json
from collections.abc import Iterator
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pelican_async.reports.json_file import VERSION, write_json
from pelican_async.reports.report import (
    CheckError,
    CheckReport,
    Counts,
    DatasetCheckReport,
    Example,
    FieldReport,
    NotChecked,
    Report,
    Requirement,
    TimeBasedCheckReport,
)
from tests.pelican_async.reports.making import empty, hostile, typical

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[3] / "docs" / "report.schema.json").read_text())
VALIDATOR = Draft202012Validator(SCHEMA)
OTHER_NAMES = {
    "check": "title",  # a check is named by the key
    "fields": "field_level",
    "compiled_release": "compiled_release_level",
    "dataset": "dataset_level",
    "path": "field_level",  # a field is named by the key
    "quality_passed": "passed",
    "quality_failed": "failed",
    "quality_errors": "errors",
    "empty_examples": "examples",
    "quality_examples": "examples",
}
LEFT_OUT = {"release"}  # the input itself: an example names its ocid and path


def written(report: Report) -> str:
    file = io.StringIO()
    write_json(report, file)
    return file.getvalue()


def with_versions(report: Report) -> Report:
    return replace(report, dataset=[replace(found, meta={"version": 1.0, **found.meta}) for found in report.dataset])


@pytest.fixture(scope="module", params=["typical", "compared", "empty", "hostile"])
def report(request: pytest.FixtureRequest) -> Report:
    made = {
        "typical": typical,
        "compared": lambda: typical(previous=True),
        "empty": empty,
        "hostile": hostile,
    }
    return with_versions(made[request.param]())


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_keeps_to_the_schema(report: Report) -> None:
    errors = [
        f"{list(error.absolute_path)}: {error.message[:200]}"
        for error in VALIDATOR.iter_errors(json.loads(written(report)))
    ]

    assert errors == []


def test_it_can_be_encoded_whatever_is_in_it(report: Report) -> None:
    assert json.loads(written(report).encode()) == json.loads(written(report))


def test_the_counts_come_first() -> None:
    assert written(typical()).startswith(
        '{\n"counts": {"read": 304, "checked": 300, "not_checked": 4},\n"version": "1.0",\n'
    )
    assert SCHEMA["properties"]["version"]["const"] == VERSION


def test_each_check_has_a_line() -> None:
    lines = written(typical()).splitlines()

    assert sum(line.startswith('  "coherent.period": {"title": ') for line in lines) == 1
    assert sum(line.startswith('  "tender.title": {"order": ') for line in lines) == 1


def test_results_are_those_of_the_report() -> None:
    report = typical(previous=True)
    parts = json.loads(written(report))

    period = next(found for found in report.compiled_release if found.check.name == "coherent.period")
    assert parts["compiled_release_level"]["coherent.period"]["failed"] == period.failed
    assert parts["compiled_release_level"]["coherent.period"]["examples"][0]["path"] == period.examples[0].path
    assert parts["dataset_level"]["unique.tender_id"]["meta"]["total_failed"] == 4
    assert parts["time_based"]["phase_stable"]["check_value"] == 97
    email = next(found for found in report.fields if found.path == "parties.contactPoint.email")
    assert parts["field_level"]["parties.contactPoint.email"]["quality"]["failed"] == email.quality_failed
    assert parts["field_level"]["parties.contactPoint.email"]["coverage"]["filled"] == email.filled
    assert parts["field_level"]["tender.title"]["quality"] is None
    assert parts["previous_counts"] == {"read": 280, "checked": 280, "not_checked": 0}


def test_numbers_of_any_size_are_written() -> None:
    huge = 10**300
    report = typical()
    meta = {"total_processed": huge, "version": 1.0}
    report = replace(report, dataset=[replace(found, meta=meta) for found in report.dataset])

    assert json.loads(written(report))["dataset_level"]["unique.tender_id"]["meta"]["total_processed"] == huge


@pytest.mark.parametrize(
    "kind",
    [
        CheckError,
        CheckReport,
        Counts,
        DatasetCheckReport,
        Example,
        FieldReport,
        NotChecked,
        Report,
        Requirement,
        TimeBasedCheckReport,
    ],
)
def test_everything_of_a_report_is_in_the_schema(kind: type) -> None:
    described = set(names(SCHEMA))

    for field in dataclass_fields(kind):
        assert field.name in LEFT_OUT or OTHER_NAMES.get(field.name, field.name) in described, field.name


@pytest.mark.parametrize(
    ("part", "name"),
    [("counts", "extra"), ("requirements", "extra"), ("field_level", "extra"), ("dataset_level", "extra")],
)
def test_the_schema_allows_nothing_else(part: str, name: str) -> None:
    parts = json.loads(written(with_versions(typical())))
    inner = parts[part]
    if part == "requirements":
        inner[0][name] = 1
    elif part == "counts":
        inner[name] = 1
    else:
        inner[next(iter(inner))][name] = 1

    assert not VALIDATOR.is_valid(parts)


def names(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from names(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from names(inner)
