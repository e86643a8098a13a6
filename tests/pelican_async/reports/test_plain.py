import io
import re

import pytest
from rich.console import Console

from checks import catalog
from pelican_async.reports.problems import problems_by_field
from pelican_async.reports.report import Report
from pelican_async.reports.terminal import write_summary
from tests.pelican_async.reports.making import HOSTILE, empty, hostile, typical
from tests.pelican_async.reports.test_visible import steering

KINDS = "SOURCE|PREVIOUS|READ|LIFECYCLE|NOT CHECKED|COVERAGE|GAP|EMPTY|FAIL|PASS|SKIP|ERROR|NOTE|REQUIRED|RESULT"


def lines(report: Report) -> list[str]:
    file = io.StringIO()
    write_summary(report, Console(file=file, force_terminal=False, width=40))
    return file.getvalue().split("\n")[:-1]


@pytest.mark.parametrize("report", [typical(previous=True), empty(), hostile()], ids=["typical", "empty", "hostile"])
def test_every_line_says_what_it_is_and_steers_nothing(report: Report) -> None:
    for line in lines(report):
        assert re.match(f"({KINDS}) ", line)
        assert steering(line) == []
        line.encode()


def test_a_result_is_one_line_uncut() -> None:
    [line] = [line for line in lines(typical()) if line.startswith("FAIL compiled_release coherent.period ")]

    assert line == (
        "FAIL compiled_release coherent.period | 9 of 300 releases (3.0 %) | Each period starts before it ends. | "
        'ocid ocds-213czf-2024-00117 | path tender.tenderPeriod.startDate | value "2024-03-01T09:00:00Z" | '
        "is later than tender.tenderPeriod.endDate, 2024-02-01T18:00:00Z | "
        "Mend it by correcting the date that is wrong; often the two were swapped, or day and month in one of them."
    )


def test_every_check_has_its_line() -> None:
    report = typical(previous=True)
    text = "\n".join(lines(report))

    for level in ("compiled_release", "time_based"):
        for name in catalog.find(level):
            assert len(re.findall(f"^(FAIL|PASS|SKIP) {level} {re.escape(name)} ", text, re.MULTILINE)) == 1
    for found in report.dataset:
        assert len(re.findall(f"^(FAIL|PASS|SKIP) dataset {re.escape(found.check.name)} ", text, re.MULTILINE)) == 1


def test_a_quality_check_has_a_line_for_each_field_that_fails_it() -> None:
    found = [line.split(" ")[2:4] for line in lines(typical()) if line.startswith("FAIL field ")]

    assert ["date_time", "awards.date"] in found
    assert ["date_time", "tender.documents.datePublished"] in found


def test_failures_come_worst_first() -> None:
    report = typical()
    found = [line.split(" ")[2] for line in lines(report) if re.match("FAIL (field|compiled_release) ", line)]

    assert found == [problem.check.name for problem in problems_by_field(report)]


def test_the_last_line_is_the_verdict() -> None:
    assert lines(typical())[-1].startswith("RESULT 300 of 304 releases checked: ")
    assert "REQUIRED NOT MET | coherent.period 95.7 %, required 99 %" in lines(typical())


def test_what_could_not_be_checked_is_there() -> None:
    found = lines(typical())

    assert "NOT CHECKED 2 | isn't JSON" in found
    assert "NOT CHECKED 2024/releases.jsonl.gz, line 77 | isn't an object" in found


def test_hostile_values_are_escapes() -> None:
    text = "\n".join(lines(hostile()))

    assert "\\u001b[2J" in text
    assert "[bold red]red[/]" in text
    assert not any(
        character in text for hostile_text in HOSTILE for character in hostile_text if character in "\x1b\0\u202e"
    )
