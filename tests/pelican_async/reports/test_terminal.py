import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from pelican_async.reports.problems import problems
from pelican_async.reports.report import Report
from pelican_async.reports.terminal import write_summary
from pelican_async.reports.verdict import verdict
from tests.pelican_async.reports.making import HOSTILE, empty, hostile, huge, typical
from tests.pelican_async.reports.test_visible import steering

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def shown(report: Report, width: int = 80, encoding: str = "utf-8") -> str:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace", write_through=True)
    write_summary(
        report, Console(file=file, force_terminal=True, width=width, color_system="standard", legacy_windows=False)
    )
    file.seek(0)
    return file.read()


def plain(text: str) -> list[str]:
    return COLOUR.sub("", text).splitlines()


def words(text: str) -> str:
    return " ".join(COLOUR.sub("", text).split())


@pytest.fixture(scope="module")
def huge_report() -> Report:
    return huge()


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("report", [typical(previous=True), empty(), hostile()], ids=["typical", "empty", "hostile"])
def test_it_fits_the_terminal(report: Report, width: int) -> None:
    assert max(cell_len(line) for line in plain(shown(report, width))) <= width


def test_it_has_colours_and_no_other_control_codes() -> None:
    text = shown(hostile())

    assert COLOUR.search(text)
    assert steering(COLOUR.sub("", text).replace("\n", "")) == []


def test_hostile_values_are_shown_as_they_are() -> None:
    text = shown(hostile(), width=200)

    assert "[bold red]red[/]" in words(text)
    assert "\\u001b[2J" in words(text)


def test_it_says_what_was_read_and_what_could_not_be() -> None:
    text = words(shown(typical()))

    assert "300 releases checked" in text
    assert "4 could not be checked" in text
    assert "2 isn't JSON" in text
    assert "2024/releases.jsonl.gz, line 41: isn't JSON: unexpected character at column 18" in text


def test_every_failing_check_is_there_worst_first() -> None:
    report = typical()
    text = words(shown(report))
    places = [text.index(f" {problem.check.name} ") for problem in problems(report)]

    assert len(places) > 5
    assert places == sorted(places)


def test_a_failing_check_has_an_example_and_what_to_do() -> None:
    text = words(shown(typical(), width=200))

    assert "9 of 300 releases coherent.period" in text
    assert 'e.g. ocds-213czf-2024-00117 tender.tenderPeriod.startDate = "2024-03-01T09:00:00Z"' in text
    assert "Mend it by correcting the date that is wrong" in text


def test_the_last_lines_say_what_to_fix_first_and_the_verdict() -> None:
    last = words("\n".join(plain(shown(typical(), width=120))[-8:]))

    assert "Fix first 65.1 % of values: A document's format is a media type." in last
    assert "not met coherent.period 95.7 %, required 99 %" in last
    assert last.endswith(verdict(typical()))


def test_without_problems_it_says_so() -> None:
    report = replace(
        typical(),
        fields=[replace(field, quality_failed=0) for field in typical().fields],
        compiled_release=[replace(check, failed=0) for check in typical().compiled_release],
        dataset=[],
        error_count=0,
        errors=[],
        requirements=[],
    )

    assert plain(shown(report))[-1] == "300 of 304 releases checked: no check found a problem."


def test_comparisons_are_there_only_with_a_previous_collection() -> None:
    assert "Compared with before" not in words(shown(typical()))
    assert "255 of 262 pass (97.3 %)" in words(shown(typical(previous=True)))


def test_it_is_not_endless(huge_report: Report) -> None:
    assert len(plain(shown(huge_report))) < 1_000


def test_a_terminal_without_unicode_has_bars_too() -> None:
    assert "####" in shown(typical(), encoding="ascii")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_sources_break_nothing(text: str) -> None:
    report = replace(typical(), sources=[text])

    assert "300 releases checked" in words(shown(report))
